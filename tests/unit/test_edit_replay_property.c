/*
 * Random edits of random front matters and of the items of the sample backlog (a folder, the first argument),
 * replayed onto the same bytes and onto versions that others changed elsewhere.
 */
#include "edit_steps.h"
#include "front_maker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define DOCUMENTS 3000
#define ROUNDS 60 /* for each item of the sample */
#define SEED 20261122

static const char *const criteria_names[] = { "Acceptance criteria", NULL };
static const char *const decisions_names[] = { "Decisions", NULL };
static const char *const later_names[] = { "Approach", "Open questions", "Decisions", NULL };
static const struct edit_section criteria = { criteria_names, later_names };
static const struct edit_section decisions = { decisions_names, NULL };

/* -- random edits -- */

static guint chance(GRand *random, guint n)
{
    return n ? (guint)g_rand_int_range(random, 0, (gint)n) : 0;
}

/* Changes something in the body; what is refused changes nothing. */
static void change_body(struct edit *edit, GRand *random)
{
    static const char *const texts[] = { "A basket of 60 tyres is kept", "it's `so`: 5 €", "A basket", NULL };
    guint items = document_body(edit_document(edit), NULL)->items->len;
    guint item = chance(random, items);
    const char *text = texts[chance(random, 3)];

    switch (items ? chance(random, 8) : 6 + chance(random, 2)) {
    case 0:
    case 1:
        edit_list_tick(edit, item, chance(random, 3) > 0, NULL);
        break;
    case 2:
        edit_list_reword(edit, item, text, NULL);
        break;
    case 3:
        edit_list_move(edit, item, chance(random, items), g_rand_boolean(random), NULL);
        break;
    case 4:
        edit_list_remove(edit, item, NULL);
        break;
    case 5:
        edit_list_nest(edit, item, text, NULL);
        break;
    case 6:
        edit_list_add(edit, &criteria, text, NULL);
        break;
    default:
        edit_section_append(edit, &decisions, "- 2026-11-20 Ana: no\n  - Bo: yes", NULL);
    }
}

static void change_front(struct edit *edit, GRand *random)
{
    struct step step = front_maker_step(random);

    if (chance(random, 8) == 0)
        edit_note_absent(edit, "aliases", step.value);
    step_take(edit, &step, NULL);
}

static guint check_same(GBytes *bytes, GRand *random, gboolean body)
{
    g_autoptr(Edit) edit = edit_new(bytes), onto = edit_new(bytes);
    g_autoptr(GError) error = NULL;

    for (guint n = 1 + chance(random, 8); n > 0; n--)
        if (body && chance(random, 3))
            change_body(edit, random);
        else
            change_front(edit, random);
    if (!edit_replay(edit, onto, &error))
        fail_msg("%s", error->message);
    if (!g_bytes_equal(edit_bytes(edit), edit_bytes(onto))) {
        g_autofree char *before = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
        g_autofree char *expected = step_text(edit), *seen = step_text(onto);
        fail_msg("from\n%s\nexpected\n%s\nseen\n%s", before, expected, seen);
    }
    return !g_bytes_equal(edit_bytes(edit), bytes);
}

static void front_matter_onto_the_same_bytes_gives_the_same_bytes(void **state)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(SEED);
    guint changed = 0;

    for (guint i = 0; i < DOCUMENTS; i++) {
        g_autofree char *text = front_maker_make(random);
        g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
        changed += check_same(bytes, random, FALSE);
    }
    assert_true(changed > DOCUMENTS / 2);
}

static void items_onto_the_same_bytes_give_the_same_bytes(void **state)
{
    const GPtrArray *sample = *state;
    g_autoptr(GRand) random = g_rand_new_with_seed(SEED + 1);
    guint changed = 0;

    for (guint i = 0; i < sample->len * ROUNDS; i++)
        changed += check_same(sample->pdata[i % sample->len], random, TRUE);
    assert_true(changed > sample->len * ROUNDS * 9 / 10);
}

/* -- versions that differ elsewhere -- */

/* The lines that are not blank, each with how often it stands there. */
static GHashTable *count_lines(GBytes *bytes)
{
    GHashTable *counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *text = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (guint i = 0; lines[i]; i++)
        if (lines[i][strspn(lines[i], " \t\r")])
            g_hash_table_insert(counts, g_strdup(lines[i]),
                                GINT_TO_POINTER(GPOINTER_TO_INT(g_hash_table_lookup(counts, lines[i])) + 1));
    return counts;
}

static gint count_of(GHashTable *counts, const char *line)
{
    return GPOINTER_TO_INT(g_hash_table_lookup(counts, line));
}

/* The lines that came and went from here to after are those that came and went from there to result. */
static void check_lines(GBytes *here, GBytes *after, GBytes *there, GBytes *result)
{
    g_autoptr(GHashTable) first = count_lines(here);
    g_autoptr(GHashTable) second = count_lines(after);
    g_autoptr(GHashTable) third = count_lines(there);
    g_autoptr(GHashTable) fourth = count_lines(result);
    GHashTable *const counts[] = { first, second, third, fourth };

    for (guint i = 0; i < G_N_ELEMENTS(counts); i++) {
        GHashTableIter iter;
        gpointer line;
        g_hash_table_iter_init(&iter, counts[i]);
        while (g_hash_table_iter_next(&iter, &line, NULL))
            if (count_of(counts[1], line) - count_of(counts[0], line) !=
                count_of(counts[3], line) - count_of(counts[2], line))
                fail_msg("not as meant: %s", (const char *)line);
    }
}

/* The lines of there that an edit was not about come in the same order in result. */
static void check_order(GBytes *here, GBytes *after, GBytes *there, GBytes *result)
{
    g_autoptr(GHashTable) old = count_lines(here), new = count_lines(after);
    g_autofree char *left = g_strndup(g_bytes_get_data(there, NULL), g_bytes_get_size(there));
    g_autofree char *right = g_strndup(g_bytes_get_data(result, NULL), g_bytes_get_size(result));
    g_auto(GStrv) lines = g_strsplit(left, "\n", -1), others = g_strsplit(right, "\n", -1);
    guint at = 0;

    for (guint i = 0; lines[i]; i++) {
        if (!lines[i][strspn(lines[i], " \t\r")] || count_of(old, lines[i]) != count_of(new, lines[i]))
            continue;
        while (others[at] && strcmp(others[at], lines[i]) != 0)
            at++;
        if (!others[at++])
            fail_msg("lost, or out of order: %s", lines[i]);
    }
}

/* What somebody else did meanwhile, at lines that change_here leaves alone. */
static GBytes *change_elsewhere(GBytes *bytes, GRand *random)
{
    g_autoptr(Edit) edit = edit_new(bytes);

    if (g_rand_boolean(random))
        edit_set(edit, "title", "Somebody else's: \"title\"", SCALAR_STRING, step_order, NULL);
    if (g_rand_boolean(random))
        edit_remove(edit, "created", NULL);
    if (g_rand_boolean(random))
        edit_set(edit, "x-own", "yes", SCALAR_TYPED, step_order, NULL);
    if (g_rand_boolean(random))
        edit_record_remove(edit, "feedback", 0, NULL);
    gboolean grows = markdown_section_find(document_body(edit_document(edit), NULL), criteria_names) != NULL;
    if (grows && g_rand_boolean(random))
        edit_list_add(edit, &criteria, "The crank of the 28\" fits too", NULL);
    if (g_rand_boolean(random))
        edit_list_add(edit, &decisions, "2026-11-21 Bo: as it is", NULL);
    return g_bytes_ref(edit_bytes(edit));
}

/* One edit that check_lines can judge. */
static void change_here(struct edit *edit, GRand *random)
{
    guint items = document_body(edit_document(edit), NULL)->items->len;

    switch (chance(random, items ? 7 : 4)) {
    case 0:
        edit_set(edit, "status", "doing", SCALAR_STRING, step_order, NULL);
        break;
    case 1:
        edit_set(edit, "estimate", "13", SCALAR_TYPED, step_order, NULL);
        break;
    case 2:
        edit_entry_add(edit, "labels", "spring", step_order, NULL);
        break;
    case 3:
        edit_list_add(edit, &criteria, "Somebody can see it", NULL);
        break;
    case 4:
        edit_list_tick(edit, chance(random, items), TRUE, NULL);
        break;
    case 5:
        edit_list_nest(edit, chance(random, items), "2026-11-21 Bo: yes", NULL);
        break;
    default:
        edit_list_reword(edit, chance(random, items), "What was meant", NULL);
    }
}

static void what_others_changed_stays(void **state)
{
    const GPtrArray *sample = *state;
    g_autoptr(GRand) random = g_rand_new_with_seed(SEED + 2);

    for (guint i = 0; i < sample->len * ROUNDS; i++) {
        GBytes *here = sample->pdata[i % sample->len];
        g_autoptr(GBytes) there = change_elsewhere(here, random);
        g_autoptr(Edit) edit = edit_new(here), onto = edit_new(there);
        g_autoptr(GError) error = NULL;
        for (guint n = 1 + chance(random, 4); n > 0; n--)
            change_here(edit, random);
        if (!edit_replay(edit, onto, &error))
            fail_msg("%s", error->message);
        check_lines(here, edit_bytes(edit), there, edit_bytes(onto));
        check_order(here, edit_bytes(edit), there, edit_bytes(onto));
    }
}

static void replaying_twice_changes_nothing_more(void **state)
{
    const GPtrArray *sample = *state;
    g_autoptr(GRand) random = g_rand_new_with_seed(SEED + 3);

    for (guint i = 0; i < sample->len * ROUNDS; i++) {
        g_autoptr(Edit) edit = edit_new(sample->pdata[i % sample->len]);
        change_here(edit, random);
        g_autoptr(Edit) onto = edit_new(edit_bytes(edit));
        assert_true(edit_replay(edit, onto, NULL));
        assert_true(g_bytes_equal(edit_bytes(edit), edit_bytes(onto)));
    }
}

/* -- the sample -- */

static gint compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static GPtrArray *read_sample(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    GPtrArray *sample = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    for (const char *name = dir ? g_dir_read_name(dir) : NULL; name; name = g_dir_read_name(dir))
        if (g_str_has_suffix(name, ".md"))
            g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename(folder, names->pdata[i], NULL);
        char *text = NULL;
        gsize length = 0;
        if (g_file_get_contents(path, &text, &length, NULL))
            g_ptr_array_add(sample, g_bytes_new_take(text, length));
    }
    return sample;
}

int main(int argc, char **argv)
{
    g_autoptr(GPtrArray) sample = read_sample(argc > 1 ? argv[1] : ".");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(front_matter_onto_the_same_bytes_gives_the_same_bytes),
        cmocka_unit_test_prestate(items_onto_the_same_bytes_give_the_same_bytes, sample),
        cmocka_unit_test_prestate(what_others_changed_stays, sample),
        cmocka_unit_test_prestate(replaying_twice_changes_nothing_more, sample),
    };
    if (sample->len < 20) {
        g_printerr("expected the folder of the sample backlog\n");
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
