#pragma once
// Rows of emulator/isa as plain arrays, for the generators.

#include <cstdint>
#include <string_view>

namespace peach::tools {

struct BitField {
    std::string_view owner;
    std::string_view name;
    int lowest_bit;
    int width;
    std::string_view sentence;
};

inline constexpr BitField kBitFields[] = {
#define BIT_FIELD(owner, name, lowest_bit, width, sentence) {#owner, #name, lowest_bit, width, sentence},
#include "emulator/isa/bit_fields.inc"
#undef BIT_FIELD
};

struct NamedRegion {
    std::string_view id;
    uint32_t first;
    uint32_t size;
    std::string_view title;
    std::string_view sentence;
};

inline constexpr NamedRegion kNamedRegions[] = {
#define REGION(id, first, size, name, sentence) {#id, first, size, name, sentence},
#include "emulator/isa/memory_map.inc"
#undef REGION
};

struct PseudoInstruction {
    std::string_view pattern;
    std::string_view becomes;
    std::string_view sentence;
};

inline constexpr PseudoInstruction kPseudoInstructions[] = {
#define PSEUDO(pattern, expansion, sentence) {pattern, "`" expansion "`", sentence},
#define PSEUDO_BY_VALUE(pattern, becomes, sentence) {pattern, becomes, sentence},
#include "emulator/isa/pseudo_instructions.inc"
#undef PSEUDO
};

}  // namespace peach::tools
