// stdio and the system calls on files: write, read, seek, append, truncate, directories, and the errors.

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void tell(const char *what, int result) {
    if (result < 0) printf("%s: %s\n", what, strerror(errno));
    else printf("%s: fine\n", what);
}

static void streams(void) {
    FILE *file = fopen("stream.txt", "w");
    for (int i = 0; i < 500; ++i) fprintf(file, "line %d of many\n", i);
    printf("tell %ld\n", ftell(file));
    fclose(file);

    file = fopen("stream.txt", "r+");
    char line[80];
    int lines = 0;
    while (fgets(line, sizeof line, file) != NULL) ++lines;
    printf("%d lines, eof %d, error %d\n", lines, feof(file) != 0, ferror(file) != 0);
    fseek(file, 7, SEEK_SET);
    printf("%ld %c", ftell(file), getc(file));
    ungetc('#', file);
    printf("%c%c %ld\n", getc(file), getc(file), ftell(file));
    fseek(file, -5, SEEK_END);
    fgets(line, sizeof line, file);
    printf("[%s]", line);
    rewind(file);
    fwrite("LINE", 1, 4, file);
    fseek(file, 0, SEEK_SET);
    fgets(line, sizeof line, file);
    printf("[%s]", line);
    fgets(line, 5, file);
    printf("[%s]\n", line);
    fclose(file);

    file = fopen("stream.txt", "a");
    fputs("the end\n", file);
    fclose(file);
    file = fopen("stream.txt", "r");
    char *text = NULL;
    size_t size = 0;
    ssize_t length, total = 0;
    while ((length = getline(&text, &size, file)) > 0) total += length;
    printf("%d bytes\n", (int)total);
    free(text);
    rewind(file);
    static char all[20000];
    printf("%d items\n", (int)fread(all, 10, 2000, file));
    fclose(file);
    printf("%d\n", fopen("no/such/file", "r") == NULL);
}

static void calls(void) {
    tell("open missing", open("missing", O_RDONLY));
    int file = open("data", O_RDWR | O_CREAT | O_TRUNC, 0644);
    tell("write", (int)write(file, "0123456789", 10));
    tell("seek", lseek(file, 3, SEEK_SET) == 3 ? 0 : -1);
    char text[16] = "";
    printf("%d", (int)read(file, text, 4));
    printf(" %s\n", text);
    printf("%d ", (int)lseek(file, -2, SEEK_END));
    printf("%d ", (int)read(file, text, 10));
    printf("%d\n", (int)read(file, text, 10));
    tell("seek before", lseek(file, -1, SEEK_SET) < 0 ? -1 : 0);
    lseek(file, 10000, SEEK_SET);
    write(file, "x", 1);
    lseek(file, 5000, SEEK_SET);
    text[0] = '?';
    read(file, text, 1);
    struct stat status;
    fstat(file, &status);
    printf("%d %d %d\n", text[0], (int)status.st_size, S_ISREG(status.st_mode) != 0);
    close(file);
    tell("closed", (int)write(file, "x", 1));
    tell("exclusive", open("data", O_WRONLY | O_CREAT | O_EXCL, 0644));
    file = open("data", O_WRONLY | O_TRUNC);
    fstat(file, &status);
    printf("%d\n", (int)status.st_size);
    tell("read from a file to write", (int)read(file, text, 1));
    close(file);
    file = open("data", O_WRONLY | O_APPEND);
    write(file, "abc", 3);
    lseek(file, 0, SEEK_SET);
    write(file, "def", 3);
    close(file);
    file = open("data", O_RDONLY);
    memset(text, 0, sizeof text);
    read(file, text, 10);
    puts(text);
    close(file);
}

static int by_name(const void *a, const void *b) { return strcmp(a, b); }

static void directories(void) {
    tell("mkdir", mkdir("folder", 0755));
    tell("mkdir again", mkdir("folder", 0755));
    tell("mkdir nowhere", mkdir("no/where", 0755));
    tell("chdir", chdir("folder"));
    for (int i = 0; i < 5; ++i) {
        char name[16];
        sprintf(name, "file%d", i);
        close(open(name, O_WRONLY | O_CREAT, 0644));
    }
    tell("link", link("file0", "second"));
    struct stat status;
    stat("file0", &status);
    printf("%d links\n", (int)status.st_nlink);
    tell("unlink", unlink("file0"));
    stat("second", &status);
    printf("%d links\n", (int)status.st_nlink);
    tell("unlink missing", unlink("file0"));
    DIR *folder = opendir(".");
    char names[16][32];
    int count = 0;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) strcpy(names[count++], entry->d_name);
    closedir(folder);
    qsort(names, (size_t)count, sizeof names[0], by_name);
    for (int i = 0; i < count; ++i) printf("%s ", names[i]);
    putchar('\n');
    tell("chdir up", chdir(".."));
    tell("rmdir full", rmdir("folder"));
    tell("open a directory to write", open("folder", O_WRONLY));
    tell("chdir to a file", chdir("data"));
    tell("through a file", open("data/x", O_RDONLY));
    for (int i = 1; i < 5; ++i) {
        char name[24];
        sprintf(name, "folder/file%d", i);
        unlink(name);
    }
    tell("rename", rename("folder/second", "moved"));
    tell("rmdir", rmdir("folder"));
    tell("rmdir missing", rmdir("folder"));
    tell("bad descriptor", close(77));
    tell("access", access("moved", R_OK));
    tell("access missing", access("folder", R_OK));
}

int main(void) {
    streams();
    calls();
    directories();
    return 0;
}
