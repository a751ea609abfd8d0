// Reads its standard input in every way there is.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    printf("%d arguments:", argc - 1);
    for (int i = 1; i < argc; ++i) printf(" <%s>", argv[i]);
    putchar('\n');
    char line[32];
    if (fgets(line, sizeof line, stdin) != NULL) printf("fgets [%s]\n", line);
    printf("getchar %c\n", getchar());
    int a, b;
    printf("scanf %d", scanf("%d %d", &a, &b));
    printf(" %d %d\n", a, b);
    char *text = NULL;
    size_t size = 0;
    while (getline(&text, &size, stdin) > 0) printf("getline [%s]\n", text);
    free(text);
    printf("%d %d\n", feof(stdin) != 0, getchar());
    return isatty(STDIN_FILENO);
}
