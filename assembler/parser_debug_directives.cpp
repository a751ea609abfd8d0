// `.file` and `.loc`: which source line the next instruction comes from.

#include <fmt/format.h>

#include "assembler/directive_table.h"
#include "assembler/parser.h"

namespace peach::assembler {

// .file "NAME"    or    .file NUMBER ["DIRECTORY"] "NAME" [md5 0x...] [source "TEXT"]
bool Parser::directive_file(const DirectiveRow&) {
    constexpr int64_t kMostFiles = 65535;
    cursor_.skip_blanks();
    const uint32_t begin = cursor_.offset();
    if (cursor_.peek() == '"') {
        std::string_view name;
        unit().is_compiled = true;
        return parse_symbol_name(name, "a file name");
    }
    int64_t number = 0;
    if (!parse_constant(number, "the file number")) return false;
    if (number < 0 || number > kMostFiles) {
        return error(begin, cursor_.offset() - begin,
                     fmt::format("a file number is 0 to {}, not {}", kMostFiles, number));
    }
    LineFile file{.directory = {}, .name = {}, .md5 = {}, .used = true};
    if (!parse_symbol_name(file.name, "a file name")) return false;
    cursor_.skip_blanks();
    if (cursor_.peek() == '"') {
        file.directory = file.name;
        if (!parse_symbol_name(file.name, "a file name")) return false;
        cursor_.skip_blanks();
    }
    if (cursor_.rest().starts_with("md5")) {
        cursor_.advance(3);
        cursor_.skip_blanks();
        const uint32_t digest = cursor_.offset();
        while (is_name_character(cursor_.peek())) cursor_.advance();
        const std::string_view digits = cursor_.since(digest);
        const bool good = digits.size() == 34 && digits.starts_with("0x") &&
                          digits.substr(2).find_first_not_of("0123456789abcdefABCDEF") == digits.npos;
        if (!good)
            return error(digest, cursor_.word_length(),
                         "expected an MD5 sum of 32 hexadecimal digits after 0x");
        file.md5 = digits.substr(2);
        cursor_.skip_blanks();
    }
    if (cursor_.rest().starts_with("source")) {  // the debugger reads the file itself
        cursor_.advance(6);
        std::string text;
        if (!parse_string(text)) return false;
    }
    std::vector<LineFile>& files = unit().files;
    unit().is_compiled = true;
    if (!unit().has_line_directives) {
        // Rows of this file's own lines, if any, stay; their file numbers are the unit's.
        unit().has_line_directives = true;
        files.clear();
        for (const SectionId id : unit().sections) program_.sections[id].lines.clear();
    }
    if (files.size() <= static_cast<size_t>(number)) files.resize(static_cast<size_t>(number) + 1);
    files[static_cast<size_t>(number)] = file;
    return true;
}

// .loc FILE LINE [COLUMN] [OPTION...]
bool Parser::directive_loc(const DirectiveRow&) {
    cursor_.skip_blanks();
    const uint32_t begin = cursor_.offset();
    int64_t file = 0;
    int64_t line = 0;
    int64_t column = 0;
    if (!parse_constant(file, "the file number") || !parse_constant(line, "the line")) return false;
    cursor_.skip_blanks();
    if (is_digit(cursor_.peek()) && !parse_constant(column, "the column")) return false;
    const std::vector<LineFile>& files = unit().files;
    if (file < 0 || static_cast<size_t>(file) >= files.size() || !files[static_cast<size_t>(file)].used) {
        return error(begin, cursor_.offset() - begin,
                     fmt::format("file {0} has not been named: expected `.file {0} \"...\"` before", file));
    }
    if (line < 0 || line > INT32_MAX || column < 0)
        return error(begin, cursor_.offset() - begin, "a line or column out of range");
    // gcc counts the rows of an address: even one that no instruction follows is a row.
    if (pending_line_ && pending_line_->is_view) add_line_row();
    LineRow row{.file = static_cast<uint32_t>(file),
                .line = static_cast<uint32_t>(line),
                .column = static_cast<uint16_t>(std::min<int64_t>(column, UINT16_MAX))};
    row.is_statement = loc_is_statement_;
    cursor_.skip_blanks();
    while (!cursor_.at_end_of_statement()) {
        const std::string_view option = cursor_.name();
        if (option.empty() || !parse_loc_option(option, row))
            return option.empty() ? expected("a .loc option") : false;
        cursor_.skip_blanks();
    }
    loc_is_statement_ = row.is_statement;
    pending_line_ = row;
    return true;
}

// view NAME: NAME is how many rows with views the line table has for this address already. view -0 begins
// anew.
bool Parser::parse_view(LineRow& row) {
    cursor_.skip_blanks();
    const Position here = position_here();
    const bool moved = here.section != last_view_at_.section || here.offset != last_view_at_.offset ||
                       here.stretches != last_view_at_.stretches;
    last_view_ = moved ? 0 : last_view_ + 1;
    last_view_at_ = here;
    row.is_view = true;
    if (!is_name_start(cursor_.peek())) {
        int64_t value = 0;
        if (!parse_constant(value, "the view")) return false;
        last_view_ = 0;
        return true;
    }
    const uint32_t begin = cursor_.offset();
    const std::string_view name = cursor_.name();
    Symbol& view = program_.symbols[symbol(name)];
    if (view.is_defined())
        return error(begin, static_cast<uint32_t>(name.size()), fmt::format("`{}` is already defined", name));
    view.position = {.section = kAbsolute, .offset = last_view_, .stretches = 0};
    view.defined_at = begin;
    return true;
}

bool Parser::parse_loc_option(std::string_view name, LineRow& row) {
    int64_t value = 0;
    if (name == "basic_block") {
        row.basic_block = true;
    } else if (name == "prologue_end") {
        row.prologue_end = true;
    } else if (name == "epilogue_begin") {
        row.epilogue_begin = true;
    } else if (name == "is_stmt") {
        if (!parse_constant(value, "is_stmt")) return false;
        row.is_statement = value != 0;
    } else if (name == "discriminator") {
        if (!parse_constant(value, "the discriminator")) return false;
        row.discriminator = static_cast<uint32_t>(value);
    } else if (name == "isa") {
        return parse_constant(value, "the isa");
    } else if (name == "view") {
        return parse_view(row);
    } else {
        return error(
            cursor_.offset() - static_cast<uint32_t>(name.size()), static_cast<uint32_t>(name.size()),
            fmt::format(
                "unknown .loc option `{}`: expected is_stmt, prologue_end, epilogue_begin, basic_block, "
                "discriminator, isa or view",
                name));
    }
    return true;
}

}  // namespace peach::assembler
