/* Ways through an item, by its criteria: those under headings of their own, scenarios, what they are given,
 * and what happens when it fails. */
#include "cut_private.h"

#include <string.h>

/* Groups of criteria, in the order of their first ones. */
struct groups {
    GPtrArray *names; /* as people read them; owned */
    guint *of;        /* by criterion: its group from 1; 0: none */
    GArray *pieces;   /* guint: the piece that named the group */
    GArray *firsts;   /* guint: its words */
    GArray *ends;
};

static void groups_init(struct groups *groups, const struct cut_reading *reading)
{
    groups->names = g_ptr_array_new_with_free_func(g_free);
    groups->of = g_new0(guint, reading->criteria->len + 1);
    groups->pieces = g_array_new(FALSE, FALSE, sizeof(guint));
    groups->firsts = g_array_new(FALSE, FALSE, sizeof(guint));
    groups->ends = g_array_new(FALSE, FALSE, sizeof(guint));
}

static void groups_clear(struct groups *groups)
{
    g_ptr_array_unref(groups->names);
    g_free(groups->of);
    g_array_unref(groups->pieces);
    g_array_unref(groups->firsts);
    g_array_unref(groups->ends);
}

static void groups_add(struct groups *groups, char *name, guint piece, guint first, guint end)
{
    g_ptr_array_add(groups->names, name);
    g_array_append_val(groups->pieces, piece);
    g_array_append_val(groups->firsts, first);
    g_array_append_val(groups->ends, end);
}

/* How many groups have a criterion, and whether all criteria that are in none stand before the rest. */
static guint groups_used(const struct groups *groups, guint n)
{
    guint used = 0;
    for (guint group = 1; group <= groups->names->len; group++)
        for (guint i = 0; i < n; i++)
            if (groups->of[i] == group) {
                used++;
                break;
            }
    return used;
}

static void add_cut(struct cut_reading *reading, const struct groups *groups, const char *kind,
                    guint strength, const char *why)
{
    static const struct cut_piece none = { .place = PLACE_CRITERIA };
    struct cut *cut = cut_add(reading, CUT_PATHS, kind, cut_weight(PLACE_CRITERIA) + strength, g_strdup(why));
    g_autofree guint *masks = g_new0(guint, reading->criteria->len + 1);

    for (guint i = 0; i < groups->names->len; i++) {
        guint first = g_array_index(groups->firsts, guint, i), end = g_array_index(groups->ends, guint, i);
        cut_add_words(reading, cut, cut_piece_at(reading, g_array_index(groups->pieces, guint, i)), first,
                      end);
        cut_add_child(cut, cut_title(reading, &none, 0, 0, groups->names->pdata[i]));
    }
    for (guint i = 0; i < reading->criteria->len; i++)
        masks[i] = groups->of[i] ? 1u << (groups->of[i] - 1) : 0;
    cut_give_criteria(reading, cut, masks, FALSE);
}

/* -- headings among the criteria -- */

static const char *const neutral[] = { "notes",   "note",    "non-functional", "functional",
                                       "other",   "general", "definition",     "quality",
                                       "testing", "tests",   "technical",      "documentation",
                                       "must",    "should",  "could",          "additional",
                                       NULL };

static void find_headed(struct cut_reading *reading)
{
    const struct markdown *body = reading->document->body;
    struct groups groups;
    guint piece = 0;

    groups_init(&groups, reading);
    for (guint i = 0, heading = 0; i < reading->criteria->len; i++) {
        const struct criterion *criterion = reading->criteria->pdata[i];
        /* The last heading before the criterion, within the section. */
        while (heading + 1 < body->headings->len &&
               g_array_index(body->headings, struct markdown_heading, heading + 1).span.start <
                   criterion->span.start)
            heading++;
        if (body->headings->len == 0)
            break;
        struct span at = g_array_index(body->headings, struct markdown_heading, heading).span;
        while (piece < reading->pieces->len &&
               (cut_piece_at(reading, piece)->place == PLACE_TITLE ||
                cut_word_at(reading, cut_piece_at(reading, piece)->first)->span.start < at.start))
            piece++;
        const struct cut_piece *its = piece < reading->pieces->len ? cut_piece_at(reading, piece) : NULL;
        if (!its || its->place != PLACE_CRITERIA || its->criterion || its->scenario ||
            cut_word_at(reading, its->first)->span.start >= at.end)
            continue;
        guint last =
            groups.pieces->len ? g_array_index(groups.pieces, guint, groups.pieces->len - 1) : G_MAXUINT;
        if (last != piece) {
            if (g_strv_contains(neutral, cut_word_at(reading, its->first)->text) ||
                groups.names->len == CUT_CHILDREN)
                continue;
            groups_add(&groups, cut_source(reading, its, its->first, its->end), piece, its->first, its->end);
        }
        groups.of[i] = groups.names->len;
    }
    if (groups.names->len >= 2)
        add_cut(reading, &groups, "groups", 15,
                "the criteria stand in groups, each of which is a way of its own");
    groups_clear(&groups);
}

/* -- what they are given -- */

/* The words behind "Given" up to the next step; FALSE: the piece does not begin so. */
static gboolean given_of(const struct cut_reading *reading, const struct cut_piece *piece, guint *first,
                         guint *end)
{
    guint at = piece->first, most = piece->scenario ? piece->end : piece->first + 1;

    while (at < piece->end && at < most && !cut_is(reading, at, piece->end, "given"))
        at++;
    if (at == most || at + 1 >= piece->end)
        return FALSE;
    *first = ++at;
    while (at < piece->end && at < *first + 12 && !cut_word_at(reading, at)->mark &&
           !cut_is(reading, at, piece->end, "when") && !cut_is(reading, at, piece->end, "then") &&
           !cut_is(reading, at, piece->end, "and"))
        at++;
    *end = at;
    return at > *first;
}

/* The words in lower case with a space between, what tells two contexts apart. */
static char *key_of(const struct cut_reading *reading, guint first, guint end)
{
    GString *key = g_string_new(NULL);
    for (guint i = first; i < end; i++)
        if (!(cut_word_at(reading, i)->classes & CLASS_DETERMINER))
            g_string_append_printf(key, "%s ", cut_word_at(reading, i)->text);
    return g_string_free(key, FALSE);
}

/* Fills the groups by what is given; FALSE where they do not tell criteria apart. */
static gboolean group_by_given(const struct cut_reading *reading, struct groups *groups)
{
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    guint grouped = 0;

    for (guint i = 0; i < reading->pieces->len; i++) {
        const struct cut_piece *piece = cut_piece_at(reading, i);
        guint first, end;
        if (!piece->criterion || groups->of[piece->criterion - 1] || !given_of(reading, piece, &first, &end))
            continue;
        g_autofree char *key = key_of(reading, first, end);
        guint group = GPOINTER_TO_UINT(g_hash_table_lookup(known, key));
        if (!group) {
            if (groups->names->len == CUT_CHILDREN)
                return FALSE;
            g_autofree char *source = cut_source(reading, piece, first, end);
            groups_add(groups, g_strconcat("given ", source, NULL), i, first, end);
            group = groups->names->len;
            g_hash_table_insert(known, g_steal_pointer(&key), GUINT_TO_POINTER(group));
        }
        groups->of[piece->criterion - 1] = group;
        grouped++;
    }
    return groups->names->len >= 2 && grouped > groups->names->len && 2 * grouped > reading->criteria->len;
}

/* The piece and the words that name a scenario: the rest of its first line. */
static void name_scenarios(const struct cut_reading *reading, struct groups *groups)
{
    for (guint i = 0; i < reading->pieces->len; i++) {
        const struct cut_piece *piece = cut_piece_at(reading, i);
        const struct criterion *criterion =
            piece->scenario ? reading->criteria->pdata[piece->criterion - 1] : NULL;
        if (!criterion || !*criterion->text || groups->names->len == CUT_CHILDREN)
            continue;
        guint first = piece->first, end;
        while (first < piece->end && cut_word_at(reading, first)->mark != ':')
            first++;
        for (end = ++first; end < piece->end && !cut_is(reading, end, piece->end, "given") &&
                            !cut_is(reading, end, piece->end, "when") && end < first + 12;)
            end++;
        if (end <= first || end > piece->end)
            continue;
        groups_add(groups, g_strdup(criterion->text), i, first, end);
        groups->of[piece->criterion - 1] = groups->names->len;
    }
}

static void find_scenarios(struct cut_reading *reading)
{
    struct groups groups;

    groups_init(&groups, reading);
    if (group_by_given(reading, &groups)) {
        add_cut(reading, &groups, "scenarios", 10 + MIN(groups.names->len, 4),
                "the criteria begin from different situations, each of which is a way through it");
        groups_clear(&groups);
        return;
    }
    groups_clear(&groups);
    groups_init(&groups, reading);
    name_scenarios(reading, &groups);
    if (groups.names->len >= 3 && groups_used(&groups, reading->criteria->len) == groups.names->len)
        add_cut(reading, &groups, "scenarios", 8 + MIN(groups.names->len, 4),
                "each scenario is a way through it, and the first one is of use by itself");
    groups_clear(&groups);
}

/* -- when it fails -- */

/* Whether the criterion's words at that index are of a failure, and not that there is none. */
static gboolean is_failure(const struct cut_reading *reading, const struct cut_piece *piece, guint at)
{
    static const char *const none[] = { "no", "not", "never", "without", "zero", "avoid", NULL };

    if (!(cut_word_at(reading, at)->classes & CLASS_FAIL))
        return FALSE;
    for (guint back = at; back > piece->first && back + 3 > at; back--)
        if (g_strv_contains(none, cut_word_at(reading, back - 1)->text))
            return FALSE;
    return TRUE;
}

/* The word of a failure in the piece; end where there is none. */
static guint failure_in(const struct cut_reading *reading, const struct cut_piece *piece)
{
    guint at = piece->first;
    while (at < piece->end && !is_failure(reading, piece, at))
        at++;
    return at;
}

static void find_failures(struct cut_reading *reading)
{
    static const struct cut_piece none = { .place = PLACE_CRITERIA };
    g_autofree guint *masks = g_new0(guint, reading->criteria->len + 1);
    guint failures = 0, n = reading->criteria->len;

    for (guint i = 0; i < reading->pieces->len; i++) {
        const struct cut_piece *piece = cut_piece_at(reading, i);
        gboolean fails = failure_in(reading, piece) < piece->end;
        if (fails && piece->place == PLACE_TITLE) /* failing is what it is about */
            return;
        if (!fails || !piece->criterion || masks[piece->criterion - 1])
            continue;
        masks[piece->criterion - 1] = 2;
        failures++;
    }
    if (failures < 2 || n - failures < 2 || failures > n - failures || 4 * failures < n ||
        strcmp(reading->type, "bug") == 0)
        return;
    struct cut *cut = cut_add(reading, CUT_PATHS, "failures", cut_weight(PLACE_CRITERIA),
                              g_strdup("the way that succeeds can be shown before those that fail"));
    for (guint i = 0; i < reading->pieces->len; i++) {
        const struct cut_piece *piece = cut_piece_at(reading, i);
        guint at = piece->criterion ? failure_in(reading, piece) : piece->end;
        if (at < piece->end)
            cut_add_words(reading, cut, piece, at, at + 1);
    }
    cut_add_child(cut, cut_title(reading, &none, 0, 0, "when all goes well"));
    cut_add_child(cut, cut_title(reading, &none, 0, 0, "when it fails"));
    cut_give_criteria(reading, cut, masks, FALSE);
}

void cut_find_paths(struct cut_reading *reading)
{
    find_headed(reading);
    find_scenarios(reading);
    find_failures(reading);
}
