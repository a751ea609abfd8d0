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
uint32_t inode_orphan_count(void);  // those in use that have no name
int inode_read(struct inode *inode, void *to, uint32_t offset, uint32_t count);
int inode_write(struct inode *inode, const void *from, uint32_t offset, uint32_t count);
int inode_truncate(struct inode *inode, uint32_t size);
struct block *inode_block(struct inode *inode, uint32_t n, bool *hole);
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
