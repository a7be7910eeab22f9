#include "health_private.h"

#include "history.h"
#include "people.h"
#include "repo.h"

#include <string.h>

/* Decisions from which on shares of them mean something. */
#define ENOUGH 20

/* The share of all decisions from which on one person decides for the team. */
#define MOST 0.7

/* So often an item is declared ready, or estimated, before it looks like a habit. */
#define OFTEN 3

/* What was decided in the time looked at. */
struct past {
    guint decisions;
    guint by_owner;      /* of them: a product owner wrote it, or took part */
    GHashTable *persons; /* who (owned) -> struct share */
    GHashTable *touched; /* id (owned) of items of which something was decided */
    GHashTable *readied; /* id (owned) -> how often it became ready */
    GHashTable *resized; /* id (owned) -> how often its estimate became another */
    GHashTable *added;   /* id (owned) of items that came */
    GHashTable *closed;  /* id (owned) of items that were finished, dropped or removed */
    gint64 since;
};

/* The decisions of one person. */
struct share {
    guint decisions;
    const char *role; /* borrowed of the policy; NULL: nobody of the team */
};

/* -- gathering -- */

static void count_up(GHashTable *table, const char *id)
{
    guint count = GPOINTER_TO_UINT(g_hash_table_lookup(table, id));
    g_hash_table_insert(table, g_strdup(id), GUINT_TO_POINTER(count + 1));
}

static gboolean is_closed(const char *status)
{
    return status && !status_is_open(status_parse(status));
}

static void add_change(struct past *past, const char *id, const struct change *change)
{
    if (change->kind == CHANGE_ITEM_ADDED)
        g_hash_table_add(past->added, g_strdup(id));
    if (change->kind == CHANGE_ITEM_REMOVED)
        g_hash_table_add(past->closed, g_strdup(id));
    if (change->kind != CHANGE_FIELD || !change->before || !change->after)
        return;
    if (strcmp(change->name, "estimate") == 0)
        count_up(past->resized, id);
    if (strcmp(change->name, "status") != 0)
        return;
    if (strcmp(change->after, "ready") == 0)
        count_up(past->readied, id);
    if (is_closed(change->after) && !is_closed(change->before))
        g_hash_table_add(past->closed, g_strdup(id));
}

static gboolean is_owner(const struct policy *policy, const char *who, struct person *person)
{
    return people_find(policy, who, person) && people_same(person->role, "product-owner");
}

/* The address of "Name <address>"; newly allocated. */
static char *address_of(const char *participant)
{
    const char *open = strrchr(participant, '<');
    return open ? g_strndup(open + 1, strcspn(open + 1, ">")) : g_strdup(participant);
}

static void add_person(struct past *past, const struct policy *policy,
                       const struct history_decision *decision)
{
    struct person person = { 0 };
    gboolean known = people_find(policy, decision->author_email, &person) ||
                     people_find(policy, decision->author_name, &person);
    const char *name = known && person.name ? person.name : known ? person.handle : decision->author_name;
    struct share *share = g_hash_table_lookup(past->persons, name);
    gboolean owner = known && people_same(person.role, "product-owner");

    if (!share) {
        share = g_new0(struct share, 1);
        share->role = known ? person.role : NULL;
        g_hash_table_insert(past->persons, g_strdup(name), share);
    }
    share->decisions++;
    for (guint i = 0; !owner && i < decision->participants->len; i++) {
        g_autofree char *address = address_of(decision->participants->pdata[i]);
        owner = is_owner(policy, address, &person);
    }
    past->by_owner += owner;
}

static void add_decision(struct past *past, const struct policy *policy,
                         const struct history_decision *decision)
{
    past->decisions++;
    add_person(past, policy, decision);
    for (guint i = 0; i < decision->items->len; i++) {
        const struct history_item *item = decision->items->pdata[i];
        g_hash_table_add(past->touched, g_strdup(item->id));
        for (guint j = 0; j < item->changes->len; j++)
            add_change(past, item->id, item->changes->pdata[j]);
    }
}

/* FALSE with an error where it cannot be read; *there tells whether there is a history at all. */
static gboolean gather(struct health_run *run, struct past *past, gboolean *there, GError **error)
{
    const struct policy *policy = run->backlog->policy;
    const struct history_wanted wanted = { .has_since = TRUE, .since = past->since };
    g_autoptr(GError) cause = NULL;
    g_autoptr(History) history = history_open_wanted(policy, &wanted, &cause);

    *there = history != NULL;
    for (struct history_decision *decision; history && (decision = history_next(history, &cause));) {
        add_decision(past, policy, decision);
        history_decision_free(decision);
    }
    /* What a shallow clone lacks may have been decided yesterday. */
    if (history && history_is_cut(history))
        *there = FALSE;
    if (cause && !g_error_matches(cause, REPO_ERROR, REPO_ERROR_NONE) &&
        !g_error_matches(cause, REPO_ERROR, REPO_ERROR_UNBORN)) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    return TRUE;
}

/* -- who decides -- */

static void check_owner(struct health_run *run, const struct past *past)
{
    const struct policy *policy = run->backlog->policy;
    g_autofree const char **roles = people_roles(policy);

    if (past->decisions < ENOUGH / 2 || past->by_owner || !g_strv_contains(roles, "product-owner"))
        return;
    health_report(
        run, "product-owner-absent", NULL, "team", "refine together, and say so: --with names who took part",
        "none of the %u decisions of the last %u days has a product owner in it", past->decisions, run->days);
}

static void check_deciders(struct health_run *run, const struct past *past)
{
    const struct share *most = NULL;
    const char *who = NULL;
    GHashTableIter iter;
    gpointer name, value;

    g_hash_table_iter_init(&iter, past->persons);
    while (g_hash_table_iter_next(&iter, &name, &value)) {
        const struct share *share = value;
        if (!most || share->decisions > most->decisions ||
            (share->decisions == most->decisions && strcmp(name, who) < 0)) {
            most = share;
            who = name;
        }
    }
    if (!most || past->decisions < ENOUGH || most->decisions < MOST * past->decisions)
        return;
    const char *role = most->role ? most->role : "person of no role in the policy";
    health_report(run, "few-deciders", NULL, "team",
                  "let others write down what was decided, and name who took part: --with",
                  "%u of the %u decisions of the last %u days are those of one %s%s%s", most->decisions,
                  past->decisions, run->days, role, run->wish->by_person ? ": " : "",
                  run->wish->by_person ? who : "");
}

/* -- what happens to items -- */

static GPtrArray *those_often(const struct health_run *run, GHashTable *counts)
{
    GPtrArray *items = g_ptr_array_new();

    for (guint i = 0; i < run->backlog->items->len; i++) {
        struct item *item = run->backlog->items->pdata[i];
        if (item->position && item->id && GPOINTER_TO_UINT(g_hash_table_lookup(counts, item->id)) >= OFTEN)
            g_ptr_array_add(items, item);
    }
    return items;
}

static void check_again(struct health_run *run, const struct past *past)
{
    g_autoptr(GPtrArray) readied = those_often(run, past->readied), resized = those_often(run, past->resized);
    const GPtrArray *items = readied->len ? readied : resized;
    g_autofree char *which = health_names(items);

    if (items->len)
        health_report(run, "re-refined", items->pdata[0], NULL,
                      "ask what keeps changing, and split that off, or answer it with a spike",
                      "%u item%s %s %s %u times or more in %u days: %s", items->len,
                      items->len == 1 ? "" : "s", items->len == 1 ? "was" : "were",
                      items == readied ? "declared ready" : "estimated anew", OFTEN, run->days, which);
}

/* The day on which the item was made, as seconds; G_MAXINT64 where it does not say. */
static gint64 created(const struct item *item)
{
    const char *day = item_text(item, FIELD_CREATED);
    g_autofree char *text = day ? g_strconcat(day, "T00:00:00Z", NULL) : NULL;
    g_autoptr(GDateTime) time = text ? g_date_time_new_from_iso8601(text, NULL) : NULL;
    return time ? g_date_time_to_unix(time) : G_MAXINT64;
}

static void check_stale(struct health_run *run, const struct past *past)
{
    g_autoptr(GPtrArray) stale = g_ptr_array_new();
    guint open = 0;

    for (guint i = 0; i < run->backlog->items->len; i++) {
        struct item *item = run->backlog->items->pdata[i];
        open += item->position > 0;
        if (item->position && item->id && item->status != STATUS_DOING && created(item) < past->since &&
            !g_hash_table_contains(past->touched, item->id))
            g_ptr_array_add(stale, item);
    }
    g_autofree char *which = health_names(stale);
    if (stale->len)
        health_report(
            run, "stale-item", stale->pdata[0], NULL,
            "ask whether anybody would miss them: refine set ID status=dropped -m … keeps the reason",
            "%u of %u open items: nothing was decided about them for %u days: %s", stale->len, open,
            run->days, which);
}

/* Items that came open: some are open yet, some were closed since. What is older came from elsewhere, with an
 * import, and not by saying yes to it. */
static guint count_added(const struct health_run *run, const struct past *past)
{
    GHashTableIter iter;
    gpointer id;
    guint added = 0;

    g_hash_table_iter_init(&iter, past->added);
    while (g_hash_table_iter_next(&iter, &id, NULL)) {
        const struct item *item = backlog_item(run->backlog, id);
        gboolean old = item && created(item) < past->since;
        added += !old && (g_hash_table_contains(past->closed, id) || (item && item->position));
    }
    return added;
}

static void check_growth(struct health_run *run, const struct past *past)
{
    guint added = count_added(run, past), closed = g_hash_table_size(past->closed);

    if (added < ENOUGH / 2 || added < 2 * MAX(closed, 1))
        return;
    double sprints = closed ? (double)run->horizon->open.items * HEALTH_SPRINTS / closed : 0;
    g_autofree char *last =
        sprints > 0 ? g_strdup_printf(", and what is open lasts %.0f sprints", sprints) : g_strdup("");
    health_report(run, "backlog-inflation", NULL, "refinement",
                  "say no earlier: what will never be begun is dropped with a reason",
                  "%u items came in the last %u days and %u were finished or dropped%s", added, run->days,
                  closed, last);
}

/* -- */

gboolean health_check_past(struct health_run *run, GError **error)
{
    g_autoptr(GDateTime) since = g_date_time_add_days(run->now, -(gint)run->days);
    g_autoptr(GHashTable) persons = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GHashTable) touched = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) readied = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) resized = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) added = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) closed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct past past = {
        .persons = persons,
        .touched = touched,
        .readied = readied,
        .resized = resized,
        .added = added,
        .closed = closed,
        .since = g_date_time_to_unix(since),
    };
    gboolean there;

    if (!gather(run, &past, &there, error))
        return FALSE;
    if (!there)
        return TRUE;
    check_owner(run, &past);
    check_deciders(run, &past);
    check_again(run, &past);
    check_stale(run, &past);
    check_growth(run, &past);
    return TRUE;
}
