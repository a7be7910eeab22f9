#include "field.h"

#include <string.h>

static const struct field table[N_FIELDS] = {
    { FIELD_TITLE, "title", FIELD_TEXT, NULL, "what it is, in one line" },
    { FIELD_ID, "id", FIELD_KEY, "an id never changes; it is in the file's name and in history",
      "the item's name for life" },
    { FIELD_RANK, "rank", FIELD_KEY, NULL, "the key that orders the backlog" },
    { FIELD_TYPE, "type", FIELD_CHOICE, NULL, "story, bug, task, spike, epic, or what the policy names" },
    { FIELD_STATUS, "status", FIELD_CHOICE, NULL, "how far it is: new to released, or split, dropped" },
    { FIELD_CREATED, "created", FIELD_DAY, NULL, "the day it was written down" },
    { FIELD_ESTIMATE, "estimate", FIELD_CHOICE, NULL, "a value of the policy's scale" },
    { FIELD_PARENT, "parent", FIELD_REFERENCE, NULL, "the item it is a part of" },
    { FIELD_STAMP, "stamp", FIELD_TEXT, "a stamp is set when an item is declared ready",
      "digests of what was agreed when it was declared ready" },
    { FIELD_OWNER, "owner", FIELD_TEXT, NULL, "who looks after it" },
    { FIELD_GOAL, "goal", FIELD_CHOICE, NULL, "the product goal it serves, one of the policy's" },
    { FIELD_SPRINT, "sprint", FIELD_TEXT, NULL, "the sprint it is planned for" },
    { FIELD_VALUE, "value", FIELD_TEXT, NULL, "what it is worth, as a ground for its order" },
    { FIELD_RISK, "risk", FIELD_TEXT, NULL, "what could go wrong, as a ground for its order" },
    { FIELD_APPROACH, "approach", FIELD_TEXT, NULL, "trivial, where no Approach section is needed" },
    { FIELD_DUPLICATE_OF, "duplicate-of", FIELD_REFERENCE, NULL, "the item that a dropped one repeats" },
    { FIELD_LABELS, "labels", FIELD_LIST, NULL, "words to find it by" },
    { FIELD_DEPENDS, "depends", FIELD_REFERENCES, NULL, "items that must come first, or none" },
    { FIELD_ALIASES, "aliases", FIELD_LIST, NULL, "what other trackers call it" },
    { FIELD_DESIGNS, "designs", FIELD_LIST, NULL, "paths in the repository, or links" },
    { FIELD_ASSUMPTIONS, "assumptions", FIELD_RECORDS,
      "edit the file: each entry is a map with belief, test and result",
      "beliefs with their test and result" },
    { FIELD_FEEDBACK, "feedback", FIELD_RECORDS,
      "edit the file: each entry is a map with from, on, says and via",
      "who asked for it, when, and what they said" },
    { FIELD_VOTES, "votes", FIELD_MAP, NULL, "the estimates of the last round" },
    { FIELD_WAIVE, "waive", FIELD_MAP, NULL, "rules that do not hold for it, each with the reason" },
};

const struct field *field_table(void)
{
    return table;
}

const struct field *field_find(const char *name)
{
    for (gsize i = 0; i < N_FIELDS; i++)
        if (table[i].name[0] == name[0] && strcmp(table[i].name, name) == 0)
            return &table[i];
    return NULL;
}

const char **field_order(void)
{
    const char **order = g_new0(const char *, N_FIELDS + 1);
    for (gsize i = 0; i < N_FIELDS; i++)
        order[i] = table[i].name;
    return order;
}

gboolean field_is_list(const struct field *field)
{
    return field->kind == FIELD_LIST || field->kind == FIELD_REFERENCES || field->kind == FIELD_RECORDS;
}

static const char *const statuses[] = { "new",      "refining", "ready",   "doing", "done",
                                        "released", "split",    "dropped", NULL };

const char *const *status_names(void)
{
    return statuses;
}

enum status status_parse(const char *name)
{
    for (int i = 0; name && i < N_STATUSES; i++)
        if (strcmp(name, statuses[i]) == 0)
            return (enum status)i;
    return STATUS_UNKNOWN;
}

gboolean status_is_open(enum status status)
{
    return status <= STATUS_DOING || status == STATUS_UNKNOWN;
}
