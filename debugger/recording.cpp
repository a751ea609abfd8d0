#include "debugger/recording.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <optional>
#include <string>

#include <fmt/format.h>
#include <zstd.h>

#include "emulator/base/byte_stream.h"
#include "emulator/base/hasher.h"

namespace peach::debugger {
namespace {

constexpr std::string_view kMagic = "PEACHREC";
constexpr uint32_t kVersion = 2;
constexpr size_t kHeaderBytes = 8 + 4 + 8;
constexpr int kCompressionLevel = 3;
constexpr uint64_t kLargestPayloadBytes = uint64_t{4} << 30;

// The variant's alternatives by number; new ones go to the end.
enum class Kind : uint8_t { console_input, console_end, switch_move, register_edit, memory_edit };

struct EventWriter {
    ByteWriter& out;
    void kind(Kind kind) const { out.number(static_cast<uint8_t>(kind), 1); }
    void operator()(const ConsoleInput& input) const {
        kind(Kind::console_input);
        out.blob(std::as_bytes(std::span(input.bytes)));
    }
    void operator()(const ConsoleEnd& /*end*/) const { kind(Kind::console_end); }
    void operator()(const SwitchMove& move) const {
        kind(Kind::switch_move);
        out.number(move.index, 1);
        out.number(move.value, 4);
    }
    void operator()(const RegisterEdit& edit) const {
        kind(Kind::register_edit);
        out.number(edit.cpu, 1);
        out.number(edit.reg, 1);
        out.number(edit.value, 4);
    }
    void operator()(const MemoryEdit& edit) const {
        kind(Kind::memory_edit);
        out.number(edit.physical_address, 4);
        out.blob(edit.bytes);
    }
};

std::optional<InputEvent> read_event(ByteReader& in) {
    InputEvent event;
    event.cycle = in.number(8);
    switch (static_cast<Kind>(in.number(1))) {
        case Kind::console_input: {
            const auto bytes = in.blob();
            event.what = ConsoleInput{std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size())};
            return event;
        }
        case Kind::console_end:
            event.what = ConsoleEnd{};
            return event;
        case Kind::switch_move: {
            const auto index = static_cast<uint8_t>(in.number(1));
            event.what = SwitchMove{index, static_cast<uint32_t>(in.number(4))};
            return event;
        }
        case Kind::register_edit: {
            const auto cpu = static_cast<uint8_t>(in.number(1));
            const auto reg = static_cast<uint8_t>(in.number(1));
            event.what = RegisterEdit{cpu, reg, static_cast<uint32_t>(in.number(4))};
            return event;
        }
        case Kind::memory_edit: {
            const auto address = static_cast<uint32_t>(in.number(4));
            event.what = MemoryEdit{address, in.blob()};
            return event;
        }
    }
    return std::nullopt;
}

std::vector<std::byte> encode_payload(const Recording& recording) {
    ByteWriter out;
    write_value(out, recording.machine);
    out.number(recording.bare ? 1 : 0, 1);
    out.blob(recording.image);
    out.blob(recording.disk);
    out.number(recording.events.size(), 8);
    for (const InputEvent& event : recording.events) {
        out.number(event.cycle, 8);
        std::visit(EventWriter{out}, event.what);
    }
    out.number(recording.final_cycle, 8);
    out.number(recording.final_hash, 8);
    return out.take();
}

std::optional<Recording> decode_payload(std::span<const std::byte> payload) {
    ByteReader in(payload);
    Recording recording;
    read_value(in, recording.machine);
    recording.bare = in.number(1) != 0;
    recording.image = in.blob();
    recording.disk = in.blob();
    for (uint64_t left = in.number(8); left > 0 && !in.failed(); --left) {
        auto event = read_event(in);
        if (!event) return std::nullopt;
        recording.events.push_back(*std::move(event));
    }
    recording.final_cycle = in.number(8);
    recording.final_hash = in.number(8);
    const bool in_order = std::ranges::is_sorted(recording.events, {}, &InputEvent::cycle);
    if (!in.complete() || !in_order || !check(recording.machine)) return std::nullopt;
    return recording;
}

std::unexpected<Error> complain(std::string_view name, std::string_view what) {
    return std::unexpected(Error{fmt::format("{} {}", name, what)});
}

std::optional<std::vector<std::byte>> decompress(std::span<const std::byte> packed) {
    const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > kLargestPayloadBytes) {
        return std::nullopt;
    }
    std::vector<std::byte> payload(static_cast<size_t>(size));
    const size_t written = ZSTD_decompress(payload.data(), payload.size(), packed.data(), packed.size());
    if (ZSTD_isError(written) != 0 || written != payload.size()) return std::nullopt;
    return payload;
}

}  // namespace

std::vector<std::byte> encode(const Recording& recording) {
    const std::vector<std::byte> payload = encode_payload(recording);
    std::vector<std::byte> packed(ZSTD_compressBound(payload.size()));
    packed.resize(
        ZSTD_compress(packed.data(), packed.size(), payload.data(), payload.size(), kCompressionLevel));
    ByteWriter out;
    for (const char c : kMagic) out.number(static_cast<uint8_t>(c), 1);
    out.number(kVersion, 4);
    out.number(hash_bytes(packed), 8);
    std::vector<std::byte> file = out.take();
    file.insert(file.end(), packed.begin(), packed.end());
    return file;
}

std::expected<Recording, Error> decode(std::span<const std::byte> bytes, std::string_view name) {
    const bool ours =
        bytes.size() >= kMagic.size() && std::memcmp(bytes.data(), kMagic.data(), kMagic.size()) == 0;
    if (!ours) return complain(name, "is not a Peach recording: make one with `peach run --record FILE`");
    if (bytes.size() < kHeaderBytes) return complain(name, "is cut off: record it again");
    ByteReader header(bytes.subspan(kMagic.size(), kHeaderBytes - kMagic.size()));
    const uint64_t version = header.number(4);
    if (version != kVersion) {
        return complain(name, fmt::format("is a recording of version {}, and this Peach plays version {}: "
                                          "record it again, or use the Peach that made it",
                                          version, kVersion));
    }
    const auto packed = bytes.subspan(kHeaderBytes);
    if (header.number(8) != hash_bytes(packed)) {
        return complain(name, "is damaged (its checksum does not fit): copy or record it again");
    }
    const auto payload = decompress(packed);
    auto recording = payload ? decode_payload(*payload) : std::nullopt;
    if (!recording) return complain(name, "makes no sense inside: record it again");
    return *std::move(recording);
}

std::expected<void, Error> save(const Recording& recording, const std::filesystem::path& path) {
    const std::vector<std::byte> bytes = encode(recording);
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) {
        return std::unexpected(Error{fmt::format(
            "cannot write the recording {}: check the folder and its free space", path.string())});
    }
    return {};
}

std::expected<Recording, Error> load_recording(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::vector<char> bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (!file.is_open() || file.bad()) {
        return std::unexpected(
            Error{fmt::format("cannot read the recording {}: check that the file exists", path.string())});
    }
    return decode(std::as_bytes(std::span(bytes)), path.string());
}

}  // namespace peach::debugger
