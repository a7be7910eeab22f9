#include "criteria.h"

#include <string.h>

/* Two texts that share this part of their words are one criterion reworded. */
#define LIKENESS 0.4

/* As many criteria are compared with as many for likeness; of more, only those with equal texts are the same.
 */
#define MAX_ALIKE 200

static void criterion_free(gpointer data)
{
    struct criterion *criterion = data;
    g_free(criterion->text);
    g_free(criterion->details);
    g_free(criterion);
}

static gboolean is_inside(struct span inner, struct span outer)
{
    return inner.start >= outer.start && inner.end <= outer.end;
}

static gint by_place(gconstpointer a, gconstpointer b)
{
    const struct criterion *left = *(struct criterion *const *)a, *right = *(struct criterion *const *)b;
    return left->span.start < right->span.start ? -1 : left->span.start > right->span.start;
}

/* The words of a span with a space between. */
static char *words_in(const struct document *document, struct span span)
{
    GString *words = g_string_new(NULL);
    for (gsize at = span.start; at < span.end; at++) {
        gboolean space = strchr(" \t\r\n", document->text[at]) != NULL;
        if (!space)
            g_string_append_c(words, document->text[at]);
        else if (words->len && words->str[words->len - 1] != ' ')
            g_string_append_c(words, ' ');
    }
    return g_strchomp(g_string_free(words, FALSE));
}

static void add_list_items(GPtrArray *criteria, const struct document *document, struct span content)
{
    const struct markdown *body = document->body;
    for (guint i = 0; i < body->items->len; i++) {
        const struct markdown_item *item = &g_array_index(body->items, struct markdown_item, i);
        if (item->depth > 0 || !is_inside(item->span, content))
            continue;
        struct criterion *criterion = g_new0(struct criterion, 1);
        criterion->text = g_strdup(item->plain);
        criterion->details = words_in(document, (struct span){ item->text.end, item->span.end });
        criterion->has_box = item->task != MARKDOWN_TASK_NONE;
        criterion->ticked = item->task == MARKDOWN_TASK_TICKED;
        criterion->item = i;
        criterion->span = item->span;
        g_ptr_array_add(criteria, criterion);
    }
}

static void add_scenarios(GPtrArray *criteria, const struct document *document, struct span content)
{
    const struct markdown *body = document->body;
    for (guint i = 0; i < body->fences->len; i++) {
        const struct markdown_fence *fence = &g_array_index(body->fences, struct markdown_fence, i);
        if (!is_inside(fence->span, content))
            continue;
        g_autoptr(GPtrArray) scenarios = markdown_scenarios(body, fence);
        for (guint j = 0; j < scenarios->len; j++) {
            const struct markdown_scenario *scenario = scenarios->pdata[j];
            struct criterion *criterion = g_new0(struct criterion, 1);
            criterion->text = g_strdup(scenario->name);
            criterion->details = words_in(document, scenario->span);
            criterion->scenario = TRUE;
            criterion->item = G_MAXUINT;
            criterion->span = scenario->span;
            g_ptr_array_add(criteria, criterion);
        }
    }
}

GPtrArray *criteria_read_entries(struct document *document, const struct policy *policy, enum section_id id)
{
    GPtrArray *entries = g_ptr_array_new_with_free_func(criterion_free);
    const struct markdown *body = document_body(document, NULL);
    const struct markdown_section *section = markdown_section_find(body, policy_section(policy, id));

    if (section)
        add_list_items(entries, document, section->content);
    if (section && id == SECTION_CRITERIA) {
        add_scenarios(entries, document, section->content);
        g_ptr_array_sort(entries, by_place);
    }
    return entries;
}

GPtrArray *criteria_read(struct document *document, const struct policy *policy)
{
    return criteria_read_entries(document, policy, SECTION_CRITERIA);
}

/* -- matching -- */

struct matching {
    const GPtrArray *before;
    const GPtrArray *after;
    int *partner;
    gboolean *taken; /* of before */
};

static void pair_up(struct matching *matching, guint before, guint after)
{
    matching->partner[after] = (int)before;
    matching->taken[before] = TRUE;
}

/* Pairs equal texts, the first with the first. */
static void match_equal(struct matching *matching)
{
    g_autoptr(GHashTable) first = g_hash_table_new(g_str_hash, g_str_equal); /* text -> index + 1 */
    g_autofree guint *next = g_new0(guint, matching->before->len + 1);       /* of the same text, + 1 */

    for (guint i = matching->before->len; i-- > 0;) {
        const struct criterion *old = matching->before->pdata[i];
        next[i] = GPOINTER_TO_UINT(g_hash_table_lookup(first, old->text));
        g_hash_table_insert(first, old->text, GUINT_TO_POINTER(i + 1));
    }
    for (guint j = 0; j < matching->after->len; j++) {
        const struct criterion *new = matching->after->pdata[j];
        guint i = GPOINTER_TO_UINT(g_hash_table_lookup(first, new->text));
        matching->partner[j] = -1;
        if (i == 0)
            continue;
        pair_up(matching, i - 1, j);
        g_hash_table_insert(first, new->text, GUINT_TO_POINTER(next[i - 1]));
    }
}

static gint by_number(gconstpointer a, gconstpointer b)
{
    guint left = *(const guint *)a, right = *(const guint *)b;
    return left < right ? -1 : left > right;
}

/* The different words of a text, each as its number in known, sorted. */
static GArray *words_of(const char *text, GHashTable *known)
{
    GArray *words = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autofree char *folded = g_utf8_casefold(text, -1);
    g_auto(GStrv) parts = g_strsplit_set(folded, " \t.,;:()\"'", -1);
    guint different = 0;

    for (gsize i = 0; parts[i]; i++) {
        guint number = GPOINTER_TO_UINT(g_hash_table_lookup(known, parts[i]));
        if (!*parts[i])
            continue;
        if (number == 0) {
            number = g_hash_table_size(known) + 1;
            g_hash_table_insert(known, g_strdup(parts[i]), GUINT_TO_POINTER(number));
        }
        g_array_append_val(words, number);
    }
    g_array_sort(words, by_number);
    for (guint i = 0; i < words->len; i++)
        if (i == 0 || g_array_index(words, guint, i) != g_array_index(words, guint, different - 1))
            g_array_index(words, guint, different++) = g_array_index(words, guint, i);
    g_array_set_size(words, different);
    return words;
}

/* The part of the words of both that they share (Jaccard, 1901). */
static double likeness(const GArray *a, const GArray *b)
{
    guint shared = 0;
    for (guint i = 0, j = 0; i < a->len && j < b->len;) {
        guint left = g_array_index(a, guint, i), right = g_array_index(b, guint, j);
        shared += left == right;
        i += left <= right;
        j += right <= left;
    }
    guint all = a->len + b->len - shared;
    return all ? (double)shared / all : 0;
}

gboolean criteria_are_alike(const char *a, const char *b)
{
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GArray) one = words_of(a, known), other = words_of(b, known);

    return likeness(one, other) >= LIKENESS;
}

struct likely {
    double likeness;
    guint before;
    guint after;
};

/* The likest first; of equals, those that stand nearest to each other, whichever side is the earlier. */
static gint by_likeness(gconstpointer a, gconstpointer b)
{
    const struct likely *left = a, *right = b;
    int apart = ABS((int)left->before - (int)left->after) - ABS((int)right->before - (int)right->after);

    if (left->likeness != right->likeness)
        return left->likeness > right->likeness ? -1 : 1;
    return apart ? apart : (int)(left->before + left->after) - (int)(right->before + right->after);
}

static void free_words(gpointer words)
{
    if (words)
        g_array_unref(words);
}

/* The words of the criteria that have no partner, by index; NULL of the others. Sets *open to their number.
 */
static GPtrArray *open_words(const GPtrArray *criteria, const struct matching *matching, GHashTable *known,
                             guint *open)
{
    GPtrArray *words = g_ptr_array_new_with_free_func(free_words);
    *open = 0;
    for (guint i = 0; i < criteria->len; i++) {
        gboolean paired = criteria == matching->before ? matching->taken[i] : matching->partner[i] >= 0;
        *open += !paired;
        g_ptr_array_add(words,
                        paired ? NULL : words_of(((struct criterion *)criteria->pdata[i])->text, known));
    }
    return words;
}

/* Pairs texts that are alike, the likest first. */
static void match_alike(struct matching *matching)
{
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(struct likely));
    guint old, new;
    g_autoptr(GPtrArray) before = open_words(matching->before, matching, known, &old);
    g_autoptr(GPtrArray) after = open_words(matching->after, matching, known, &new);

    if (old > MAX_ALIKE || new > MAX_ALIKE)
        return;
    for (guint j = 0; j < after->len; j++)
        for (guint i = 0; after->pdata[j] && i < before->len; i++) {
            struct likely pair = { before->pdata[i] ? likeness(before->pdata[i], after->pdata[j]) : 0, i, j };
            if (pair.likeness >= LIKENESS)
                g_array_append_val(pairs, pair);
        }
    g_array_sort(pairs, by_likeness);
    for (guint k = 0; k < pairs->len; k++) {
        const struct likely *pair = &g_array_index(pairs, struct likely, k);
        if (!matching->taken[pair->before] && matching->partner[pair->after] < 0)
            pair_up(matching, pair->before, pair->after);
    }
}

/* Pairs what is left and stands alone between the same neighbours in both: it took the other's place. */
static void match_places(struct matching *matching)
{
    const int *partner = matching->partner;
    guint n = matching->after->len;

    for (guint j = 0; j < n; j++) {
        guint i = j > 0 ? (guint)(partner[j - 1] + 1) : 0;
        if (partner[j] >= 0 || (j > 0 && partner[j - 1] < 0) || i >= matching->before->len ||
            matching->taken[i])
            continue;
        gboolean ends = j + 1 == n ? i + 1 == matching->before->len : partner[j + 1] == (int)i + 1;
        const struct criterion *left = matching->before->pdata[i], *right = matching->after->pdata[j];
        if (ends && left->scenario == right->scenario)
            pair_up(matching, i, j);
    }
}

/* Partners that do not stand in rising order have moved: all but those of a longest rising run (patience
 * sorting: ends[k] is the last of a run of k + 1 whose partner is the smallest). Of two that changed places
 * the one that went up has moved. */
void criteria_moved(const int *partner, guint n, gboolean *moved)
{
    g_autofree int *ends = g_new0(int, n + 1), *previous = g_new0(int, n + 1);
    guint longest = 0;

    for (guint j = 0; j < n; j++) {
        guint low = 0, high = longest;
        moved[j] = partner[j] >= 0;
        while (partner[j] >= 0 && low < high) {
            guint middle = (low + high) / 2;
            if (partner[ends[middle]] < partner[j])
                low = middle + 1;
            else
                high = middle;
        }
        if (partner[j] < 0)
            continue;
        previous[j] = low > 0 ? ends[low - 1] : -1;
        ends[low] = (int)j;
        longest = MAX(longest, low + 1);
    }
    for (int j = longest ? ends[longest - 1] : -1; j >= 0; j = previous[j])
        moved[j] = FALSE;
}

void criteria_match(const GPtrArray *before, const GPtrArray *after, int *partner, gboolean *moved)
{
    g_autofree gboolean *taken = g_new0(gboolean, before->len + 1);
    struct matching matching = { before, after, partner, taken };

    match_equal(&matching);
    match_alike(&matching);
    match_places(&matching);
    criteria_moved(partner, after->len, moved);
}
