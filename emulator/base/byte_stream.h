#pragma once
// Values as bytes and back: little-endian numbers, counted blobs, and every struct that has a field list
// (emulator/base/hasher.h), field after field. The same list that is hashed is saved, so nothing can be
// hashed and not saved.
//
// Reading never trusts: once something is missing or impossible, failed() holds and the rest reads as
// nothing.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "emulator/base/hasher.h"

namespace peach {

class ByteWriter {
  public:
    void number(uint64_t value, unsigned size) {
        for (unsigned i = 0; i < size; ++i) bytes_.push_back(static_cast<std::byte>(value >> (8 * i)));
    }
    void raw(std::span<const std::byte> data) { bytes_.insert(bytes_.end(), data.begin(), data.end()); }
    void blob(std::span<const std::byte> data) {
        number(data.size(), 8);
        raw(data);
    }
    std::vector<std::byte> take() { return std::move(bytes_); }

  private:
    std::vector<std::byte> bytes_;
};

class ByteReader {
  public:
    explicit ByteReader(std::span<const std::byte> bytes) : rest_(bytes) {}

    uint64_t number(unsigned size) {
        const auto data = raw(size);
        uint64_t value = 0;
        for (size_t i = 0; i < data.size(); ++i) value |= std::to_integer<uint64_t>(data[i]) << (8 * i);
        return value;
    }
    // Those bytes, or none if there are not so many.
    std::span<const std::byte> raw(uint64_t size) {
        if (size > rest_.size()) {
            fail();
            return {};
        }
        const auto data = rest_.first(static_cast<size_t>(size));
        rest_ = rest_.subspan(static_cast<size_t>(size));
        return data;
    }
    std::vector<std::byte> blob() {
        const auto data = raw(number(8));
        return {data.begin(), data.end()};
    }
    void fail() {
        failed_ = true;
        rest_ = {};
    }
    bool failed() const { return failed_; }
    bool complete() const { return !failed_ && rest_.empty(); }
    size_t bytes_left() const { return rest_.size(); }

  private:
    std::span<const std::byte> rest_;
    bool failed_ = false;
};

template <class T>
concept SavesItself = requires(T& value, ByteWriter& out, ByteReader& in) {
    std::as_const(value).save_into(out);
    value.load_from(in);
};

template <class T>
void write_value(ByteWriter& out, const T& value) {
    if constexpr (SavesItself<T>) {
        value.save_into(out);
    } else if constexpr (HasFieldList<T>) {
        T::for_each_field(value, [&](const char*, const auto& field) { write_value(out, field); });
    } else {
        static_assert(std::is_integral_v<T> || std::is_enum_v<T>, "give this type a field list");
        out.number(static_cast<uint64_t>(value), sizeof(T));
    }
}

template <class T, size_t Count>
void write_value(ByteWriter& out, const std::array<T, Count>& values) {
    for (const T& value : values) write_value(out, value);
}

template <class T>
void write_value(ByteWriter& out, const std::vector<T>& values) {
    out.number(values.size(), 8);
    for (const T& value : values) write_value(out, value);
}

template <class T>
void read_value(ByteReader& in, T& value) {
    if constexpr (SavesItself<T>) {
        value.load_from(in);
    } else if constexpr (HasFieldList<T>) {
        T::for_each_field(value, [&](const char*, auto& field) { read_value(in, field); });
    } else {
        static_assert(std::is_integral_v<T> || std::is_enum_v<T>, "give this type a field list");
        const uint64_t number = in.number(sizeof(T));
        if (std::is_same_v<T, bool> && number > 1) in.fail();
        value = static_cast<T>(number);
    }
}

template <class T, size_t Count>
void read_value(ByteReader& in, std::array<T, Count>& values) {
    for (T& value : values) read_value(in, value);
}

template <class T>
void read_value(ByteReader& in, std::vector<T>& values) {
    const uint64_t count = in.number(8);
    if (count > in.bytes_left()) return in.fail();  // no value takes less than a byte
    values.clear();
    // One by one: a value may take far more room than its bytes, and a damaged count ends with them.
    for (uint64_t i = 0; i < count && !in.failed(); ++i) read_value(in, values.emplace_back());
}

}  // namespace peach
