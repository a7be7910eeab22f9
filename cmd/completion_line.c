#include "completion_line.h"

#include "alias.h"
#include "completion_value.h"
#include "external.h"
#include "options.h"
#include "repo_config.h"

#include <string.h>

/* How many aliases of aliases are followed. */
#define MAX_ALIASES 8

/* What the words before the cursor say. */
struct line {
    const struct option *global;
    const struct command *command; /* NULL: none so far */
    gboolean foreign;              /* the command is none of the table */
    gboolean literal;              /* behind -- */
    const struct option *awaiting; /* the option of which the next word is the value */
    GPtrArray *used;               /* struct option */
    GPtrArray *arguments;          /* the words, borrowed */
    char *folder;
    guint aliases;
    GPtrArray *owned; /* words of aliases */
};

/* -- reading -- */

/* The tables that hold at this place, NULL-terminated. */
static void find_tables(const struct line *line, const struct option *tables[4])
{
    gsize n = 0;

    if (!line->command)
        tables[n++] = line->global;
    else if (line->command->options)
        tables[n++] = line->command->options;
    if (line->command && line->command->needs & RECORDS)
        tables[n++] = options_record();
    if (line->command)
        tables[n++] = options_common();
    tables[n] = NULL;
}

/* The option of a word such as "--format", "--format=csv", "-l" or "-al", whose last letter counts. */
static const struct option *find_option(const struct line *line, const char *word)
{
    const struct option *tables[4];
    gboolean is_long = g_str_has_prefix(word, "--");
    gsize length = is_long ? strcspn(word + 2, "=") : 0;

    find_tables(line, tables);
    for (gsize i = 0; tables[i]; i++)
        for (const struct option *option = tables[i]; option->name; option++)
            if (is_long ? strlen(option->name) == length && strncmp(word + 2, option->name, length) == 0
                        : option->letter && option->letter == word[strlen(word) - 1])
                return option;
    return NULL;
}

/* A folder as it is typed, from the one where the words before it lead. */
static void enter(struct line *line, const char *folder)
{
    g_autofree char *expanded = repo_config_expand(folder);
    char *entered = g_canonicalize_filename(expanded ? expanded : folder, line->folder);
    g_free(line->folder);
    line->folder = entered;
}

static gboolean is_directory_option(const struct line *line, const struct option *option)
{
    return !line->command && option->argument && strcmp(option->argument, "DIR") == 0;
}

static void read_option(struct line *line, const char *word)
{
    const struct option *option = find_option(line, word);
    const char *equal = strchr(word, '=');

    if (!option)
        return;
    g_ptr_array_add(line->used, (gpointer)option);
    if (!option->argument)
        return;
    if (!equal)
        line->awaiting = option;
    else if (is_directory_option(line, option))
        enter(line, equal + 1);
}

static void read_word(struct line *line, const char *word);

/* A command of the table, or whatever an alias makes of the word. */
static void read_command(struct line *line, const char *word)
{
    g_auto(GStrv) words = NULL;

    line->command = command_find(word);
    if (line->command)
        return;
    g_autofree char *program = external_find(word);
    g_autofree char *value = program || line->aliases++ >= MAX_ALIASES ? NULL : alias_find(word);
    line->foreign = !value || *value == '!' || !g_shell_parse_argv(value, NULL, &words, NULL);
    for (gsize i = 0; words && words[i]; i++) {
        g_ptr_array_add(line->owned, g_strdup(words[i]));
        read_word(line, line->owned->pdata[line->owned->len - 1]);
    }
}

static void read_word(struct line *line, const char *word)
{
    if (line->awaiting) {
        if (is_directory_option(line, line->awaiting))
            enter(line, word);
        line->awaiting = NULL;
    } else if (!line->literal && strcmp(word, "--") == 0) {
        line->literal = line->command != NULL;
    } else if (!line->literal && *word == '-' && word[1]) {
        read_option(line, word);
    } else if (!line->command && !line->foreign) {
        read_command(line, word);
    } else {
        g_ptr_array_add(line->arguments, (gpointer)word);
    }
}

/* How many words of git -C DIR refine … stand before what refine reads. */
static gsize skip_program(struct line *line, const char *const *words)
{
    g_autofree char *name = g_path_get_basename(words[0]);
    gsize i = 1;

    if (strcmp(name, "git") != 0)
        return 1;
    for (; words[i] && words[i + 1] && *words[i] == '-'; i++)
        if (strcmp(words[i], "-C") == 0 || strcmp(words[i], "-c") == 0) {
            if (words[i][1] == 'C')
                enter(line, words[i + 1]);
            i++;
        }
    return words[i] && words[i + 1] ? i + 1 : i;
}

/* -- offering -- */

static gboolean is_used(const struct line *line, const struct option *option)
{
    gboolean again = option->kind == OPTION_TEXTS || option->kind == OPTION_ORDERED;
    return !again && g_ptr_array_find(line->used, option, NULL);
}

static void offer_options(const struct line *line, struct completion *completion)
{
    const struct option *tables[4];

    find_tables(line, tables);
    for (gsize i = 0; tables[i]; i++)
        for (const struct option *option = tables[i]; option->name; option++) {
            const char letter[] = { '-', option->letter, '\0' };
            g_autofree char *name = g_strconcat("--", option->name, NULL);
            if (is_used(line, option))
                continue;
            if (option->letter && strcmp(completion->word, "-") == 0)
                completion_add(completion, letter, option->summary, FALSE);
            completion_add(completion, name, option->summary, FALSE);
        }
}

/* -- places -- */

/* What one place of "ID… KEY=VALUE…", "[check | show]" or "[REV…] [--] [ID…]" takes. */
struct place {
    GPtrArray *names;
    gboolean repeated;
};

static void place_clear(gpointer data)
{
    g_ptr_array_unref(((struct place *)data)->names);
}

static GArray *places_of(const char *arguments)
{
    GArray *places = g_array_new(FALSE, FALSE, sizeof(struct place));
    g_auto(GStrv) words = g_strsplit_set(arguments, " []", -1);
    gboolean joined = FALSE;

    g_array_set_clear_func(places, place_clear);
    for (gsize i = 0; words[i]; i++) {
        gboolean repeated = g_str_has_suffix(words[i], "…");
        gboolean separates = strcmp(words[i], "|") == 0 || strcmp(words[i], "--") == 0;
        joined = joined || separates;
        if (!*words[i] || separates)
            continue;
        if (!joined || places->len == 0) {
            struct place place = { g_ptr_array_new_with_free_func(g_free), repeated };
            g_array_append_val(places, place);
        }
        joined = FALSE;
        const struct place *place = &g_array_index(places, struct place, places->len - 1);
        g_ptr_array_add(place->names, g_strndup(words[i], strlen(words[i]) - (repeated ? strlen("…") : 0)));
    }
    return places;
}

static gboolean has_assignment(const struct line *line, const char *word)
{
    if (strchr(word, '='))
        return TRUE;
    for (guint i = 0; i < line->arguments->len; i++)
        if (strchr(line->arguments->pdata[i], '='))
            return TRUE;
    return FALSE;
}

/* Whether the next argument can be of a place: of those before it each has one, and a repeated one any. */
static gboolean may_be_at(const struct line *line, const char *word, const GArray *places, guint index)
{
    guint n = line->arguments->len, repeated = 0;
    gboolean last = index + 1 == places->len;
    const struct place *place = &g_array_index(places, struct place, index);

    for (guint i = 0; i < index; i++)
        repeated += g_array_index(places, struct place, i).repeated;
    if (!last && has_assignment(line, word))
        return FALSE;
    return n == index || (n > index && (repeated > 0 || place->repeated));
}

/* Whether the word cannot be one of that name after all: "--" ends revisions, and a range is no item. */
static gboolean is_ruled_out(const struct line *line, const char *word, const char *name)
{
    return strcmp(name, "REV") == 0 ? line->literal
                                    : strcmp(name, "ID") == 0 && strstr(word, "..") && !strchr(word, '/');
}

static gboolean is_used_named(const struct line *line, const char *option)
{
    for (guint i = 0; i < line->used->len; i++)
        if (strcmp(((const struct option *)line->used->pdata[i])->name, option) == 0)
            return TRUE;
    return FALSE;
}

static enum completion_paths offer_arguments(const struct line *line, struct completion *completion)
{
    g_autoptr(GArray) places = places_of(line->command->arguments);
    enum completion_paths paths = COMPLETION_NO_PATHS;

    /* The place that was not reached yet first: behind ids, what to set. */
    for (guint i = places->len; i-- > 0;) {
        const struct place *place = &g_array_index(places, struct place, i);
        for (guint j = 0; may_be_at(line, completion->word, places, i) && j < place->names->len; j++) {
            const char *name = place->names->pdata[j];
            if (is_ruled_out(line, completion->word, name))
                continue;
            if (strcmp(name, "KIND") == 0)
                completion_of_kinds(completion, line->command);
            if (strcmp(name, "N") == 0)
                completion_of_number(completion, line->command);
            if (strcmp(name, "ID") == 0 &&
                completion_of_ids(completion, line->command, is_used_named(line, "revoke")))
                continue;
            paths = MAX(paths, completion_of_kind(completion, name, line->command->summary));
        }
    }
    for (guint i = 0; i < line->arguments->len; i++)
        completion_drop(completion, line->arguments->pdata[i]);
    return paths;
}

static enum completion_paths offer(const struct line *line, struct completion *completion)
{
    const char *word = completion->word, *equal = strchr(word, '=');
    gboolean dashed = !line->literal && *word == '-';
    const struct option *option = dashed && equal ? find_option(line, word) : NULL;

    if (line->awaiting)
        return completion_of_option(completion, line->awaiting);
    if (line->foreign)
        return COMPLETION_FILES;
    if (option && option->argument) {
        completion->settled = (gsize)(equal + 1 - word);
        return completion_of_option(completion, option);
    }
    enum completion_paths paths = COMPLETION_NO_PATHS;
    if (!line->command && !dashed)
        completion_of_kind(completion, "COMMAND", "");
    else if (line->command && !dashed)
        paths = offer_arguments(line, completion);
    /* Where nothing else can stand, an option may. */
    if (dashed || (!*word && !line->literal && !paths && completion->candidates->len == 0))
        offer_options(line, completion);
    return paths;
}

struct completion *completion_of_line(const struct option *global, const char *const *words,
                                      enum completion_paths *paths)
{
    g_autoptr(GPtrArray) used = g_ptr_array_new(), arguments = g_ptr_array_new();
    g_autoptr(GPtrArray) owned = g_ptr_array_new_with_free_func(g_free);
    struct line line = { .global = global, .used = used, .arguments = arguments, .owned = owned };

    line.folder = g_get_current_dir();
    gsize i = skip_program(&line, words);
    for (; words[i] && words[i + 1]; i++)
        read_word(&line, words[i]);
    struct completion *completion = completion_new(line.folder, words[i] ? words[i] : "");
    completion->given = line.arguments;
    *paths = offer(&line, completion);
    completion->given = NULL;
    g_free(line.folder);
    return completion;
}
