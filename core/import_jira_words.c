#include "import_jira_words.h"

#include "import.h"

#include <string.h>

struct word {
    const char *name;
    enum status status;
};

/* "Ready" is not ours: only refine ready says so, by the team's own rules. */
static const struct word statuses[] = {
    { "to do", STATUS_NEW },
    { "todo", STATUS_NEW },
    { "open", STATUS_NEW },
    { "new", STATUS_NEW },
    { "backlog", STATUS_NEW },
    { "reopened", STATUS_NEW },
    { "zu erledigen", STATUS_NEW },
    { "offen", STATUS_NEW },
    { "ready", STATUS_REFINING },
    { "ready for development", STATUS_REFINING },
    { "ready for dev", STATUS_REFINING },
    { "selected for development", STATUS_REFINING },
    { "in refinement", STATUS_REFINING },
    { "refinement", STATUS_REFINING },
    { "refining", STATUS_REFINING },
    { "in grooming", STATUS_REFINING },
    { "grooming", STATUS_REFINING },
    { "in progress", STATUS_DOING },
    { "in development", STATUS_DOING },
    { "in review", STATUS_DOING },
    { "code review", STATUS_DOING },
    { "testing", STATUS_DOING },
    { "in testing", STATUS_DOING },
    { "patch available", STATUS_DOING },
    { "in arbeit", STATUS_DOING },
    { "done", STATUS_DONE },
    { "closed", STATUS_DONE },
    { "resolved", STATUS_DONE },
    { "fertig", STATUS_DONE },
    { "erledigt", STATUS_DONE },
    { "released", STATUS_RELEASED },
    { "won't do", STATUS_DROPPED },
    { "wont do", STATUS_DROPPED },
    { "won't fix", STATUS_DROPPED },
    { "rejected", STATUS_DROPPED },
    { "cancelled", STATUS_DROPPED },
    { "canceled", STATUS_DROPPED },
};

/* Resolutions of what was not done. */
static const char *const undone[] = {
    "won't do",         "wont do",      "won't fix",         "wont fix",      "duplicate",
    "cannot reproduce", "invalid",      "not a bug",         "not a problem", "declined",
    "incomplete",       "abandoned",    "rejected",          "obsolete",      "won't implement",
    "cancelled",        "canceled",     "works as designed", "works for me",  "information provided",
    "auto closed",      "not an issue",
};

static gboolean find_word(const char *name, enum status *status)
{
    for (gsize i = 0; i < G_N_ELEMENTS(statuses); i++) {
        if (g_ascii_strcasecmp(statuses[i].name, name) != 0)
            continue;
        *status = statuses[i].status;
        return TRUE;
    }
    return FALSE;
}

static gboolean is_undone(const char *resolution)
{
    for (gsize i = 0; i < G_N_ELEMENTS(undone); i++)
        if (g_ascii_strcasecmp(undone[i], resolution) == 0)
            return TRUE;
    return FALSE;
}

enum status import_jira_status(const char *name, const char *category, const char *resolution,
                               gboolean *known)
{
    enum status status = STATUS_NEW, wide = STATUS_NEW;
    gboolean named = find_word(name, &status), is_wide = find_word(category, &wide);

    *known = named || is_wide;
    /* A category is the site's own word, and has only three values: a name that is known says more where the
     * two go together. */
    if (is_wide && !(named && wide == STATUS_NEW && status == STATUS_REFINING) &&
        !(named && wide == STATUS_DONE && (status == STATUS_DROPPED || status == STATUS_RELEASED)))
        status = wide;
    return status == STATUS_DONE && is_undone(resolution) ? STATUS_DROPPED : status;
}

gboolean import_jira_is_plain_resolution(const char *resolution)
{
    return !*resolution || g_ascii_strcasecmp(resolution, "Unresolved") == 0 ||
           g_ascii_strcasecmp(resolution, "Done") == 0;
}

gboolean import_jira_is_plain_status(const char *name, enum status status)
{
    static const struct word plain[] = { { "to do", STATUS_NEW },
                                         { "in progress", STATUS_DOING },
                                         { "done", STATUS_DONE } };

    for (gsize i = 0; i < G_N_ELEMENTS(plain); i++)
        if (plain[i].status == status && g_ascii_strcasecmp(plain[i].name, name) == 0)
            return TRUE;
    return !*name || g_ascii_strcasecmp(status_names()[status], name) == 0;
}

const char *import_jira_type(const struct policy *policy, const char *word)
{
    static const char *const types[][2] = {
        { "new feature", "story" }, { "feature", "story" },    { "improvement", "story" },
        { "enhancement", "story" }, { "user story", "story" }, { "defect", "bug" },
        { "fehler", "bug" },        { "research", "spike" },
    };
    const char *wanted = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(types); i++)
        if (g_ascii_strcasecmp(types[i][0], word) == 0)
            wanted = types[i][1];
    return import_type(policy, *word ? word : NULL, wanted);
}
