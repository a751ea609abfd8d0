// Any bytes are a program, with or without usable debug information, or are refused with a sentence; and all
// that a debugger asks of such a program has an answer.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "debugger/debug_info.h"
#include "debugger/elf_image.h"
#include "debugger/value.h"

namespace {

using namespace peach::debugger;

constexpr size_t kMostAsked = 200;  // of each kind, so that a run takes milliseconds

void ask_about(const Variable& variable, const DebugInfo& info, uint32_t pc, const MemoryReader& memory) {
    if (variable.type == nullptr) return;
    static_cast<void>(type_name(*variable.type));
    RegisterValues registers;
    for (uint32_t number = 1; number < registers.x.size(); ++number) registers.x[number] = 0x1000 * number;
    registers.pc = pc;
    const ValueLocation place = info.locate(variable, registers, memory);
    if (place.kind != ValueLocation::Kind::memory) return;
    const auto value = read_value(*variable.type, static_cast<uint32_t>(place.number), memory);
    if (!value) return;
    static_cast<void>(format_value(*value, &info, &memory));
    for (const NamedValue& part : children(*value, memory, 8)) {
        static_cast<void>(format_value(part.value, &info, &memory));
    }
}

void ask_about(uint32_t pc, const DebugInfo& info, const MemoryReader& memory) {
    static_cast<void>(info.function_at(pc));
    static_cast<void>(info.frame_rules_at(pc));
    static_cast<void>(info.symbol_at(pc));
    if (const auto line = info.line_at(pc))
        static_cast<void>(info.addresses_of(line->file_index, line->line));
    for (const Variable* variable : info.variables_at(pc)) ask_about(*variable, info, pc, memory);
}

void use(const DebugInfo& info) {
    const ImageMemory memory(info.image());
    for (const Function& function : info.functions().first(std::min(info.functions().size(), kMostAsked))) {
        ask_about(function.low_pc, info, memory);
        ask_about(function.high_pc - 4, info, memory);
        ask_about(info.after_prologue(function), info, memory);
    }
    for (const Variable& global : info.globals().first(std::min(info.globals().size(), kMostAsked))) {
        ask_about(global, info, info.image().entry(), memory);
        if (const auto address = info.global_address(global)) static_cast<void>(info.global_at(*address));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    const auto image = ElfImage::parse({bytes.begin(), bytes.end()}, "fuzz");
    if (!image) {
        if (image.error().message.empty()) std::abort();
        return 0;
    }
    const auto info = DebugInfo::load(*image);
    if (!info) {
        if (info.error().message.empty()) std::abort();
        return 0;
    }
    use(**info);
    return 0;
}
