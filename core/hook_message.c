#include "hook_message.h"

#include "decision.h"
#include "message.h"

#include <string.h>

#define SCISSORS "------------------------ >8 ------------------------"

/* -- the file -- */

char *hook_message_comment(const char *comment_string, const char *comment_char)
{
    const char *set = comment_string && *comment_string ? comment_string : comment_char;
    /* With "auto" git takes another than # only where the message has such lines already. */
    return g_strdup(set && *set && strcmp(set, "auto") != 0 ? set : "#");
}

static gboolean is_scissors(const char *line, const char *comment)
{
    return g_str_has_prefix(line, comment) && strcmp(line + strlen(comment), " " SCISSORS) == 0;
}

char *hook_message_strip(const char *text, const char *comment)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GString *out = g_string_new(NULL);

    for (gsize i = 0; lines[i] && !is_scissors(lines[i], comment); i++)
        if (!g_str_has_prefix(lines[i], comment))
            g_string_append_printf(out, "%s\n", g_strchomp(lines[i]));
    return g_strstrip(g_string_free(out, FALSE));
}

char *hook_message_fill(const char *text, const char *message)
{
    return g_strconcat(message, *text == '\n' ? "" : "\n", text, NULL);
}

char *hook_message_insert(const char *text, const char *suggested, const char *comment)
{
    const char *at = text;

    while (*at && !g_str_has_prefix(at, comment)) {
        at += strcspn(at, "\n");
        at += *at == '\n';
    }
    g_autofree char *head = g_strndup(text, (gsize)(at - text));
    return g_strconcat(head, *head && !g_str_has_suffix(head, "\n") ? "\n" : "", suggested, at, NULL);
}

/* -- what is staged -- */

/* The change of an item for which the policy wants a reason; NULL: none. */
static const struct change *wants_reason(const struct staged_backlog *backlog, const struct staged_item *item)
{
    return decision_find_reasoned(backlog->policy, item->changes, item->is_new, NULL);
}

char *hook_message_print(const struct staged *staged, const char *comment)
{
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(struct message_part));
    g_autoptr(GString) wanted = g_string_new(NULL);
    const char *template = NULL;

    for (guint i = 0; i < staged->backlogs->len; i++) {
        const struct staged_backlog *backlog = staged->backlogs->pdata[i];
        for (guint j = 0; j < backlog->items->len; j++) {
            const struct staged_item *item = backlog->items->pdata[j];
            const struct message_part part = { item->name, item->summary };
            if (parts->len == 0)
                template = policy_text(backlog->policy, "decisions.subject");
            g_array_append_val(parts, part);
            if (wants_reason(backlog, item))
                g_string_append_printf(wanted,
                                       "\n%s %s: write below why; the policy wants a reason for that.\n",
                                       comment, item->name);
        }
    }
    if (parts->len == 0)
        return NULL;
    g_autofree char *message = message_print(template, (const struct message_part *)(gpointer)parts->data,
                                             parts->len, NULL, NULL, NULL);
    return g_strconcat(message, wanted->str, NULL);
}

char *hook_message_suggest(const struct staged *staged, const char *comment)
{
    g_autofree char *message = hook_message_print(staged, comment);
    g_auto(GStrv) lines = g_strsplit(message ? g_strchomp(message) : "", "\n", -1);
    GString *out = g_string_new(NULL);

    if (!message)
        return g_string_free(out, TRUE);
    g_string_append_printf(out, "%s Of the backlog is staged:\n", comment);
    for (gsize i = 0; lines[i]; i++)
        if (*lines[i] && !g_str_has_prefix(lines[i], comment))
            g_string_append_printf(out, "%s   %s\n", comment, lines[i]);
    g_string_append_printf(out, "%s\n", comment);
    return g_string_free(out, FALSE);
}

GPtrArray *hook_message_check(const struct staged *staged, const char *message)
{
    GPtrArray *missing = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Message) parsed = message_parse(message);

    if (g_str_has_prefix(message, "fixup! ") || g_str_has_prefix(message, "squash! ") ||
        g_str_has_prefix(message, "amend! "))
        return missing;
    for (guint i = 0; i < staged->backlogs->len; i++) {
        const struct staged_backlog *backlog = staged->backlogs->pdata[i];
        for (guint j = 0; j < backlog->items->len; j++) {
            const struct staged_item *item = backlog->items->pdata[j];
            const char *kind = NULL;
            const struct change *change =
                decision_find_reasoned(backlog->policy, item->changes, item->is_new, &kind);
            g_autofree char *reason = change ? message_reason(parsed, item->name) : NULL;
            if (!change || (reason && *reason))
                continue;
            g_autofree char *what = change_print(change);
            g_ptr_array_add(missing, g_strdup_printf("%s: %s: the policy wants a reason for that "
                                                     "(decisions.require-reason: %s)",
                                                     item->name, what, kind));
        }
    }
    return missing;
}
