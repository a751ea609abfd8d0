#pragma once
// The file system. One sleep lock guards all of it: every function here expects to be called between
// file_system_begin() and file_system_end(). The disk does one thing at a time anyway.

#include "disk.h"

#include <peach/file_system.h>
#include <peach/limits.h>
#include <peach/stat.h>
#include <stdbool.h>
#include <stdint.h>

struct process;

// ---- block_cache.c ----

// Begin and end bracket an operation that belongs together: the end writes its changed blocks to the disk. (A journal
// would make the whole bracket happen or not happen, here and nowhere else.)
void file_system_begin(void);
void file_system_end(void);
void file_system_write_changes(void);

// The cached contents of a block; null if the disk fails. Good until CACHE_BLOCKS / 2 others have been asked for.
void *block_read(uint32_t number);
void *block_zero(uint32_t number);  // the same, without reading: the old contents do not matter
void block_changed(uint32_t number);  // the end of the operation must write it

// ---- inode.c ----

// An inode in memory, one for all who use the same file.
struct inode {
    uint32_t number;
    int references;
    struct disk_inode disk;  // what the inode table holds, or will after inode_update()
};

void file_system_mount(struct process *p);  // p's current directory becomes the root
void file_system_stop(void);  // before the power goes off; nothing changes the disk any more
struct inode *inode_get(uint32_t number);  // null if the table is full or the disk fails
struct inode *inode_share(struct inode *inode);
void inode_put(struct inode *inode);  // the last one of a file without names frees it
struct inode *inode_allocate(uint32_t mode);  // null if there is none; its links are 0
int inode_update(struct inode *inode);
int inode_read(struct inode *inode, void *to, uint32_t offset, uint32_t count);
int inode_write(struct inode *inode, const void *from, uint32_t offset, uint32_t count);
void inode_truncate(struct inode *inode);
void inode_stat(struct inode *inode, struct stat *status);
static inline uint32_t inode_type(const struct inode *inode) { return inode->disk.mode & FILE_TYPE_MASK; }

// ---- allocate.c: the bitmaps ----

struct super_block *file_system_super(void);
uint32_t block_allocate(void);  // filled with zeros; 0 if the disk is full
void block_free(uint32_t number);
uint32_t inode_number_allocate(void);  // 0 if there is none
void inode_number_free(uint32_t number);

// ---- directory.c ----

struct inode *directory_find(struct inode *directory, const char *name, uint32_t *offset);
int directory_add(struct inode *directory, const char *name, uint32_t number);
int directory_remove(struct inode *directory, uint32_t offset);
bool directory_is_empty(struct inode *directory);
int directory_entries(struct inode *directory, uint32_t *offset, void *to, uint32_t count);

// ---- path.c: these return 0 or minus an errno value ----

int path_find(const char *path, struct inode **found);
int path_find_parent(const char *path, struct inode **parent, char name[FILE_NAME_MAX + 1]);
int path_open(const char *path, int flags, uint32_t mode, struct inode **found);
int path_make_directory(const char *path, uint32_t mode);
int path_link(const char *old_path, const char *new_path);
int path_unlink(const char *path, bool want_directory);
int path_change_directory(const char *path);
int path_current(char *buffer, uint32_t size);
