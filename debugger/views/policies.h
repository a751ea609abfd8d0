#pragma once
// The scheduling policies that the kernel can be told to use, as its lens lists them: the view `policies`
// with a column `name`, whose keys are the positions of the front panel's first switch.

#include <cstdint>
#include <string>
#include <vector>

#include "debugger/session.h"
#include "debugger/views/table.h"

namespace peach::debugger {

struct Policy {
    uint32_t number = 0;  // position of the switch
    std::string name;     // as the kernel calls it
};

std::vector<Policy> policies(const Session& session);  // empty: the lens lists none
Table policies_table(const Session& session);          // the one in force is current

}  // namespace peach::debugger
