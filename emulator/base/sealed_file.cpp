#include "emulator/base/sealed_file.h"

#include <fmt/format.h>
#include <zstd.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "emulator/base/assert.h"
#include "emulator/base/byte_stream.h"

namespace peach {
namespace {

constexpr size_t kMagicBytes = 8;
constexpr size_t kHeaderBytes = kMagicBytes + 4 + 8;
constexpr int kCompressionLevel = 3;
constexpr size_t kLargestPayloadBytes = size_t{4} << 30;

std::unexpected<Error> complain(std::string_view name, std::string_view what) {
    return std::unexpected(Error{fmt::format("{} {}", name, what)});
}

// Grows with what really comes out, whatever the file says of its size.
std::optional<std::vector<std::byte>> decompress(std::span<const std::byte> packed) {
    ZSTD_DStream* stream = ZSTD_createDStream();
    PEACH_ASSERT(stream != nullptr);
    const size_t portion_bytes = ZSTD_DStreamOutSize();
    std::vector<std::byte> payload;
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    size_t left = 1;  // 0: the frame is complete
    while (left != 0 && ZSTD_isError(left) == 0 && payload.size() < kLargestPayloadBytes) {
        const size_t before = payload.size();
        payload.resize(before + portion_bytes);
        ZSTD_outBuffer out{payload.data() + before, portion_bytes, 0};
        left = ZSTD_decompressStream(stream, &out, &in);
        payload.resize(before + out.pos);
        if (left != 0 && out.pos == 0 && in.pos == in.size) break;  // cut off
    }
    ZSTD_freeDStream(stream);
    if (left != 0 || in.pos != in.size) return std::nullopt;
    return payload;
}

}  // namespace

std::vector<std::byte> seal(const FileKind& kind, std::span<const std::byte> payload) {
    PEACH_ASSERT(kind.magic.size() == kMagicBytes);
    std::vector<std::byte> packed(ZSTD_compressBound(payload.size()));
    packed.resize(
        ZSTD_compress(packed.data(), packed.size(), payload.data(), payload.size(), kCompressionLevel));
    ByteWriter out;
    out.raw(std::as_bytes(std::span(kind.magic)));
    out.number(kind.version, 4);
    out.number(hash_bytes(packed), 8);
    out.raw(packed);
    return out.take();
}

std::expected<std::vector<std::byte>, Error> unseal(const FileKind& kind, std::span<const std::byte> file,
                                                    std::string_view name) {
    const bool ours =
        file.size() >= kMagicBytes && std::memcmp(file.data(), kind.magic.data(), kMagicBytes) == 0;
    if (!ours) return complain(name, fmt::format("is not a Peach {}: {}", kind.noun, kind.how_made));
    if (file.size() < kHeaderBytes) return complain(name, "is cut off: make it again");
    ByteReader header(file.subspan(kMagicBytes, kHeaderBytes - kMagicBytes));
    const uint64_t version = header.number(4);
    if (version != kind.version) {
        return complain(name, fmt::format("is a {} of version {}, and this Peach reads version {}: make it "
                                          "again, or use the Peach that made it",
                                          kind.noun, version, kind.version));
    }
    const auto packed = file.subspan(kHeaderBytes);
    if (header.number(8) != hash_bytes(packed)) {
        return complain(name, "is damaged (its checksum does not fit): copy or make it again");
    }
    auto payload = decompress(packed);
    if (!payload) return std::unexpected(nonsense(kind, name));
    return *std::move(payload);
}

Error nonsense(const FileKind& kind, std::string_view name) {
    return {fmt::format("{} makes no sense inside, although it is whole: {}", name, kind.how_made)};
}

}  // namespace peach
