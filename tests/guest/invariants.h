#pragma once
// What must always hold in the kernel, as its lens says it.

#include <memory>
#include <string>
#include <vector>

#include "debugger/lens.h"
#include "emulator/machine.h"

namespace peach::tests {

class Invariants {
  public:
    Invariants();  // of the kernel and the lens in the share directory

    // The sentences that do not hold in this machine, whose kernel must be at rest.
    std::vector<std::string> broken(const Machine& machine) const;

  private:
    std::shared_ptr<const debugger::Lens> lens_;
};

}  // namespace peach::tests
