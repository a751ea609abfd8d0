#include "emulator/state_changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <type_traits>

namespace peach {
namespace {

// Walks the field lists of both machines at once.
class Comparison {
  public:
    std::vector<StateChange> take() { return std::move(changes_); }

    template <class T>
    void compare(const std::string& name, const T& before, const T& after) {
        if constexpr (HasFieldList<T>) {
            compare_fields(name, before, after);
        } else {
            static_assert(std::is_integral_v<T> || std::is_enum_v<T>, "say here how this type differs");
            if (before != after) add(name, number(before), number(after));
        }
    }

    template <class T, size_t Count>
    void compare(const std::string& name, const std::array<T, Count>& before,
                 const std::array<T, Count>& after) {
        for (size_t i = 0; i < Count; ++i) {
            if (!(before[i] == after[i])) compare(fmt::format("{}[{}]", name, i), before[i], after[i]);
        }
    }

    template <class T>
    void compare(const std::string& name, const std::vector<T>& before, const std::vector<T>& after) {
        compare(name + ".count", before.size(), after.size());
        for (size_t i = 0; i < std::min(before.size(), after.size()); ++i) {
            compare(fmt::format("{}[{}]", name, i), before[i], after[i]);
        }
    }

    void compare(const std::string& name, const Console& before, const Console& after) {
        const std::string waiting = before.typed.substr(before.taken);
        const std::string waiting_after = after.typed.substr(after.taken);
        if (waiting != waiting_after) {
            add(name + ".typed", fmt::format("{} characters", waiting.size()),
                fmt::format("{} characters", waiting_after.size()));
        }
        compare(name + ".ended", before.ended, after.ended);
    }

    void compare(const std::string& name, const PagedMemory& before, const PagedMemory& after) {
        compare(name + ".pages", before.page_count(), after.page_count());
        const uint64_t first = name == "ram" ? isa::region::ram.first : 0;
        for (uint32_t page = 0; page < std::min(before.page_count(), after.page_count()); ++page) {
            if (!before.same_page(after, page))
                compare_page(name, first, page, before.page(page), after.page(page));
        }
    }

  private:
    template <class T>
    void compare_fields(const std::string& name, const T& before, const T& after) {
        // The lists have one order: the n-th field of one is the n-th of the other.
        std::vector<const void*> fields;
        T::for_each_field(after, [&](const char*, const auto& field) { fields.push_back(&field); });
        size_t next = 0;
        T::for_each_field(before, [&](const char* field_name, const auto& field) {
            const auto& other = *static_cast<const std::remove_cvref_t<decltype(field)>*>(fields[next++]);
            compare(name.empty() ? field_name : fmt::format("{}.{}", name, field_name), field, other);
        });
    }

    template <class T>
    static std::string number(T value) {
        return fmt::format("0x{:X}", static_cast<uint64_t>(value));
    }

    void compare_page(const std::string& name, uint64_t first, uint32_t page, const std::byte* before,
                      const std::byte* after) {
        const auto [left, right] = std::mismatch(before, before + isa::kPageSize, after);
        if (left == before + isa::kPageSize) return;
        const auto count = std::min<ptrdiff_t>(8, before + isa::kPageSize - left);
        const uint64_t address =
            first + uint64_t{page} * isa::kPageSize + static_cast<uint64_t>(left - before);
        add(fmt::format("{} {:08X}", name, address), hex(left, count), hex(right, count));
        if (first != 0) changes_.back().ram_address = static_cast<uint32_t>(address);
    }

    static std::string hex(const std::byte* bytes, ptrdiff_t count) {
        std::string text;
        for (ptrdiff_t i = 0; i < count; ++i) {
            text += fmt::format("{}{:02X}", i == 0 ? "" : " ", std::to_integer<unsigned>(bytes[i]));
        }
        return text;
    }

    void add(std::string name, std::string before, std::string after) {
        changes_.push_back({std::move(name), std::move(before), std::move(after)});
    }

    std::vector<StateChange> changes_;
};

}  // namespace

std::vector<StateChange> state_changes(const Machine& before, const Machine& after) {
    Comparison comparison;
    comparison.compare("", before, after);
    return comparison.take();
}

}  // namespace peach
