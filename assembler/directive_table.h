#pragma once
// Every directive, with the parser function that handles it.

#include "assembler/parser.h"

namespace peach::assembler {

// How Parser::directive_space and directive_align read their argument.
inline constexpr int kPowerOfTwo = 1;
inline constexpr int kZeroTerminated = 1;
inline constexpr int kSigned = 1;

struct DirectiveTable {
    static constexpr Parser::DirectiveRow kRows[] = {
        // Data: the argument is the size in bytes.
        {".byte", &Parser::directive_data, 1},
        {".2byte", &Parser::directive_data, 2},
        {".half", &Parser::directive_data, 2},
        {".hword", &Parser::directive_data, 2},
        {".short", &Parser::directive_data, 2},
        {".4byte", &Parser::directive_data, 4},
        {".word", &Parser::directive_data, 4},
        {".long", &Parser::directive_data, 4},
        {".int", &Parser::directive_data, 4},
        {".8byte", &Parser::directive_data, 8},
        {".dword", &Parser::directive_data, 8},
        {".quad", &Parser::directive_data, 8},
        {".uleb128", &Parser::directive_leb128, 0},
        {".sleb128", &Parser::directive_leb128, kSigned},
        {".ascii", &Parser::directive_string, 0},
        {".asciz", &Parser::directive_string, kZeroTerminated},
        {".string", &Parser::directive_string, kZeroTerminated},
        {".zero", &Parser::directive_space, 0},
        {".space", &Parser::directive_space, 0},
        {".skip", &Parser::directive_space, 0},
        {".fill", &Parser::directive_fill, 0},
        {".align", &Parser::directive_align, kPowerOfTwo},
        {".p2align", &Parser::directive_align, kPowerOfTwo},
        {".balign", &Parser::directive_align, 0},
        {".org", &Parser::directive_org, 0},
        // Sections.
        {".section", &Parser::directive_section, 0},
        {".text", &Parser::directive_named_section, 0},
        {".data", &Parser::directive_named_section, 0},
        {".bss", &Parser::directive_named_section, 0},
        {".rodata", &Parser::directive_named_section, 0},
        {".pushsection", &Parser::directive_push_section, 0},
        {".popsection", &Parser::directive_pop_section, 0},
        {".previous", &Parser::directive_previous, 0},
        // Symbols.
        {".globl", &Parser::directive_binding, static_cast<int>(SymbolBinding::global)},
        {".global", &Parser::directive_binding, static_cast<int>(SymbolBinding::global)},
        {".weak", &Parser::directive_binding, static_cast<int>(SymbolBinding::weak)},
        {".local", &Parser::directive_binding, static_cast<int>(SymbolBinding::local)},
        {".type", &Parser::directive_type, 0},
        {".size", &Parser::directive_size, 0},
        {".set", &Parser::directive_set, 0},
        {".equ", &Parser::directive_set, 0},
        {".comm", &Parser::directive_common, static_cast<int>(SymbolBinding::global)},
        {".lcomm", &Parser::directive_common, static_cast<int>(SymbolBinding::local)},
        // Lines.
        {".file", &Parser::directive_file, 0},
        {".loc", &Parser::directive_loc, 0},
        // Others.
        {".error", &Parser::directive_error, 0},
        {".option", &Parser::directive_option, 0},
        // Of no consequence here.
        {".ident", &Parser::directive_ignored, 0},
        {".addrsig", &Parser::directive_ignored, 0},
        {".addrsig_sym", &Parser::directive_ignored, 0},
        {".attribute", &Parser::directive_ignored, 0},
        {".hidden", &Parser::directive_ignored, 0},
        {".protected", &Parser::directive_ignored, 0},
        {".internal", &Parser::directive_ignored, 0},
        // Frame information is not made yet.
        {".cfi_sections", &Parser::directive_ignored, 0},
        {".cfi_startproc", &Parser::directive_ignored, 0},
        {".cfi_endproc", &Parser::directive_ignored, 0},
        {".cfi_def_cfa", &Parser::directive_ignored, 0},
        {".cfi_def_cfa_offset", &Parser::directive_ignored, 0},
        {".cfi_def_cfa_register", &Parser::directive_ignored, 0},
        {".cfi_adjust_cfa_offset", &Parser::directive_ignored, 0},
        {".cfi_offset", &Parser::directive_ignored, 0},
        {".cfi_rel_offset", &Parser::directive_ignored, 0},
        {".cfi_restore", &Parser::directive_ignored, 0},
        {".cfi_undefined", &Parser::directive_ignored, 0},
        {".cfi_same_value", &Parser::directive_ignored, 0},
        {".cfi_remember_state", &Parser::directive_ignored, 0},
        {".cfi_restore_state", &Parser::directive_ignored, 0},
        {".cfi_return_column", &Parser::directive_ignored, 0},
        {".cfi_signal_frame", &Parser::directive_ignored, 0},
        {".cfi_escape", &Parser::directive_ignored, 0},
        {".cfi_personality", &Parser::directive_ignored, 0},
        {".cfi_lsda", &Parser::directive_ignored, 0},
    };
    static_assert(std::size(kRows) < StaticNameIndex<256>::kAbsent);

    static const Parser::DirectiveRow* find(std::string_view name);
};

}  // namespace peach::assembler
