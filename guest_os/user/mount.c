// mount: what stands where in the tree of files. (Not modelled: to change that.)

#include <stdio.h>

int main(int argc, char *argv[]) {
    (void)argv;
    if (argc > 1) {
        fprintf(stderr, "mount: it can only list: there is one disk, and it is where it is\n");
        return 1;
    }
    FILE *table = fopen("/proc/mounts", "r");
    if (table == NULL) {
        perror("mount: /proc/mounts");
        return 1;
    }
    char device[64], place[64], type[16], options[64];
    while (fscanf(table, "%63s %63s %15s %63s %*d %*d", device, place, type, options) == 4) {
        printf("%s on %s type %s (%s)\n", device, place, type, options);
    }
    fclose(table);
    return 0;
}
