/* Interfaces and formats: names that are known, joined by "and", or each in criteria of its own. */
#include "cut_private.h"

#include <string.h>

/* So many criteria are few. */
#define FEW 3

static const struct {
    enum cut_pattern pattern;
    const char *kind;
    const char *why;
} groups[N_NAME_GROUPS] = {
    [NAMES_DEVICE] = { CUT_INTERFACES, "interfaces", "can be served one after the other" },
    [NAMES_SYSTEM] = { CUT_INTERFACES, "systems", "are systems to be served one after the other" },
    [NAMES_BROWSER] = { CUT_INTERFACES, "browsers", "are browsers to be served one after the other" },
    [NAMES_CHANNEL] = { CUT_INTERFACES, "channels", "are channels, and the first one is of use by itself" },
    [NAMES_FORMAT] = { CUT_DATA, "formats", "are formats, and the first one is of use by itself" },
    [NAMES_PICTURE] = { CUT_DATA, "media", "are formats, and the first one is of use by itself" },
};

/* A name where it stands. */
struct mention {
    const struct cut_name *name;
    guint piece;
    guint first;
    guint end;  /* past the term itself */
    guint past; /* past what belongs to it, "app", "files" */
};

/* Mentions that an "and" joins, or one alone. */
struct chain {
    guint first; /* mentions */
    guint end;
};

struct finder {
    struct cut_reading *reading;
    GArray *mentions; /* struct mention */
    GArray *chains;   /* struct chain */
};

/* -- reading -- */

/* "web/API", "web / API", but not "the web /api/items". */
static gboolean is_path(const struct cut_reading *reading, guint at, guint end)
{
    const struct cut_word *word = cut_word_at(reading, at);

    if (word->mark != '/' || at + 1 >= end)
        return FALSE;
    return (word[-1].span.end == word->span.start) != (word->span.end == word[1].span.start);
}

/* Past what may stand between two names that are one list: 0 where it is none. */
static guint skip_joint(const struct cut_reading *reading, guint at, guint end)
{
    static const char *const fill[] = { "the", "a",    "an",   "on",      "in",    "for",
                                        "via", "by",   "as",   "to",      "from",  "with",
                                        "our", "both", "also", "through", "using", NULL };
    guint start = at;

    while (at < end && at < start + 2) {
        const struct cut_word *word = cut_word_at(reading, at);
        if (is_path(reading, at, end))
            return 0;
        if (word->mark != ',' && word->mark != '/' && word->mark != '&' && word->mark != '+' &&
            !(word->classes & CLASS_JOIN))
            break;
        at++;
    }
    if (at == start && cut_phrase(reading, at, end, "as well as"))
        at += 3;
    if (at == start)
        return 0;
    for (guint most = at + 2; at < end && at < most && g_strv_contains(fill, cut_word_at(reading, at)->text);)
        at++;
    return at;
}

static guint skip_heads(const struct cut_reading *reading, guint at, guint end)
{
    guint most = at + 2;
    while (at < end && at < most && cut_word_at(reading, at)->classes & CLASS_HEAD)
        at++;
    return at;
}

static void read_piece(struct finder *finder, guint index)
{
    const struct cut_piece *piece = cut_piece_at(finder->reading, index);
    guint expected = 0; /* where the next name must stand to be of the same list */

    for (guint at = piece->first; at < piece->end;) {
        guint n = 0;
        const struct cut_name *name = cut_name_at(finder->reading, at, piece->end, &n);
        if (!name) {
            at++;
            continue;
        }
        struct mention mention = { name, index, at, at + n, skip_heads(finder->reading, at + n, piece->end) };
        struct chain chain = { finder->mentions->len, finder->mentions->len + 1 };
        struct chain *last = finder->chains->len
                                 ? &g_array_index(finder->chains, struct chain, finder->chains->len - 1)
                                 : NULL;
        g_array_append_val(finder->mentions, mention);
        if (expected == at && last &&
            g_array_index(finder->mentions, struct mention, last->first).name->group == name->group)
            last->end++;
        else
            g_array_append_val(finder->chains, chain);
        expected = skip_joint(finder->reading, mention.past, piece->end);
        at = mention.end;
    }
}

/* -- cuts -- */

/* The names of one group that are to become children. */
struct keys {
    const char *keys[CUT_CHILDREN];
    char *shown[CUT_CHILDREN]; /* as the item writes them first */
    guint n;
};

static guint key_index(const struct keys *keys, const char *key)
{
    guint i = 0;
    while (i < keys->n && strcmp(keys->keys[i], key) != 0)
        i++;
    return i;
}

static void add_key(struct keys *keys, const struct finder *finder, const struct mention *mention,
                    gboolean heads)
{
    const struct cut_piece *piece = cut_piece_at(finder->reading, mention->piece);

    if (keys->n == CUT_CHILDREN || key_index(keys, mention->name->key) < keys->n)
        return;
    keys->keys[keys->n] = mention->name->key;
    keys->shown[keys->n++] =
        cut_source(finder->reading, piece, mention->first, heads ? mention->past : mention->end);
}

static const struct mention *mention_at(const struct finder *finder, guint index)
{
    return &g_array_index(finder->mentions, struct mention, index);
}

/* Whether "app" and the like belong to the name, so that they do to the others of its list. */
static gboolean has_head(const struct mention *mention)
{
    return mention->past > mention->end || strchr(mention->name->phrase, ' ');
}

/* Whether the chain names two things of the group, each of which could be had alone. */
static gboolean is_list(const struct finder *finder, const struct chain *chain, enum cut_group group)
{
    const struct mention *first = mention_at(finder, chain->first),
                         *last = mention_at(finder, chain->end - 1);
    const struct cut_piece *piece = cut_piece_at(finder->reading, first->piece);
    gboolean linked =
        last->past < piece->end && cut_word_at(finder->reading, last->past)->classes & CLASS_LINK;
    gboolean between =
        first->first > piece->first && cut_is(finder->reading, first->first - 1, piece->end, "between");

    if (first->name->group != group || linked || between || !(piece->wished || piece->criterion))
        return FALSE;
    for (guint i = chain->first + 1; i < chain->end; i++)
        if (strcmp(mention_at(finder, i)->name->key, first->name->key) != 0)
            return TRUE;
    return FALSE;
}

/* Which of the keys each criterion names. */
static guint *mark_criteria(const struct finder *finder, const struct keys *keys)
{
    guint *masks = g_new0(guint, finder->reading->criteria->len + 1);

    for (guint i = 0; i < finder->mentions->len; i++) {
        const struct mention *mention = mention_at(finder, i);
        guint criterion = cut_piece_at(finder->reading, mention->piece)->criterion;
        guint key = key_index(keys, mention->name->key);
        if (criterion && key < keys->n)
            masks[criterion - 1] |= 1u << key;
    }
    return masks;
}

static char *say(const struct keys *keys, const char *why)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < keys->n; i++)
        g_string_append_printf(text, "%s%s", i == 0 ? "" : i + 1 == keys->n ? " and " : ", ", keys->shown[i]);
    g_string_append_printf(text, " %s", why);
    return g_string_free(text, FALSE);
}

static void finish_cut(const struct finder *finder, struct cut *cut, struct keys *keys)
{
    g_autofree guint *masks = mark_criteria(finder, keys);

    cut_give_criteria(finder->reading, cut, masks, FALSE);
    for (guint i = 0; i < keys->n; i++)
        g_free(keys->shown[i]);
}

/* Whether title or story name one of the group: then it is about that one. */
static gboolean is_named(const struct finder *finder, enum cut_group group)
{
    for (guint i = 0; i < finder->mentions->len; i++) {
        const struct mention *mention = mention_at(finder, i);
        if (mention->name->group == group && cut_piece_at(finder->reading, mention->piece)->wished)
            return TRUE;
    }
    return FALSE;
}

/* The lists of the group, the first of which words the titles. */
static gboolean find_lists(struct finder *finder, enum cut_group group)
{
    struct keys keys = { 0 };
    const struct chain *lead = NULL;
    /* Where there are many, a list in one is how that one is checked. */
    gboolean few = finder->reading->criteria->len <= FEW;

    for (guint i = 0; i < finder->chains->len; i++) {
        const struct chain *chain = &g_array_index(finder->chains, struct chain, i);
        const struct cut_piece *piece =
            cut_piece_at(finder->reading, mention_at(finder, chain->first)->piece);
        if (!is_list(finder, chain, group) ||
            (!lead && piece->place == PLACE_CRITERIA &&
             (!few || chain->end - chain->first < 3 || is_named(finder, group))))
            continue;
        lead = lead ? lead : chain;
        const struct mention *first = mention_at(finder, chain->first);
        for (guint j = chain->first; j < chain->end; j++)
            add_key(&keys, finder, mention_at(finder, j), has_head(first));
    }
    if (!lead)
        return FALSE;
    const struct mention *first = mention_at(finder, lead->first), *last = mention_at(finder, lead->end - 1);
    const struct cut_piece *piece = cut_piece_at(finder->reading, first->piece);
    guint front = first->first, end = has_head(first) ? last->past : last->end;
    if (front > piece->first && (cut_is(finder->reading, front - 1, piece->end, "both") ||
                                 cut_is(finder->reading, front - 1, piece->end, "either")))
        front--;
    struct cut *cut = cut_add(finder->reading, groups[group].pattern, groups[group].kind,
                              cut_weight(piece->place) + 10 + MIN(keys.n, 5), say(&keys, groups[group].why));
    for (guint i = 0; i < finder->chains->len; i++) {
        const struct chain *chain = &g_array_index(finder->chains, struct chain, i);
        const struct mention *from = mention_at(finder, chain->first),
                             *to = mention_at(finder, chain->end - 1);
        const struct cut_piece *its = cut_piece_at(finder->reading, from->piece);
        if (is_list(finder, chain, group))
            cut_add_words(finder->reading, cut, its, from->first, has_head(from) ? to->past : to->end);
    }
    for (guint i = 0; i < keys.n; i++)
        cut_add_child(cut, cut_title(finder->reading, piece, front, end, keys.shown[i]));
    finish_cut(finder, cut, &keys);
    return TRUE;
}

/* Which names of the group each criterion has, and how many of them has one alone. */
static void find_spread(struct finder *finder, enum cut_group group)
{
    struct keys keys = { 0 };
    guint n = finder->reading->criteria->len, alone = 0;

    for (guint i = 0; i < finder->mentions->len; i++) {
        const struct mention *mention = mention_at(finder, i);
        if (mention->name->group == group && cut_piece_at(finder->reading, mention->piece)->criterion)
            add_key(&keys, finder, mention, FALSE);
    }
    g_autofree guint *masks = mark_criteria(finder, &keys);
    guint seen = 0;
    for (guint i = 0; i < n; i++)
        if (masks[i] && (masks[i] & (masks[i] - 1)) == 0) {
            alone++;
            seen |= masks[i];
        }
    /* Each name must have a criterion to itself, or it is only spoken of; and most criteria one name. */
    if (keys.n < 2 || seen != (1u << keys.n) - 1 || alone < 3 || 2 * alone < n || is_named(finder, group)) {
        for (guint i = 0; i < keys.n; i++)
            g_free(keys.shown[i]);
        return;
    }
    struct cut *cut =
        cut_add(finder->reading, groups[group].pattern, groups[group].kind,
                cut_weight(PLACE_CRITERIA) + MIN(alone, 9), say(&keys, "have criteria of their own"));
    for (guint i = 0, told = 0; i < finder->mentions->len; i++) {
        const struct mention *mention = mention_at(finder, i);
        const struct cut_piece *piece = cut_piece_at(finder->reading, mention->piece);
        guint key = key_index(&keys, mention->name->key);
        if (!piece->criterion || key == keys.n || told & 1u << key ||
            masks[piece->criterion - 1] != 1u << key)
            continue;
        told |= 1u << key;
        cut_add_words(finder->reading, cut, piece, mention->first, mention->end);
    }
    const struct cut_piece none = { .place = PLACE_CRITERIA };
    for (guint i = 0; i < keys.n; i++)
        cut_add_child(cut, cut_title(finder->reading, &none, 0, 0, keys.shown[i]));
    finish_cut(finder, cut, &keys);
}

void cut_find_terms(struct cut_reading *reading)
{
    struct finder finder = { .reading = reading };

    finder.mentions = g_array_new(FALSE, FALSE, sizeof(struct mention));
    finder.chains = g_array_new(FALSE, FALSE, sizeof(struct chain));
    for (guint i = 0; i < reading->pieces->len; i++)
        read_piece(&finder, i);
    for (guint group = 0; group < N_NAME_GROUPS; group++)
        if (!find_lists(&finder, (enum cut_group)group))
            find_spread(&finder, (enum cut_group)group);
    g_array_unref(finder.chains);
    g_array_unref(finder.mentions);
}
