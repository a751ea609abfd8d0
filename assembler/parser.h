#pragma once
// Reads one source file into a Program: labels, directives and instructions, in one pass.
//
// Included files, macros and repetitions are further texts, which are read where they are asked for:
//
//     main.s      ...  .include "io.inc"  |           ^ goes on here
//     io.inc                              v  ...  putc 'x'  |     ^ end
//     macro putc                                            v  ...  ^ end
//
// Every parse function returns whether it succeeded; a failure has been reported, and the statement is given
// up.

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "assembler/cursor.h"
#include "assembler/instruction_forms.h"
#include "assembler/program.h"
#include "assembler/source_text.h"

namespace peach::assembler {

enum class Modifier : uint8_t { none, high, low, pcrel_high, pcrel_low };

struct Operand {
    Expression value;
    uint32_t begin = 0;
    uint32_t length = 1;
    uint8_t reg = 0;
    Modifier modifier = Modifier::none;
};

class Parser {
  public:
    Parser(Program& program, uint32_t unit, SourceText& text, Reporter& reporter, const Options& options);

    void parse();

    struct DirectiveRow {
        std::string_view name;
        bool (Parser::*handle)(const DirectiveRow&);
        int argument = 0;
    };

    // What a conditional directive asks; the rows of the table.
    enum class Question : uint8_t {
        non_zero,
        zero,
        positive,
        negative,
        not_positive,
        not_negative,
        defined,
        undefined,
        blank,
        not_blank,
        same,
        different,
        same_strings,
        different_strings,
    };

    // What a .cfi_ directive says; the value is DWARF's code for it where there is one.
    enum class FrameOperation : uint8_t {
        restore = 0x06,
        undefined = 0x07,
        same_value = 0x08,
        in_register = 0x09,
        remember = 0x0A,
        recall = 0x0B,
        define_cfa = 0x0C,
        cfa_register = 0x0D,
        cfa_offset = 0x0E,
        offset = 0x11,
        value_offset = 0x15,
        adjust_cfa = 0x80,
        relative_offset,
        return_column,
        signal_frame,
        escape,
    };

  private:
    static constexpr uint32_t kUnknownFile = UINT32_MAX;
    static constexpr int64_t kMostAlignmentPower = 20;  // a mebibyte: machines are not much larger

    // A text that is being read, or that waits while another is read.
    struct Input {
        Cursor cursor;  // where to go on; before that, where to begin
        SourceText* text;
        Cursor start = cursor;
        uint64_t rounds_left = 0;             // of a repetition
        uint32_t depth = 0;                   // how many texts are around it
        size_t conditions = 0;                // how many were open when it began
        uint32_t line_shift = 0;              // added to the line: what a `# 12 "file"` marker asks for
        uint32_t expansion_line = 0;          // within macros: the line of the outermost
        std::string_view presumed_file = {};  // whose lines these are
        uint32_t presumed_file_number = kUnknownFile;
    };

    struct Condition {
        uint32_t begin;
        bool taken = false;
        bool else_seen = false;
    };

    struct MacroParameter {
        std::string_view name;
        std::string_view value = {};  // if the call gives none
        bool required = false;
        bool takes_rest = false;
    };

    struct Macro {
        std::string_view name;
        std::vector<MacroParameter> parameters = {};
        std::string_view body = {};
        std::string_view file = {};
        uint32_t line = 0;  // of the body
        uint32_t uses = 0;
        bool purged = false;
    };

    struct Block {
        std::string_view text;
        uint32_t begin = 0;
        uint32_t line = 0;
    };

    // parser.cpp: statements and labels.
    void parse_statement();
    bool parse_word_statement();
    bool parse_numeric_label();
    void line_marker();
    void define_here(SymbolId id, uint32_t name_begin, uint32_t name_length);
    void check_numeric_labels();

    // parser_support.cpp: what all of them need.
    Unit& unit() { return program_.units[unit_]; }
    Section& section() { return program_.sections[section_]; }
    Place place(uint32_t begin, uint32_t length) const { return {.begin = begin, .length = length}; }
    bool error(uint32_t begin, uint32_t length, std::string message);
    bool error_here(std::string message);
    bool expected(std::string_view what);
    bool expect_comma(std::string_view what);
    bool expect_end();
    SymbolId symbol(std::string_view name);
    SymbolId symbol_at(const Position& position);
    SymbolId symbol_here() { return symbol_at(position_here()); }
    Position position_here();
    int32_t keep_value(const Expression& value);
    SectionId find_or_add_section(std::string_view name);
    bool expect_bytes_allowed(uint32_t begin, uint32_t length);
    bool expect_room(int64_t bytes, uint32_t begin, uint32_t length);
    void append(uint64_t value, uint32_t bytes);
    void add_fixup(FixupKind kind, const Expression& value, uint32_t begin, uint32_t length);
    bool expect_alignment(int64_t alignment, uint32_t begin, uint32_t length);
    void pad_to_word(FillPattern fill = {});
    bool align_to(uint32_t alignment, std::optional<FillPattern> fill, uint32_t most, uint32_t begin);

    // parser_input.cpp: other texts.
    Input next_input(Cursor cursor, SourceText* text) const;
    size_t characters_left() const;
    bool may_expand(size_t characters, uint32_t begin, uint32_t length);
    void enter_inputs();
    bool leave_input();
    void check_input_end();
    std::string_view rest_of_statement();
    std::string_view directive_name();
    bool read_block(std::initializer_list<std::string_view> openers, std::string_view closer, uint32_t begin,
                    Block& block);
    std::optional<LoadedFile> load(uint32_t& begin);
    bool directive_include(const DirectiveRow& row);
    bool directive_incbin(const DirectiveRow& row);
    bool directive_rept(const DirectiveRow& row);
    bool directive_irp(const DirectiveRow& row);
    bool directive_end(const DirectiveRow& row);
    bool directive_stray(const DirectiveRow& row);

    // parser_macros.cpp
    bool directive_macro(const DirectiveRow& row);
    bool directive_purgem(const DirectiveRow& row);
    bool directive_exitm(const DirectiveRow& row);
    uint32_t find_macro(std::string_view name) const;
    bool parse_macro_parameter(Macro& macro);
    std::string_view macro_argument();
    bool parse_macro_arguments(const Macro& macro, uint32_t begin, std::vector<std::string_view>& values);
    bool expand_macro(Macro& macro, uint32_t begin);

    // parser_conditions.cpp
    bool directive_if(const DirectiveRow& row);
    bool directive_else(const DirectiveRow& row);
    bool directive_endif(const DirectiveRow& row);
    bool answer(Question question, bool& holds);
    bool answer_about_texts(Question question, bool& holds);
    bool skip_to_branch(Condition& condition, std::string_view& word);
    bool find_branch();

    // parser_expressions.cpp
    bool parse_expression(Expression& value, int least_precedence = 1);
    bool parse_term(Expression& value);
    bool parse_unary(Expression& value, char op);
    bool parse_number(Expression& value);
    bool parse_character(Expression& value);
    bool parse_numeric_label_use(uint64_t number, uint32_t begin, Expression& value);
    bool parse_constant(int64_t& value, std::string_view what);
    bool not_known(uint32_t begin, std::string_view what);
    bool parse_string(std::string& bytes);
    bool parse_escape(std::string& bytes);
    bool parse_symbol_name(std::string_view& name, std::string_view what);

    // parser_instructions.cpp
    bool parse_instruction(std::string_view mnemonic, uint32_t begin);
    bool unknown_instruction(std::string_view mnemonic, uint32_t begin);
    const Form* choose_form(std::span<const Form> forms, uint32_t begin, uint32_t length);
    uint32_t count_operands() const;
    bool parse_operand(OperandKind kind, Operand& operand);
    bool parse_register(uint8_t& reg);
    bool parse_control(Operand& operand);
    bool parse_modified_value(Operand& operand);
    bool parse_target(Expression& target);
    bool parse_memory(Operand& operand);
    bool expect_no_offset(const Operand& operand);
    bool parse_fence_operands();
    bool emit(const Form& form, const Emission& emission);
    bool set_immediate(const Form& form, const Slot& slot, isa::Decoded& decoded);
    bool set_constant(const Form& form, const Operand& operand, isa::Decoded& decoded);
    bool add_immediate_fixup(const Operand& operand, isa::ImmediateKind kind);
    bool emit_special(const Form& form);
    void emit_li();
    void emit_high_low(uint8_t rd, const Operand& operand);
    void emit_call(uint8_t link, uint8_t scratch, const Operand& operand);
    void emit_word(const isa::Decoded& decoded);
    bool begin_instruction(uint32_t begin, uint32_t length);
    void add_line_row();
    uint32_t presumed_file_number();

    // parser_slips.cpp: warnings.
    void watch_for_slips(const isa::Decoded& decoded);
    void watch_destination(const Form& form);
    void check_falling_through();
    bool expect_register_first(const Form& form);

    // parser_variants.cpp: instructions with other operands than the table's.
    const Form* immediate_twin(const Form& form);
    bool parse_indirect_jump(bool links);
    bool constant_follows() const;
    bool rest_has_base() const;
    bool takes_symbol(const Form& form) const;
    bool expect_address_register(const Operand& operand);
    bool parse_access_to_symbol(const Form& form, uint32_t begin, uint32_t length);

    // parser_directives.cpp, parser_room_directives.cpp, parser_symbol_directives.cpp,
    // parser_debug_directives.cpp
    friend struct DirectiveTable;
    bool parse_directive(std::string_view name, uint32_t begin);
    bool directive_data(const DirectiveRow& row);
    bool directive_octa(const DirectiveRow& row);
    bool directive_copies(const DirectiveRow& row);
    bool directive_float_copies(const DirectiveRow& row);
    bool directive_leb128(const DirectiveRow& row);
    bool directive_string(const DirectiveRow& row);
    bool directive_space(const DirectiveRow& row);
    bool directive_fill(const DirectiveRow& row);
    bool directive_align(const DirectiveRow& row);
    bool directive_org(const DirectiveRow& row);
    bool directive_section(const DirectiveRow& row);
    bool directive_named_section(const DirectiveRow& row);
    bool directive_push_section(const DirectiveRow& row);
    bool directive_pop_section(const DirectiveRow& row);
    bool directive_previous(const DirectiveRow& row);
    bool directive_binding(const DirectiveRow& row);
    bool directive_weakref(const DirectiveRow& row);
    bool directive_symver(const DirectiveRow& row);
    bool directive_type(const DirectiveRow& row);
    bool directive_size(const DirectiveRow& row);
    bool directive_set(const DirectiveRow& row);
    bool directive_equiv(const DirectiveRow& row);
    bool directive_common(const DirectiveRow& row);
    bool directive_file(const DirectiveRow& row);
    bool directive_loc(const DirectiveRow& row);
    bool directive_message(const DirectiveRow& row);
    bool directive_float(const DirectiveRow& row);
    bool directive_option(const DirectiveRow& row);
    bool directive_ignored(const DirectiveRow& row);
    // parser_frame_directives.cpp
    bool directive_cfi_start(const DirectiveRow& row);
    bool directive_cfi_end(const DirectiveRow& row);
    bool directive_cfi(const DirectiveRow& row);
    FrameProcedure* open_procedure();
    FrameProcedure* expect_procedure(const DirectiveRow& row);
    void check_procedures();
    bool names_a_value() const;
    bool parse_column(int64_t& column);
    bool parse_frame_offset(int64_t& offset, int64_t base);
    bool write_frame_rule(FrameOperation operation);
    bool write_frame_offset(FrameOperation operation);

    bool assign(std::string_view name, uint32_t begin);
    SymbolId separate_from_early_uses(SymbolId id);
    void settle_weak_references();
    bool parse_section_flags(Section& section);
    bool parse_section_type(Section& section);
    bool expect_datum(int64_t value, uint32_t bytes, const DirectiveRow& row, uint32_t begin);
    bool parse_float(const DirectiveRow& row, uint64_t& bits);
    bool zero_fill(int64_t bytes, uint8_t value, uint32_t begin);
    bool is_settled_later(const Expression& bytes) const;
    int64_t least_distance(const Expression& bytes) const;
    bool make_room(FixupKind kind, const Expression& bytes, uint32_t begin);
    bool append_copies(int64_t count, uint64_t value, uint32_t bytes, uint32_t begin);
    bool parse_loc_option(std::string_view name, LineRow& row);
    bool parse_view(LineRow& row);
    void switch_to(SectionId id);

    struct NumericLabel {
        uint64_t number;
        SymbolId latest = kNoSymbol;   // what `1b` means
        SymbolId awaited = kNoSymbol;  // what `1f` means, once it comes
        uint32_t awaited_at = 0;
    };
    NumericLabel& numeric_label(uint64_t number);

    // Another name for a symbol, which is weak when it is meant by this one.
    struct WeakReference {
        std::string_view name;
        SymbolId id;
    };

    Program& program_;
    uint32_t unit_;
    Reporter& reporter_;
    const Options& options_;
    Cursor cursor_;
    Input input_;                        // the one that cursor_ reads
    std::vector<Input> waiting_inputs_;  // those outside it
    std::vector<Input> next_inputs_;     // to be entered after this statement, the last one first
    size_t expanded_characters_ = 0;
    std::vector<Condition> conditions_;
    std::vector<Macro> macros_;
    NameTable macro_names_;
    uint32_t macro_uses_ = 0;
    SectionId section_ = 0;
    SectionId previous_section_ = 0;
    std::vector<SectionId> section_stack_;
    NameTable section_names_;
    std::vector<NumericLabel> numeric_labels_;
    std::unordered_map<uint64_t, size_t> numeric_label_indexes_;  // by number
    std::vector<WeakReference> weak_references_;
    std::array<Operand, 3> operands_;
    std::optional<LineRow> pending_line_;
    uint32_t statement_begin_ = 0;  // of its directive or instruction
    uint32_t nesting_ = 0;
    bool loc_is_statement_ = true;
    int64_t stack_shift_ = 0;  // of sp since the function's label
    uint32_t stack_shifted_at_ = kNowhere;
    int64_t cfa_offset_ = 0;
    std::vector<int64_t> cfa_offsets_;  // remembered
    Position last_view_at_;             // of .loc's view numbers
    uint32_t last_view_ = 0;
};

}  // namespace peach::assembler
