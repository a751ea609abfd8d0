// Disk images on the host: what is written is read back, images stay sound, and rubbish gets a sentence.

#include "guest_os/mkfs/mkfs.h"

#include <gtest/gtest.h>

#include <cstring>
#include <random>

namespace peach::mkfs {
namespace {

constexpr uint64_t kSmallDisk = 8 << 20;

std::vector<std::byte> random_bytes(size_t count, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<std::byte> bytes(count);
    for (std::byte& b : bytes) b = static_cast<std::byte>(random());
    return bytes;
}

std::string text_of(const std::vector<std::byte>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

TEST(Mkfs, AFreshImageIsEmptyAndSound) {
    const auto disk = DiskImage::create(kSmallDisk);
    ASSERT_TRUE(disk);
    EXPECT_EQ(disk->bytes().size(), kSmallDisk);
    EXPECT_TRUE(disk->list("/")->empty());
    EXPECT_EQ(disk->check(), std::vector<std::string>{});
}

TEST(Mkfs, FilesOfAllSizesComeBack) {
    auto disk = DiskImage::create(kSmallDisk);
    // Around the ends of the direct, indirect and double indirect blocks.
    const size_t sizes[] = {
        0, 1, 4095, 4096, 4097, 16 * 4096, 16 * 4096 + 1, (16 + 1024) * 4096 - 1, (16 + 1024) * 4096 + 5000};
    for (const size_t size : sizes) {
        const auto contents = random_bytes(size, static_cast<unsigned>(size));
        ASSERT_TRUE(disk->write_file("/some/folder/file", contents, 0640));
        EXPECT_EQ(disk->read_file("/some/folder/file"), contents);
        EXPECT_EQ(disk->check(), std::vector<std::string>{});
    }
    const auto info = disk->info("/some/folder/file");
    EXPECT_EQ(info->permissions, 0640);
    EXPECT_EQ(info->links, 1);
}

TEST(Mkfs, AnImageCanBeOpenedAgainAndAddedTo) {
    auto first = DiskImage::create(kSmallDisk);
    ASSERT_TRUE(first->write_text("/etc/motd", "welcome\n"));
    auto second = DiskImage::open(std::move(*first).take_bytes());
    ASSERT_TRUE(second);
    ASSERT_TRUE(
        second->write_text("/etc/boot-command", boot_command(std::vector<std::string>{"sh", "-c", "ls"})));
    EXPECT_EQ(text_of(*second->read_file("/etc/motd")), "welcome\n");
    EXPECT_EQ(text_of(*second->read_file("/etc/boot-command")), std::string("sh\0-c\0ls\0", 9));
    EXPECT_EQ(second->list("/etc")->size(), 2u);
    EXPECT_EQ(second->check(), std::vector<std::string>{});
}

TEST(Mkfs, ManyFilesInOneDirectory) {
    auto disk = DiskImage::create(kSmallDisk);
    for (int i = 0; i < 200; ++i)
        ASSERT_TRUE(disk->write_text("/many/file" + std::to_string(i), std::to_string(i)));
    EXPECT_EQ(disk->list("/many")->size(), 200u);
    EXPECT_EQ(text_of(*disk->read_file("/many/file123")), "123");
    EXPECT_EQ(disk->check(), std::vector<std::string>{});
}

TEST(Mkfs, DevicesAndDirectories) {
    auto disk = DiskImage::create(kSmallDisk);
    ASSERT_TRUE(disk->make_device("/dev/null", Device::null));
    ASSERT_TRUE(disk->make_directory("/tmp", 0777));
    EXPECT_EQ(disk->info("/dev/null")->type, FileType::device);
    EXPECT_EQ(disk->info("/tmp")->permissions, 0777);
    EXPECT_EQ(disk->info("/")->links, 4);  // "." ".." and the ".." of two directories
    EXPECT_EQ(disk->check(), std::vector<std::string>{});
}

TEST(Mkfs, ErrorsAreSentences) {
    auto disk = DiskImage::create(kSmallDisk);
    ASSERT_TRUE(disk->write_text("/file", "x"));
    EXPECT_EQ(disk->write_text("file", "x").error().message,
              "file: a path in the disk image begins with '/'");
    EXPECT_EQ(disk->write_text("/file/below", "x").error().message,
              "/file/below: a part of the path is not a directory");
    EXPECT_EQ(disk->make_directory("/file").error().message, "/file: exists and is something else");
    EXPECT_EQ(disk->write_text("/", "x").error().message, "/: is a directory: name a file in it");
    EXPECT_EQ(disk->write_text("/a/../b", "x").error().message,
              "/a/../b: '.' and '..' are not understood here");
    EXPECT_EQ(disk->read_file("/nosuch").error().message, "/nosuch: no such file in the disk image");
    EXPECT_EQ(disk->read_file("/").error().message, "/: not a regular file");
    EXPECT_EQ(disk->list("/file").error().message, "/file: not a directory");
    EXPECT_FALSE(disk->write_text("/" + std::string(60, 'x'), "x"));
    EXPECT_EQ(disk->write_file("/large", random_bytes(9 << 20, 1)).error().message,
              "/large: 9437184 bytes do not fit: the disk image is full, make a larger one");
    EXPECT_EQ(disk->check(), std::vector<std::string>{});
}

TEST(Mkfs, ForeignAndTruncatedImagesAreRefused) {
    EXPECT_EQ(DiskImage::open({}, "x.img").error().message,
              "x.img: not a PeachOS disk image: make one with peach-mkfs, or check the file's name");
    EXPECT_FALSE(DiskImage::open(random_bytes(kSmallDisk, 3)));
    auto bytes = DiskImage::create(kSmallDisk)->bytes();
    bytes.resize(bytes.size() - 1);
    EXPECT_EQ(
        DiskImage::open(bytes, "x.img").error().message,
        "x.img: the image is 8388607 bytes long, but says that it has 2048 blocks of 4096: it was truncated "
        "or not copied whole");
    EXPECT_FALSE(DiskImage::create(1000));
}

// The check finds every single damage to a bitmap, an inode or a directory that was sound before.
class Damage : public testing::Test {
  protected:
    Damage() : disk_(*DiskImage::create(kSmallDisk)) {
        EXPECT_TRUE(disk_.write_file("/folder/a", random_bytes(100'000, 1)));
        EXPECT_TRUE(disk_.write_file("/folder/b", random_bytes(50, 2)));
        std::memcpy(&super_, disk_.bytes().data(), sizeof super_);
    }

    disk_inode inode(uint32_t number) const {
        disk_inode result;
        std::memcpy(&result, disk_.bytes().data() + inode_offset(number), sizeof result);
        return result;
    }
    size_t inode_offset(uint32_t number) const {
        return size_t{super_.inode_table_start} * BLOCK_SIZE + number * sizeof(disk_inode);
    }
    std::vector<std::string> check_with(uint32_t inode_number, const disk_inode& changed) const {
        auto bytes = disk_.bytes();
        std::memcpy(bytes.data() + inode_offset(inode_number), &changed, sizeof changed);
        return DiskImage::open(bytes)->check();
    }

    DiskImage disk_;
    super_block super_;
};

TEST_F(Damage, WrongLinkCount) {
    const uint32_t b = disk_.info("/folder/b")->inode;
    disk_inode changed = inode(b);
    changed.links = 2;
    EXPECT_EQ(check_with(b, changed),
              std::vector{"inode " + std::to_string(b) + " says it has 2 links, but 1 entries name it"});
}

TEST_F(Damage, BlockUsedTwice) {
    const uint32_t a = disk_.info("/folder/a")->inode, b = disk_.info("/folder/b")->inode;
    disk_inode changed = inode(b);
    changed.direct[0] = inode(a).direct[3];
    EXPECT_FALSE(check_with(b, changed).empty());
    changed.direct[0] = 5'000'000;
    EXPECT_FALSE(check_with(b, changed).empty());
    changed = inode(b);
    changed.direct[1] = changed.direct[0];
    EXPECT_FALSE(check_with(b, changed).empty());
    changed = inode(b);
    changed.mode = 0;
    EXPECT_FALSE(check_with(b, changed).empty());
}

TEST_F(Damage, EveryBitOfTheBitmaps) {
    for (const uint32_t start : {super_.inode_bitmap_start, super_.block_bitmap_start}) {
        const uint32_t bits = start == super_.inode_bitmap_start ? super_.inode_count : super_.block_count;
        for (uint32_t bit = 1; bit < bits; bit += 37) {
            auto bytes = disk_.bytes();
            bytes[size_t{start} * BLOCK_SIZE + bit / 8] ^= std::byte{1} << (bit & 7);
            EXPECT_FALSE(DiskImage::open(bytes)->check().empty()) << bit;
        }
    }
}

TEST_F(Damage, RubbishNeverCrashesTheCheck) {
    std::mt19937 random(7);
    for (int round = 0; round < 200; ++round) {
        auto bytes = disk_.bytes();
        for (int i = 0; i < 200; ++i) {
            bytes[random() % (size_t{super_.data_start + 40} * BLOCK_SIZE)] =
                static_cast<std::byte>(random());
        }
        const auto damaged = DiskImage::open(std::move(bytes));
        if (!damaged) continue;
        damaged->check();
        if (damaged->list("/folder")) (void)damaged->read_file("/folder/a");
    }
}

TEST(Mkfs, WhatIsNoExecutableIsNotStripped) {
    const auto bytes = random_bytes(1000, 9);
    EXPECT_EQ(without_debug_information(bytes), bytes);
    EXPECT_EQ(without_debug_information({}), std::vector<std::byte>{});
}

}  // namespace
}  // namespace peach::mkfs
