// Thin POSIX layers over the file system calls, and directories.

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <peach/file_system.h>

int __getcwd(char *buffer, size_t size);
int __isatty(int descriptor);
int getdents(int descriptor, void *buffer, size_t count);

int creat(const char *path, mode_t mode) { return open(path, O_WRONLY | O_CREAT | O_TRUNC, mode); }

char *getcwd(char *buffer, size_t size) { return __getcwd(buffer, size) < 0 ? NULL : buffer; }

int isatty(int descriptor) {
    const int answer = __isatty(descriptor);
    if (answer == 0) errno = ENOTTY;
    return answer > 0;
}

// Not modelled: users. Whoever asks may do what any of owner, group and others may.
int access(const char *path, int mode) {
    struct stat status;
    if (stat(path, &status) < 0) return -1;
    const mode_t allowed = status.st_mode | status.st_mode >> 3 | status.st_mode >> 6;
    if ((mode & ~(int)allowed & 7) == 0) return 0;
    errno = EACCES;
    return -1;
}

struct __directory {
    int descriptor;
    int count, next;  // entries in the buffer, and which of them comes next
    struct dirent current;
    struct directory_entry entries[8];
};

DIR *opendir(const char *path) {
    const int descriptor = open(path, O_RDONLY | O_DIRECTORY);
    if (descriptor < 0) return NULL;
    DIR *directory = calloc(1, sizeof *directory);
    if (directory == NULL) {
        close(descriptor);
        return NULL;
    }
    directory->descriptor = descriptor;
    return directory;
}

struct dirent *readdir(DIR *directory) {
    if (directory->next == directory->count) {
        const int bytes = getdents(directory->descriptor, directory->entries, sizeof directory->entries);
        if (bytes <= 0) return NULL;
        directory->count = bytes / (int)sizeof directory->entries[0];
        directory->next = 0;
    }
    const struct directory_entry *entry = &directory->entries[directory->next++];
    directory->current.d_ino = entry->inode;
    strlcpy(directory->current.d_name, entry->name, sizeof directory->current.d_name);
    return &directory->current;
}

void rewinddir(DIR *directory) {
    lseek(directory->descriptor, 0, SEEK_SET);
    directory->count = directory->next = 0;
}

int closedir(DIR *directory) {
    const int result = close(directory->descriptor);
    free(directory);
    return result;
}
