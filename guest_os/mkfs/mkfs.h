#pragma once
// The disk image of PeachOS, made, filled, read and checked on the host. Everything works on bytes in memory:
// reading and writing host files is the caller's business. The format is
// guest_os/include/peach/file_system.h.
//
//     auto disk = DiskImage::create(8 << 20);
//     disk->write_file("/bin/hello", program, 0755);
//     machine.set_disk(disk->bytes());
//
// Paths are absolute; "." and ".." are not understood. Missing parent directories are made.

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/base/error.h"
#include "guest_os/mkfs/volume.h"

namespace peach::mkfs {

enum class FileType : uint8_t { regular, directory, device, link, fifo };

enum class Device : uint32_t {
    console = FILE_DEVICE_CONSOLE,
    tty = FILE_DEVICE_TTY,
    null = FILE_DEVICE_NULL,
    zero = FILE_DEVICE_ZERO,
    full = FILE_DEVICE_FULL,
    random = FILE_DEVICE_RANDOM,
    disk = FILE_DEVICE_DISK,
};

struct FileInfo {
    std::string name;
    uint32_t inode = 0;
    FileType type = FileType::regular;
    uint16_t permissions = 0;  // 0755 ...
    uint16_t links = 0;
    uint16_t uid = 0;
    uint16_t gid = 0;
    uint32_t size_bytes = 0;
};

class DiskImage {
  public:
    // An empty file system: "/" and nothing in it, beside a swap area.
    static std::expected<DiskImage, Error> create(uint64_t size_bytes, uint64_t swap_bytes = 0);

    // An image that exists; an error if it is truncated or no image of PeachOS. `name` is for the message.
    // What a power cut left in the journal is put into place first, as the kernel does at its start.
    static std::expected<DiskImage, Error> open(std::vector<std::byte> bytes,
                                                std::string_view name = "disk image");

    const std::vector<std::byte>& bytes() const { return volume_.bytes(); }
    std::vector<std::byte> take_bytes() && { return std::move(volume_).take_bytes(); }

    // A file that exists gets the new contents and permissions.
    std::expected<void, Error> write_file(std::string_view path, std::span<const std::byte> contents,
                                          uint16_t permissions = 0644);
    std::expected<void, Error> write_text(std::string_view path, std::string_view text,
                                          uint16_t permissions = 0644);
    std::expected<void, Error> make_directory(std::string_view path, uint16_t permissions = 0755);
    std::expected<void, Error> make_link(std::string_view path, std::string_view target);  // symbolic
    std::expected<void, Error> change_owner(std::string_view path, uint16_t uid, uint16_t gid);
    std::expected<void, Error> make_device(std::string_view path, Device device);

    std::expected<FileInfo, Error> info(std::string_view path) const;
    std::expected<std::vector<std::byte>, Error> read_file(std::string_view path) const;
    std::expected<std::vector<FileInfo>, Error> list(std::string_view path) const;  // without "." and ".."

    // Everything that is inconsistent, a sentence each; empty if the file system is sound. Never trusts the
    // image: any bytes may be checked.
    std::vector<std::string> check() const;

  private:
    explicit DiskImage(Volume volume) : volume_(std::move(volume)) {}

    std::optional<uint32_t> find_entry(uint32_t directory, std::string_view name) const;
    std::expected<uint32_t, Error> find(std::string_view path) const;  // the inode's number
    std::expected<uint32_t, Error> find_or_make(std::string_view path, uint16_t mode);
    std::expected<uint32_t, Error> add_file(uint32_t directory, std::string_view name, uint16_t mode);
    FileInfo describe(std::string_view name, uint32_t inode_number) const;

    Volume volume_;
};

// The argv of /etc/boot-command: each word followed by a NUL.
std::string boot_command(std::span<const std::string> words);

// An executable without what only a debugger reads (symbols, DWARF, section headers); anything else comes
// back unchanged.
std::vector<std::byte> without_debug_information(std::vector<std::byte> executable);

}  // namespace peach::mkfs
