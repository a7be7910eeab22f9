#include "custom_private.h"

/* "story", "story or bug", "story, bug or spike". */
static void append_choice(GString *out, char **words)
{
    for (gsize i = 0; words[i]; i++)
        g_string_append_printf(out, "%s%s", i == 0 ? "" : words[i + 1] ? ", " : " or ", words[i]);
}

/* Of which items it is asked, in front of what it says. */
static void append_when(GString *out, const struct custom *custom)
{
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();

    for (int i = 0; i < N_STATUSES; i++)
        if (custom->statuses & 1U << i)
            g_strv_builder_add(names, status_names()[i]);
    g_auto(GStrv) statuses = g_strv_builder_end(names);
    if (custom->types || custom->labels || statuses[0])
        g_string_append(out, "items");
    if (custom->types)
        append_choice(g_string_append(out, " of the type "), custom->types);
    if (custom->labels)
        append_choice(g_string_append(out, custom->types ? " and labelled " : " labelled "), custom->labels);
    if (statuses[0])
        append_choice(g_string_append(out, " that are "), statuses);
    if (out->len)
        g_string_append(out, ": ");
}

void custom_word(struct custom *custom)
{
    GString *words = g_string_new(NULL);

    append_when(words, custom);
    if (custom->section)
        g_string_append_printf(words, "the section %s ", custom->section);
    else if (custom->field)
        g_string_append_printf(words, "the field %s ", custom->field);
    else
        g_string_append(words, "title and text ");
    if (custom->pattern)
        g_string_append_printf(words, "must %smatch %s", custom->forbidden ? "not " : "", custom->pattern);
    else
        g_string_append(words, custom->section ? "must not be empty" : "must be set");
    custom->rule.summary = g_string_free(words, FALSE);
    custom->rule.help = (struct rule_help){
        .what = custom->rule.summary,
        .why = custom->help ? custom->help : "The team's policy asks for it.",
        .bad = "",
        .good = "",
        .decided = custom->pattern
                       ? custom->sight == CUSTOM_PROSE
                             ? "The pattern looks at words, and not at code, links, what is quoted "
                               "literally, or comments."
                             : "The pattern looks at all that is written but comments."
                       : "Comments, and a list without an entry, are nothing.",
        .source = "The team's own rule.",
        .mistakes = "",
    };
}

void custom_unword(struct custom *custom)
{
    g_free((char *)custom->rule.summary);
}
