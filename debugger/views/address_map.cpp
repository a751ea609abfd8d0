#include "debugger/views/address_map.h"

#include <fmt/format.h>
#include <algorithm>
#include <utility>

#include "debugger/views/lens_table.h"
#include "debugger/views/page_map.h"
#include "emulator/isa/memory_map.h"
#include "emulator/mmu.h"

namespace peach::debugger {
namespace {

constexpr size_t kMostPages = 1u << 18;  // of one area: 1 GiB

uint32_t page_down(uint32_t address) {
    return address & ~(isa::kPageSize - 1);
}

class Mapper {
  public:
    Mapper(const Session& session, unsigned cpu) : session_(session), cpu_(cpu), frames_(page_map(session)) {}

    AddressMap map(const CurrentProcess& process) {
        map_.process = fmt::format("{} {}", process.pid, process.name);
        map_.pid = process.pid;
        map_.page_table = ptbr::root(session_.machine().cpu(cpu_).ptbr);
        const LensReading regions(session_, cpu_, "regions");
        for (const LensRow& row : regions.all())
            add(regions.text(row, "what"), regions.number(row, "from"), regions.number(row, "to"));
        const LensReading spaces(session_, cpu_, "spaces");
        for (const LensRow& row : spaces.all()) {
            if (spaces.number(row, "pid") != process.pid) continue;
            add("heap", spaces.number(row, "heap"), spaces.number(row, "heap_end"));
            add("stack", spaces.number(row, "stack"), isa::region::ram.first);
        }
        std::ranges::sort(map_.areas, {}, &AddressArea::first);
        return std::move(map_);
    }

  private:
    void add(std::string name, uint32_t from, uint32_t to) {
        if (from >= to) return;
        AddressArea area{.name = std::move(name), .first = page_down(from)};
        const size_t count = std::min<size_t>((to - 1 - area.first) / isa::kPageSize + 1, kMostPages);
        area.pages.reserve(count);
        for (size_t i = 0; i < count; ++i)
            area.pages.push_back(page_at(area.first + static_cast<uint32_t>(i * isa::kPageSize)));
        map_.areas.push_back(std::move(area));
    }

    AddressPage page_at(uint32_t address) const {
        const uint32_t tables = map_.page_table | ptbr::kPagingOn;
        const Walk way = walk(session_.machine().ram(), tables, address, Access::load, true);
        AddressPage page;
        if (way.step_count < way.steps.size()) return page;
        page.entry = way.entry();
        if ((page.entry & pte::kValid) == 0) return page;
        page.physical = pte::physical_page(page.entry);
        page.written = (page.entry & pte::kDirty) != 0;
        if (const auto frame = frames_.page_at(*page.physical)) page.users = frames_.pages[*frame].users;
        return page;
    }

    const Session& session_;
    unsigned cpu_;
    PageMap frames_;
    AddressMap map_;
};

}  // namespace

uint32_t AddressArea::address_of(size_t page) const {
    return first + static_cast<uint32_t>(page * isa::kPageSize);
}

uint64_t AddressArea::end() const {
    return first + uint64_t{pages.size()} * isa::kPageSize;
}

AddressMap address_map(const Session& session, unsigned cpu) {
    AddressMap nothing;
    nothing.message = session.lens_message();
    if (session.lens() == nullptr) return nothing;
    const auto process = session.current_process(cpu);
    if (!process) {
        nothing.message = fmt::format("CPU {} has no process at this moment.", cpu);
        return nothing;
    }
    AddressMap map = Mapper(session, cpu).map(*process);
    if (map.areas.empty()) map.message = fmt::format("{} has no address space any more.", map.process);
    return map;
}

std::string describe_page(const AddressArea& area, size_t page) {
    const AddressPage& that = area.pages[page];
    const std::string where = fmt::format("{}, 0x{:08X}: ", area.name, area.address_of(page));
    if (that.is_elsewhere()) return where + "not in memory; the kernel has it elsewhere";
    if (!that.physical) return where + "not touched yet";
    const std::string shared = that.users > 1 ? fmt::format(", shared by {}", that.users) : "";
    return where +
           fmt::format("in memory at 0x{:08X}, {}{}", *that.physical, pte::flags_text(that.entry), shared);
}

}  // namespace peach::debugger
