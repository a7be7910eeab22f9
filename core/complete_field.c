#include "complete_private.h"

#include "people.h"
#include "query_computed.h"
#include "query_saved.h"

#include <string.h>

/* -- values -- */

/* Every value of the field that an item has, with how many have it, the most used first. */
struct use {
    const char *text;
    guint count;
};

static gint compare_uses(gconstpointer a, gconstpointer b)
{
    const struct use *one = a, *other = b;
    if (one->count != other->count)
        return one->count > other->count ? -1 : 1;
    return strcmp(one->text, other->text);
}

static void add_used(struct completion *completion, enum field_id field)
{
    struct backlog *backlog = completion_backlog(completion);
    g_autoptr(GHashTable) indexes = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GArray) uses = g_array_new(FALSE, FALSE, sizeof(struct use));

    if (!backlog)
        return;
    backlog_load(backlog);
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct value *value = item_field(backlog->items->pdata[i], field);
        for (guint j = 0; value && j < value->count; j++) {
            guint index = GPOINTER_TO_UINT(g_hash_table_lookup(indexes, value->texts[j]));
            if (index == 0 && *value->texts[j]) {
                struct use use = { value->texts[j], 0 };
                g_array_append_val(uses, use);
                index = uses->len;
                g_hash_table_insert(indexes, (gpointer)use.text, GUINT_TO_POINTER(index));
            }
            if (index > 0)
                g_array_index(uses, struct use, index - 1).count++;
        }
    }
    g_array_sort(uses, compare_uses);
    for (guint i = 0; i < uses->len; i++) {
        const struct use *use = &g_array_index(uses, struct use, i);
        g_autofree char *help = g_strdup_printf(use->count == 1 ? "%u item" : "%u items", use->count);
        completion_add(completion, use->text, help, FALSE);
    }
}

static const char *goal_text(const struct policy *policy, const char *id)
{
    const struct node *goals = policy_get(policy, "goals");
    for (const struct node *goal = goals ? goals->first : NULL; goal; goal = goal->next) {
        const struct node *named = node_find(goal, "id"), *says = node_find(goal, "says");
        if (named && named->kind == NODE_SCALAR && strcmp(named->text, id) == 0)
            return says && says->kind == NODE_SCALAR ? says->text : NULL;
    }
    return NULL;
}

/* What a name of the scale counts; NULL where that is the name itself. */
static char *weight_text(const struct policy *policy, const char *estimate)
{
    double weight;

    if (g_ascii_isdigit(*estimate) || !policy_weight(policy, estimate, &weight))
        return NULL;
    return g_strdup_printf("weighs %g", weight);
}

static void add_choices(struct completion *completion, enum field_id field)
{
    const struct policy *policy = completion_policy(completion);
    g_autofree const char **choices = policy ? policy_choices(policy, field) : NULL;

    for (gsize i = 0; choices && choices[i]; i++) {
        g_autofree char *weight = field == FIELD_ESTIMATE ? weight_text(policy, choices[i]) : NULL;
        const char *goal = field == FIELD_GOAL ? goal_text(policy, choices[i]) : NULL;
        completion_add(completion, choices[i], goal ? goal : weight, FALSE);
    }
}

/* Without a team, whoever has an item. */
static void add_owners(struct completion *completion)
{
    const struct policy *policy = completion_policy(completion);
    const struct node *team = policy ? policy_get(policy, "team") : NULL;

    if (team && team->count > 0)
        complete_people(completion);
    else
        add_used(completion, FIELD_OWNER);
}

void complete_values(struct completion *completion, enum field_id field)
{
    const struct field *known = &field_table()[field];

    switch (known->kind) {
    case FIELD_CHOICE:
        add_choices(completion, field);
        break;
    case FIELD_REFERENCE:
    case FIELD_REFERENCES:
        complete_ids(completion);
        break;
    case FIELD_LIST:
    case FIELD_MAP:
        add_used(completion, field);
        break;
    case FIELD_TEXT:
        if (field == FIELD_OWNER)
            add_owners(completion);
        else if (field != FIELD_TITLE && field != FIELD_STAMP)
            add_used(completion, field);
        break;
    case FIELD_KEY:
        if (field == FIELD_ID)
            complete_ids(completion);
        break;
    case FIELD_DAY:
    case FIELD_RECORDS:
        break;
    }
}

/* Leaves out what stands in the settled part of the list already. */
static void drop_given(struct completion *completion, gsize from)
{
    g_autofree char *before = g_strndup(completion->word + from, completion->settled - from);
    g_auto(GStrv) given = g_strsplit(before, ",", -1);

    for (gsize i = 0; given[i]; i++)
        completion_drop(completion, given[i]);
}

void complete_columns(struct completion *completion, const char *const *others)
{
    gsize from = completion->settled;

    completion_settle(completion, ",");
    for (gsize i = 0; others[i]; i++)
        completion_add(completion, others[i], NULL, FALSE);
    for (gsize i = 0; i < N_FIELDS; i++)
        completion_add(completion, field_table()[i].name, field_table()[i].summary, FALSE);
    drop_given(completion, from);
}

/* -- terms of a query -- */

static void add_saved(struct completion *completion)
{
    const struct policy *policy = completion_policy(completion);
    g_autofree const char **names = policy ? query_saved_names(policy) : NULL;

    for (gsize i = 0; names && names[i]; i++) {
        g_autofree char *word = g_strconcat("@", names[i], NULL);
        g_autofree char *terms = query_saved_text(policy, names[i]);
        completion_add(completion, word, terms, FALSE);
    }
}

/* "status:", and once the name stands there, what else can follow it. */
static void add_key(struct completion *completion, const char *name, const char *summary, const char *usual,
                    const char *const *others)
{
    const char *rest = completion_rest(completion);
    g_autofree char *text = g_strconcat(name, usual, NULL);

    completion_add(completion, text, summary, TRUE);
    for (gsize i = 0; g_str_has_prefix(rest, name) && others[i]; i++) {
        g_autofree char *other = g_strconcat(name, others[i], NULL);
        completion_add(completion, other, summary, TRUE);
    }
}

static void add_keys(struct completion *completion)
{
    static const char *const others[] = { "!=", NULL };

    add_saved(completion);
    for (gsize i = 0; i < N_FIELDS; i++)
        if (!computed_find(field_table()[i].name))
            add_key(completion, field_table()[i].name, field_table()[i].summary, ":", others);
    for (const struct computed *row = computed_table(); row->name; row++)
        add_key(completion, row->name, row->summary, ":", others);
}

/* What a key that is worked out can be. */
static void add_computed(struct completion *completion, const struct computed *computed)
{
    for (gsize i = 0; computed->choices && computed->choices[i]; i++)
        completion_add(completion, computed->choices[i], NULL, FALSE);
    if (computed->askers)
        complete_askers(completion);
    if (!computed->people)
        return;
    completion_add(completion, "@me", "you", FALSE);
    complete_addressees(completion);
}

/* The operator in a word, or NULL. */
static const char *find_operator(const char *word)
{
    const char *colon = strchr(word, ':'), *unequal = strstr(word, "!=");
    return unequal && (!colon || unequal < colon) ? unequal + 2 : colon ? colon + 1 : NULL;
}

void complete_term(struct completion *completion)
{
    const char *value = find_operator(completion->word), *dots = value ? strstr(value, "..") : NULL;

    if (!value) {
        add_keys(completion);
        return;
    }
    gsize key = strcspn(completion->word, ":!"), from = (gsize)(value - completion->word);
    g_autofree char *name = g_strndup(completion->word, key);
    const struct field *field = field_find(name);
    const struct computed *computed = computed_find(name);
    if (!field && !computed)
        return;
    completion->settled = dots ? (gsize)(dots + 2 - completion->word) : from;
    completion_settle(completion, ",");
    if (computed)
        add_computed(completion, computed);
    else
        complete_values(completion, field->id);
    if (field && (field->id == FIELD_OWNER || field->id == FIELD_VOTES))
        completion_add(completion, "@me", "you", FALSE);
    drop_given(completion, from);
}

/* -- assignments -- */

static void complete_rank(struct completion *completion)
{
    const char *rest = completion_rest(completion);

    if (g_str_has_prefix(rest, "before:") || g_str_has_prefix(rest, "after:")) {
        completion_settle(completion, ":");
        complete_ids(completion);
        return;
    }
    completion_add(completion, "top", "before all others", FALSE);
    completion_add(completion, "bottom", "behind all others", FALSE);
    completion_add(completion, "before:", "before an item", TRUE);
    completion_add(completion, "after:", "behind an item", TRUE);
}

void complete_assignment(struct completion *completion)
{
    static const char *const of_lists[] = { "-=", "=", NULL }, *const of_others[] = { NULL };
    const char *equal = strchr(completion->word, '=');

    for (gsize i = 0; !equal && i < N_FIELDS; i++) {
        const struct field *field = &field_table()[i];
        gboolean list = field_is_list(field);
        if (!field->instead && field->kind != FIELD_MAP)
            add_key(completion, field->name, field->summary, list ? "+=" : "=", list ? of_lists : of_others);
    }
    if (!equal)
        return;
    gsize key = (gsize)(equal - completion->word);
    key -= key > 0 && (equal[-1] == '+' || equal[-1] == '-');
    g_autofree char *name = g_strndup(completion->word, key);
    const struct field *field = field_find(name);
    completion->settled = (gsize)(equal + 1 - completion->word);
    if (field && field->id == FIELD_RANK)
        complete_rank(completion);
    else if (field && equal[-1] == '-' && field_is_list(field) && completion_add_own(completion, field))
        return;
    else if (field && !field->instead)
        complete_values(completion, field->id);
}
