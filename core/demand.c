#include "demand_private.h"

#include "clock.h"
#include "depends.h"

#include <string.h>

#define NONE G_MAXUINT

/* Items by their index in the backlog, and lists of them that go on by index. */
struct place {
    guint parent;
    guint target;        /* of a duplicate: what it repeats in the end */
    guint first_child;   /* duplicates among them too */
    guint next_child;    /* of the same parent */
    guint first_twin;    /* a duplicate of this one, through others too */
    guint next_twin;     /* of the same target */
    guint asked;         /* by so many */
    const char *latest;  /* a day; NULL: none */
    GPtrArray *requests; /* its own; NULL: none */
};

struct demand {
    const struct backlog *backlog;
    GHashTable *indexes; /* item -> index */
    struct place *places;
};

const char *request_source_name(enum request_source source)
{
    static const char *const names[] = { "own", "duplicate", "child", "parent" };
    return names[source];
}

/* -- what belongs to what -- */

static guint index_of(const struct demand *demand, const struct item *item)
{
    return item ? GPOINTER_TO_UINT(g_hash_table_lookup(demand->indexes, item)) : NONE;
}

static enum status status_at(const struct demand *demand, guint index)
{
    return ((const struct item *)demand->backlog->items->pdata[index])->status;
}

/* What the item is a part of; of a part of a duplicate that is what that repeats. */
static const struct item *find_parent(const struct depends *depends, const struct backlog *backlog,
                                      const struct item *item)
{
    const char *name = item_text(item, FIELD_PARENT);
    const struct item *parent = name ? backlog_named(backlog, name) : NULL;
    const struct item *original = parent ? depends_original(depends, parent) : NULL;

    parent = original ? original : parent;
    return parent == item ? NULL : parent;
}

static void link_items(struct demand *demand)
{
    const GPtrArray *items = demand->backlog->items;
    g_autoptr(Depends) depends = depends_new(demand->backlog);

    for (guint i = 0; i < items->len; i++)
        g_hash_table_insert(demand->indexes, items->pdata[i], GUINT_TO_POINTER(i));
    /* From the last to the first, so that lists are in the order of the backlog. */
    for (guint i = items->len; i-- > 0;) {
        struct place *place = &demand->places[i];
        place->parent = index_of(demand, find_parent(depends, demand->backlog, items->pdata[i]));
        place->target = index_of(demand, depends_original(depends, items->pdata[i]));
        if (place->parent != NONE) {
            place->next_child = demand->places[place->parent].first_child;
            demand->places[place->parent].first_child = i;
        }
        if (place->target != NONE) {
            place->next_twin = demand->places[place->target].first_twin;
            demand->places[place->target].first_twin = i;
        }
    }
}

/* -- counting -- */

/* What one asker asked for, item by item. */
struct wish {
    guint index;
    const char *day; /* NULL: not known */
};

static const char *day_of(const struct request *request)
{
    return request->on && clock_is_day(request->on) ? request->on : NULL;
}

/* The later day first; none is last. */
static int compare_days(const char *a, const char *b)
{
    return a && b ? strcmp(b, a) : (a == NULL) - (b == NULL);
}

static int compare_wishes(gconstpointer a, gconstpointer b)
{
    const struct wish *one = a, *other = b;
    return compare_days(one->day, other->day);
}

/* Who asked for what: asker -> array of struct wish. */
static GHashTable *group_by_asker(const struct demand *demand)
{
    GHashTable *askers = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);

    for (guint i = 0; i < demand->backlog->items->len; i++) {
        const GPtrArray *requests = demand->places[i].requests;
        for (guint j = 0; requests && j < requests->len; j++) {
            const struct request *request = requests->pdata[j];
            struct wish wish = { i, day_of(request) };
            if (!request->asker)
                continue;
            GArray *wishes = g_hash_table_lookup(askers, request->asker);
            if (!wishes) {
                wishes = g_array_new(FALSE, FALSE, sizeof(struct wish));
                g_hash_table_insert(askers, request->asker, wishes);
            }
            g_array_append_val(wishes, wish);
        }
    }
    return askers;
}

/* The items that one asker's wishes were counted for hold the number of that asker. */
struct tally {
    struct demand *demand;
    guint *counted;
    guint *inherited; /* those from which it went on to children and targets */
    guint asker;      /* from 1 */
    GArray *waiting;  /* guint */
};

/* Counts for the item and all that it belongs to. Where one is counted, all above it are. */
static void climb(const struct tally *tally, guint index, const char *day)
{
    while (index != NONE && tally->counted[index] != tally->asker) {
        struct place *place = &tally->demand->places[index];
        tally->counted[index] = tally->asker;
        place->asked++;
        if (compare_days(day, place->latest) < 0)
            place->latest = day;
        index = place->target != NONE ? place->target : place->parent;
    }
}

/* Counts a wish: for its item and all that carries the work of that. */
static void count_wish(const struct tally *tally, const struct wish *wish)
{
    const struct place *places = tally->demand->places;

    g_array_append_val(tally->waiting, wish->index);
    while (tally->waiting->len > 0) {
        guint index = g_array_index(tally->waiting, guint, tally->waiting->len - 1);
        g_array_set_size(tally->waiting, tally->waiting->len - 1);
        if (tally->inherited[index] == tally->asker)
            continue;
        tally->inherited[index] = tally->asker;
        climb(tally, index, wish->day);
        if (places[index].target != NONE)
            g_array_append_val(tally->waiting, places[index].target);
        if (status_at(tally->demand, index) != STATUS_SPLIT)
            continue;
        for (guint child = places[index].first_child; child != NONE; child = places[child].next_child)
            g_array_append_val(tally->waiting, child);
    }
}

/* An asker's latest wishes come first, so that the first count of an item is of its latest day. */
static void count_all(struct demand *demand)
{
    g_autoptr(GHashTable) askers = group_by_asker(demand);
    g_autofree guint *counted = g_new0(guint, demand->backlog->items->len + 1);
    g_autofree guint *inherited = g_new0(guint, demand->backlog->items->len + 1);
    g_autoptr(GArray) waiting = g_array_new(FALSE, FALSE, sizeof(guint));
    struct tally tally = { demand, counted, inherited, 0, waiting };
    GHashTableIter iter;
    gpointer wishes;

    g_hash_table_iter_init(&iter, askers);
    while (g_hash_table_iter_next(&iter, NULL, &wishes)) {
        GArray *list = wishes;
        tally.asker++;
        g_array_sort(list, compare_wishes);
        for (guint i = 0; i < list->len; i++)
            count_wish(&tally, &g_array_index(list, struct wish, i));
    }
}

struct demand *demand_new(struct backlog *backlog)
{
    struct demand *demand = g_new0(struct demand, 1);
    g_autofree GPtrArray **requests = demand_read_all(backlog);
    const struct place nowhere = { NONE, NONE, NONE, NONE, NONE, NONE, 0, NULL, NULL };

    demand->backlog = backlog;
    demand->indexes = g_hash_table_new(NULL, NULL);
    demand->places = g_new0(struct place, backlog->items->len + 1);
    for (guint i = 0; i < backlog->items->len; i++) {
        demand->places[i] = nowhere;
        demand->places[i].requests = requests[i];
    }
    link_items(demand);
    count_all(demand);
    return demand;
}

void demand_free(struct demand *demand)
{
    if (!demand)
        return;
    for (guint i = 0; i < demand->backlog->items->len; i++)
        if (demand->places[i].requests)
            g_ptr_array_unref(demand->places[i].requests);
    g_hash_table_unref(demand->indexes);
    g_free(demand->places);
    g_free(demand);
}

static struct place *place_of(const struct demand *demand, const struct item *item)
{
    return &demand->places[GPOINTER_TO_UINT(g_hash_table_lookup(demand->indexes, item))];
}

guint demand_count(const struct demand *demand, const struct item *item)
{
    return place_of(demand, item)->asked;
}

const char *demand_latest(const struct demand *demand, const struct item *item)
{
    return place_of(demand, item)->latest;
}

const GPtrArray *demand_own(const struct demand *demand, const struct item *item)
{
    return place_of(demand, item)->requests;
}

static int compare_counts(gconstpointer a, gconstpointer b, gpointer data)
{
    guint one = demand_count(data, *(const struct item *const *)a);
    guint other = demand_count(data, *(const struct item *const *)b);
    return one > other ? -1 : one < other;
}

GPtrArray *demand_rank(const struct demand *demand)
{
    GPtrArray *ranked = g_ptr_array_new();

    for (guint i = 0; i < demand->backlog->items->len; i++) {
        struct item *item = demand->backlog->items->pdata[i];
        if (demand->places[i].asked && demand->places[i].target == NONE)
            g_ptr_array_add(ranked, item);
    }
    g_ptr_array_sort_with_data(ranked, compare_counts, (gpointer)demand);
    return ranked;
}

/* -- the requests of one item -- */

/* The items whose requests count for one. */
struct gathering {
    const struct demand *demand;
    GHashTable *sources; /* index -> source, for those in order */
    GArray *order;       /* guint */
};

static void gather(struct gathering *gathering, guint index, enum request_source source)
{
    if (index == NONE || g_hash_table_contains(gathering->sources, GUINT_TO_POINTER(index)))
        return;
    g_hash_table_insert(gathering->sources, GUINT_TO_POINTER(index), GUINT_TO_POINTER(source));
    g_array_append_val(gathering->order, index);
}

static enum request_source source_of(const struct gathering *gathering, guint index)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(gathering->sources, GUINT_TO_POINTER(index)));
}

/* Those that belong to the item: the way of climb back. */
static void gather_below(struct gathering *gathering, guint index)
{
    const struct place *places = gathering->demand->places;

    gather(gathering, index, REQUEST_OWN);
    for (guint i = 0; i < gathering->order->len; i++) {
        guint at = g_array_index(gathering->order, guint, i);
        gboolean child = source_of(gathering, at) == REQUEST_CHILD;
        for (guint twin = places[at].first_twin; twin != NONE; twin = places[twin].next_twin)
            gather(gathering, twin, child ? REQUEST_CHILD : REQUEST_DUPLICATE);
        for (guint part = places[at].first_child; part != NONE; part = places[part].next_child)
            if (places[part].target == NONE)
                gather(gathering, part, REQUEST_CHILD);
    }
}

/* And those of which these do the work: the way of count_wish back. */
static void gather_above(struct gathering *gathering)
{
    const struct place *places = gathering->demand->places;

    for (guint i = 0; i < gathering->order->len; i++) {
        guint at = g_array_index(gathering->order, guint, i);
        guint parent = places[at].parent;
        if (parent != NONE && status_at(gathering->demand, parent) == STATUS_SPLIT)
            gather(gathering, parent, REQUEST_PARENT);
        for (guint twin = places[at].first_twin; twin != NONE; twin = places[twin].next_twin)
            gather(gathering, twin, REQUEST_PARENT);
    }
}

int demanded_compare(gconstpointer a, gconstpointer b)
{
    const struct demanded *one = *(const struct demanded *const *)a;
    const struct demanded *other = *(const struct demanded *const *)b;
    return compare_days(day_of(one->request), day_of(other->request));
}

GPtrArray *demand_requests(const struct demand *demand, const struct item *item)
{
    g_autoptr(GHashTable) sources = g_hash_table_new(NULL, NULL);
    g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(guint));
    struct gathering gathering = { demand, sources, order };
    GPtrArray *found = g_ptr_array_new_with_free_func(g_free);

    gather_below(&gathering, GPOINTER_TO_UINT(g_hash_table_lookup(demand->indexes, item)));
    gather_above(&gathering);
    for (guint i = 0; i < order->len; i++) {
        guint index = g_array_index(order, guint, i);
        const GPtrArray *requests = demand->places[index].requests;
        for (guint j = 0; requests && j < requests->len; j++) {
            struct demanded *one = g_new(struct demanded, 1);
            *one = (struct demanded){ requests->pdata[j], source_of(&gathering, index) };
            g_ptr_array_add(found, one);
        }
    }
    g_ptr_array_sort(found, demanded_compare);
    return found;
}

gboolean demand_has(const struct demand *demand, const struct item *item, const char *who)
{
    g_autofree char *asker = demand_count(demand, item) ? demand_asker(demand->backlog->policy, who) : NULL;
    g_autoptr(GPtrArray) requests = asker ? demand_requests(demand, item) : NULL;

    for (guint i = 0; requests && i < requests->len; i++)
        if (g_strcmp0(((const struct demanded *)requests->pdata[i])->request->asker, asker) == 0)
            return TRUE;
    return FALSE;
}
