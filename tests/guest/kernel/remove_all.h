#pragma once
// Removes everything in the current directory, and below it.

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void remove_all(void);

static void remove_entry(const char *name) {
    if (unlink(name) == 0) return;
    chmod(name, 0700);
    if (chdir(name) == 0) {
        remove_all();
        chdir("..");
    }
    rmdir(name);
}

// One by one: what is removed while a directory is read may make others be passed over.
static int first_entry(char name[60]) {
    DIR *directory = opendir(".");
    int found = 0;
    for (struct dirent *entry; directory != NULL && !found && (entry = readdir(directory)) != NULL;) {
        found = strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
        strcpy(name, entry->d_name);
    }
    if (directory != NULL) closedir(directory);
    return found;
}

static void remove_all(void) {
    char name[60], last[60] = "";
    while (first_entry(name) && strcmp(name, last) != 0) {
        remove_entry(name);
        strcpy(last, name);  // it is still there: it cannot be removed
    }
}
