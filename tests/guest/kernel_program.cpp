#include "tests/guest/kernel_program.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace peach::tests {

GuestMachine with_program(const std::string& name) {
    const TemporaryFolder folder;
    const std::filesystem::path program = folder.path() / name;
    const auto source = std::filesystem::path(PEACH_SOURCE_DIR) / "tests/guest/kernel" / (name + ".c");
    const HostRun compiled = run_on_host(
        fmt::format("{} cc -Og -o {} {} 2>&1", PEACH_TOOLCHAIN, program.string(), source.string()));
    EXPECT_EQ(compiled.status, 0) << compiled.output;
    GuestMachine guest;
    guest.add_program("/bin/" + name, program);
    return guest;
}

}  // namespace peach::tests
