#pragma once
// The last pass: copies the sections to their places, fills in the fixups and lists the symbols.

#include "assembler/layout.h"

namespace peach::assembler {

// Reports values that do not fit and branches that do not reach.
Image build_image(const Program& program, const Layout& layout, SymbolId entry, Reporter& reporter);

}  // namespace peach::assembler
