#include "debugger/recording.h"

#include <algorithm>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "emulator/base/byte_stream.h"
#include "emulator/base/sealed_file.h"
#include "emulator/save_file.h"

namespace peach::debugger {
namespace {

constexpr FileKind kSavedSession{.magic = "PEACHSES",
                                 .version = 1,
                                 .noun = "saved machine",
                                 .how_made = "make one with `peach run --save FILE`"};
constexpr FileKind kRecording{.magic = "PEACHREC",
                              .version = 3,
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

void write_saved_session(ByteWriter& out, const SavedSession& saved) {
    out.blob(save_machine(saved.machine));
    out.number(saved.bare ? 1 : 0, 1);
    out.blob(saved.image);
    out.number(saved.programs.size(), 8);
    for (const auto& [name, executable] : saved.programs) {
        out.blob(std::as_bytes(std::span(name)));
        out.blob(executable);
    }
}

std::optional<SavedSession> read_saved_session(ByteReader& in) {
    auto machine = load_machine(in.blob(), "the machine in it");
    if (!machine) return std::nullopt;
    SavedSession saved{.machine = *std::move(machine)};
    saved.bare = in.number(1) != 0;
    saved.image = in.blob();
    for (uint64_t left = in.number(8); left > 0 && !in.failed(); --left) {
        const auto name = in.blob();
        saved.programs.emplace(std::string(reinterpret_cast<const char*>(name.data()), name.size()),
                               in.blob());
    }
    return saved;
}

// Whether the inputs and the end can follow upon the beginning.
bool is_possible(const Recording& recording) {
    const uint64_t first_cycle = recording.start.machine.cycle();
    const bool in_order = std::ranges::is_sorted(recording.events, {}, &InputEvent::cycle);
    return in_order && recording.final_cycle >= first_cycle &&
           (recording.events.empty() || recording.events.front().cycle >= first_cycle);
}

std::optional<Recording> read_recording(ByteReader& in) {
    auto start = read_saved_session(in);
    if (!start) return std::nullopt;
    Recording recording{.start = *std::move(start)};
    for (uint64_t left = in.number(8); left > 0 && !in.failed(); --left) {
        auto event = read_event(in);
        if (!event) return std::nullopt;
        recording.events.push_back(*std::move(event));
    }
    recording.final_cycle = in.number(8);
    recording.final_hash = in.number(8);
    if (!is_possible(recording)) return std::nullopt;
    return recording;
}

// Opens a file and has `read` take it apart, to its last byte.
template <class Value>
std::expected<Value, Error> decode_as(const FileKind& kind, std::optional<Value> (*read)(ByteReader&),
                                      std::span<const std::byte> bytes, std::string_view name) {
    const auto payload = unseal(kind, bytes, name);
    if (!payload) return std::unexpected(payload.error());
    ByteReader in(*payload);
    std::optional<Value> value = read(in);
    if (!value || !in.complete()) return std::unexpected(nonsense(kind, name));
    return *std::move(value);
}

}  // namespace

std::vector<std::byte> encode(const SavedSession& saved) {
    ByteWriter out;
    write_saved_session(out, saved);
    return seal(kSavedSession, out.take());
}

std::vector<std::byte> encode(const Recording& recording) {
    ByteWriter out;
    write_saved_session(out, recording.start);
    out.number(recording.events.size(), 8);
    for (const InputEvent& event : recording.events) {
        out.number(event.cycle, 8);
        std::visit(EventWriter{out}, event.what);
    }
    out.number(recording.final_cycle, 8);
    out.number(recording.final_hash, 8);
    return seal(kRecording, out.take());
}

std::expected<SavedSession, Error> decode_saved_session(std::span<const std::byte> bytes,
                                                        std::string_view name) {
    return decode_as(kSavedSession, read_saved_session, bytes, name);
}

std::expected<Recording, Error> decode_recording(std::span<const std::byte> bytes, std::string_view name) {
    return decode_as(kRecording, read_recording, bytes, name);
}

}  // namespace peach::debugger
