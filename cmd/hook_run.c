#include "hook_run.h"

#include "hook_message.h"
#include "hook_script.h"
#include "plain.h"
#include "present.h"
#include "present_finding.h"
#include "repo_config.h"

#include <string.h>

/* -- pre-commit -- */

static guint print_errors(struct context *context, const struct staged_backlog *backlog, GError **error)
{
    g_autoptr(GPtrArray) findings = staged_errors(backlog, error);
    g_autoptr(GString) out = g_string_new(NULL);

    if (!findings)
        return 0;
    /* Those of a policy have its path as the user writes it, and no rule. */
    gboolean of_policy = findings->len > 0 && findings == backlog->policy->findings;
    present_findings(out, context->output, findings, of_policy ? NULL : backlog->policy, !of_policy);
    output_write(context->output, out->str);
    return findings->len;
}

static int check_staged(struct context *context, const struct staged *staged, char **arguments,
                        GError **error)
{
    g_autoptr(GError) trouble = NULL;
    guint count = 0;

    for (guint i = 0; i < staged->backlogs->len && !trouble; i++)
        count += print_errors(context, staged->backlogs->pdata[i], &trouble);
    if (trouble) {
        g_propagate_error(error, g_steal_pointer(&trouble));
        return -1;
    }
    if (count == 0)
        return 0;
    output_hint(
        context->output,
        "what is staged brings %u error%s to the backlog: mend and git add, or git commit --no-verify", count,
        present_plural(count));
    return 1;
}

/* -- messages -- */

/* The file with the message, and how its comments begin. */
struct letter {
    const char *path;
    char *text;
    char *comment;
    gboolean keeps_comments; /* they would be part of the message */
};

static void letter_clear(struct letter *letter)
{
    g_free(letter->text);
    g_free(letter->comment);
}

static gboolean letter_read(struct letter *letter, struct context *context, const char *path, GError **error)
{
    g_autoptr(Repo) repo = repo_open(context->folder, error);
    g_autoptr(RepoConfig) config = repo ? repo_config_open(repo, error) : NULL;
    if (!config)
        return FALSE;

    g_autofree char *string = repo_config_text(config, "core.commentstring");
    g_autofree char *character = repo_config_text(config, "core.commentchar");
    g_autofree char *cleanup = repo_config_text(config, "commit.cleanup");
    static const char *const keeping[] = { "verbatim", "whitespace", "scissors", NULL };
    letter->path = path;
    letter->comment = hook_message_comment(string, character);
    letter->keeps_comments = cleanup && g_strv_contains(keeping, cleanup);
    return g_file_get_contents(path, &letter->text, NULL, error);
}

/* Never over a message that is there: git says whence it has one. A template is no message, but somebody's.
 */
static int prepare(struct context *context, const struct staged *staged, char **arguments, GError **error)
{
    const char *source = arguments[1] ? arguments[1] : "";
    gboolean is_template = strcmp(source, "template") == 0;
    struct letter letter = { 0 };
    g_autofree char *after = NULL;
    gboolean good = TRUE;

    if (*source && !is_template)
        return 0;
    if (!letter_read(&letter, context, arguments[0], error)) {
        letter_clear(&letter);
        return -1;
    }
    g_autofree char *there = hook_message_strip(letter.text, letter.comment);
    gboolean suggests = is_template || staged->mixed;
    if (!suggests && *there == '\0') {
        g_autofree char *message = hook_message_print(staged, letter.comment);
        after = message ? hook_message_fill(letter.text, message) : NULL;
    } else if (suggests && !letter.keeps_comments) {
        g_autofree char *suggested = hook_message_suggest(staged, letter.comment);
        after = suggested ? hook_message_insert(letter.text, suggested, letter.comment) : NULL;
    }
    if (after)
        good = g_file_set_contents(letter.path, after, -1, error);
    letter_clear(&letter);
    return good ? 0 : -1;
}

static int check_message(struct context *context, const struct staged *staged, char **arguments,
                         GError **error)
{
    struct letter letter = { 0 };
    g_autoptr(GPtrArray) missing = NULL;

    /* What a merge brings was decided, and its reasons given, where it comes from. */
    if (staged->merges)
        return 0;
    if (letter_read(&letter, context, arguments[0], error)) {
        g_autofree char *message = hook_message_strip(letter.text, letter.comment);
        /* An empty message git itself refuses. */
        missing = *message ? hook_message_check(staged, message) : g_ptr_array_new();
    }
    letter_clear(&letter);
    if (!missing)
        return -1;
    for (guint i = 0; i < missing->len; i++)
        output_warning(context->output, "%s", (const char *)missing->pdata[i]);
    if (missing->len == 0)
        return 0;
    g_autofree char *path = plain_escape(arguments[0], -1);
    output_hint(context->output,
                "write why below the subject: git commit -e -F %s takes the message up again; "
                "--no-verify leaves it without",
                path);
    return 1;
}

/* -- */

struct hook {
    guint least; /* arguments */
    int (*run)(struct context *context, const struct staged *staged, char **arguments, GError **error);
};

int hook_run(struct context *context, char **arguments, GError **error)
{
    static const struct hook hooks[N_HOOK_KINDS] = {
        [HOOK_PRE_COMMIT] = { 0, check_staged },
        [HOOK_PREPARE_COMMIT_MSG] = { 1, prepare },
        [HOOK_COMMIT_MSG] = { 1, check_message },
    };
    g_autoptr(GError) trouble = NULL;
    enum hook_kind kind = arguments[0] ? hook_kind_find(arguments[0]) : N_HOOK_KINDS;

    if (kind == N_HOOK_KINDS)
        return usage_error(error, "expected refine hook run pre-commit, prepare-commit-msg or commit-msg");
    if (g_strv_length(arguments + 1) < hooks[kind].least)
        return usage_error(error, "expected refine hook run %s and the file with the message", arguments[0]);
    g_autoptr(Staged) staged = staged_read(context->folder, &trouble);
    if (g_error_matches(trouble, REPO_ERROR, REPO_ERROR_NONE))
        return 0;
    if (!staged) {
        g_propagate_error(error, g_steal_pointer(&trouble));
        return -1;
    }
    return staged->backlogs->len ? hooks[kind].run(context, staged, arguments + 1, error) : 0;
}
