// peach-mkfs: disk images for PeachOS, from the command line.

#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "guest_os/mkfs/mkfs.h"

namespace peach::mkfs {
namespace {

constexpr std::string_view kUsage =
    R"(usage: peach-mkfs [options] IMAGE [HOSTFILE:GUESTPATH[:MODE[:OWNER]]...]
  Makes the disk image IMAGE with these files on it. Without a HOSTFILE (":/tmp") a directory is made.
  --size MIB        size of the disk (8)
  --swap MIB        how much of it is for pages of processes (0)
  --manifest FILE   more of these files, one on each line; '#' begins a comment
  --strip           leave symbols and debug information of executables out
  --add             put the files on an IMAGE that exists
  --list            show what is on IMAGE
  --read GUESTPATH  write a file of IMAGE to standard output
  --check           look for inconsistencies in IMAGE; exit 1 if there are any
)";

struct Options {
    enum class Action { create, add, list, read, check } action = Action::create;
    uint64_t size_mib = 8;
    uint64_t swap_mib = 0;
    bool strip = false;
    std::string image;
    std::string guest_path;
    std::vector<std::string> files;
};

template <class... Arguments>
std::unexpected<Error> failure(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    return std::unexpected(Error{fmt::format(format, std::forward<Arguments>(arguments)...)});
}

std::expected<std::vector<std::byte>, Error> read_host_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return failure("{}: cannot be read: does it exist?", path);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    if (in.bad()) return failure("{}: cannot be read: is it a file?", path);
    const auto bytes = std::as_bytes(std::span(text));
    return std::vector<std::byte>(bytes.begin(), bytes.end());
}

std::expected<void, Error> write_host_file(const std::string& path, std::span<const std::byte> bytes) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    out.flush();
    if (!out) return failure("{}: cannot be written: check the folder and the free space", path);
    return {};
}

std::expected<void, Error> read_manifest(const std::string& path, std::vector<std::string>& files) {
    std::ifstream in(path);
    if (!in) return failure("{}: cannot be read: does it exist?", path);
    for (std::string line; std::getline(in, line);) {
        if (!line.empty() && line[0] != '#') files.push_back(line);
    }
    return {};
}

std::expected<uint64_t, Error> parse_mib(const std::string& option, const std::string& value) {
    uint64_t mib = 0;
    const char* last = value.data() + value.size();
    const auto [end, error] = std::from_chars(value.data(), last, mib);
    if (error != std::errc{} || end != last) return failure("{} {}: not a number of MiB", option, value);
    return mib;
}

std::expected<Options, Error> parse(std::span<const std::string> words) {
    using Action = Options::Action;
    Options options;
    for (size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        const bool takes_value =
            word == "--size" || word == "--swap" || word == "--manifest" || word == "--read";
        if (takes_value && i + 1 == words.size())
            return failure("{} needs a value: see peach-mkfs --help", word);
        if (word == "--size" || word == "--swap") {
            const auto mib = parse_mib(word, words[++i]);
            if (!mib) return std::unexpected(mib.error());
            (word == "--size" ? options.size_mib : options.swap_mib) = *mib;
        } else if (word == "--manifest") {
            if (auto read = read_manifest(words[++i], options.files); !read)
                return std::unexpected(read.error());
        } else if (word == "--read") {
            options.action = Action::read;
            options.guest_path = words[++i];
        } else if (word == "--strip") {
            options.strip = true;
        } else if (word == "--add") {
            options.action = Action::add;
        } else if (word == "--list") {
            options.action = Action::list;
        } else if (word == "--check") {
            options.action = Action::check;
        } else if (word.starts_with('-')) {
            return failure("unknown option {}: see peach-mkfs --help", word);
        } else if (options.image.empty()) {
            options.image = word;
        } else {
            options.files.push_back(word);
        }
    }
    if (options.image.empty()) return failure("no image was named: see peach-mkfs --help");
    return options;
}

std::vector<std::string> fields_of(const std::string& description) {
    std::vector<std::string> fields(1);
    for (const char c : description) {
        if (c == ':')
            fields.emplace_back();
        else
            fields.back() += c;
    }
    return fields;
}

bool read_number(const std::string& field, int base, uint16_t& number) {
    const char* end = field.data() + field.size();
    const auto [last, error] = std::from_chars(field.data(), end, number, base);
    return error == std::errc{} && last == end;
}

// HOSTFILE:GUESTPATH[:MODE[:OWNER]]; the owner is a number, which is his group's as well.
std::expected<void, Error> add_file(DiskImage& disk, const std::string& description, bool strip) {
    const std::vector<std::string> fields = fields_of(description);
    if (fields.size() < 2 || fields.size() > 4)
        return failure("{}: expected HOSTFILE:GUESTPATH[:MODE[:OWNER]]", description);
    const std::string& host = fields[0];
    const std::string& guest = fields[1];
    uint16_t permissions = host.empty() ? 0755 : 0644;
    uint16_t owner = 0;
    if (fields.size() > 2 && !read_number(fields[2], 8, permissions))
        return failure("{}: the mode is not an octal number", description);
    if (fields.size() > 3 && !read_number(fields[3], 10, owner))
        return failure("{}: the owner is not a number", description);
    if (host.empty()) {
        if (auto made = disk.make_directory(guest, permissions); !made) return made;
        return disk.change_owner(guest, owner, owner);
    }
    auto contents = read_host_file(host);
    if (!contents) return std::unexpected(contents.error());
    if (strip) *contents = without_debug_information(std::move(*contents));
    if (auto written = disk.write_file(guest, *contents, permissions); !written) return written;
    return disk.change_owner(guest, owner, owner);
}

std::expected<void, Error> add_devices(DiskImage& disk) {
    for (const auto& [path, device] : {std::pair{"/dev/console", Device::console},
                                       {"/dev/tty", Device::tty},
                                       {"/dev/null", Device::null},
                                       {"/dev/zero", Device::zero},
                                       {"/dev/full", Device::full},
                                       {"/dev/random", Device::random},
                                       {"/dev/disk", Device::disk}}) {
        if (auto made = disk.make_device(path, device); !made) return made;
    }
    if (auto made = disk.make_link("/dev/urandom", "random"); !made) return made;
    return disk.make_directory("/proc", 0555);
}

void print_tree(const DiskImage& disk, const std::string& path) {
    const auto entries = disk.list(path);
    if (!entries) return;
    for (const FileInfo& file : *entries) {
        const std::string full = path + (path == "/" ? "" : "/") + file.name;
        const char type = std::string_view("-dclp")[static_cast<size_t>(file.type)];
        fmt::print("{}{:04o} {:3} {:5} {:5} {:8} {}\n", type, file.permissions, file.links, file.uid,
                   file.gid, file.size_bytes, full);
        if (file.type == FileType::directory) print_tree(disk, full);
    }
}

int show_problems(const DiskImage& disk, const std::string& image) {
    const auto problems = disk.check();
    for (const std::string& problem : problems) fmt::print("{}: {}\n", image, problem);
    if (problems.empty()) fmt::print("{}: sound\n", image);
    return problems.empty() ? 0 : 1;
}

std::expected<DiskImage, Error> open_or_create(const Options& options) {
    if (options.action == Options::Action::create) {
        auto disk = DiskImage::create(options.size_mib << 20, options.swap_mib << 20);
        if (!disk) return disk;
        if (auto made = add_devices(*disk); !made) return std::unexpected(made.error());
        return disk;
    }
    auto bytes = read_host_file(options.image);
    if (!bytes) return std::unexpected(bytes.error());
    return DiskImage::open(std::move(*bytes), options.image);
}

std::expected<int, Error> run(const Options& options) {
    auto disk = open_or_create(options);
    if (!disk) return std::unexpected(disk.error());
    switch (options.action) {
        case Options::Action::list:
            print_tree(*disk, "/");
            return 0;
        case Options::Action::check:
            return show_problems(*disk, options.image);
        case Options::Action::read: {
            const auto contents = disk->read_file(options.guest_path);
            if (!contents) return std::unexpected(contents.error());
            std::fwrite(contents->data(), 1, contents->size(), stdout);
            return 0;
        }
        case Options::Action::create:
        case Options::Action::add:
            break;
    }
    for (const std::string& file : options.files) {
        if (auto added = add_file(*disk, file, options.strip); !added) return std::unexpected(added.error());
    }
    if (auto written = write_host_file(options.image, disk->bytes()); !written) {
        return std::unexpected(written.error());
    }
    return 0;
}

}  // namespace
}  // namespace peach::mkfs

int main(int argc, char** argv) {
    using namespace peach::mkfs;
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() == 1 && words[0] == "--help") {
        fmt::print("{}", kUsage);
        return 0;
    }
    const auto options = parse(words);
    if (!options) {
        fmt::print(stderr, "peach-mkfs: {}\n", options.error().message);
        return 2;
    }
    const auto status = run(*options);
    if (!status) {
        fmt::print(stderr, "peach-mkfs: {}\n", status.error().message);
        return 1;
    }
    return *status;
}
