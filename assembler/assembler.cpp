#include "assembler/assembler.h"

#include <fmt/format.h>

#include "assembler/frame_table.h"
#include "assembler/image_builder.h"
#include "assembler/line_table.h"
#include "assembler/link.h"
#include "assembler/parser.h"

namespace peach::assembler {

namespace {

// The passes in their order. After errors they go on as far as they make sense, to find the others too.
Image run_passes(Program& program, const Options& options, Reporter& reporter) {
    resolve_symbols(program, reporter);
    const SymbolId entry =
        options.entry_at_text_base ? kNoSymbol : find_entry(program, options.entry, reporter);
    if (entry == kNoSymbol || options.keep_unreferenced) {
        keep_all_sections(program);
    } else {
        keep_reachable_sections(program, entry);
    }
    check_symbols(program, reporter);
    program.incomplete = reporter.has_errors();
    const SectionId first = entry == kNoSymbol ? kUndefined : program.resolve(entry).position.section;
    Layout layout = lay_out(program, options.text_base, first, reporter);
    if (reporter.has_errors() && !program.incomplete) return {};
    if (!program.incomplete) {
        write_line_tables(program, options.directory);
        write_frame_tables(program);
        lay_out_debug(program, layout);
    }
    return build_image(program, layout, entry, reporter);
}

}  // namespace

Result assemble(std::span<const Source> sources, const Options& options) {
    Program program;
    program.units.resize(sources.size());
    Reporter reporter(program.texts, options.warnings, options.warnings_are_errors);
    for (uint32_t i = 0; i < sources.size(); ++i) {
        program.units[i].name = sources[i].name;
        SourceText* text = program.texts.add({.name = sources[i].name, .text = sources[i].text});
        if (text == nullptr) {
            reporter.error({}, fmt::format("{}: this is more text than I can take", sources[i].name));
            break;
        }
        Parser(program, i, *text, reporter, options).parse();
    }

    Result result;
    result.image = run_passes(program, options, reporter);
    if (reporter.has_errors()) result.image.reset();
    if (result.image) write_line_map(program, result);
    result.diagnostics = reporter.take();
    return result;
}

}  // namespace peach::assembler
