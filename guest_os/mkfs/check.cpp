// The consistency check: walks everything that can be reached from "/" and compares with what the bitmaps,
// the inode table and the link counts claim.

#include <fmt/format.h>

#include <cstring>
#include <set>

#include "guest_os/mkfs/mkfs.h"

namespace peach::mkfs {

namespace {

constexpr size_t kMostProblems = 100;  // a heap of rubbish needs no complete list

class Checker {
  public:
    explicit Checker(const Volume& volume)
        : volume_(volume),
          names_of_inode_(volume.super().inode_count, 0),
          owner_of_block_(volume.super().block_count, 0),
          walked_(volume.super().inode_count, false) {}

    std::vector<std::string> run() {
        if (type_of(ROOT_INODE) != FILE_TYPE_DIRECTORY) {
            report("inode {} is not a directory, so there is no \"/\"", ROOT_INODE);
            return problems_;
        }
        visit(ROOT_INODE, "/", ROOT_INODE);
        while (!waiting_.empty()) {
            const Directory directory = waiting_.back();
            waiting_.pop_back();
            walk(directory);
        }
        compare_inodes();
        compare_blocks();
        return problems_;
    }

  private:
    struct Directory {
        uint32_t inode;
        uint32_t parent;
        std::string path;
    };

    template <class... Arguments>
    void report(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
        if (problems_.size() < kMostProblems) {
            problems_.push_back(fmt::format(format, std::forward<Arguments>(arguments)...));
        }
    }

    uint32_t type_of(uint32_t inode) const { return volume_.inode(inode).mode & FILE_TYPE_MASK; }

    // A name in a directory leads to an inode: counts it, and looks at the file when it is met first.
    void visit(uint32_t number, const std::string& path, uint32_t parent) {
        const bool first_time = !walked_[number];
        walked_[number] = true;
        if (!volume_.inode_is_used(number)) report("{}: inode {} is free in the inode bitmap", path, number);
        const disk_inode inode = volume_.inode(number);
        switch (inode.mode & FILE_TYPE_MASK) {
            case FILE_TYPE_DIRECTORY:
                if (!first_time) {
                    report("{}: directory {} has a second name", path, number);
                    return;
                }
                claim_blocks(number, inode, path);
                waiting_.push_back({number, parent, path});
                break;
            case FILE_TYPE_REGULAR:
            case FILE_TYPE_LINK:
                if (first_time) claim_blocks(number, inode, path);
                break;
            case FILE_TYPE_DEVICE:
                break;
            default:
                report("{}: inode {} has mode {:o}, which is no type of file", path, number, inode.mode);
        }
    }

    void claim(uint32_t owner, uint32_t block, const std::string& path) {
        if (block < volume_.super().data_start || block >= volume_.super().block_count) {
            report("{}: block {} is outside the data area", path, block);
        } else if (owner_of_block_[block] != 0) {
            report("{}: block {} also belongs to inode {}", path, block, owner_of_block_[block]);
        } else {
            owner_of_block_[block] = owner;
        }
    }

    // levels 0: a block of the file; 1 and 2: a block of pointers. `first` is the first block of the file
    // below it.
    void claim_tree(uint32_t owner, const disk_inode& inode, uint32_t block, int levels, uint64_t first,
                    const std::string& path) {
        if (block == 0) return;
        claim(owner, block, path);
        if (first * BLOCK_SIZE >= inode.size) {
            report("{}: block {} lies beyond the file's {} bytes", path, block, inode.size);
            return;
        }
        if (levels == 0 || owner_of_block_[block < owner_of_block_.size() ? block : 0] != owner) return;
        const uint64_t span = levels == 2 ? POINTERS_PER_BLOCK : 1;
        const auto pointers = volume_.pointers(block);
        for (size_t i = 0; i < pointers.size(); ++i) {
            claim_tree(owner, inode, pointers[i], levels - 1, first + i * span, path);
        }
    }

    void claim_blocks(uint32_t number, const disk_inode& inode, const std::string& path) {
        for (uint32_t i = 0; i < DIRECT_BLOCKS; ++i) claim_tree(number, inode, inode.direct[i], 0, i, path);
        claim_tree(number, inode, inode.indirect, 1, DIRECT_BLOCKS, path);
        claim_tree(number, inode, inode.double_indirect, 2, DIRECT_BLOCKS + POINTERS_PER_BLOCK, path);
    }

    void walk(const Directory& directory) {
        const auto bytes = volume_.contents(directory.inode);
        if (bytes.size() % sizeof(directory_entry) != 0) {
            report("{}: the directory's size, {}, is no multiple of an entry's", directory.path,
                   bytes.size());
        }
        std::set<std::string> names;
        for (size_t i = 0; i < bytes.size() / sizeof(directory_entry); ++i) {
            directory_entry entry;
            std::memcpy(&entry, &bytes[i * sizeof entry], sizeof entry);
            if (entry.inode == NO_INODE) continue;
            if (entry.inode >= volume_.super().inode_count) {
                report("{}: entry {} names inode {}, which does not exist", directory.path, i, entry.inode);
                continue;
            }
            const std::string name(entry.name, strnlen(entry.name, sizeof entry.name));
            if (name.empty() || name.size() > FILE_NAME_MAX || name.find('/') != std::string::npos) {
                report("{}: entry {} has a name that is none", directory.path, i);
            }
            if (!names.insert(name).second) report("{}: two entries are called \"{}\"", directory.path, name);
            meet(directory, name, entry.inode);
        }
        if (!names.contains(".") || !names.contains("..")) {
            report("{}: \".\" or \"..\" is missing", directory.path);
        }
    }

    void meet(const Directory& directory, const std::string& name, uint32_t inode) {
        ++names_of_inode_[inode];
        if (name == "." || name == "..") {
            const uint32_t expected = name == "." ? directory.inode : directory.parent;
            if (inode != expected)
                report("{}: \"{}\" is inode {}, not {}", directory.path, name, inode, expected);
            return;
        }
        visit(inode, directory.path + (directory.path == "/" ? "" : "/") + name, directory.inode);
    }

    void compare_inodes() {
        for (uint32_t n = ROOT_INODE; n < volume_.super().inode_count; ++n) {
            const disk_inode inode = volume_.inode(n);
            if (walked_[n] && inode.links != names_of_inode_[n]) {
                report("inode {} says it has {} links, but {} entries name it", n, inode.links,
                       names_of_inode_[n]);
            }
            if (!walked_[n] && volume_.inode_is_used(n))
                report("inode {} is marked as used, but has no name", n);
        }
    }

    void compare_blocks() {
        for (uint32_t b = 0; b < volume_.super().block_count; ++b) {
            const bool needed = b < volume_.super().data_start || owner_of_block_[b] != 0;
            if (needed && !volume_.block_is_used(b))
                report("block {} is used, but free in the block bitmap", b);
            if (!needed && volume_.block_is_used(b))
                report("block {} is marked as used, but belongs to no file", b);
        }
    }

    const Volume& volume_;
    std::vector<uint32_t> names_of_inode_;  // directory entries that lead to each inode
    std::vector<uint32_t> owner_of_block_;  // inode number, 0 for none
    std::vector<bool> walked_;
    std::vector<Directory> waiting_;
    std::vector<std::string> problems_;
};

}  // namespace

std::vector<std::string> DiskImage::check() const {
    return Checker(volume_).run();
}

}  // namespace peach::mkfs
