#include "hook_script.h"

#include <string.h>

#define HEAD                                                                                                 \
    "#!/bin/sh\n"                                                                                            \
    "# Written by \"refine hook install\"; \"refine hook remove\" takes it away again.\n"

static const char *const names[N_HOOK_KINDS] = {
    [HOOK_PRE_COMMIT] = "pre-commit",
    [HOOK_PREPARE_COMMIT_MSG] = "prepare-commit-msg",
    [HOOK_COMMIT_MSG] = "commit-msg",
};

/* Behind HEAD; NAME stands for the name of the hook. 126 and 127 are what a shell says of a program that it
 * cannot run. */
static const char body[] =
    "# The hook that was here before is kept beside this file, as NAME" HOOK_KEPT
    ". It runs first, and where\n"
    "# it fails, that is the answer.\n"
    "case ${REFINE_HOOK-} in NAME) exit 0 ;; esac\n"
    "before=$(dirname -- \"$0\")/NAME" HOOK_KEPT "\n"
    "if [ -n \"${PRE_COMMIT_RUNNING_LEGACY-}\" ] && grep -q '" HOOK_FRAMEWORK
    "' \"$before\" 2>/dev/null; then\n"
    "    : it is pre-commit, the framework, which runs this file and itself already\n"
    "elif [ -x \"$before\" ]; then\n"
    "    REFINE_HOOK=NAME \"$before\" \"$@\" || exit\n"
    "fi\n"
    "status=127\n"
    "if command -v refine >/dev/null 2>&1; then\n"
    "    refine hook run NAME \"$@\"\n"
    "    status=$?\n"
    "fi\n"
    "case $status in\n"
    "126 | 127)\n"
    "    echo 'hint: the hook NAME found no program refine to run, and did nothing' >&2\n"
    "    exit 0\n"
    "    ;;\n"
    "esac\n"
    "exit $status\n";

const char *hook_kind_name(enum hook_kind kind)
{
    return names[kind];
}

enum hook_kind hook_kind_find(const char *name)
{
    enum hook_kind kind = 0;

    while (kind < N_HOOK_KINDS && strcmp(names[kind], name) != 0)
        kind++;
    return kind;
}

char *hook_script_print(enum hook_kind kind)
{
    GString *script = g_string_new(HEAD);

    g_string_append(script, body);
    g_string_replace(script, "NAME", names[kind], 0);
    return g_string_free(script, FALSE);
}

gboolean hook_script_is_ours(GBytes *bytes)
{
    return g_bytes_get_size(bytes) >= strlen(HEAD) &&
           memcmp(g_bytes_get_data(bytes, NULL), HEAD, strlen(HEAD)) == 0;
}

gboolean hook_script_needs_name(GBytes *bytes)
{
    /* The first two are how husky starts the script that looks. */
    static const char *const signs[] = { "$0\")/h\"",        "${0%/*}/h\"",  "basename \"$0\"", "basename $0",
                                         "basename -- \"$0", "basename($0)", "${0##*/}" };
    gssize length = (gssize)g_bytes_get_size(bytes);
    const char *text = g_bytes_get_data(bytes, NULL);
    gboolean needs = FALSE;

    if (length == 0 || g_strstr_len(text, length, HOOK_FRAMEWORK))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(signs) && !needs; i++)
        needs = g_strstr_len(text, length, signs[i]) != NULL;
    return needs;
}
