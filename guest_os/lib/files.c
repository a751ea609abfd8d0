// Thin POSIX layers over the file system calls, and directories.

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <peach/file_system.h>

int __getcwd(char *buffer, size_t size);
int __isatty(int descriptor);
int getdents(int descriptor, void *buffer, size_t count);

int creat(const char *path, mode_t mode) { return open(path, O_WRONLY | O_CREAT | O_TRUNC, mode); }

// Without a buffer it allocates one.
char *getcwd(char *buffer, size_t size) {
    char path[PATH_MAX];
    if (buffer != NULL) return __getcwd(buffer, size) < 0 ? NULL : buffer;
    if (__getcwd(path, size != 0 && size < sizeof path ? size : sizeof path) < 0) return NULL;
    return strdup(path);
}

int isatty(int descriptor) {
    const int answer = __isatty(descriptor);
    if (answer == 0) errno = ENOTTY;
    return answer > 0;
}

int fdatasync(int descriptor) { return fsync(descriptor); }

// ---- several pieces at once: gathered or scattered through a buffer, so that the kernel sees one read or write. A pipe
// gives what it holds then and does not wait for more, and takes up to PIPE_BUF bytes as a whole.

enum { SMALL = PIPE_BUF };

// How many bytes that are, or -1 if the pieces are none.
static ssize_t size_of_all(const struct iovec *pieces, int count) {
    size_t total = 0;
    bool fits = count >= 0 && count <= IOV_MAX;
    for (int i = 0; i < count && fits; ++i) {
        fits = pieces[i].iov_len <= SSIZE_MAX - total;
        total += pieces[i].iov_len;
    }
    if (fits) return (ssize_t)total;
    errno = EINVAL;
    return -1;
}

// Copies between the buffer and the pieces, as far as there are bytes.
static void gather(char *buffer, const struct iovec *pieces, int count) {
    for (int i = 0; i < count; ++i) {
        memcpy(buffer, pieces[i].iov_base, pieces[i].iov_len);
        buffer += pieces[i].iov_len;
    }
}

static void scatter(const char *buffer, size_t bytes, const struct iovec *pieces, int count) {
    for (int i = 0; i < count && bytes > 0; ++i) {
        const size_t part = bytes < pieces[i].iov_len ? bytes : pieces[i].iov_len;
        memcpy(pieces[i].iov_base, buffer, part);
        buffer += part;
        bytes -= part;
    }
}

// The only piece with bytes in it, or the first one of those.
static const struct iovec *first_filled(const struct iovec *pieces, int count) {
    while (count > 1 && pieces->iov_len == 0) ++pieces, --count;
    return pieces;
}

ssize_t readv(int descriptor, const struct iovec *pieces, int count) {
    char small[SMALL];
    const ssize_t total = size_of_all(pieces, count);
    if (total < 0) return -1;
    if (total == 0) return read(descriptor, small, 0);
    const struct iovec *first = first_filled(pieces, count);
    char *buffer = total <= SMALL ? small : malloc((size_t)total);
    // Without memory for all, the first piece is better than nothing.
    if (buffer == NULL) return read(descriptor, first->iov_base, first->iov_len);
    const ssize_t done = read(descriptor, buffer, (size_t)total);
    if (done > 0) scatter(buffer, (size_t)done, pieces, count);
    if (buffer != small) free(buffer);
    return done;
}

ssize_t writev(int descriptor, const struct iovec *pieces, int count) {
    char small[SMALL];
    const ssize_t total = size_of_all(pieces, count);
    if (total < 0) return -1;
    if (total == 0) return write(descriptor, small, 0);
    const struct iovec *first = first_filled(pieces, count);
    char *buffer = total <= SMALL ? small : malloc((size_t)total);
    if (buffer == NULL) return write(descriptor, first->iov_base, first->iov_len);
    gather(buffer, pieces, count);
    const ssize_t done = write(descriptor, buffer, (size_t)total);
    if (buffer != small) free(buffer);
    return done;
}

struct __directory {
    int descriptor;
    int count, next;  // entries in the buffer, and which of them comes next
    long place;       // how many have been read
    struct dirent current;
    struct directory_entry entries[8];
};

DIR *fdopendir(int descriptor) {
    struct stat status;
    if (fstat(descriptor, &status) < 0) return NULL;
    if (!S_ISDIR(status.st_mode)) {
        errno = ENOTDIR;
        return NULL;
    }
    DIR *directory = calloc(1, sizeof *directory);
    if (directory != NULL) directory->descriptor = descriptor;
    return directory;
}

DIR *opendir(const char *path) {
    const int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return NULL;
    DIR *directory = fdopendir(descriptor);
    if (directory == NULL) close(descriptor);
    return directory;
}

// Entries of directories tell no types: each file has to be asked. Keeps errno, since it may be gone by now.
static unsigned char type_of(int descriptor, const char *name) {
    struct stat status;
    const int error = errno;
    const int failed = fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW);
    errno = error;
    return failed != 0 ? DT_UNKNOWN : IFTODT(status.st_mode);
}

struct dirent *readdir(DIR *directory) {
    if (directory->next == directory->count) {
        const int bytes = getdents(directory->descriptor, directory->entries, sizeof directory->entries);
        if (bytes <= 0) return NULL;
        directory->count = bytes / (int)sizeof directory->entries[0];
        directory->next = 0;
    }
    const struct directory_entry *entry = &directory->entries[directory->next++];
    ++directory->place;
    directory->current.d_ino = entry->inode;
    directory->current.d_type = type_of(directory->descriptor, entry->name);
    strlcpy(directory->current.d_name, entry->name, sizeof directory->current.d_name);
    return &directory->current;
}

void rewinddir(DIR *directory) {
    lseek(directory->descriptor, 0, SEEK_SET);
    directory->count = directory->next = 0;
    directory->place = 0;
}

long telldir(DIR *directory) { return directory->place; }

void seekdir(DIR *directory, long place) {
    rewinddir(directory);
    while (directory->place < place && readdir(directory) != NULL) continue;
}

int closedir(DIR *directory) {
    const int result = close(directory->descriptor);
    free(directory);
    return result;
}

int dirfd(DIR *directory) { return directory->descriptor; }

int alphasort(const struct dirent **a, const struct dirent **b) { return strcmp((*a)->d_name, (*b)->d_name); }

static struct dirent *copy_of(const struct dirent *entry) {
    struct dirent *copy = malloc(sizeof *copy);
    if (copy != NULL) *copy = *entry;
    return copy;
}

int scandir(const char *path, struct dirent ***entries, int (*wanted)(const struct dirent *entry),
            int (*compare)(const struct dirent **a, const struct dirent **b)) {
    DIR *directory = opendir(path);
    if (directory == NULL) return -1;
    struct dirent **list = NULL;
    int count = 0;
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        if (wanted != NULL && !wanted(entry)) continue;
        struct dirent **longer = realloc(list, (size_t)(count + 1) * sizeof *list);
        if (longer != NULL) list = longer;
        if (longer == NULL || (list[count] = copy_of(entry)) == NULL) {
            while (count > 0) free(list[--count]);
            free(list);
            closedir(directory);
            return -1;
        }
        ++count;
    }
    closedir(directory);
    if (compare != NULL) qsort(list, (size_t)count, sizeof *list, (int (*)(const void *, const void *))compare);
    *entries = list;
    return count;
}
