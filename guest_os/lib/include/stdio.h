#pragma once
// Buffered input and output. Not modelled: wide characters.

#include <stdarg.h>
#include <peach/fcntl.h>  // SEEK_SET, SEEK_CUR, SEEK_END
#include <stddef.h>
#include <sys/types.h>

#define EOF (-1)
#define BUFSIZ 1024
#define FILENAME_MAX 256
#define FOPEN_MAX 20
#define L_tmpnam 20
#define TMP_MAX 238328

enum { _IOFBF, _IOLBF, _IONBF };  // buffered: fully, by line, not at all

typedef struct __file FILE;
typedef long fpos_t;

extern FILE *stdin, *stdout, *stderr;
#define stdin stdin
#define stdout stdout
#define stderr stderr

FILE *fopen(const char *__restrict path, const char *__restrict mode);
FILE *fdopen(int descriptor, const char *mode);
FILE *freopen(const char *__restrict path, const char *__restrict mode, FILE *__restrict file);
FILE *popen(const char *command, const char *mode);
int pclose(FILE *file);
// A FILE in memory: in an array of a size (one of its own, if that is NULL), or in one that grows. *text and *size are
// right after fflush and fclose; free() them.
FILE *fmemopen(void *__restrict array, size_t size, const char *__restrict mode);
FILE *open_memstream(char **text, size_t *size);
int fclose(FILE *file);
int fflush(FILE *file);
int fileno(FILE *file);
void flockfile(FILE *file);
int ftrylockfile(FILE *file);  // 0: it has it
void funlockfile(FILE *file);
int feof(FILE *file);
int ferror(FILE *file);
void clearerr(FILE *file);
int setvbuf(FILE *__restrict file, char *__restrict buffer, int mode, size_t size);
void setbuf(FILE *__restrict file, char *__restrict buffer);
void setlinebuf(FILE *file);

int fgetc(FILE *file);
int getc(FILE *file);
int getchar(void);
int getc_unlocked(FILE *file);
int getchar_unlocked(void);
int ungetc(int c, FILE *file);
char *fgets(char *__restrict line, int size, FILE *__restrict file);
ssize_t getline(char **__restrict line, size_t *__restrict size, FILE *__restrict file);
ssize_t getdelim(char **__restrict line, size_t *__restrict size, int delimiter, FILE *__restrict file);
size_t fread(void *__restrict block, size_t size, size_t count, FILE *__restrict file);

int fputc(int c, FILE *file);
int putc(int c, FILE *file);
int putchar(int c);
int putc_unlocked(int c, FILE *file);
int putchar_unlocked(int c);
int fputs(const char *__restrict text, FILE *__restrict file);
int puts(const char *text);
size_t fwrite(const void *__restrict block, size_t size, size_t count, FILE *__restrict file);

int fseek(FILE *file, long offset, int whence);
int fseeko(FILE *file, off_t offset, int whence);
long ftell(FILE *file);
off_t ftello(FILE *file);
void rewind(FILE *file);
int fgetpos(FILE *__restrict file, fpos_t *__restrict position);
int fsetpos(FILE *file, const fpos_t *position);

int printf(const char *__restrict format, ...) __attribute__((format(printf, 1, 2)));
int fprintf(FILE *__restrict file, const char *__restrict format, ...) __attribute__((format(printf, 2, 3)));
int dprintf(int descriptor, const char *__restrict format, ...) __attribute__((format(printf, 2, 3)));
int sprintf(char *__restrict text, const char *__restrict format, ...) __attribute__((format(printf, 2, 3)));
int snprintf(char *__restrict text, size_t size, const char *__restrict format, ...)
    __attribute__((format(printf, 3, 4)));
int asprintf(char **__restrict text, const char *__restrict format, ...) __attribute__((format(printf, 2, 3)));
int vprintf(const char *__restrict format, va_list arguments);
int vfprintf(FILE *__restrict file, const char *__restrict format, va_list arguments);
int vdprintf(int descriptor, const char *__restrict format, va_list arguments);
int vsprintf(char *__restrict text, const char *__restrict format, va_list arguments);
int vsnprintf(char *__restrict text, size_t size, const char *__restrict format, va_list arguments);
int vasprintf(char **__restrict text, const char *__restrict format, va_list arguments);

int scanf(const char *__restrict format, ...) __attribute__((format(scanf, 1, 2)));
int fscanf(FILE *__restrict file, const char *__restrict format, ...) __attribute__((format(scanf, 2, 3)));
int sscanf(const char *__restrict text, const char *__restrict format, ...) __attribute__((format(scanf, 2, 3)));
int vfscanf(FILE *__restrict file, const char *__restrict format, va_list arguments);
int vscanf(const char *__restrict format, va_list arguments);
int vsscanf(const char *__restrict text, const char *__restrict format, va_list arguments);

FILE *tmpfile(void);
char *tmpnam(char *name);
#define P_tmpdir "/tmp"

int remove(const char *path);
int rename(const char *old_path, const char *new_path);
void perror(const char *prefix);
