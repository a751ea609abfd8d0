// Any text is a program or gets messages; nothing else happens. Includes find the text itself, so that they
// nest.

#include "assembler/assembler.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "assembler/elf_writer.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace peach::assembler;
    const Source source{.name = "a.s", .text = std::string(reinterpret_cast<const char*>(data), size)};
    Options options;
    options.entry_at_text_base = size % 2 == 0;
    options.loader = [](const std::string& name,
                        const std::string&) -> std::expected<LoadedFile, std::string> {
        if (name.empty()) return std::unexpected("no name");
        return LoadedFile{.name = name, .text = "nop\n.byte 1\n"};
    };
    const Result result = assemble({&source, 1}, options);
    if (result.image.has_value() == has_errors(result.diagnostics)) std::abort();
    if (!result.image && render(result.diagnostics).empty()) std::abort();
    if (result.image && write_elf(*result.image).empty()) std::abort();
    return 0;
}
