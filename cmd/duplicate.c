#include "duplicate.h"

#include "meant.h"
#include "present.h"
#include "record.h"
#include "remark.h"

#include <stddef.h>
#include <string.h>

/* So many gaps are told one by one; the rest is counted. */
#define MAX_TOLD 10

struct duplicate_command {
    char *of;
    char **take;
};

static const struct option table[] = {
    { "of", 0, OPTION_TEXT, offsetof(struct duplicate_command, of), "ID", "the item that they repeat" },
    { "take", 0, OPTION_TEXTS, offsetof(struct duplicate_command, take), "LIST",
      "criteria, questions: copy into it those that it lacks" },
    { 0 },
};

/* -- what was asked for -- */

static gboolean read_take(char **lists, gboolean *take, GError **error)
{
    const char *const *names = duplicate_part_names();

    for (gsize i = 0; lists && lists[i]; i++) {
        g_auto(GStrv) words = g_strsplit(*lists[i] ? lists[i] : " ", ",", -1);
        for (gsize j = 0; words[j]; j++) {
            gsize part = 0;
            while (names[part] && strcmp(names[part], g_strstrip(words[j])) != 0)
                part++;
            if (!names[part]) {
                usage_error(error, "--take: expected criteria, questions or both with a comma, saw %s",
                            *words[j] ? words[j] : "nothing");
                return FALSE;
            }
            take[part] = TRUE;
        }
    }
    return TRUE;
}

/* Each of the words once, as the file itself: a duplicate may be given another original. */
static GPtrArray *find_entries(struct backlog *backlog, char **words, GError **error)
{
    g_autoptr(GPtrArray) entries = g_ptr_array_new();

    for (gsize i = 0; words[i]; i++) {
        const struct entry *entry = backlog_find(backlog, words[i], error);
        if (!entry)
            return NULL;
        if (!g_ptr_array_find(entries, entry, NULL))
            g_ptr_array_add(entries, (gpointer)entry);
    }
    return g_steal_pointer(&entries);
}

/* What stays: the last of a chain of duplicates, also where the path of one is given. */
static const struct entry *find_original(struct context *context, struct backlog *backlog, const char *word,
                                         GError **error)
{
    const struct entry *entry = meant_find(context, backlog, word, error);
    const struct entry *original = entry ? backlog_original(backlog, entry) : NULL;
    return original ? original : entry;
}

/* -- what the original lacks -- */

static void add_gaps(struct json *object, gpointer data)
{
    const GPtrArray *gaps = data;
    struct json *list = json_add_array(object, "lacking");

    for (guint i = 0; i < gaps->len; i++) {
        const struct duplicate_gap *gap = gaps->pdata[i];
        struct json *one = json_add_object(list, NULL);
        json_add_string(one, "id", gap->id);
        json_add_string(one, "part", duplicate_part_names()[gap->part]);
        json_add_integer(one, "number", gap->number);
        json_add_string(one, "text", gap->text);
        json_add_boolean(one, "taken", gap->taken);
        if (gap->like)
            json_add_string(one, "like", gap->like);
    }
}

/* "criterion 2 of k7q2m" */
static char *name_gap(const struct duplicate_gap *gap)
{
    return g_strdup_printf("%s %u of %s", gap->part == DUPLICATE_CRITERIA ? "criterion" : "question",
                           gap->number, gap->id);
}

/* Says which command takes what was not. */
static void tell_command(struct context *context, const char *ids, const char *of, const gboolean *open)
{
    if (open[DUPLICATE_CRITERIA] || open[DUPLICATE_QUESTIONS])
        output_hint(context->output, "refine duplicate %s --of %s --take %s%s%s copies them", ids, of,
                    open[DUPLICATE_CRITERIA] ? "criteria" : "",
                    open[DUPLICATE_CRITERIA] && open[DUPLICATE_QUESTIONS] ? "," : "",
                    open[DUPLICATE_QUESTIONS] ? "questions" : "");
}

static void tell_gaps(struct context *context, const GPtrArray *gaps, const char *ids, const char *of)
{
    gboolean open[DUPLICATE_PARTS] = { 0 };
    guint told = 0, more = 0;

    for (guint i = 0; i < gaps->len; i++) {
        const struct duplicate_gap *gap = gaps->pdata[i];
        g_autofree char *name = name_gap(gap);
        if (gap->taken)
            continue;
        open[gap->part] = open[gap->part] || !gap->like;
        if (told++ >= MAX_TOLD)
            more++;
        else if (gap->like)
            output_hint(context->output, "%s is much like one of %s, and stays behind: %s", name, of,
                        gap->text);
        else
            output_hint(context->output, "%s lacks %s: %s", of, name, gap->text);
    }
    if (more)
        output_hint(context->output, "and %u more", more);
    tell_command(context, ids, of, open);
}

/* -- */

/* The ids of entries, as an argument each. */
static char *print_ids(struct backlog *backlog, const GPtrArray *entries)
{
    GString *ids = g_string_new(NULL);

    for (guint i = 0; i < entries->len; i++) {
        const struct entry *entry = entries->pdata[i];
        const char *id = backlog_id(backlog, entry);
        g_autofree char *path = id ? NULL : policy_display(backlog->policy, entry->path);
        g_autofree char *quoted = id ? g_strdup(id) : g_shell_quote(path);
        g_string_append_printf(ids, "%s%s", i ? " " : "", quoted);
    }
    return g_string_free(ids, FALSE);
}

static int record(struct context *context, struct backlog *backlog, const struct duplicates *duplicates,
                  const char *ids, const char *of, GError **error)
{
    const struct record_more more = { .add = add_gaps, .data = duplicates->gaps };
    int status = record_more(context, backlog, duplicates->drafts, &more, error);

    if (status == 0 && !context->json)
        tell_gaps(context, duplicates->gaps, ids, of);
    return status;
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct duplicate_command *given = options;
    struct duplicate_options how = { 0 };

    if (!given->of)
        return usage_error(error, "expected --of ID: the item that stays");
    if (!read_take(given->take, how.take, error))
        return -1;
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);
    g_autoptr(GPtrArray) entries = backlog ? find_entries(backlog, arguments, error) : NULL;
    const struct entry *original = entries ? find_original(context, backlog, given->of, error) : NULL;
    if (!original)
        return -1;
    g_autofree char *reason = NULL;
    record_decision(context, &reason);
    g_autofree char *names = remark_names(context->policy, (const char *const *)context->record->with, error);
    if (!names)
        return -1;
    how.names = names;
    how.reason = reason;
    g_autoptr(Duplicates) duplicates = duplicate_mark(backlog, entries, original, &how, error);
    g_autofree char *ids = print_ids(backlog, entries);
    return duplicates ? record(context, backlog, duplicates, ids, backlog_id(backlog, original), error) : -1;
}

const struct command command_duplicate = {
    .name = "duplicate",
    .arguments = "ID…",
    .summary = "Drop items that repeat another, which stays and stands for them.",
    .needs = NEEDS_POLICY | RECORDS,
    .options_size = sizeof(struct duplicate_command),
    .options = table,
    .least = 1,
    .most = G_MAXUINT,
    .run = run,
};
