// Any bytes are a program, with or without usable debug information, or are refused with a sentence.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "debugger/elf_image.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace peach::debugger;
    const auto bytes = std::as_bytes(std::span(data, size));
    const auto image = ElfImage::parse({bytes.begin(), bytes.end()}, "fuzz");
    if (!image) {
        if (image.error().message.empty()) std::abort();
        return 0;
    }
    unsigned sum = 0;
    for (const auto& segment : image->segments()) {
        for (const std::byte b : segment.contents) sum += std::to_integer<unsigned>(b);
    }
    if (sum == 1) return 0;  // so that the sum is computed
    for (const auto& symbol : image->symbols()) {
        if (symbol.name.empty()) continue;
        static_cast<void>(image->section(symbol.name));
    }
    return 0;
}
