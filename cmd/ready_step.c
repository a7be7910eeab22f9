#include "ready_step.h"

#include "command.h"

#include <string.h>

/* Words behind "refine", with spaces between; ID, N and ABOUT are replaced. */
struct recipe {
    const char *rule;
    const char *words;
};

/* Of gaps of one criterion or question, which has a number. */
static const struct recipe numbered[] = {
    { "criterion-duplicate", "criteria ID --remove N" },
    { "criterion-prechecked", "criteria ID --untick N" },
    { "open-question", "answer ID N …" },
};

static const struct recipe recipes[] = {
    { "criteria-missing", "criteria ID --add …" },
    { "not-estimated", "estimate ID …" },
    { "off-scale", "estimate ID …" },
    { "too-large", "split ID" },
    { "looks-large", "split ID" },
    { "votes-diverge", "estimate ID" },
    { "votes-sealed", "estimate ID --reveal" },
    { "depends-cycle", "depend ID" },
    { "depends-unplanned", "depend ID" },
    { "depends-external", "depend ID" },
    { "depends-unstated", "depend ID --none" },
    { "order-inversion", "depend ID" },
    { "spike-unfinished", "depend ID" },
    { "assumption-untested", "assume ID" },
    { "assumption-refuted", "assume ID" },
    { "no-rank", "set ID rank=bottom" },
    { "no-id", "commit ID" },
    { "rank-tie", "check --fix ID" },
    { "duplicate-id", "check --fix ID" },
};

static const char *find(const struct recipe *table, gsize n, const char *rule)
{
    for (gsize i = 0; i < n; i++)
        if (strcmp(table[i].rule, rule) == 0)
            return table[i].words;
    return NULL;
}

static char **line_of(const char *command, const char *id, const char *option, const char *value)
{
    g_autoptr(GStrvBuilder) words = g_strv_builder_new();

    g_strv_builder_add_many(words, command, id, option, value, NULL);
    return g_strv_builder_end(words);
}

/* A reference that names nothing: depends is a list, the others are one value. What it is about is the field
 * and the reference. */
static char **mend_dangling(const char *id, const char *about)
{
    g_auto(GStrv) parts = g_strsplit(about ? about : "", "\n", 2);

    if (!parts[0] || !parts[1])
        return line_of("edit", id, NULL, NULL);
    if (strcmp(parts[0], "depends") == 0)
        return line_of("depend", id, "--off", parts[1]);
    g_autofree char *removed = g_strconcat(parts[0], "=", NULL);
    return line_of("set", id, removed, NULL);
}

/* A field that lacks, or cannot be as it is. */
static char **mend_field(const char *id, const char *field)
{
    g_autofree char *value = g_strconcat(field, "=…", NULL);
    return strcmp(field, "estimate") == 0 ? line_of("estimate", id, "…", NULL)
                                          : line_of("set", id, value, NULL);
}

static const char *recipe_for(const struct ready_gap *gap, gboolean scenario)
{
    const char *rule = gap->finding->rule;
    const char *words = gap->number ? find(numbered, G_N_ELEMENTS(numbered), rule) : NULL;

    if (!words && gap->number && gap->part == READY_CRITERIA && !scenario)
        words = "criteria ID --reword N=…";
    if (!words)
        words = find(recipes, G_N_ELEMENTS(recipes), rule);
    return words ? words : "edit ID";
}

/* Where votes are apart, an estimate needs a reason. */
static gboolean has_apart(const struct ready_item *each)
{
    for (guint i = 0; i < each->gaps->len; i++)
        if (strcmp(((const struct ready_gap *)each->gaps->pdata[i])->finding->rule, "votes-diverge") == 0)
            return TRUE;
    return FALSE;
}

/* The name of the item on a command line; newly allocated. */
static char *name_of(const struct ready *ready, const struct ready_item *each)
{
    return each->item->id ? g_strdup(each->item->id) : policy_display(ready->backlog->policy, each->path);
}

/* Puts the name of the item and the number of what is mended in their places; takes and gives words. */
static char **fill(char **words, const char *name, const char *number)
{
    g_assert(command_find(words[0]));
    for (gsize i = 0; words[i]; i++) {
        char *word = words[i];
        if (strcmp(word, "ID") == 0)
            words[i] = g_strdup(name);
        else if (*word == 'N')
            words[i] = g_strconcat(number, word + 1, NULL);
        else
            continue;
        g_free(word);
    }
    return words;
}

char **ready_step_mend(const struct ready *ready, const struct ready_item *each, const struct ready_gap *gap)
{
    g_autofree char *name = name_of(ready, each), *number = g_strdup_printf("%u", gap->number);

    if (strcmp(gap->finding->rule, "depends-dangling") == 0)
        return mend_dangling(name, gap->finding->about);
    if (strcmp(gap->finding->rule, "depends-unplanned") == 0 && gap->finding->about)
        return g_strsplit(gap->finding->about, "\n", -1);
    if (strcmp(gap->finding->rule, "waiver-reason") == 0 && gap->finding->about && each->item->id)
        return line_of("set", name, gap->finding->about, NULL);
    if ((strcmp(gap->finding->rule, "missing-field") == 0 || strcmp(gap->finding->rule, "bad-value") == 0) &&
        gap->finding->about && each->item->id)
        return mend_field(name, gap->finding->about);
    if (strcmp(gap->finding->rule, "not-estimated") == 0 && has_apart(each))
        return fill(g_strsplit("estimate ID … -m …", " ", -1), name, number);
    /* The list is there, under another name. */
    if (strcmp(gap->finding->rule, "criteria-missing") == 0 && gap->finding->about)
        return line_of("edit", name, NULL, NULL);
    return fill(g_strsplit(recipe_for(gap, gap->scenario), " ", -1), name, number);
}

char **ready_step_first(const struct ready *ready, const struct ready_item *each)
{
    g_autofree char *name = name_of(ready, each);
    gboolean epic = rule_type(item_text(each->item, FIELD_TYPE)) == RULE_EPIC;

    if (epic)
        return line_of("split", name, NULL, NULL);
    if (each->gaps->len)
        return ready_step_mend(ready, each, each->gaps->pdata[0]);
    return line_of("ready", name, NULL, NULL);
}
