// The consistency check on the host: the rules are those of the guest's fsck.

#include <algorithm>

#include "guest_os/include/peach/file_system_check.h"
#include "guest_os/mkfs/mkfs.h"

namespace peach::mkfs {

namespace {

struct Context {
    const Volume& volume;
    std::vector<std::string> problems;
};

void read_block(void* context, uint32_t number, void* to) {
    const Volume& volume = static_cast<const Context*>(context)->volume;
    const auto block = volume.block_bytes(number);
    std::ranges::copy(block, static_cast<std::byte*>(to));
}

void report(void* context, const char* problem) {
    static_cast<Context*>(context)->problems.emplace_back(problem);
}

}  // namespace

std::vector<std::string> DiskImage::check() const {
    Context context{volume_, {}};
    disk_check check{};
    check.super = volume_.super();
    check.context = &context;
    check.read_block = read_block;
    check.report = report;
    file_system_check(&check);
    return std::move(context.problems);
}

}  // namespace peach::mkfs
