/*
 * Writes refine-rules(7): the page that the first argument is, with the table of rules in place of its line
 * @RULES@, that of rules and types in place of @TYPES@, and the word lists, of which the folder is the second
 * argument, in place of @WORDS@. Meson runs it, so that the page says what the program does.
 */
#include "explain.h"
#include "lexicon.h"

#include <stdio.h>
#include <string.h>

/* Columns of a line of the source. */
#define WIDTH 78

/* -- text as mdoc -- */

/* The length of the name in a reference to a page, "refine-item" of "refine-item(5),"; 0: it is none. */
static gsize measure_page(const char *word)
{
    gsize length = g_str_has_prefix(word, "refine") ? strspn(word, "abcdefghijklmnopqrstuvwxyz-") : 0;

    if (length == 0 || word[length] != '(' || !strchr("1578", word[length + 1]) || word[length + 2] != ')')
        return 0;
    return length;
}

/* Appends a word to the line that *column is the width of, or to a new one. */
static void append_word(GString *out, const char *word, gsize *column)
{
    gsize width = (gsize)g_utf8_strlen(word, -1), page = measure_page(word);

    if (*column && (page || *column + 1 + width > WIDTH)) {
        g_string_append_c(out, '\n');
        *column = 0;
    }
    if (page) {
        g_string_append_printf(out, ".Xr %.*s %c", (int)page, word, word[page + 1]);
        for (const char *mark = word + page + 3; *mark; mark++)
            g_string_append_printf(out, " %c", *mark);
        g_string_append_c(out, '\n');
        return;
    }
    g_string_append(out, *column ? " " : strchr(".'", *word) ? "\\&" : "");
    for (const char *at = word; *at; at++)
        g_string_append(out, *at == '\\' ? "\\e" : (const char[]){ *at, '\0' });
    *column += (*column > 0) + width;
}

/* Appends sentences, each on lines of its own. */
static void append_text(GString *out, const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    gsize column = 0;

    for (gsize i = 0; words[i]; i++) {
        gboolean end = strpbrk(words[i], ".!?") && strchr(".!?", words[i][strlen(words[i]) - 1]);
        append_word(out, words[i], &column);
        if (!end || !words[i + 1] || !g_ascii_isupper(*words[i + 1]))
            continue;
        g_string_append(out, column ? "\n" : "");
        column = 0;
    }
    g_string_append(out, column ? "\n" : "");
}

static void append_part(GString *out, const char *name, const char *text)
{
    if (!text || !*text)
        return;
    g_string_append_printf(out, ".Pp\n.Em %s :\n", name);
    append_text(out, text);
}

static void append_example(GString *out, const char *name, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);

    if (!text || !*text)
        return;
    g_string_append_printf(out, ".Pp\n%s:\n.Bd -literal -offset indent\n", name);
    for (gsize i = 0; lines[i]; i++) {
        if (!*lines[i] && !lines[i + 1])
            break;
        g_string_append(out, strchr(".'", *lines[i]) && *lines[i] ? "\\&" : "");
        for (const char *at = lines[i]; *at; at++)
            g_string_append(out, *at == '\\' ? "\\e" : (const char[]){ *at, '\0' });
        g_string_append_c(out, '\n');
    }
    g_string_append(out, ".Ed\n");
}

/* -- rules -- */

static void append_rule(GString *out, const struct rule *rule)
{
    const struct rule_help *help = &rule->help;
    const char *severity = severity_name(rule->severity);

    g_string_append_printf(out, ".It Cm %s Pq %s", rule->name, severity);
    if (rule->claimed)
        g_string_append_printf(out, " ; %s when ready", severity_name(rule->claimed));
    g_string_append_c(out, '\n');
    append_text(out, help->what && *help->what ? help->what : rule->summary);
    if (help->why)
        append_text(out, help->why);
    append_part(out, "Asked", explain_reach(rule));
    append_part(out, "Decided", help->decided);
    append_part(out, "Mistakes", help->mistakes);
    append_part(out, "Source", help->source);
    append_example(out, rule->reach == RULE_BACKLOG ? "A backlog that has it" : "An item that has it",
                   help->bad);
    append_example(out, "Mended", help->good);
}

static void append_rules(GString *out)
{
    const char *family = NULL;

    for (guint i = 0; i < rule_count(); i++) {
        const struct rule *rule = rule_at(i);
        if (rule_family(rule) != family)
            g_string_append_printf(out, "%s.Ss %s\n.Bl -tag -width Ds\n", family ? ".El\n" : "",
                                   rule_family(rule));
        family = rule_family(rule);
        append_rule(out, rule);
    }
    g_string_append(out, ".El\n");
}

/* How grave the rule is for the type, NULL: one that a policy adds. */
static const char *name_severity(const struct rulebook *book, const struct rule *rule, const char *type)
{
    const char *one = type ? type : "other";
    return explain_is_asked(book, rule, one) ? severity_name(explain_severity(book, rule, one)) : "-";
}

static void append_types(GString *out)
{
    g_autoptr(Policy) policy = policy_new("/", "/", NULL);
    g_autoptr(Rulebook) book = rulebook_new(policy);
    g_autofree const char **types = policy_texts(policy, "types");
    guint n = g_strv_length((char **)types);

    g_string_append(out, ".Bl -column \"measure-without-condition\"");
    for (guint j = 0; j <= n; j++)
        g_string_append(out, " \"warning\"");
    g_string_append(out, "\n.It Sy rule");
    for (guint j = 0; j <= n; j++)
        g_string_append_printf(out, " Ta Sy %s", types[j] ? types[j] : "other");
    for (guint i = 0; i < rule_count(); i++) {
        if (rule_at(i)->reach == RULE_BACKLOG)
            continue;
        g_string_append_printf(out, "\n.It Cm %s", rule_at(i)->name);
        for (guint j = 0; j <= n; j++)
            g_string_append_printf(out, " Ta %s", name_severity(book, rule_at(i), types[j]));
    }
    g_string_append(out, "\n.El\n");
}

/* -- words -- */

/* What the comment says with which the list begins, up to an empty line of it; NULL where it has none. */
static char *read_comment(const char *folder, const char *list, GError **error)
{
    g_autofree char *name = g_strconcat(list, ".txt", NULL), *path = g_build_filename(folder, name, NULL);
    g_autofree char *text = NULL;

    if (!g_file_get_contents(path, &text, NULL, error))
        return NULL;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GString *comment = g_string_new(NULL);
    for (gsize i = 0; lines[i] && g_str_has_prefix(lines[i], "# "); i++)
        g_string_append_printf(comment, "%s%s", i ? " " : "", lines[i] + 2);
    return g_string_free(comment, FALSE);
}

static gboolean append_words(GString *out, const char *folder, GError **error)
{
    g_string_append(out, ".Bl -tag -width Ds\n");
    for (const char *const *list = lexicon_names(); *list; list++) {
        g_autofree char *comment = read_comment(folder, *list, error);
        if (!comment)
            return FALSE;
        g_string_append_printf(out, ".It Cm %s\n", *list);
        append_text(out, comment);
    }
    g_string_append(out, ".El\n");
    return TRUE;
}

int main(int argc, char **argv)
{
    g_autofree char *page = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) out = g_string_new(NULL);
    gboolean good = argc == 3 && g_file_get_contents(argv[1], &page, NULL, &error);
    g_auto(GStrv) lines = g_strsplit(good ? page : "", "\n", -1);

    for (gsize i = 0; good && lines[i]; i++) {
        if (strcmp(lines[i], "@RULES@") == 0)
            append_rules(out);
        else if (strcmp(lines[i], "@TYPES@") == 0)
            append_types(out);
        else if (strcmp(lines[i], "@WORDS@") == 0)
            good = append_words(out, argv[2], &error);
        else
            g_string_append_printf(out, "%s%s", lines[i], lines[i + 1] ? "\n" : "");
    }
    if (!good) {
        fprintf(stderr, "rules_page: %s\n", error ? error->message : "usage: rules_page PAGE WORDS");
        return 2;
    }
    fwrite(out->str, 1, out->len, stdout);
    return fflush(stdout) == 0 ? 0 : 2;
}
