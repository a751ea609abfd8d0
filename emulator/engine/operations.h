#pragma once
// The rows of operations.inc as C++: a function for each value and condition, a type for each access.

#include <cstdint>

namespace peach::operations {

constexpr int32_t as_signed(uint32_t value) {
    return static_cast<int32_t>(value);
}

constexpr uint32_t as_unsigned(int64_t value) {
    return static_cast<uint32_t>(value);
}

constexpr uint32_t divide_signed(uint32_t a, uint32_t b) {
    if (b == 0) return UINT32_MAX;
    if (a == 0x80000000 && b == UINT32_MAX) return a;
    return as_unsigned(as_signed(a) / as_signed(b));
}

constexpr uint32_t remainder_signed(uint32_t a, uint32_t b) {
    if (b == 0) return a;
    if (a == 0x80000000 && b == UINT32_MAX) return 0;
    return as_unsigned(as_signed(a) % as_signed(b));
}

template <class T>
constexpr uint32_t extend(uint32_t value) {
    return as_unsigned(static_cast<T>(value));
}

#define COMPUTE(id, value)                                                                     \
    constexpr uint32_t id([[maybe_unused]] uint32_t rs1, [[maybe_unused]] uint32_t rs2,        \
                          [[maybe_unused]] uint32_t immediate, [[maybe_unused]] uint32_t pc) { \
        return value;                                                                          \
    }
#define LOAD(id, type, converted)                                  \
    struct id {                                                    \
        using Type = type;                                         \
        static constexpr uint32_t register_value(uint32_t value) { \
            return converted;                                      \
        }                                                          \
    };
#define STORE(id, type)    \
    struct id {            \
        using Type = type; \
    };
#define BRANCH(id, condition)                       \
    constexpr bool id(uint32_t rs1, uint32_t rs2) { \
        return condition;                           \
    }
#include "emulator/engine/operations.inc"
#undef COMPUTE
#undef LOAD
#undef STORE
#undef BRANCH

}  // namespace peach::operations
