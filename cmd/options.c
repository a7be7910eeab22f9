#include "options.h"

#include "nearest.h"

#include <stddef.h>
#include <string.h>

static const struct option common_table[] = {
    { "json", 0, OPTION_FLAG, offsetof(struct common_options, json), NULL, "print JSON" },
    { "color", 0, OPTION_TEXT, offsetof(struct common_options, color), "WHEN", "auto, always or never" },
    { "no-pager", 0, OPTION_FLAG, offsetof(struct common_options, no_pager), NULL,
      "print straight to the terminal" },
    { "help", 'h', OPTION_HELP, offsetof(struct common_options, help), NULL,
      "print this (-h), or open the manual page (--help)" },
    { 0 },
};

static const struct option record_table[] = {
    { "message", 'm', OPTION_TEXTS, offsetof(struct common_options, record.reasons), "REASON",
      "why it was decided; again for another paragraph" },
    { "with", 0, OPTION_TEXTS, offsetof(struct common_options, record.with), "WHO",
      "who else took part: a handle, a name, \"Name <email>\"; again for more" },
    { "no-commit", 0, OPTION_FLAG, offsetof(struct common_options, record.no_commit), NULL,
      "write and stage only" },
    { "dry-run", 0, OPTION_FLAG, offsetof(struct common_options, record.dry_run), NULL,
      "print the diff, change nothing" },
    { "no-verify", 'n', OPTION_FLAG, offsetof(struct common_options, record.no_verify), NULL,
      "without the hooks pre-commit and commit-msg" },
    { "signoff", 's', OPTION_FLAG, offsetof(struct common_options, record.signoff), NULL,
      "add a Signed-off-by trailer" },
    { 0 },
};

const struct option *options_common(void)
{
    return common_table;
}

const struct option *options_record(void)
{
    return record_table;
}

/* Where the values of a table go. */
struct target {
    const char *name; /* of the group, for GLib, which wants each to have its own */
    const struct option *table;
    char *values;
};

static void ordered_free(gpointer data)
{
    struct ordered *ordered = data;
    g_free(ordered->value);
    g_free(ordered);
}

static const struct option *find_option(const struct option *table, const char *given)
{
    for (const struct option *option = table; option->name; option++)
        if ((g_str_has_prefix(given, "--") && strcmp(given + 2, option->name) == 0) ||
            (given[0] == '-' && given[1] == option->letter && given[2] == '\0'))
            return option;
    return NULL;
}

/* GLib's callback for OPTION_ORDERED. */
static gboolean add_ordered(const char *given, const char *value, gpointer data, GError **error)
{
    const struct target *target = data;
    const struct option *option = find_option(target->table, given);
    GPtrArray **list = (GPtrArray **)(gpointer)(target->values + option->offset);
    struct ordered *ordered = g_new0(struct ordered, 1);

    ordered->option = option;
    ordered->value = g_strdup(value ? value : "");
    if (!*list)
        *list = g_ptr_array_new_with_free_func(ordered_free);
    g_ptr_array_add(*list, ordered);
    return TRUE;
}

/* GLib's callback for OPTION_HELP. */
static gboolean note_help(const char *given, const char *value, gpointer data, GError **error)
{
    const struct target *target = data;
    const struct option *option = find_option(target->table, given);

    *(enum help *)(gpointer)(target->values + option->offset) =
        g_str_has_prefix(given, "--") ? HELP_PAGE : HELP_USAGE;
    return TRUE;
}

static GOptionEntry entry_for(const struct option *option, struct target *target)
{
    GOptionEntry entry = { .long_name = option->name, .short_name = option->letter };
    gpointer value = target->values + option->offset;

    switch (option->kind) {
    case OPTION_FLAG:
        entry.arg = G_OPTION_ARG_NONE;
        break;
    case OPTION_TEXT:
        entry.arg = G_OPTION_ARG_FILENAME;
        break;
    case OPTION_TEXTS:
        entry.arg = G_OPTION_ARG_FILENAME_ARRAY;
        break;
    case OPTION_ORDERED:
        entry.arg = G_OPTION_ARG_CALLBACK;
        entry.flags = G_OPTION_FLAG_FILENAME | (option->argument ? 0 : G_OPTION_FLAG_NO_ARG);
        value = (gpointer)(gsize)add_ordered;
        break;
    case OPTION_HELP:
        entry.arg = G_OPTION_ARG_CALLBACK;
        entry.flags = G_OPTION_FLAG_NO_ARG;
        value = (gpointer)(gsize)note_help;
        break;
    }
    entry.arg_data = value;
    return entry;
}

/* The context takes over target's entries by copying them; target must live until it is freed. */
static GOptionGroup *group_for(struct target *target)
{
    GOptionGroup *group = g_option_group_new(target->name, "", "", target, NULL);
    g_autoptr(GArray) entries = g_array_new(TRUE, TRUE, sizeof(GOptionEntry));

    for (const struct option *option = target->table; option && option->name; option++) {
        GOptionEntry entry = entry_for(option, target);
        g_array_append_val(entries, entry);
    }
    g_option_group_add_entries(group, (const GOptionEntry *)(gpointer)entries->data);
    return group;
}

static gboolean check_text(const struct option *option, const char *text, GError **error)
{
    if (!text || g_utf8_validate(text, -1, NULL))
        return TRUE;
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_WRONG, "--%s: expected UTF-8", option->name);
    return FALSE;
}

static gboolean check_texts(const struct target *target, GError **error)
{
    for (const struct option *option = target->table; option && option->name; option++) {
        gpointer value = target->values + option->offset;
        if (option->kind == OPTION_TEXT && !check_text(option, *(char **)value, error))
            return FALSE;
        char **texts = option->kind == OPTION_TEXTS ? *(char ***)value : NULL;
        for (gsize i = 0; texts && texts[i]; i++)
            if (!check_text(option, texts[i], error))
                return FALSE;
        GPtrArray *list = option->kind == OPTION_ORDERED ? *(GPtrArray **)value : NULL;
        for (guint i = 0; list && i < list->len; i++)
            if (!check_text(option, ((struct ordered *)list->pdata[i])->value, error))
                return FALSE;
    }
    return TRUE;
}

/* GLib's message, with the option that was probably meant. */
static void set_usage_error(const struct target *targets, gsize n, const GError *cause, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const char *dashes = strstr(cause->message, "--");
    g_autofree char *message = g_strdup(cause->message);

    message[0] = g_ascii_tolower(message[0]);
    for (gsize i = 0; i < n; i++)
        for (const struct option *option = targets[i].table; option && option->name; option++)
            g_ptr_array_add(names, (gpointer)option->name);
    g_ptr_array_add(names, NULL);
    gboolean unknown = g_error_matches(cause, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION);
    const char *nearest =
        unknown && dashes ? nearest_name(dashes + 2, (const char *const *)names->pdata) : NULL;
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_WRONG,
                nearest   ? "%s; did you mean --%s?"
                : unknown ? "%s; -h shows those there are, and behind -- a word may begin with a dash"
                          : "%s",
                message, nearest);
}

/* -- -n2 -- */

/* The option that word names, --name or --name=value; NULL where none is called so. */
static const struct option *find_named(const struct target *targets, gsize n, const char *word)
{
    gsize length = strcspn(word + 2, "=");

    for (gsize i = 0; i < n; i++)
        for (const struct option *option = targets[i].table; option && option->name; option++)
            if (strlen(option->name) == length && strncmp(option->name, word + 2, length) == 0)
                return option;
    return NULL;
}

static const struct option *find_letter(const struct target *targets, gsize n, char letter)
{
    for (gsize i = 0; i < n; i++)
        for (const struct option *option = targets[i].table; option && option->name; option++)
            if (option->letter && option->letter == letter)
                return option;
    return NULL;
}

/* How much of a word of letters, such as -n2, is in front of the value of the last: its length where there is
 * none. *wants tells that the next word is the value. */
static gsize letters_of(const struct target *targets, gsize n, const char *word, gboolean *wants)
{
    const struct option *option = NULL;
    gsize at = 1;

    while (word[at] && (!option || !option->argument)) {
        option = find_letter(targets, n, word[at++]);
        if (!option)
            return strlen(word);
    }
    *wants = option && option->argument && word[at] == '\0';
    return at;
}

/* The words as GLib takes them: a space between a letter and its value. *behind is how many stand behind
 * "--"; -1: there is none. */
static char **spread(const struct target *targets, gsize n, char *const *given, gboolean stop, int *behind)
{
    g_autoptr(GStrvBuilder) words = g_strv_builder_new();
    gboolean wants = FALSE, ended = FALSE;

    *behind = -1;
    g_strv_builder_add(words, "refine");
    for (gsize i = 0; given[i]; i++) {
        const char *word = given[i];
        *behind += *behind >= 0;
        gboolean is_option = !ended && !wants && word[0] == '-' && word[1];
        gsize length = strlen(word);
        if (is_option && strcmp(word, "--") == 0)
            *behind = 0;
        ended = ended || (is_option ? strcmp(word, "--") == 0 : stop && !wants);
        wants = FALSE;
        if (is_option && !ended && word[1] == '-') {
            const struct option *option = find_named(targets, n, word);
            wants = option && option->argument && !strchr(word, '=');
        } else if (is_option && !ended) {
            length = letters_of(targets, n, word, &wants);
        }
        g_autofree char *letters = g_strndup(word, length);
        g_strv_builder_add(words, letters);
        if (word[length])
            g_strv_builder_add(words, word + length);
    }
    return g_strv_builder_end(words);
}

/* The words that are no options, of which GLib keeps "--" or not as it likes: with it where keep is set. */
static char **settle_dashes(char **words, int behind, gboolean keep)
{
    g_autoptr(GStrvBuilder) left = g_strv_builder_new();
    int count = (int)g_strv_length(words), dashes = count - behind - 1;
    gboolean there = behind >= 0 && dashes >= 0 && strcmp(words[dashes], "--") == 0;

    for (int i = 0; i <= count; i++) {
        if (keep && behind >= 0 && i == count - behind)
            g_strv_builder_add(left, "--");
        if (i < count && !(there && i == dashes))
            g_strv_builder_add(left, words[i]);
    }
    return g_strv_builder_end(left);
}

/* What becomes of "--". */
enum dashes {
    DASHES_STOP, /* options are read strictly before the first word */
    DASHES_DROP,
    DASHES_KEEP, /* it is left among the arguments */
};

/* Reads the options of n targets out of *arguments. */
static gboolean parse(struct target *targets, gsize n, char ***arguments, enum dashes dashes, GError **error)
{
    gboolean stop = dashes == DASHES_STOP;
    int behind;
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_autoptr(GError) cause = NULL;
    g_auto(GStrv) all = spread(targets, n, *arguments, stop, &behind);

    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_set_strict_posix(context, stop);
    g_option_context_set_main_group(context, group_for(&targets[0]));
    for (gsize i = 1; i < n; i++)
        g_option_context_add_group(context, group_for(&targets[i]));
    if (!g_option_context_parse_strv(context, &all, &cause)) {
        set_usage_error(targets, n, cause, error);
        return FALSE;
    }
    for (gsize i = 0; i < n; i++)
        if (!check_texts(&targets[i], error))
            return FALSE;
    gsize skip = stop && all[0] && all[1] && strcmp(all[1], "--") == 0 ? 2 : 1;
    char **left = stop ? g_strdupv(all + skip) : settle_dashes(all + 1, behind, dashes == DASHES_KEEP);
    g_strfreev(*arguments);
    *arguments = left;
    return TRUE;
}

gboolean options_parse(const struct command *command, char ***arguments, void *options,
                       struct common_options *common, GError **error)
{
    struct target targets[] = { { "command", command->options, options },
                                { "common", common_table, (char *)common },
                                { "record", record_table, (char *)common } };
    enum dashes dashes = command->needs & TAKES_DASHES ? DASHES_KEEP : DASHES_DROP;
    return parse(targets, command->needs & RECORDS ? 3 : 2, arguments, dashes, error);
}

gboolean options_parse_global(const struct option *table, char ***arguments, void *options, GError **error)
{
    struct target target = { "global", table, options };
    return parse(&target, 1, arguments, DASHES_STOP, error);
}

static void clear(const struct option *table, char *values)
{
    for (const struct option *option = table; option && option->name; option++) {
        gpointer value = values + option->offset;
        if (option->kind == OPTION_TEXT)
            g_clear_pointer((char **)value, g_free);
        else if (option->kind == OPTION_TEXTS)
            g_clear_pointer((char ***)value, g_strfreev);
        else if (option->kind == OPTION_ORDERED)
            g_clear_pointer((GPtrArray **)value, g_ptr_array_unref);
    }
}

void options_clear_common(struct common_options *common)
{
    clear(common_table, (char *)common);
    clear(record_table, (char *)common);
}

void options_free(const struct option *table, void *options)
{
    clear(table, options);
    g_free(options);
}

/* -- usage -- */

static void print_options(GString *out, const struct option *table)
{
    for (const struct option *option = table; option && option->name; option++) {
        g_autoptr(GString) names = g_string_new("  ");
        if (option->letter)
            g_string_append_printf(names, "-%c, ", option->letter);
        g_string_append_printf(names, "--%s", option->name);
        if (option->argument)
            g_string_append_printf(names, " %s", option->argument);
        g_string_append_printf(out, "%-26s %s\n", names->str, option->summary);
    }
}

char *options_usage(const struct command *command)
{
    GString *out = g_string_new(NULL);

    g_string_append_printf(out, "usage: refine %s%s%s\n\n%s\n\n", command->name,
                           *command->arguments ? " " : "", command->arguments, command->summary);
    print_options(out, command->options);
    if (command->needs & RECORDS)
        print_options(out, record_table);
    print_options(out, common_table);
    return g_string_free(out, FALSE);
}
