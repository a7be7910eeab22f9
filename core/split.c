#include "split_private.h"

#include <string.h>

G_DEFINE_QUARK(refine_split, split_error)

/* -- what is to be done -- */

static void child_free(gpointer data)
{
    struct split_child *child = data;

    g_free(child->title);
    for (enum split_kind kind = 0; kind < N_SPLIT_KINDS; kind++) {
        g_array_unref(child->parts[kind]);
        g_hash_table_unref(child->given[kind]);
    }
    g_free(child);
}

struct split *split_new(void)
{
    struct split *split = g_new0(struct split, 1);

    split->children = g_ptr_array_new_with_free_func(child_free);
    return split;
}

void split_free(struct split *split)
{
    if (!split)
        return;
    g_ptr_array_unref(split->children);
    g_free(split->reason);
    g_free(split);
}

const char *const *split_patterns(void)
{
    static const char *const patterns[] = { "spike", "paths", "interfaces", "data", "rules", NULL };
    return patterns;
}

static struct split_child *child_at(const struct split *split, guint i)
{
    return split->children->pdata[i];
}

static gboolean refuse_child(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static gboolean refuse_child(GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error_literal(error, SPLIT_ERROR, SPLIT_ERROR_CHILD, message);
    return FALSE;
}

gboolean split_add(struct split *split, const char *title, GError **error)
{
    g_autofree char *clean = g_strstrip(g_strdup(title));

    if (!*clean)
        return refuse_child(error, "child %u: expected a title, saw none", split->children->len + 1);
    if (strlen(clean) > 1000 || strpbrk(clean, "\r\n"))
        return refuse_child(error, "child %u: expected a title of one line and at most 1000 bytes",
                            split->children->len + 1);
    for (guint i = 0; i < split->children->len; i++)
        if (strcmp(child_at(split, i)->title, clean) == 0)
            return refuse_child(error, "children %u and %u have one title, \"%s\"; tell them apart", i + 1,
                                split->children->len + 1, clean);
    struct split_child *child = g_new0(struct split_child, 1);
    child->title = g_steal_pointer(&clean);
    for (enum split_kind kind = 0; kind < N_SPLIT_KINDS; kind++) {
        child->parts[kind] = g_array_new(FALSE, FALSE, sizeof(guint));
        child->given[kind] = g_hash_table_new(NULL, NULL);
    }
    g_ptr_array_add(split->children, child);
    return TRUE;
}

gboolean split_give(struct split *split, enum split_kind kind, guint number, guint child, GError **error)
{
    if (child < 1 || child > split->children->len)
        return refuse_child(error, "there is no child %u: there are %u, counted from 1", child,
                            split->children->len);
    struct split_child *to = child_at(split, child - 1);
    if (g_hash_table_add(to->given[kind], GUINT_TO_POINTER(number)))
        g_array_append_val(to->parts[kind], number);
    return TRUE;
}

/* -- what there is to give -- */

void split_parts_init(struct split_parts *parts, struct document *document, const struct policy *policy)
{
    parts->of[SPLIT_CRITERIA] = criteria_read(document, policy);
    parts->of[SPLIT_QUESTIONS] = criteria_read_entries(document, policy, SECTION_QUESTIONS);
}

void split_parts_clear(struct split_parts *parts)
{
    for (enum split_kind kind = 0; kind < N_SPLIT_KINDS; kind++)
        g_clear_pointer(&parts->of[kind], g_ptr_array_unref);
}

/* The number of the criterion that the scenario is nested in; 0: none. */
static guint find_around(const struct split_parts *parts, guint number)
{
    const GPtrArray *criteria = parts->of[SPLIT_CRITERIA];
    const struct criterion *inner = criteria->pdata[number - 1];

    for (guint i = number - 1; inner->scenario && i > 0; i--) {
        const struct criterion *before = criteria->pdata[i - 1];
        if (!before->scenario)
            return before->span.end > inner->span.start ? i : 0;
    }
    return 0;
}

gboolean split_is_loose(const struct split_parts *parts, enum split_kind kind, guint number)
{
    const struct criterion *part = parts->of[kind]->pdata[number - 1];
    return kind == SPLIT_QUESTIONS ? !part->ticked : find_around(parts, number) == 0;
}

gboolean split_is_given(const struct split *split, enum split_kind kind, guint number)
{
    for (guint i = 0; i < split->children->len; i++)
        if (g_hash_table_contains(child_at(split, i)->given[kind], GUINT_TO_POINTER(number)))
            return TRUE;
    return FALSE;
}

GArray *split_left(const struct split *split, const struct split_parts *parts, enum split_kind kind)
{
    GArray *left = g_array_new(FALSE, FALSE, sizeof(guint));

    for (guint number = 1; number <= parts->of[kind]->len; number++)
        if (split_is_loose(parts, kind, number) && !split_is_given(split, kind, number))
            g_array_append_val(left, number);
    return left;
}
