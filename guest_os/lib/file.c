// Opening, closing, buffering and positioning of FILEs.

#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char input_buffer[BUFSIZ], output_buffer[BUFSIZ], error_buffer[1];

static FILE error_file = {.descriptor = STDERR_FILENO, .buffer = error_buffer, .size = sizeof error_buffer,
                          .buffering = _IONBF, .buffering_chosen = true, .can_write = true, .pushed_back = EOF};
static FILE output_file = {.descriptor = STDOUT_FILENO, .buffer = output_buffer, .size = sizeof output_buffer,
                           .can_write = true, .pushed_back = EOF, .next = &error_file};
static FILE input_file = {.descriptor = STDIN_FILENO, .buffer = input_buffer, .size = sizeof input_buffer,
                          .can_read = true, .pushed_back = EOF, .next = &output_file};

#undef stdin
#undef stdout
#undef stderr
FILE *stdin = &input_file, *stdout = &output_file, *stderr = &error_file;

static FILE *open_files = &input_file;
struct __lock __files_lock;  // guards the list, not what it consists of

// ---- what is behind a FILE: a descriptor, or functions

ssize_t __read_bytes(FILE *file, char *bytes, size_t count) {
    return file->calls == NULL ? read(file->descriptor, bytes, count) : file->calls->read(file->stream, bytes, count);
}

static ssize_t write_bytes(FILE *file, const char *bytes, size_t count) {
    return file->calls == NULL ? write(file->descriptor, bytes, count) : file->calls->write(file->stream, bytes, count);
}

static off_t seek(FILE *file, off_t offset, int whence) {
    return file->calls == NULL ? lseek(file->descriptor, offset, whence) : file->calls->seek(file->stream, offset, whence);
}

static int close_source(FILE *file) {
    return file->calls == NULL ? close(file->descriptor) : file->calls->close(file->stream);
}

// ---- opening and closing

// "r", "w", "a", each perhaps with "+"; "b" means nothing here.
static int flags_of_mode(const char *mode) {
    const bool both = strchr(mode, '+') != NULL;
    const int access = both ? O_RDWR : mode[0] == 'r' ? O_RDONLY : O_WRONLY;
    const int extra = strchr(mode, 'x') != NULL ? O_EXCL : 0;
    switch (mode[0]) {
        case 'r': return access;
        case 'w': return access | O_CREAT | O_TRUNC | extra;
        case 'a': return access | O_CREAT | O_APPEND | extra;
        default: errno = EINVAL; return -1;
    }
}

static void remember(FILE *file) {
    HOLD(&__files_lock);
    file->next = open_files;
    open_files = file;
}

FILE *__new_file(const char *mode) {
    const int flags = flags_of_mode(mode);
    if (flags < 0) return NULL;
    FILE *file = calloc(1, sizeof *file);
    char *buffer = malloc(BUFSIZ);
    if (file == NULL || buffer == NULL) {
        free(file);
        free(buffer);
        return NULL;
    }
    *file = (FILE){.descriptor = -1, .buffer = buffer, .size = BUFSIZ, .owns_buffer = true,
                   .can_read = (flags & O_ACCMODE) != O_WRONLY, .can_write = (flags & O_ACCMODE) != O_RDONLY,
                   .appends = (flags & O_APPEND) != 0, .pushed_back = EOF};
    remember(file);
    return file;
}

FILE *fdopen(int descriptor, const char *mode) {
    if (flags_of_mode(mode) < 0 || fcntl(descriptor, F_GETFL) < 0) return NULL;
    FILE *file = __new_file(mode);
    if (file != NULL) file->descriptor = descriptor;
    return file;
}

FILE *fopen(const char *restrict path, const char *restrict mode) {
    const int flags = flags_of_mode(mode);
    if (flags < 0) return NULL;
    const int descriptor = open(path, flags, 0666);
    if (descriptor < 0) return NULL;
    FILE *file = fdopen(descriptor, mode);
    if (file == NULL) close(descriptor);
    else if (file->appends && !file->can_read) lseek(descriptor, 0, SEEK_END);
    return file;
}

FILE *freopen(const char *restrict path, const char *restrict mode, FILE *restrict file) {
    const int flags = flags_of_mode(mode);
    if (flags < 0) return NULL;
    if (file->calls != NULL) {
        errno = EBADF;
        return NULL;
    }
    fflush(file);
    close(file->descriptor);
    const int descriptor = open(path, flags, 0666);
    if (descriptor < 0) return NULL;
    if (descriptor != file->descriptor) {
        dup2(descriptor, file->descriptor);
        close(descriptor);
    }
    file->can_read = (flags & O_ACCMODE) != O_WRONLY;
    file->can_write = (flags & O_ACCMODE) != O_RDONLY;
    file->appends = (flags & O_APPEND) != 0;
    file->reading = file->writing = file->at_end = file->failed = false;
    file->position = file->filled = 0;
    file->pushed_back = EOF;
    return file;
}

static void forget(FILE *file) {
    HOLD(&__files_lock);
    for (FILE **link = &open_files; *link != NULL; link = &(*link)->next) {
        if (*link == file) {
            *link = file->next;
            return;
        }
    }
}

static bool is_standard(const FILE *file) {
    return file == &input_file || file == &output_file || file == &error_file;
}

int fclose(FILE *file) {
    const int flushed = fflush(file);
    const int closed = close_source(file);
    forget(file);
    if (file->owns_buffer) free(file->buffer);
    if (!is_standard(file)) free(file);
    return flushed == 0 && closed == 0 ? 0 : EOF;
}

static int write_out(FILE *file) {
    size_t done = 0;
    while (done < file->position) {
        const ssize_t count = write_bytes(file, file->buffer + done, file->position - done);
        if (count <= 0) {
            file->failed = true;
            file->position = 0;
            return EOF;
        }
        done += (size_t)count;
    }
    file->position = 0;
    return 0;
}

// What was read ahead is given back, so that a program that shares the descriptor goes on where this one stopped.
static void give_back_input(FILE *file) {
    const size_t ahead = file->filled - file->position;
    const int saved = errno;
    if (ahead > 0) seek(file, -(off_t)ahead, SEEK_CUR);  // a pipe or terminal refuses: nothing lost
    errno = saved;
    file->position = file->filled = 0;
    file->reading = false;
}

int fflush(FILE *file) {
    if (file == NULL) {
        __flush_all_files();
        return 0;
    }
    HOLD(&file->lock);
    if (file->writing) return write_out(file);
    if (file->reading && seek(file, 0, SEEK_CUR) >= 0) give_back_input(file);
    return 0;
}

void __flush_all_files(void) {
    HOLD(&__files_lock);
    for (FILE *file = open_files; file != NULL; file = file->next) {
        if (file->writing) write_out(file);
    }
}

// A thread that waits for input may hold a file for long, so fork() waits for none; the child has only its own locks.
void __unlock_files_of_others(void) {
    for (FILE *file = open_files; file != NULL; file = file->next) {
        if (file->lock.owner != __this_thread()) file->lock = (struct __lock){0};
    }
}

void __close_other_ends(void) {
    for (const FILE *file = open_files; file != NULL; file = file->next) {
        if (file->child != 0) close(file->descriptor);
    }
}

bool __start_reading(FILE *file) {
    if (!file->can_read) {
        errno = EBADF;
        file->failed = true;
        return false;
    }
    if (file->writing) {
        write_out(file);
        file->writing = false;
    }
    if (!file->reading) file->position = file->filled = 0;
    file->reading = true;
    return true;
}

bool __start_writing(FILE *file) {
    if (!file->can_write) {
        errno = EBADF;
        file->failed = true;
        return false;
    }
    if (file->reading) give_back_input(file);
    if (!file->buffering_chosen) {
        const int saved = errno;
        file->buffering = isatty(file->descriptor) ? _IOLBF : _IOFBF;
        errno = saved;
        file->buffering_chosen = true;
    }
    if (!file->writing) file->position = file->filled = 0;
    file->writing = true;
    return true;
}

int setvbuf(FILE *restrict file, char *restrict buffer, int mode, size_t size) {
    if (mode < _IOFBF || mode > _IONBF) return EOF;
    fflush(file);
    if (buffer != NULL && size > 0) {
        if (file->owns_buffer) free(file->buffer);
        file->buffer = buffer;
        file->size = size;
        file->owns_buffer = false;
    }
    file->buffering = mode;
    file->buffering_chosen = true;
    return 0;
}

void setbuf(FILE *restrict file, char *restrict buffer) {
    setvbuf(file, buffer, buffer != NULL ? _IOFBF : _IONBF, BUFSIZ);
}

void setlinebuf(FILE *file) { setvbuf(file, NULL, _IOLBF, 0); }

int fseek(FILE *file, long offset, int whence) {
    if (file->writing && write_out(file) != 0) return -1;
    if (whence == SEEK_CUR) offset -= (long)(file->filled - file->position) + (file->pushed_back != EOF);
    if (seek(file, offset, whence) < 0) return -1;
    file->reading = file->writing = file->at_end = false;
    file->position = file->filled = 0;
    file->pushed_back = EOF;
    return 0;
}

long ftell(FILE *file) {
    const bool at_end = file->writing && file->appends;
    const off_t place = seek(file, 0, at_end ? SEEK_END : SEEK_CUR);
    if (place < 0) return -1;
    if (file->writing) return place + (long)file->position;
    return place - (long)(file->filled - file->position) - (file->pushed_back != EOF);
}

int fseeko(FILE *file, off_t offset, int whence) { return fseek(file, offset, whence); }
off_t ftello(FILE *file) { return (off_t)ftell(file); }

void rewind(FILE *file) {
    fseek(file, 0, SEEK_SET);
    clearerr(file);
}

int fgetpos(FILE *restrict file, fpos_t *restrict position) {
    *position = ftell(file);
    return *position < 0 ? -1 : 0;
}

int fsetpos(FILE *file, const fpos_t *position) { return fseek(file, *position, SEEK_SET); }

void flockfile(FILE *file) { __lock(&file->lock); }
int ftrylockfile(FILE *file) { return !__has_threads || __try_lock(&file->lock) ? 0 : EOF; }
void funlockfile(FILE *file) {
    struct __lock *lock = &file->lock;
    __unlock(&lock);
}

int fileno(FILE *file) {
    if (file->descriptor < 0) errno = EBADF;
    return file->descriptor;
}
int feof(FILE *file) { return file->at_end; }
int ferror(FILE *file) { return file->failed; }

void clearerr(FILE *file) { file->at_end = file->failed = false; }
