#include "debugger/execution_counts.h"

#include <array>
#include <optional>
#include <unordered_map>

#include "emulator/isa/memory_map.h"

namespace peach::debugger {
namespace {

// Counts in pages of code, as most of an address space is never executed.
using PageCounts = std::array<uint64_t, isa::kPageSize / 4>;

struct Program {
    std::string name;
    std::shared_ptr<const DebugInfo> info;
    std::unordered_map<uint32_t, PageCounts> pages = {};
};

class Counter {
  public:
    explicit Counter(const Session& session) : session_(session), places_(session.machine().cpu_count()) {}

    void count(const Machine& machine, const ObservedInstruction& instruction) {
        Place& place = places_[instruction.cpu];
        const uint32_t page = instruction.pc / isa::kPageSize;
        // Which program a CPU executes changes in the kernel only.
        if (page != place.page || instruction.user != place.user || place.counts == nullptr) {
            place = {page, instruction.user, &page_of(machine, instruction)};
        }
        ++(*place.counts)[instruction.pc % isa::kPageSize / 4];
    }

    std::vector<ProgramCounts> take() const {
        std::vector<ProgramCounts> result;
        for (const auto& [name, program] : programs_) {
            ProgramCounts counts{.name = program.name, .info = program.info, .executions = {}};
            for (const auto& [page, words] : program.pages) {
                for (uint32_t i = 0; i < words.size(); ++i) {
                    if (words[i] != 0) counts.executions[page * isa::kPageSize + i * 4] = words[i];
                }
            }
            result.push_back(std::move(counts));
        }
        return result;
    }

  private:
    struct Place {
        uint32_t page = 0;
        bool user = false;
        PageCounts* counts = nullptr;
    };

    PageCounts& page_of(const Machine& machine, const ObservedInstruction& instruction) {
        auto info = session_.debug_info_at(machine, instruction.cpu, instruction.pc);
        std::string name;  // empty, and so the first, for the kernel
        if (info != session_.kernel()) {
            const auto process = session_.current_process(machine, instruction.cpu);
            name = process ? process->name : "?";
        }
        auto found = programs_.find(name);
        if (found == programs_.end()) {
            const std::string shown = name.empty() ? "kernel" : name;
            found = programs_.emplace(name, Program{.name = shown, .info = std::move(info)}).first;
        }
        return found->second.pages[instruction.pc / isa::kPageSize];
    }

    const Session& session_;
    std::vector<Place> places_;
    std::map<std::string, Program> programs_;
};

}  // namespace

uint64_t ProgramCounts::total() const {
    uint64_t sum = 0;
    for (const auto& [address, count] : executions) sum += count;
    return sum;
}

std::vector<ProgramCounts> count_executions(const Session& session, uint64_t first, uint64_t end) {
    Counter counter(session);
    session.timeline().observe(first, end,
                               [&](const Machine& machine, const ObservedInstruction& instruction) {
                                   counter.count(machine, instruction);
                               });
    return counter.take();
}

}  // namespace peach::debugger
