#include "completion_value.h"

#include "alias.h"
#include "external.h"
#include "history_kind.h"

#include <string.h>

/* Commands, programs refine-NAME, and aliases where nothing else is meant: to know them, git's configuration
 * has to be read. */
static void offer_commands(struct completion *completion)
{
    g_auto(GStrv) external = external_names();

    for (gsize i = 0; command_table()[i]; i++)
        completion_add(completion, command_table()[i]->name, command_table()[i]->summary, FALSE);
    for (gsize i = 0; external[i]; i++)
        completion_add(completion, external[i], "a program of its own", FALSE);
    if (completion->candidates->len > 0)
        return;
    g_auto(GStrv) aliases = alias_names();
    for (gsize i = 0; aliases[i]; i++) {
        g_autofree char *value = alias_find(aliases[i]);
        completion_add(completion, aliases[i], value, FALSE);
    }
}

/* The words that a summary begins with: "error (the default), warning or note: …". */
static char **words_of_summary(const char *summary)
{
    g_autofree char *list = g_strndup(summary, strcspn(summary, ":;"));
    g_auto(GStrv) parts = g_regex_split_simple("\\s*\\([^)]*\\)|,\\s*|\\s+or\\s+", list, 0, 0);
    GStrvBuilder *builder = g_strv_builder_new();

    for (gsize i = 0; parts[i]; i++)
        if (*parts[i] && !strchr(parts[i], ' '))
            g_strv_builder_add(builder, parts[i]);
    char **words = g_strv_builder_end(builder);
    g_strv_builder_unref(builder);
    return words;
}

static void offer_words(struct completion *completion, const char *summary)
{
    g_auto(GStrv) words = words_of_summary(summary);

    for (gsize i = 0; words[i]; i++)
        completion_add(completion, words[i], NULL, FALSE);
}

/* "fields" among the words stands for all of them. */
static void offer_list(struct completion *completion, const char *summary)
{
    g_auto(GStrv) words = words_of_summary(summary);
    g_autoptr(GPtrArray) others = g_ptr_array_new();

    for (gsize i = 0; words[i]; i++)
        if (strcmp(words[i], "fields") != 0)
            g_ptr_array_add(others, words[i]);
    g_ptr_array_add(others, NULL);
    complete_columns(completion, (const char *const *)others->pdata);
}

static void offer_labels(struct completion *completion)
{
    complete_values(completion, FIELD_LABELS);
}

static void offer_types(struct completion *completion)
{
    complete_values(completion, FIELD_TYPE);
}

static void offer_scale(struct completion *completion)
{
    complete_values(completion, FIELD_ESTIMATE);
}

static void offer_sprints(struct completion *completion)
{
    complete_values(completion, FIELD_SPRINT);
}

static void offer_fields(struct completion *completion)
{
    for (gsize i = 0; i < N_FIELDS; i++)
        completion_add(completion, field_table()[i].name, field_table()[i].summary, FALSE);
}

/* What log --field takes. */
static void offer_parts(struct completion *completion)
{
    g_auto(GStrv) sections = part_sections();

    offer_fields(completion);
    for (gsize i = 0; sections[i]; i++)
        completion_add(completion, sections[i], "a section", FALSE);
}

/* What log --kind takes. */
static void offer_changes(struct completion *completion)
{
    for (const struct history_kind *kind = kind_table(); kind->word; kind++)
        completion_add(completion, kind->word, kind->summary, FALSE);
    for (const char *const *status = status_names(); *status; status++)
        completion_add(completion, *status, "the status was set", FALSE);
}

/* Some of what moment.h takes: the words show how it is written. */
static void offer_dates(struct completion *completion)
{
    static const char *const dates[] = { "today", "yesterday", "1.week", "2.weeks", "1.month", "1.year" };

    for (gsize i = 0; i < G_N_ELEMENTS(dates); i++)
        completion_add(completion, dates[i], NULL, FALSE);
}

/* What the tables call a value, and what it can be. */
static const struct kind {
    const char *name;
    void (*offer)(struct completion *completion);
} kinds[] = {
    { "RULE", complete_rules },    { "ID", complete_ids },          { "WHO", complete_people },
    { "ASKER", complete_askers },  { "WHOM", complete_addressees }, { "NAME", complete_people },
    { "LABEL", offer_labels },     { "TYPE", offer_types },         { "VALUE", offer_scale },
    { "FIELD", offer_fields },     { "SPRINT", offer_sprints },     { "COMMIT", complete_decisions },
    { "QUERY", complete_term },    { "COMMAND", offer_commands },   { "KEY=VALUE", complete_assignment },
    { "REV", complete_revisions }, { "PART", offer_parts },         { "CHANGE", offer_changes },
    { "DATE", offer_dates },
};

void completion_of_kinds(struct completion *completion, const struct command *command)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();

    if (command->add_kinds)
        command->add_kinds(words);
    for (guint i = 0; i < words->len; i++)
        completion_add(completion, words->pdata[i], NULL, FALSE);
}

gboolean completion_of_ids(struct completion *completion, const struct command *command, gboolean revoked)
{
    const unsigned unready = 1u << STATUS_NEW | 1u << STATUS_REFINING;
    const unsigned ready = 1u << STATUS_READY | 1u << STATUS_DOING;
    const char *word = completion->word;

    if (strcmp(command->name, "ready") != 0 || strchr(word, '/') || *word == '.')
        return FALSE;
    complete_ids_of(completion, revoked ? ready : unready);
    return TRUE;
}

void completion_of_number(struct completion *completion, const struct command *command)
{
    static const struct kind counted[] = {
        { "answer", complete_questions },
        { "assume", complete_assumptions },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(counted); i++)
        if (strcmp(counted[i].name, command->name) == 0)
            counted[i].offer(completion);
}

enum completion_paths completion_of_kind(struct completion *completion, const char *name, const char *summary)
{
    const char *word = completion->word;

    if (strcmp(name, "DIR") == 0)
        return COMPLETION_FOLDERS;
    if (strcmp(name, "FILE") == 0 || strcmp(name, "PATH") == 0)
        return COMPLETION_FILES;
    if (strcmp(name, "ID") == 0 && (strchr(word, '/') || *word == '.'))
        return COMPLETION_FILES;
    if (strcmp(name, "FORMAT") == 0 || strcmp(name, "WHEN") == 0 || strcmp(name, "LEVEL") == 0 ||
        strcmp(name, "PATTERN") == 0)
        offer_words(completion, summary);
    if (strcmp(name, "LIST") == 0)
        offer_list(completion, summary);
    if (g_ascii_islower(*name))
        completion_add(completion, name, NULL, FALSE);
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (strcmp(kinds[i].name, name) == 0)
            kinds[i].offer(completion);
    return COMPLETION_NO_PATHS;
}

enum completion_paths completion_of_option(struct completion *completion, const struct option *option)
{
    const char *argument = option->argument;

    if (option->kind != OPTION_ORDERED || argument[0] != 'N' || !strchr("=:", argument[1]))
        return completion_of_kind(completion, argument, option->summary);
    const char behind[] = { argument[1], '\0' };
    /* Behind a colon stands another criterion, or what is none. */
    if (argument[1] == '=' || strcmp(argument, "N:M") == 0 || !strchr(completion->word, ':'))
        complete_criteria(completion, behind);
    return COMPLETION_NO_PATHS;
}
