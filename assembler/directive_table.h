#pragma once
// Every directive, with the parser function that handles it.

#include "assembler/parser.h"

namespace peach::assembler {

// How Parser::directive_space and directive_align read their argument.
inline constexpr int kPowerOfTwo = 1;
inline constexpr int kFillBytesShift = 1;
template <int kBytes>
inline constexpr int kFill = kBytes << kFillBytesShift;
inline constexpr int kZeroTerminated = 1;
inline constexpr int kSigned = 1;
inline constexpr int kAsks = 1;         // .elseif
inline constexpr int kByCharacter = 1;  // .irpc
template <Parser::FrameOperation kWhich>
inline constexpr int kFrame = static_cast<int>(kWhich);
template <Parser::Question kWhich>
inline constexpr int kQuestion = static_cast<int>(kWhich);

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
        {".octa", &Parser::directive_octa, 16},
        {".dcb", &Parser::directive_copies, 2},
        {".dcb.b", &Parser::directive_copies, 1},
        {".dcb.w", &Parser::directive_copies, 2},
        {".dcb.l", &Parser::directive_copies, 4},
        {".dcb.s", &Parser::directive_float_copies, 4},
        {".dcb.d", &Parser::directive_float_copies, 8},
        {".uleb128", &Parser::directive_leb128, 0},
        {".sleb128", &Parser::directive_leb128, kSigned},
        {".ascii", &Parser::directive_string, 0},
        {".asciz", &Parser::directive_string, kZeroTerminated},
        {".float", &Parser::directive_float, 4},
        {".single", &Parser::directive_float, 4},
        {".double", &Parser::directive_float, 8},
        {".string", &Parser::directive_string, kZeroTerminated},
        {".zero", &Parser::directive_space, 0},
        {".space", &Parser::directive_space, 0},
        {".skip", &Parser::directive_space, 0},
        {".fill", &Parser::directive_fill, 0},
        {".align", &Parser::directive_align, kPowerOfTwo},
        {".p2align", &Parser::directive_align, kPowerOfTwo},
        {".p2alignw", &Parser::directive_align, kPowerOfTwo | kFill<2>},
        {".p2alignl", &Parser::directive_align, kPowerOfTwo | kFill<4>},
        {".balign", &Parser::directive_align, 0},
        {".balignw", &Parser::directive_align, kFill<2>},
        {".balignl", &Parser::directive_align, kFill<4>},
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
        {".weakref", &Parser::directive_weakref, 0},
        {".symver", &Parser::directive_symver, 0},
        {".type", &Parser::directive_type, 0},
        {".size", &Parser::directive_size, 0},
        {".set", &Parser::directive_set, 0},
        {".equ", &Parser::directive_set, 0},
        {".eqv", &Parser::directive_set, 0},
        {".equiv", &Parser::directive_equiv, 0},
        {".comm", &Parser::directive_common, static_cast<int>(SymbolBinding::global)},
        {".lcomm", &Parser::directive_common, static_cast<int>(SymbolBinding::local)},
        // Lines.
        {".file", &Parser::directive_file, 0},
        {".loc", &Parser::directive_loc, 0},
        // Conditions.
        {".if", &Parser::directive_if, kQuestion<Parser::Question::non_zero>},
        {".ifne", &Parser::directive_if, kQuestion<Parser::Question::non_zero>},
        {".ifeq", &Parser::directive_if, kQuestion<Parser::Question::zero>},
        {".ifgt", &Parser::directive_if, kQuestion<Parser::Question::positive>},
        {".iflt", &Parser::directive_if, kQuestion<Parser::Question::negative>},
        {".ifle", &Parser::directive_if, kQuestion<Parser::Question::not_positive>},
        {".ifge", &Parser::directive_if, kQuestion<Parser::Question::not_negative>},
        {".ifdef", &Parser::directive_if, kQuestion<Parser::Question::defined>},
        {".ifndef", &Parser::directive_if, kQuestion<Parser::Question::undefined>},
        {".ifnotdef", &Parser::directive_if, kQuestion<Parser::Question::undefined>},
        {".ifb", &Parser::directive_if, kQuestion<Parser::Question::blank>},
        {".ifnb", &Parser::directive_if, kQuestion<Parser::Question::not_blank>},
        {".ifc", &Parser::directive_if, kQuestion<Parser::Question::same>},
        {".ifnc", &Parser::directive_if, kQuestion<Parser::Question::different>},
        {".ifeqs", &Parser::directive_if, kQuestion<Parser::Question::same_strings>},
        {".ifnes", &Parser::directive_if, kQuestion<Parser::Question::different_strings>},
        {".else", &Parser::directive_else, 0},
        {".elseif", &Parser::directive_else, kAsks},
        {".endif", &Parser::directive_endif, 0},
        // Other texts.
        {".include", &Parser::directive_include, 0},
        {".incbin", &Parser::directive_incbin, 0},
        {".macro", &Parser::directive_macro, 0},
        {".exitm", &Parser::directive_exitm, 0},
        {".purgem", &Parser::directive_purgem, 0},
        {".rept", &Parser::directive_rept, 0},
        {".irp", &Parser::directive_irp, 0},
        {".irpc", &Parser::directive_irp, kByCharacter},
        {".endm", &Parser::directive_stray, 0},
        {".endr", &Parser::directive_stray, 0},
        {".end", &Parser::directive_end, 0},
        // Messages.
        {".error", &Parser::directive_message, static_cast<int>(Severity::error)},
        {".err", &Parser::directive_message, static_cast<int>(Severity::error)},
        {".warning", &Parser::directive_message, static_cast<int>(Severity::warning)},
        {".print", &Parser::directive_message, static_cast<int>(Severity::note)},
        // Others.
        {".option", &Parser::directive_option, 0},
        // Of no consequence here.
        {".ident", &Parser::directive_ignored, 0},
        {".version", &Parser::directive_ignored, 0},
        {".gnu_attribute", &Parser::directive_ignored, 0},
        {".variant_cc", &Parser::directive_ignored, 0},
        {".title", &Parser::directive_ignored, 0},
        {".sbttl", &Parser::directive_ignored, 0},
        {".list", &Parser::directive_ignored, 0},
        {".nolist", &Parser::directive_ignored, 0},
        {".psize", &Parser::directive_ignored, 0},
        {".eject", &Parser::directive_ignored, 0},
        {".noaltmacro", &Parser::directive_ignored, 0},
        {".addrsig", &Parser::directive_ignored, 0},
        {".addrsig_sym", &Parser::directive_ignored, 0},
        {".attribute", &Parser::directive_ignored, 0},
        {".hidden", &Parser::directive_ignored, 0},
        {".protected", &Parser::directive_ignored, 0},
        {".internal", &Parser::directive_ignored, 0},
        // Frames.
        {".cfi_startproc", &Parser::directive_cfi_start, 0},
        {".cfi_endproc", &Parser::directive_cfi_end, 0},
        {".cfi_def_cfa", &Parser::directive_cfi, kFrame<Parser::FrameOperation::define_cfa>},
        {".cfi_def_cfa_offset", &Parser::directive_cfi, kFrame<Parser::FrameOperation::cfa_offset>},
        {".cfi_def_cfa_register", &Parser::directive_cfi, kFrame<Parser::FrameOperation::cfa_register>},
        {".cfi_adjust_cfa_offset", &Parser::directive_cfi, kFrame<Parser::FrameOperation::adjust_cfa>},
        {".cfi_offset", &Parser::directive_cfi, kFrame<Parser::FrameOperation::offset>},
        {".cfi_rel_offset", &Parser::directive_cfi, kFrame<Parser::FrameOperation::relative_offset>},
        {".cfi_val_offset", &Parser::directive_cfi, kFrame<Parser::FrameOperation::value_offset>},
        {".cfi_register", &Parser::directive_cfi, kFrame<Parser::FrameOperation::in_register>},
        {".cfi_restore", &Parser::directive_cfi, kFrame<Parser::FrameOperation::restore>},
        {".cfi_undefined", &Parser::directive_cfi, kFrame<Parser::FrameOperation::undefined>},
        {".cfi_same_value", &Parser::directive_cfi, kFrame<Parser::FrameOperation::same_value>},
        {".cfi_remember_state", &Parser::directive_cfi, kFrame<Parser::FrameOperation::remember>},
        {".cfi_restore_state", &Parser::directive_cfi, kFrame<Parser::FrameOperation::recall>},
        {".cfi_return_column", &Parser::directive_cfi, kFrame<Parser::FrameOperation::return_column>},
        {".cfi_signal_frame", &Parser::directive_cfi, kFrame<Parser::FrameOperation::signal_frame>},
        {".cfi_escape", &Parser::directive_cfi, kFrame<Parser::FrameOperation::escape>},
        {".cfi_sections", &Parser::directive_ignored, 0},
        {".cfi_personality", &Parser::directive_ignored, 0},
        {".cfi_lsda", &Parser::directive_ignored, 0},
    };
    static_assert(std::size(kRows) < StaticNameIndex<512>::kAbsent);

    // In small or capital letters.
    static const Parser::DirectiveRow* find(std::string_view name);
};

}  // namespace peach::assembler
