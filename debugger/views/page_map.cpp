#include "debugger/views/page_map.h"

#include <fmt/format.h>
#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <utility>

#include "debugger/views/lens_table.h"
#include "emulator/isa/memory_map.h"

namespace peach::debugger {
namespace {

// Nobody, then kinds of the kernel's by name, then processes by number.
using OwnerKey = std::pair<uint32_t, std::string>;

// "FRAME_TABLE" is "kernel table", and "FRAME_KERNEL" is "kernel". A page of a program that has no owner
// changes hands.
std::string kernels_name(std::string_view kind) {
    std::string word(kind.substr(kind.rfind('_') + 1));
    std::ranges::transform(word, word.begin(), [](unsigned char c) { return std::tolower(c); });
    if (word == "user") return "no owner yet";
    return word == "kernel" ? word : "kernel " + word;
}

std::map<uint32_t, std::string> names_of_processes(const Session& session) {
    std::map<uint32_t, std::string> names;
    const LensReading processes(session, session.focus_cpu(), "process");
    for (const LensRow& row : processes.all())
        names[processes.number(row, "pid")] = processes.text(row, "name");
    return names;
}

// Reads the rows of the lens's view into a map.
class Reader {
  public:
    Reader(const Session& session, const LensReading& rows) : session_(session), rows_(rows) {}

    PageMap read() {
        map_.first = isa::region::ram.first;
        map_.pages.resize(session_.machine().config().ram_bytes / isa::kPageSize);
        map_.message = rows_.error();
        for (const LensRow& row : rows_.all()) add(row);
        number_owners();
        return std::move(map_);
    }

  private:
    void add(const LensRow& row) {
        const auto page = map_.page_at(rows_.number(row, "frame"));
        if (!page) return;
        const uint32_t pid = rows_.number(row, "pid");
        OwnerKey key{pid, pid == 0 ? kernels_name(rows_.text(row, "kind")) : ""};
        const uint32_t users = rows_.number(row, "users");
        map_.pages[*page] = {.owner = 0,
                             .address = rows_.number(row, "address"),
                             .users = users,
                             .modified = rows_.number(row, "modified") != 0};
        PageOwner& owner = owners_[key];
        ++owner.pages;
        if (users > 1) ++owner.shared;
        if (map_.pages[*page].modified) ++owner.modified;
        keys_.emplace_back(*page, std::move(key));
    }

    void number_owners() {
        const auto names = names_of_processes(session_);
        map_.owners.push_back({.name = "free", .pages = map_.pages.size() - keys_.size()});
        std::map<OwnerKey, uint16_t> numbers;
        for (auto& [key, owner] : owners_) {
            numbers[key] = static_cast<uint16_t>(map_.owners.size());
            owner.pid = key.first;
            const auto name = names.find(owner.pid);
            owner.name = owner.pid == 0
                             ? key.second
                             : fmt::format("{} {}", owner.pid, name == names.end() ? "?" : name->second);
            map_.owners.push_back(std::move(owner));
        }
        for (const auto& [page, key] : keys_) map_.pages[page].owner = numbers[key];
    }

    const Session& session_;
    const LensReading& rows_;
    PageMap map_;
    std::map<OwnerKey, PageOwner> owners_;
    std::vector<std::pair<size_t, OwnerKey>> keys_;  // of each page that is not free
};

}  // namespace

uint32_t PageMap::address_of(size_t page) const {
    return first + static_cast<uint32_t>(page * isa::kPageSize);
}

std::optional<size_t> PageMap::page_at(uint32_t physical_address) const {
    const size_t page = (physical_address - first) / isa::kPageSize;
    return physical_address >= first && page < pages.size() ? std::optional(page) : std::nullopt;
}

PageMap page_map(const Session& session) {
    PageMap nothing;
    nothing.message = session.lens_message();
    if (session.lens() == nullptr) return nothing;
    const LensReading rows(session, session.focus_cpu(), "pages");
    if (!rows.has("frame")) {
        nothing.message = "the lens has no view 'pages' with a column 'frame'";
        return nothing;
    }
    return Reader(session, rows).read();
}

Table page_owners_table(const Session& session) {
    Table table{.title = "Owners of memory",
                .columns = {{"owner"},
                            {"pages", Alignment::right},
                            {"shared", Alignment::right},
                            {"modified", Alignment::right}},
                .rows = {},
                .note = {}};
    PageMap map = page_map(session);
    const auto count = [](size_t n) {
        return Cell{.text = fmt::format("{}", n), .value = static_cast<int64_t>(n)};
    };
    for (const PageOwner& owner : map.owners) {
        table.rows.push_back(
            {.cells = {{.text = owner.name}, count(owner.pages), count(owner.shared), count(owner.modified)},
             .current = false});
    }
    table.note = std::move(map.message);
    return table;
}

std::string describe_page(const PageMap& map, size_t page) {
    const MappedPage& mapped = map.pages[page];
    const PageOwner& owner = map.owners[mapped.owner];
    std::string text = fmt::format("page 0x{:08X}: {}", map.address_of(page), owner.name);
    if (owner.pid != 0) text += fmt::format(" at 0x{:08X}", mapped.address);
    if (mapped.modified) text += ", modified";
    if (mapped.users > 1) text += fmt::format(", {} users", mapped.users);
    return text;
}

}  // namespace peach::debugger
