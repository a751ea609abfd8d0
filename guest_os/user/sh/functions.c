// Functions: a name for a tree. The tree's arena lives as long as the function, and as long as it runs.

#include <stdlib.h>
#include <string.h>

#include "shell.h"

struct arena *current_arena;
static struct function *functions;

struct function *find_function(const char *name) {
    struct function *f = functions;
    while (f != NULL && strcmp(f->name, name) != 0) f = f->next;
    return f;
}

void unset_function(const char *name) {
    struct function **link = &functions;
    while (*link != NULL && strcmp((*link)->name, name) != 0) link = &(*link)->next;
    struct function *gone = *link;
    if (gone == NULL) return;
    *link = gone->next;
    drop_arena(gone->arena);
    free(gone->name);
    free(gone);
}

void define_function(const struct node *node) {
    unset_function(node->text);
    struct function *f = must_have(malloc(sizeof *f));
    *f = (struct function){functions, must_have(strdup(node->text)), node->first, current_arena};
    keep_arena(current_arena);
    functions = f;
}

int call_function(const struct function *f, int argc, char **argv) {
    char **const parameters = shell.parameters;
    const int parameter_count = shell.parameter_count, loop_depth = shell.loop_depth;
    struct saved_variable *const outer_variables = saved_variables();
    struct arena *const outer_arena = current_arena, *const arena = f->arena;
    keep_arena(arena);
    current_arena = arena;
    shell.parameters = must_have(malloc(((size_t)argc + 1) * sizeof *argv));
    memcpy(shell.parameters, argv, ((size_t)argc + 1) * sizeof *argv);
    shell.parameters[0] = parameters[0];
    shell.parameter_count = argc;
    shell.loop_depth = 0;
    ++shell.function_depth;
    char **const mine = shell.parameters;
    int status = run(f->body);
    if (shell.skip == RETURN) {
        shell.skip = NO_SKIP;
        status = shell.status;
    }
    --shell.function_depth;
    free(mine);
    shell.parameters = parameters;
    shell.parameter_count = parameter_count;
    shell.loop_depth = loop_depth;
    restore_variables(outer_variables);  // the local ones go
    current_arena = outer_arena;
    drop_arena(arena);
    return status;
}
