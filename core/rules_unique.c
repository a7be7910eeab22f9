#include "rules_private.h"

#include <string.h>

static const struct rule table[] = {
    {
        .name = "duplicate-id",
        .severity = SEVERITY_ERROR,
        .reach = RULE_ANY,
        .types = RULE_EVERY,
        .summary = "two files have one id",
        .help = {
            .what = "Two files have one id.",
            .why = "Whatever is decided about one may be written into the other: estimates, votes and "
                   "dependencies no longer say of which item they are.",
            .bad = "==> backlog/k7q2m-print-a-label.md <==\n"
                   "title: Print a label\n",
            .good = "==> backlog/t2h8k-print-a-label.md <==\n"
                    "title: Print a label\n",
            .decided = "Ids are compared case aside, closed and archived items too. refine check --fix "
                       "gives the younger one a new id, and has what meant it follow.",
            .source = "Entity integrity: E. F. Codd, A relational model of data for large shared data banks "
                      "(1970).",
            .mistakes = "None known.",
        },
    },
    {
        .name = "duplicate-alias",
        .severity = SEVERITY_ERROR,
        .reach = RULE_ANY,
        .types = RULE_EVERY,
        .summary = "an alias names two items",
        .help = {
            .what = "An alias is that of two items, or is the id of another one.",
            .why = "refine show SHOP-37 has to choose, and who follows a link from the old tracker arrives "
                   "at the wrong item.",
            .bad = "aliases: [SHOP-37]\n"
                   "\n"
                   "==> backlog/t2h8k-print-a-label.md <==\n"
                   "aliases: [SHOP-37]\n",
            .good = "aliases: [SHOP-37]\n"
                    "\n"
                    "==> backlog/t2h8k-print-a-label.md <==\n"
                    "aliases: [SHOP-38]\n",
            .decided = "Aliases are compared with all aliases and ids, case aside. Remove it from one: "
                       "refine set ID aliases-=SHOP-37.",
            .source = "Entity integrity, as for ids.",
            .mistakes = "Two items that were one in the tracker which they come from: let only one keep the "
                        "name.",
        },
    },
    {
        .name = "rank-tie",
        .severity = SEVERITY_NOTE,
        .reach = RULE_OPEN,
        .types = RULE_EVERY,
        .summary = "two open items have one rank",
        .help = {
            .what = "Two open items have one rank, so that their ids decide which comes first.",
            .why = "The order was not decided by anybody; it was made by two branches that put something in "
                   "the same place.",
            .bad = "rank: nbhm\n"
                   "\n"
                   "==> backlog/t2h8k-print-a-label.md <==\n"
                   "rank: nbhm\n",
            .good = "rank: nbhm\n"
                    "\n"
                    "==> backlog/t2h8k-print-a-label.md <==\n"
                    "rank: nbhp\n",
            .decided = "Ranks of open items are compared. refine check --fix gives all but one of them "
                       "ranks next to it and keeps the order as refine list shows it; refine order ID "
                       "--before ID decides it.",
            .source = "Fractional indexing, as editors use it in which many write at a time; ties are what "
                      "it leaves to be decided.",
            .mistakes = "None known, and no harm while nobody cares which of the two comes first.",
        },
    },
    { 0 },
};

const struct rule *rules_unique_table(void)
{
    return table;
}

/* The one of two items that a finding about both is reported on: the second, unless only the first is asked
 * about. */
static const struct item *about_which(const struct rules_run *run, const struct item *second,
                                      const struct item *first)
{
    return !rules_is_wanted(run, second->path) && rules_is_wanted(run, first->path) ? first : second;
}

/* The finding, NULL for none, is the same whichever the other item is, and wherever it lies. */
static void set_key(struct finding *finding, const char *key)
{
    if (finding)
        finding->key = g_strdup(key);
}

void rules_check_duplicates(struct rules_run *run)
{
    g_autoptr(GHashTable) first = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < run->backlog->items->len; i++) {
        const struct item *item = run->backlog->items->pdata[i];
        const struct item *other = item->id ? g_hash_table_lookup(first, item->id) : NULL;
        if (other) {
            const struct item *about = about_which(run, item, other);
            const struct value *id = item_field(about, FIELD_ID);
            g_autofree char *path =
                policy_display(run->backlog->policy, about == item ? other->path : item->path);
            set_key(rules_report(run, "duplicate-id", about, id ? id->offset : 0, TRUE,
                                 "refine check --fix gives the younger one a new id",
                                 "the id %s is that of %s too", item->id, path),
                    item->id);
        } else if (item->id) {
            g_hash_table_insert(first, (gpointer)item->id, (gpointer)item);
        }
    }
}

static void report_alias(struct rules_run *run, const struct item *item, const char *alias,
                         const struct item *other)
{
    g_autofree char *path = policy_display(run->backlog->policy, other->path);
    const gsize place = rules_place(run, item, item_field(item, FIELD_ALIASES), alias, 0);

    if (g_strcmp0(other->id, alias) == 0)
        set_key(rules_report(run, "duplicate-alias", item, place, TRUE, "remove it; the id has the name",
                             "the alias %s is the id of %s", alias, path),
                alias);
    else
        set_key(rules_report(run, "duplicate-alias", item, place, TRUE, "remove it from one of them",
                             "the alias %s is that of %s too", alias, path),
                alias);
}

/* The item that goes by the name and is not the one given; NULL where none is. */
static const struct item *find_other(const struct rules_run *run, GHashTable *first, const char *alias,
                                     const struct item *item)
{
    const struct item *named = backlog_item(run->backlog, alias);
    g_autofree char *folded = g_str_is_ascii(alias) ? g_ascii_strdown(alias, -1) : g_utf8_casefold(alias, -1);

    if (!named || g_strcmp0(named->id, item->id) == 0)
        named = g_hash_table_lookup(first, folded);
    if (!named)
        g_hash_table_insert(first, g_steal_pointer(&folded), (gpointer)item);
    return named == item ? NULL : named;
}

void rules_check_aliases(struct rules_run *run)
{
    g_autoptr(GHashTable) first = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < run->backlog->items->len; i++) {
        const struct item *item = run->backlog->items->pdata[i];
        const char *const *aliases = item_texts(item, FIELD_ALIASES);
        for (gsize j = 0; aliases[j]; j++) {
            const struct item *other = *aliases[j] ? find_other(run, first, aliases[j], item) : NULL;
            if (!other)
                continue;
            gboolean turned = about_which(run, item, other) != item && g_strcmp0(other->id, aliases[j]) != 0;
            report_alias(run, turned ? other : item, aliases[j], turned ? item : other);
        }
    }
}

void rules_check_ties(struct rules_run *run)
{
    const struct item *last = NULL;
    for (guint i = 0; i < run->backlog->items->len; i++) {
        const struct item *item = run->backlog->items->pdata[i];
        if (!item->position || !item->rank)
            continue;
        if (last && strcmp(last->rank, item->rank) == 0 && g_strcmp0(last->id, item->id) != 0) {
            const struct item *about = about_which(run, item, last), *other = about == item ? last : item;
            set_key(rules_report(run, "rank-tie", about, item_field(about, FIELD_RANK)->offset, TRUE,
                                 "refine check --fix writes that order into the ranks",
                                 "its rank %s is that of %s too, so that the ids decide", item->rank,
                                 other->id ? other->id : other->path),
                    item->rank);
        }
        last = item;
    }
}
