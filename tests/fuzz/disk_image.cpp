// Disk images: whatever the bytes, opening, checking, listing, reading and writing them ends in words or
// works.

#include <cstdint>
#include <string>
#include <vector>

#include "emulator/base/assert.h"
#include "guest_os/mkfs/mkfs.h"

namespace {

using namespace peach;

constexpr size_t kBlockBytes = 4096;

void read_everything(const mkfs::DiskImage& disk, const std::string& path, int depth) {
    const auto entries = disk.list(path);
    if (!entries || depth == 0) return;
    for (const mkfs::FileInfo& entry : *entries) {
        const std::string child = (path == "/" ? "" : path) + "/" + entry.name;
        if (entry.type == mkfs::FileType::regular) (void)disk.read_file(child);
        if (entry.type == mkfs::FileType::directory) read_everything(disk, child, depth - 1);
    }
}

void use(std::vector<std::byte> bytes) {
    auto disk = mkfs::DiskImage::open(std::move(bytes), "it");
    if (!disk) return;
    (void)disk->check();
    read_everything(*disk, "/", 3);
    (void)disk->write_text("/new/file", std::string(6000, 'x'));
    (void)disk->write_text("/a", "shorter");
    (void)disk->check();
}

// A sound file system for the fuzzer to change: four bytes a change: block, offset (two), value.
std::vector<std::byte> changed_image(const uint8_t* data, size_t size) {
    static const std::vector<std::byte> sound = [] {
        auto disk = mkfs::DiskImage::create(160 * kBlockBytes);
        PEACH_ASSERT(disk.has_value());
        (void)disk->write_text("/a", "some text");
        (void)disk->write_text("/directory/large", std::string(40'000, 'y'));
        (void)disk->make_device("/console", mkfs::Device::console);
        return std::move(*disk).take_bytes();
    }();
    std::vector<std::byte> bytes = sound;
    for (size_t i = 0; i + 4 <= size; i += 4) {
        const size_t block = data[i] % (bytes.size() / kBlockBytes);
        const size_t offset = (data[i + 1] << 8 | data[i + 2]) % kBlockBytes;
        bytes[block * kBlockBytes + offset] = static_cast<std::byte>(data[i + 3]);
    }
    return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    if (size == 0) return 0;
    if (data[0] % 4 != 0) {
        use(changed_image(data + 1, size - 1));
        return 0;
    }
    const auto bytes = std::as_bytes(std::span(data + 1, size - 1));
    std::vector<std::byte> image(bytes.begin(), bytes.end());
    image.resize((image.size() / kBlockBytes + 1) * kBlockBytes * (1 + data[0] / 64));
    use(std::move(image));
    return 0;
}
