#include "assembler/image_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "assembler/encode.h"
#include "assembler/expressions.h"
#include "assembler/fixups.h"
#include "assembler/leb128.h"
#include "emulator/isa/instructions.h"

namespace peach::assembler {

namespace {

void fill_stretch(const Program& program, const Section& section, const Stretch& stretch, std::byte* out) {
    const auto write = [out](uint32_t at, uint8_t value) { out[at] = static_cast<std::byte>(value); };
    if (stretch.kind == StretchKind::call) return;  // the fixup writes both words
    if (stretch.kind == StretchKind::alignment || stretch.kind == StretchKind::room) {
        const uint32_t nop = encode_checked({.op = isa::Op::addi});
        const bool code = section.executable && !stretch.fill && stretch.extra % 4 == 0;
        for (uint32_t i = 0; i < stretch.extra; ++i) {
            const FillPattern zeros;
            write(i, code ? static_cast<uint8_t>(nop >> (8 * (i % 4)))
                          : stretch.fill.value_or(zeros).byte_at(stretch.offset + stretch.before + i));
        }
        return;
    }
    const bool is_signed = stretch.kind == StretchKind::sleb128;
    const int64_t value = value_after_layout(program, program.values[stretch.detail]).value_or(0);
    std::vector<uint8_t> bytes;
    append_leb128(bytes, value, is_signed);
    // A number that shrank in a late round of the layout keeps its room.
    while (bytes.size() < stretch.extra) {
        const uint8_t padding = is_signed && value < 0 ? 0x7F : 0;
        bytes.back() |= 0x80;
        bytes.push_back(padding);
    }
    for (uint32_t i = 0; i < stretch.extra; ++i) write(i, bytes[i]);
}

// The section's bytes with the stretched places filled, at `out`.
void copy_section(const Program& program, const Section& section, std::byte* out) {
    uint32_t copied = 0;
    const auto copy_up_to = [&](size_t end) {
        const std::span<const std::byte> bytes = std::as_bytes(std::span(section.bytes));
        out = std::ranges::copy(bytes.subspan(copied, end - copied), out).out;
        copied = static_cast<uint32_t>(end);
    };
    for (const Stretch& stretch : section.stretches) {
        if (stretch.extra == 0) continue;
        copy_up_to(stretch.offset);
        fill_stretch(program, section, stretch, out);
        out += stretch.extra;
    }
    copy_up_to(section.bytes.size());
}

ImageSection build_section(const Program& program, const OutputSection& output, Reporter& reporter) {
    ImageSection image{.name = std::string(output.name),
                       .address = output.address,
                       .size = output.size,
                       .alignment = output.alignment};
    const Section& first = program.sections[output.parts.front()];
    image.loaded = first.loaded;
    image.executable = first.executable;
    image.writable = first.loaded && !first.executable && first.writable;
    image.zeroed = std::all_of(output.parts.begin(), output.parts.end(),
                               [&](SectionId id) { return program.sections[id].zeroed; });
    if (image.zeroed) return image;
    image.bytes.resize(output.size);
    for (const SectionId id : output.parts) {
        const Section& section = program.sections[id];
        std::byte* out = image.bytes.data() + (section.address - output.address);
        copy_section(program, section, out);
        apply_fixups(program, section, std::span(out, section.final_size()), reporter);
    }
    return image;
}

class SymbolList {
  public:
    SymbolList(const Program& program, Image& image) : program_(program), image_(image) {}

    // Locals first, each file's behind a symbol that names the file.
    void build() {
        for (const Symbol& symbol : program_.symbols) add_if(symbol, SymbolBinding::local);
        for (const Symbol& symbol : program_.symbols) add_if(symbol, SymbolBinding::global);
        for (const Symbol& symbol : program_.symbols) add_if(symbol, SymbolBinding::weak);
    }

  private:
    void add_if(const Symbol& symbol, SymbolBinding binding) {
        if (symbol.binding != binding || symbol.name.empty() || symbol.name.starts_with(".L")) return;
        if (!symbol.is_defined() || symbol.resolved != kNoSymbol || symbol.type == SymbolType::section)
            return;
        if (symbol.position.section < kAbsolute && !program_.sections[symbol.position.section].loaded) return;
        if (symbol.position.section < kAbsolute && !program_.sections[symbol.position.section].kept) return;
        const auto id = static_cast<SymbolId>(&symbol - program_.symbols.data());
        const auto address = value_after_layout(program_, {.plus = id});
        if (!address) return;
        ImageSymbol added{.name = std::string(symbol.name),
                          .address = static_cast<uint32_t>(*address),
                          .type = symbol.type,
                          .binding = binding,
                          .section = section_of(symbol, static_cast<uint32_t>(*address))};
        added.size = size_of(symbol);
        if (binding == SymbolBinding::local && symbol.unit != named_unit_) {
            named_unit_ = symbol.unit;
            const std::string_view path = program_.units[symbol.unit].name;
            // Without its folder, so that the same sources make the same program anywhere.
            image_.symbols.push_back(
                {.name = std::string(path.substr(path.rfind('/') + 1)), .type = SymbolType::file});
        }
        image_.symbols.push_back(std::move(added));
    }

    uint32_t size_of(const Symbol& symbol) const {
        if (symbol.common_bytes != 0) return symbol.common_bytes;
        if (symbol.size < 0) return 0;
        return static_cast<uint32_t>(
            value_after_layout(program_, program_.values[static_cast<size_t>(symbol.size)]).value_or(0));
    }

    // Labels lie in a section; numbers in none, unless `.set` made them from a label.
    int section_of(const Symbol& symbol, uint32_t address) const {
        const bool from_label = symbol.value >= 0 &&
                                program_.values[static_cast<size_t>(symbol.value)].plus != kNoSymbol &&
                                program_.values[static_cast<size_t>(symbol.value)].minus == kNoSymbol;
        if (symbol.position.section >= kAbsolute && !from_label && !symbol.provided) return kAbsoluteSection;
        for (size_t i = image_.sections.size(); i-- > 0;) {
            const ImageSection& section = image_.sections[i];
            const bool inside = address >= section.address && address - section.address <= section.size;
            if (section.loaded && inside) return static_cast<int>(i);
        }
        return kAbsoluteSection;
    }

    const Program& program_;
    Image& image_;
    uint32_t named_unit_ = UINT32_MAX;
};

}  // namespace

Image build_image(const Program& program, const Layout& layout, SymbolId entry, Reporter& reporter) {
    Image image;
    image.entry = layout.text.address;
    if (entry != kNoSymbol) {
        image.entry = static_cast<uint32_t>(value_after_layout(program, {.plus = entry}).value_or(0));
    }
    for (const OutputSection* output : {&layout.text, &layout.rodata, &layout.data, &layout.bss}) {
        if (!output->parts.empty() && output->size != 0)
            image.sections.push_back(build_section(program, *output, reporter));
    }
    for (const OutputSection& output : layout.debug)
        image.sections.push_back(build_section(program, output, reporter));
    SymbolList(program, image).build();
    return image;
}

}  // namespace peach::assembler
