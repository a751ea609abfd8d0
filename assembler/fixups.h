#pragma once
// Puts values that are known only after the layout into the bytes that wait for them.

#include <cstddef>
#include <span>

#include "assembler/program.h"

namespace peach::assembler {

// `bytes` is the section after the layout, at section.address. Reports values that do not fit and branches
// that do not reach.
void apply_fixups(const Program& program, const Section& section, std::span<std::byte> bytes,
                  Reporter& reporter);

}  // namespace peach::assembler
