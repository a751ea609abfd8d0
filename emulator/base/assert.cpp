#include "emulator/base/assert.h"

#include <cstdio>
#include <cstdlib>

namespace peach::detail {

void assertion_failed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "peach: internal error: %s does not hold at %s:%d\n", condition, file, line);
    std::abort();
}

}  // namespace peach::detail
