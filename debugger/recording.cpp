#include "debugger/recording.h"

#include <algorithm>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "emulator/base/byte_stream.h"
#include "emulator/base/sealed_file.h"

namespace peach::debugger {
namespace {

constexpr FileKind kRecording{.magic = "PEACHREC",
                              .version = 2,
                              .noun = "recording",
                              .how_made = "make one with `peach run --record FILE`"};

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

}  // namespace

std::vector<std::byte> encode(const Recording& recording) {
    return seal(kRecording, encode_payload(recording));
}

std::expected<Recording, Error> decode(std::span<const std::byte> bytes, std::string_view name) {
    const auto payload = unseal(kRecording, bytes, name);
    if (!payload) return std::unexpected(payload.error());
    auto recording = decode_payload(*payload);
    if (!recording) return std::unexpected(nonsense(kRecording, name));
    return *std::move(recording);
}

}  // namespace peach::debugger
