// A child writes its output into a file and becomes another program; the parent waits and reads the file.

#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char* argv[]) {
    printf("hello world (argc %d)\n", argc);
    FILE *input = fopen("p4.input", "w");
    fprintf(input, "three words here\nand three more\n");
    fclose(input);
    fflush(stdout);
    int rc = fork();
    if (rc < 0) {
        fprintf(stderr, "fork failed\n");
        exit(1);
    } else if (rc == 0) {
        close(STDOUT_FILENO);
        open("./p4.output", O_CREAT | O_WRONLY | O_TRUNC, S_IRWXU);
        char* myargs[3];
        myargs[0] = strdup("wc");
        myargs[1] = strdup("p4.input");
        myargs[2] = NULL;
        execvp(myargs[0], myargs);
    } else {
        int wc = wait(NULL);
        assert(wc >= 0);
        assert(wc == rc);
    }
    FILE* f = fopen("p4.output", "r");
    int a = 0, b = 0, c = 0;
    char name[32];
    if (f) {
        fscanf(f, "%d %d %d %31s", &a, &b, &c, name);
        printf("%d %d %d %s\n", a, b, c, name);
        fclose(f);
    } else
        perror("p4.output");
    return 0;
}
