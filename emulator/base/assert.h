#pragma once
// PEACH_ASSERT(condition): checks for our own bugs, in every build. What a guest does wrong is a Trap, what a
// user does wrong is a std::expected with an Error; neither ever reaches an assertion.

namespace peach::detail {

[[noreturn]] void assertion_failed(const char* condition, const char* file, int line);

}  // namespace peach::detail

#define PEACH_ASSERT(condition) \
    ((condition) ? static_cast<void>(0) : ::peach::detail::assertion_failed(#condition, __FILE__, __LINE__))
