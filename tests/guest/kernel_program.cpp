#include "tests/guest/kernel_program.h"

namespace peach::tests {

GuestMachine with_program(const std::string& name) {
    GuestMachine guest;
    guest.add_program("/bin/" + name, PEACH_GUEST_TESTS "/" + name);
    return guest;
}

}  // namespace peach::tests
