#pragma once
// The file system. One sleep lock guards all of it: every function here expects to be called between
// file_system_begin() and file_system_end(), unless it says otherwise.

#include "disk.h"

#include <peach/file_system.h>
#include <peach/limits.h>
#include <peach/stat.h>
#include <stdbool.h>
#include <stdint.h>

struct process;

// ---- journal.c ----

// Begin and end bracket an operation: whatever happens, the disk will show all of its changes or none. An operation
// changes only so many blocks (OPERATION_BLOCKS); a longer job asks for room between its parts.
void file_system_begin(void);
bool file_system_is_begun(void);  // by the caller
void file_system_end(void);
void file_system_make_room(void);
bool file_system_is_mine(void);
void file_system_flush(void);  // outside: sleeps until every operation that has ended is safe from a power cut
void file_system_drain(void);  // sleeps until the disk is up to date; after that nothing may change it any more
bool journal_recover(void);

// ---- block_cache.c ----

struct block {
    uint32_t number;  // 0: holds nothing
    int references;   // how many use it at the moment
    bool changed;     // belongs to the change that is being collected: see journal.c
    struct journal_entry *writing;  // to the disk, at the moment, or null; the journal's lock guards it
    void *data;                     // a page
    struct block *next;             // the one used before it
};

bool block_cache_holds(uint32_t count);           // makes room for so many blocks, if there is memory
struct block *block_get(uint32_t number);         // null if the disk fails
struct block *block_get_zeroed(uint32_t number);  // the old contents do not matter
void block_put(struct block *block);
void *block_change(struct block *block);  // to be called before the data are changed; they may move: returns them

// ---- inode.c ----

// What the file system that an inode belongs to does with it: the one on the disk, or /proc.
struct inode;
struct inode_operations {
    uint32_t (*find)(struct inode *directory, const char *name, uint32_t *offset);  // a number, or NO_INODE
    int (*entries)(struct inode *directory, uint32_t *offset, void *to, uint32_t count);
    int (*read)(struct inode *inode, void *to, uint32_t offset, uint32_t count);
    uint32_t device;  // for stat()
    bool read_only;
};

extern const struct inode_operations disk_operations;

// An inode in memory, one for all who use the same file.
struct inode {
    uint32_t number;
    int references;
    const struct inode_operations *operations;
    struct disk_inode disk;  // what the inode table holds, or will after inode_update()
    struct pipe *pipe;       // of a FIFO that somebody has open, else null: see pipe.c
};

void file_system_mount(struct process *p);  // p's current directory becomes the root
void file_system_stop(void);  // before the power goes off; nothing changes the disk any more
struct inode *inode_get(uint32_t number);  // null if the table is full or the disk fails
struct inode *inode_share(struct inode *inode);
struct inode *directory_inherit(const struct process *p);  // p's current one, with a reference more; no lock is needed
struct inode *directory_exchange(struct process *p, struct inode *directory);  // returns the old one, to be put
void inode_put(struct inode *inode);  // the last one of a file without names frees it
struct inode *inode_allocate(uint32_t mode);  // the current user's; null if there is none; its links are 0
int inode_update(struct inode *inode);
uint32_t inode_count_used(void);    // those in memory
uint32_t inode_orphan_count(void);  // those in use that have no name
int inode_read(struct inode *inode, void *to, uint32_t offset, uint32_t count);
int inode_write(struct inode *inode, const void *from, uint32_t offset, uint32_t count);
int inode_truncate(struct inode *inode, uint32_t size);
int inode_resize(struct inode *inode, uint32_t size);
struct block *inode_block(struct inode *inode, uint32_t n, bool *hole);
void inode_stat(const struct inode *inode, struct file_status *status);
static inline uint32_t inode_type(const struct inode *inode) { return inode->disk.mode & FILE_TYPE_MASK; }

// ---- allocate.c: the bitmaps ----

struct super_block *file_system_super(void);
uint32_t block_allocate(void);  // filled with zeros; 0 if the disk is full
void block_free(uint32_t number);
uint32_t inode_number_allocate(void);  // 0 if there is none
void inode_number_free(uint32_t number);

uint32_t block_count_free(void);
uint32_t inode_count_free(void);

// ---- directory.c ----

uint32_t directory_find(struct inode *directory, const char *name, uint32_t *offset);
int directory_add(struct inode *directory, const char *name, uint32_t number);
int directory_set(struct inode *directory, uint32_t offset, const char *name, uint32_t number);
int directory_set_parent(struct inode *directory, uint32_t number);
bool directory_is_empty(struct inode *directory);
int directory_entries(struct inode *directory, uint32_t *offset, void *to, uint32_t count);

// ---- permissions.c: these return 0 or minus an errno value ----

enum { MAY_EXECUTE = 1, MAY_WRITE = 2, MAY_READ = 4 };  // as the bits of a mode
int inode_may(const struct inode *inode, uint32_t wanted);
int inode_may_as(const struct inode *inode, uint32_t wanted, uint32_t uid, uint32_t gid);
int inode_may_remove(const struct inode *directory, const struct inode *inode);
int inode_change_mode(struct inode *inode, uint32_t mode);
int inode_change_owner(struct inode *inode, uint32_t uid, uint32_t gid);
int inode_change_times(struct inode *inode, const uint64_t times[2]);

// ---- path.c: these return 0 or minus an errno value ----

#define FOLLOW true  // a symbolic link at the end of the path, too

int path_find(const char *path, struct inode **found);
int path_find_link(const char *path, bool follow, struct inode **found);
int path_find_from(struct inode *from, const char *path, bool follow, struct inode **found);  // instead of the current directory
int path_find_as(uint32_t uid, uint32_t gid, const char *path, bool follow, struct inode **found);  // with this user's rights

// The directory that the last name of a path is in, or would be in, and that name.
struct path_end {
    struct inode *parent;
    char name[FILE_NAME_MAX + 1];  // "" for the root itself
    bool slash;                    // a slash came after it: only a directory will do
};
int path_find_end(const char *path, bool follow, struct path_end *end);
struct inode *path_child(struct inode *directory, const char *name, uint32_t *offset);
int path_change_directory(const char *path);
int path_current(char *buffer, uint32_t size);

// ---- names.c: these return 0 or minus an errno value ----

int path_open(const char *path, int flags, uint32_t mode, struct inode **found);
int path_make_directory(const char *path, uint32_t mode);
int path_make_device(const char *path, uint32_t mode, uint32_t device);
int path_make_fifo(const char *path, uint32_t mode);
int path_link(const char *old_path, const char *new_path);
int path_symlink(const char *target, const char *path);
int path_unlink(const char *path, bool want_directory);

// ---- rename.c ----

int path_rename(const char *old_path, const char *new_path);

// ---- proc.c: files that the kernel makes up when they are read ----

#define PROC_ROOT 0x80000000u  // the number of the inode /proc; greater ones are those below it

bool proc_inode_fill(struct inode *inode);  // false if there is no such file (any more)
