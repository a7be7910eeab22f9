/*
 * Edits there and back over every item file of the folders given: a title set, a label added, a criterion
 * added and ticked. Each edit alone may touch only its own lines, and taking it back must restore the file
 * byte by byte. Prints TAP, a test for each kind of edit.
 *
 * What cannot come back is told apart: a title written over several lines or with escapes comes back on one
 * line; one in double quotes that it does not need loses them when another value needed them in between; a
 * list key without a value comes back as brackets, and one in brackets with comments may keep a comma; a
 * criteria heading that was made stays. Those files are counted, not compared.
 */
#include "criteria.h"
#include "edit.h"

#include <stdio.h>
#include <string.h>

struct tally {
    const char *name;
    guint edits;
    guint exceptions;
    guint failures;
};

struct lines {
    gsize before; /* changed lines of the earlier text */
    gsize after;
};

static const struct policy *policy;

/* How many lines of each text lie between the first and the last difference. */
static struct lines changed_lines(GBytes *before, GBytes *after)
{
    gsize old_length, new_length;
    const char *old = g_bytes_get_data(before, &old_length), *new = g_bytes_get_data(after, &new_length);
    struct lines lines = { 0, 0 };
    gsize start = 0, end = 0;

    for (gsize i = 0; i < MIN(old_length, new_length) && old[i] == new[i]; i++)
        if (old[i] == '\n')
            start = i + 1;
    while (end < MIN(old_length, new_length) - start &&
           old[old_length - end - 1] == new[new_length - end - 1])
        end++;
    /* Back to the end of a line that both share. */
    while (end > 0 &&
           !(old_length > end && old[old_length - end - 1] == '\n' && new[new_length - end - 1] == '\n') &&
           !(old_length == end + start && new[new_length - end - 1] == '\n') &&
           !(new_length == end + start && old[old_length - end - 1] == '\n'))
        end--;
    for (gsize i = start; i < old_length - end; i++)
        lines.before += old[i] == '\n' || i + 1 == old_length - end;
    for (gsize i = start; i < new_length - end; i++)
        lines.after += new[i] == '\n' || i + 1 == new_length - end;
    return lines;
}

static void fail(struct tally *tally, const char *path, const char *what)
{
    tally->failures++;
    printf("# %s: %s: %s\n", tally->name, path, what);
}

static void expect(struct tally *tally, const char *path, gboolean good, const char *what)
{
    tally->edits++;
    if (!good)
        fail(tally, path, what);
}

/* Compares what came back with what was there. */
static void expect_back(struct tally *tally, const char *path, struct edit *edit, GBytes *before)
{
    expect(tally, path, g_bytes_equal(edit_bytes(edit), before), "did not come back byte by byte");
}

static void try_title(struct tally *tally, const char *path, GBytes *bytes, const char *const *order,
                      const char *other)
{
    g_autoptr(Edit) edit = edit_new(bytes);
    const struct node *title = node_find(edit_document(edit)->front->root, "title");
    if (!title || title->kind != NODE_SCALAR || strlen(title->text) != title->length)
        return;

    g_autofree char *was = g_strdup(title->text);
    g_autofree char *source =
        g_strndup(edit_document(edit)->text + title->span.start, span_length(title->span));
    gboolean exception =
        strchr(source, '\n') || (title->style == STYLE_DOUBLE && strchr(source, '\\')) ||
        (title->style == STYLE_PLAIN && !scalar_is_plain(was, FALSE)) ||
        (title->style == STYLE_DOUBLE && scalar_is_plain(was, FALSE) && !scalar_is_plain(other, FALSE));
    if (!edit_set(edit, "title", other, SCALAR_STRING, order, NULL)) {
        fail(tally, path, "cannot be set");
        return;
    }
    struct lines lines = changed_lines(bytes, edit_bytes(edit));
    expect(tally, path, exception || (lines.before == 1 && lines.after == 1), "touched other lines");
    if (!edit_set(edit, "title", was, SCALAR_STRING, order, NULL)) {
        fail(tally, path, "cannot be set back");
        return;
    }
    if (exception)
        tally->exceptions++;
    else
        expect_back(tally, path, edit, bytes);
}

/* A comma that an entry needed in brackets with a comment behind it stays there. */
static gboolean has_comment_inside(const struct document *document, const struct node *list)
{
    return list->style == STYLE_FLOW &&
           memchr(document->text + list->span.start, '#', span_length(list->span));
}

static void try_label(struct tally *tally, const char *path, GBytes *bytes, const char *const *order)
{
    g_autoptr(Edit) edit = edit_new(bytes);
    const struct node *labels = node_find(edit_document(edit)->front->root, "labels");
    gboolean exception = labels && (node_is_null(labels) || has_comment_inside(edit_document(edit), labels));

    if (labels && !node_is_null(labels) && labels->kind != NODE_SEQUENCE)
        return;
    if (!edit_entry_add(edit, "labels", "round-trip", order, NULL)) {
        fail(tally, path, "cannot be added");
        return;
    }
    struct lines lines = changed_lines(bytes, edit_bytes(edit));
    expect(tally, path, lines.before <= 1 && lines.after <= 2, "touched other lines");
    if (!edit_entry_remove(edit, "labels", "round-trip", NULL)) {
        fail(tally, path, "cannot be removed");
        return;
    }
    if (exception)
        tally->exceptions++;
    else
        expect_back(tally, path, edit, bytes);
}

static void try_criterion(struct tally *tally, const char *path, GBytes *bytes)
{
    static const char text[] = "Given a round trip, nothing else changes";
    g_autoptr(Edit) edit = edit_new(bytes);
    struct edit_section section = policy_edit_section(policy, SECTION_CRITERIA);
    gboolean made = !markdown_section_find(document_body(edit_document(edit), NULL), section.names);
    g_autoptr(GError) error = NULL;

    if (!edit_list_add(edit, &section, text, &error)) {
        fail(tally, path, error->message);
        return;
    }
    struct lines lines = changed_lines(bytes, edit_bytes(edit));
    gsize length, bytes_length;
    const char *data = g_bytes_get_data(bytes, &bytes_length);
    gboolean bare_end = bytes_length && data[bytes_length - 1] != '\n';
    g_bytes_get_data(edit_bytes(edit), &length);
    expect(tally, path, lines.before <= (bare_end ? 1 : 0) && lines.after <= (made ? 4 : 2) + (gsize)bare_end,
           "touched other lines");

    g_autoptr(GPtrArray) criteria = criteria_read(edit_document(edit), policy);
    guint item = G_MAXUINT;
    for (guint i = 0; i < criteria->len; i++)
        if (strcmp(((struct criterion *)criteria->pdata[i])->text, text) == 0)
            item = ((struct criterion *)criteria->pdata[i])->item;
    if (item == G_MAXUINT || !edit_list_remove(edit, item, &error)) {
        fail(tally, path, error ? error->message : "is not among the criteria");
        return;
    }
    if (made)
        tally->exceptions++;
    else
        expect_back(tally, path, edit, bytes);
}

static void try_tick(struct tally *tally, const char *path, GBytes *bytes)
{
    g_autoptr(Edit) edit = edit_new(bytes);
    g_autoptr(GPtrArray) criteria = criteria_read(edit_document(edit), policy);

    for (guint i = 0; i < criteria->len; i++) {
        const struct criterion *criterion = criteria->pdata[i];
        gsize tick = 0;
        if (!criterion->has_box)
            continue;
        tick = g_array_index(edit_document(edit)->body->items, struct markdown_item, criterion->item).tick;
        gboolean capital = edit_document(edit)->text[tick] == 'X';
        if (!edit_list_tick(edit, criterion->item, !criterion->ticked, NULL)) {
            fail(tally, path, "cannot be ticked");
            return;
        }
        struct lines lines = changed_lines(bytes, edit_bytes(edit));
        expect(tally, path, lines.before == 1 && lines.after == 1, "touched other lines");
        document_body(edit_document(edit), NULL);
        if (!edit_list_tick(edit, criterion->item, criterion->ticked, NULL)) {
            fail(tally, path, "cannot be unticked");
            return;
        }
        document_body(edit_document(edit), NULL);
        if (capital) {
            tally->exceptions++;
            return;
        }
        expect_back(tally, path, edit, bytes);
    }
}

static void try_file(struct tally *tallies, const char *path, const char *const *order, guint *unreadable)
{
    g_autofree char *text = NULL;
    gsize length;

    if (!g_file_get_contents(path, &text, &length, NULL))
        return;
    g_autoptr(GBytes) bytes = g_bytes_new(text, length);
    g_autoptr(Document) document = document_new(bytes, NULL);
    if (!document->front->root || document->front->root->style == STYLE_FLOW ||
        !document_body(document, NULL)->readable) {
        (*unreadable)++;
        return;
    }
    try_title(&tallies[0], path, bytes, order, "Another title, without quotes");
    try_title(&tallies[0], path, bytes, order, "Another title: \"quoted\"");
    try_label(&tallies[1], path, bytes, order);
    try_criterion(&tallies[2], path, bytes);
    try_tick(&tallies[3], path, bytes);
}

static void try_folder(struct tally *tallies, const char *folder, const char *const *order, guint *files,
                       guint *unreadable)
{
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    for (const char *name; entries && (name = g_dir_read_name(entries));) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
            try_folder(tallies, path, order, files, unreadable);
        } else if (g_str_has_suffix(name, ".md") && g_ascii_strcasecmp(name, "readme.md") != 0) {
            (*files)++;
            try_file(tallies, path, order, unreadable);
        }
    }
}

int main(int argc, char **argv)
{
    struct tally tallies[] = { { .name = "title set and set back" },
                               { .name = "label added and removed" },
                               { .name = "criterion added and removed" },
                               { .name = "criterion ticked and unticked" } };
    g_autoptr(Policy) defaults = policy_new("/", "/", NULL);
    g_autofree const char **order = field_order();
    guint files = 0, unreadable = 0, failures = 0;

    policy = defaults;
    for (int i = 1; i < argc; i++)
        try_folder(tallies, argv[i], order, &files, &unreadable);
    printf("1..%d\n", (int)G_N_ELEMENTS(tallies));
    for (gsize i = 0; i < G_N_ELEMENTS(tallies); i++) {
        gboolean good = tallies[i].failures == 0 && tallies[i].edits > 0;
        printf("%s %d - %s: %u edits, %u of them known not to come back\n", good ? "ok" : "not ok",
               (int)i + 1, tallies[i].name, tallies[i].edits, tallies[i].exceptions);
        failures += !good;
    }
    printf("# %u files, %u that cannot be read or edited\n", files, unreadable);
    return failures != 0;
}
