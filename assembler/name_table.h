#pragma once
// A hash table from names to numbers, made for the assembler's inner loop: the names are views into source
// texts that outlive the table, nothing is allocated per name.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace peach::assembler {

constexpr uint32_t hash_name(std::string_view name) {
    uint64_t hash = 0x9E3779B97F4A7C15u ^ name.size();
    for (const char c : name) hash = (hash ^ static_cast<uint8_t>(c)) * 0x100000001B3u;
    return static_cast<uint32_t>(hash ^ (hash >> 29));
}

// The same for a table of rows with a `name` that is known at compile time: name to index of the row.
template <size_t kSlots>
class StaticNameIndex {
  public:
    static constexpr uint8_t kAbsent = 0xFF;

    template <typename Rows>
    consteval explicit StaticNameIndex(const Rows& rows) {
        static_assert((kSlots & (kSlots - 1)) == 0);
        index_.fill(kAbsent);
        for (size_t i = 0; i < std::size(rows); ++i) {
            size_t slot = hash_name(rows[i].name) % kSlots;
            while (index_[slot] != kAbsent && rows[index_[slot]].name != rows[i].name)
                slot = (slot + 1) % kSlots;
            if (index_[slot] == kAbsent) index_[slot] = static_cast<uint8_t>(i);
        }
    }

    // The first row of that name, or kAbsent.
    template <typename Rows>
    constexpr uint8_t find(const Rows& rows, std::string_view name) const {
        size_t slot = hash_name(name) % kSlots;
        while (index_[slot] != kAbsent && rows[index_[slot]].name != name) slot = (slot + 1) % kSlots;
        return index_[slot];
    }

  private:
    std::array<uint8_t, kSlots> index_{};
};

class NameTable {
  public:
    static constexpr uint32_t kAbsent = UINT32_MAX;

    uint32_t find(std::string_view name) const {
        if (slots_.empty()) return kAbsent;
        return slots_[slot_of(name, hash_name(name))].value;
    }

    // The value stored under a name, to be read or written; kAbsent if it is new.
    uint32_t& operator[](std::string_view name) {
        if ((count_ + 1) * 2 > slots_.size()) grow();
        const uint32_t hash = hash_name(name);
        Slot& slot = slots_[slot_of(name, hash)];
        if (slot.name.data() == nullptr) {
            slot = {.name = name, .hash = hash, .value = kAbsent};
            ++count_;
        }
        return slot.value;
    }

    template <typename Visit>
    void for_each(Visit visit) const {
        for (const Slot& slot : slots_) {
            if (slot.name.data() != nullptr) visit(slot.name, slot.value);
        }
    }

  private:
    struct Slot {
        std::string_view name;
        uint32_t hash = 0;
        uint32_t value = kAbsent;
    };

    size_t slot_of(std::string_view name, uint32_t hash) const {
        const size_t mask = slots_.size() - 1;
        size_t i = hash & mask;
        while (slots_[i].name.data() != nullptr && (slots_[i].hash != hash || slots_[i].name != name)) {
            i = (i + 1) & mask;
        }
        return i;
    }

    void grow() {
        std::vector<Slot> old(slots_.empty() ? 64 : slots_.size() * 2);
        old.swap(slots_);
        for (const Slot& slot : old) {
            if (slot.name.data() != nullptr) slots_[slot_of(slot.name, slot.hash)] = slot;
        }
    }

    std::vector<Slot> slots_;
    size_t count_ = 0;
};

}  // namespace peach::assembler
