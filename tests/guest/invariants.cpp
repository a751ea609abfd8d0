#include "tests/guest/invariants.h"

#include <fmt/format.h>

#include <stdexcept>

#include "debugger/elf_image.h"
#include "debugger/memory_reader.h"
#include "tests/guest/guest_machine.h"

namespace peach::tests {

namespace {

template <class T>
T value_or_throw(std::expected<T, Error> result) {
    if (!result) throw std::runtime_error(result.error().message);
    return std::move(*result);
}

}  // namespace

Invariants::Invariants() {
    const auto image = value_or_throw(debugger::ElfImage::load(share_directory() / "kernel.elf"));
    const auto info = value_or_throw(debugger::DebugInfo::load(image));
    lens_ = value_or_throw(debugger::Lens::load(share_directory() / "lenses/peachos.lens", info));
}

std::vector<std::string> Invariants::broken(const Machine& machine) const {
    const debugger::PhysicalMemory memory(machine);
    const debugger::EvaluationContext context{.memory = memory};
    std::vector<std::string> sentences;
    for (const debugger::Lens::Invariant& invariant : lens_->invariants()) {
        const auto result = lens_->evaluate(invariant, context);
        if (!result.holds)
            sentences.push_back(
                fmt::format("{} does not hold: {} {}", invariant.name, invariant.sentence, result.error));
    }
    return sentences;
}

}  // namespace peach::tests
