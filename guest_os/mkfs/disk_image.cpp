// The upper half of mkfs: directories and paths.

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "guest_os/mkfs/mkfs.h"

namespace peach::mkfs {

namespace {

constexpr size_t kLongestLink = 255;  // PATH_MAX in peach/limits.h, without the NUL
constexpr uint16_t kDirectoryMode = FILE_TYPE_DIRECTORY | 0755;

std::unexpected<Error> failure(std::string_view path, std::string_view reason) {
    return std::unexpected(Error{fmt::format("{}: {}", path, reason)});
}

bool is_directory(const disk_inode& inode) {
    return (inode.mode & FILE_TYPE_MASK) == FILE_TYPE_DIRECTORY;
}

std::vector<std::string_view> words_of(std::string_view path) {
    std::vector<std::string_view> words;
    while (!path.empty()) {
        const size_t end = std::min(path.find('/'), path.size());
        if (end > 0) words.push_back(path.substr(0, end));
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return words;
}

directory_entry make_entry(uint32_t inode, std::string_view name) {
    directory_entry entry{};
    entry.inode = inode;
    std::ranges::copy(name, entry.name);
    return entry;
}

std::vector<directory_entry> entries_of(const Volume& volume, uint32_t directory) {
    const std::vector<std::byte> bytes = volume.contents(directory);
    std::vector<directory_entry> entries(bytes.size() / sizeof(directory_entry));
    if (!entries.empty()) std::memcpy(entries.data(), bytes.data(), entries.size() * sizeof(directory_entry));
    return entries;
}

std::string_view name_of(const directory_entry& entry) {
    return {entry.name, strnlen(entry.name, sizeof entry.name)};
}

bool set_entries(Volume& volume, uint32_t directory, const std::vector<directory_entry>& entries) {
    return volume.set_contents(directory, std::as_bytes(std::span(entries)));
}

}  // namespace

std::expected<DiskImage, Error> DiskImage::create(uint64_t size_bytes, uint64_t swap_bytes) {
    auto volume = Volume::create(size_bytes, swap_bytes);
    if (!volume) return std::unexpected(volume.error());
    volume->take_inode();  // the first free one is ROOT_INODE
    disk_inode inode{};
    inode.mode = kDirectoryMode;
    inode.links = 2;
    volume->set_inode(ROOT_INODE, inode);
    set_entries(*volume, ROOT_INODE, {make_entry(ROOT_INODE, "."), make_entry(ROOT_INODE, "..")});
    return DiskImage(std::move(*volume));
}

std::expected<DiskImage, Error> DiskImage::open(std::vector<std::byte> bytes, std::string_view name) {
    auto volume = Volume::open(std::move(bytes), name);
    if (!volume) return std::unexpected(volume.error());
    return DiskImage(std::move(*volume));
}

std::optional<uint32_t> DiskImage::find_entry(uint32_t directory, std::string_view name) const {
    for (const directory_entry& entry : entries_of(volume_, directory)) {
        if (entry.inode != NO_INODE && name_of(entry) == name) return entry.inode;
    }
    return std::nullopt;
}

std::expected<uint32_t, Error> DiskImage::find(std::string_view path) const {
    uint32_t at = ROOT_INODE;
    for (const std::string_view word : words_of(path)) {
        if (!is_directory(volume_.inode(at))) return failure(path, "a part of the path is not a directory");
        const auto next = find_entry(at, word);
        if (!next) return failure(path, "no such file in the disk image");
        at = *next;
    }
    return at;
}

// Adds a name with a fresh inode. A directory gets its "." and "..".
std::expected<uint32_t, Error> DiskImage::add_file(uint32_t directory, std::string_view name, uint16_t mode) {
    if (name.size() > FILE_NAME_MAX) {
        return failure(name, fmt::format("the name is longer than {} bytes: shorten it", FILE_NAME_MAX));
    }
    const auto number = volume_.take_inode();
    if (!number) return failure(name, "the disk image has no free inode: make a larger one");
    disk_inode inode{};
    inode.mode = mode;
    inode.links = is_directory(inode) ? 2 : 1;
    volume_.set_inode(*number, inode);
    const bool filled =
        !is_directory(inode) ||
        set_entries(volume_, *number, {make_entry(*number, "."), make_entry(directory, "..")});
    auto entries = entries_of(volume_, directory);
    const auto free = std::ranges::find(entries, uint32_t{NO_INODE}, &directory_entry::inode);
    const directory_entry entry = make_entry(*number, name);
    if (free != entries.end()) {
        *free = entry;
    } else {
        entries.push_back(entry);
    }
    if (!filled || !set_entries(volume_, directory, entries)) {
        return failure(name, "the disk image is full: make a larger one");
    }
    if (is_directory(inode)) {
        disk_inode parent = volume_.inode(directory);
        ++parent.links;
        volume_.set_inode(directory, parent);
    }
    return number.value();
}

// Walks the path, makes what is missing: directories on the way, at the end something of the given mode.
std::expected<uint32_t, Error> DiskImage::find_or_make(std::string_view path, uint16_t mode) {
    if (!path.starts_with('/')) return failure(path, "a path in the disk image begins with '/'");
    const auto words = words_of(path);
    uint32_t at = ROOT_INODE;
    for (size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "." || words[i] == "..") return failure(path, "'.' and '..' are not understood here");
        if (!is_directory(volume_.inode(at))) return failure(path, "a part of the path is not a directory");
        if (const auto next = find_entry(at, words[i])) {
            at = *next;
            continue;
        }
        const auto made = add_file(at, words[i], i + 1 == words.size() ? mode : kDirectoryMode);
        if (!made) return std::unexpected(made.error());
        at = *made;
    }
    const uint16_t found = volume_.inode(at).mode & FILE_TYPE_MASK;
    if (found != (mode & FILE_TYPE_MASK)) {
        return failure(path, found == FILE_TYPE_DIRECTORY ? "is a directory: name a file in it"
                                                          : "exists and is something else");
    }
    disk_inode inode = volume_.inode(at);
    inode.mode = mode;
    volume_.set_inode(at, inode);
    return at;
}

std::expected<void, Error> DiskImage::write_file(std::string_view path, std::span<const std::byte> contents,
                                                 uint16_t permissions) {
    const auto file = find_or_make(path, static_cast<uint16_t>(FILE_TYPE_REGULAR | (permissions & 07777)));
    if (!file) return std::unexpected(file.error());
    if (!volume_.set_contents(*file, contents)) {
        return failure(path, fmt::format("{} bytes do not fit: the disk image is full, make a larger one",
                                         contents.size()));
    }
    return {};
}

std::expected<void, Error> DiskImage::write_text(std::string_view path, std::string_view text,
                                                 uint16_t permissions) {
    return write_file(path, std::as_bytes(std::span(text)), permissions);
}

std::expected<void, Error> DiskImage::make_directory(std::string_view path, uint16_t permissions) {
    const auto made = find_or_make(path, static_cast<uint16_t>(FILE_TYPE_DIRECTORY | (permissions & 07777)));
    if (!made) return std::unexpected(made.error());
    return {};
}

std::expected<void, Error> DiskImage::make_link(std::string_view path, std::string_view target) {
    if (target.empty() || target.size() > kLongestLink) {
        return failure(path, fmt::format("a link to a path of {} bytes cannot be made: from 1 to {}",
                                         target.size(), kLongestLink));
    }
    const auto made = find_or_make(path, FILE_TYPE_LINK | 0777);
    if (!made) return std::unexpected(made.error());
    if (!volume_.set_contents(*made, std::as_bytes(std::span(target)))) {
        return failure(path, "the disk image is full: make a larger one");
    }
    return {};
}

std::expected<void, Error> DiskImage::change_owner(std::string_view path, uint16_t uid, uint16_t gid) {
    const auto found = find(path);
    if (!found) return std::unexpected(found.error());
    disk_inode inode = volume_.inode(*found);
    inode.uid = uid;
    inode.gid = gid;
    volume_.set_inode(*found, inode);
    return {};
}

std::expected<void, Error> DiskImage::make_device(std::string_view path, Device device) {
    const auto made = find_or_make(path, FILE_TYPE_DEVICE | 0666);
    if (!made) return std::unexpected(made.error());
    disk_inode inode = volume_.inode(*made);
    inode.direct[0] = static_cast<uint32_t>(device);
    volume_.set_inode(*made, inode);
    return {};
}

FileInfo DiskImage::describe(std::string_view name, uint32_t inode_number) const {
    const disk_inode inode = volume_.inode(inode_number);
    const uint16_t type = inode.mode & FILE_TYPE_MASK;
    return {.name = std::string(name),
            .inode = inode_number,
            .type = type == FILE_TYPE_DIRECTORY ? FileType::directory
                    : type == FILE_TYPE_DEVICE  ? FileType::device
                    : type == FILE_TYPE_LINK    ? FileType::link
                    : type == FILE_TYPE_FIFO    ? FileType::fifo
                                                : FileType::regular,
            .permissions = static_cast<uint16_t>(inode.mode & 07777),
            .links = inode.links,
            .uid = inode.uid,
            .gid = inode.gid,
            .size_bytes = inode.size};
}

std::expected<FileInfo, Error> DiskImage::info(std::string_view path) const {
    const auto found = find(path);
    if (!found) return std::unexpected(found.error());
    const auto words = words_of(path);
    return describe(words.empty() ? "/" : words.back(), *found);
}

std::expected<std::vector<std::byte>, Error> DiskImage::read_file(std::string_view path) const {
    const auto found = find(path);
    if (!found) return std::unexpected(found.error());
    if (describe("", *found).type != FileType::regular) return failure(path, "not a regular file");
    return volume_.contents(*found);
}

std::expected<std::vector<FileInfo>, Error> DiskImage::list(std::string_view path) const {
    const auto found = find(path);
    if (!found) return std::unexpected(found.error());
    if (!is_directory(volume_.inode(*found))) return failure(path, "not a directory");
    std::vector<FileInfo> result;
    for (const directory_entry& entry : entries_of(volume_, *found)) {
        const std::string_view name = name_of(entry);
        if (entry.inode != NO_INODE && name != "." && name != "..")
            result.push_back(describe(name, entry.inode));
    }
    return result;
}

}  // namespace peach::mkfs
