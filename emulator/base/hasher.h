#pragma once
// A 64-bit hash of a sequence of values, the same on every build and machine.
//
// A struct says once what it consists of:
//
//     template <class Self, class Visit>
//     static void for_each_field(Self& self, Visit visit) { visit("pc", self.pc); ... }
//
// and hash_value() follows that list. (Comparison is operator== = default, which cannot forget a field; a
// test lays the listed fields out one after the other and compares with sizeof, so that this list cannot
// either.)

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

namespace peach {

class Hasher {
  public:
    Hasher();
    ~Hasher();
    Hasher(const Hasher&) = delete;
    Hasher& operator=(const Hasher&) = delete;

    void add_bytes(std::span<const std::byte> bytes);
    void add(uint64_t value) { add_bytes(std::as_bytes(std::span(&value, 1))); }
    uint64_t result() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

uint64_t hash_bytes(std::span<const std::byte> bytes);

template <class T>
concept HasFieldList =
    requires(const T& value) { T::for_each_field(value, [](const char*, const auto&) {}); };

template <class T>
concept HashesItself = requires(const T& value, Hasher& hasher) { value.hash_into(hasher); };

template <class T>
void hash_value(Hasher& hasher, const T& value) {
    if constexpr (HashesItself<T>) {
        value.hash_into(hasher);
    } else if constexpr (HasFieldList<T>) {
        T::for_each_field(value, [&](const char*, const auto& field) { hash_value(hasher, field); });
    } else {
        static_assert(std::is_integral_v<T> || std::is_enum_v<T>, "give this type a field list");
        hasher.add(static_cast<uint64_t>(value));
    }
}

template <class T>
void hash_value(Hasher& hasher, const std::vector<T>& values) {
    hasher.add(values.size());
    for (const T& value : values) hash_value(hasher, value);
}

template <class T, size_t Count>
void hash_value(Hasher& hasher, const std::array<T, Count>& values) {
    for (const T& value : values) hash_value(hasher, value);
}

}  // namespace peach
