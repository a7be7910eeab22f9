#include "completion_shell.h"

#include "plain.h"

#include <string.h>

/* Columns of what a candidate is, where the shell does not cut it. */
#define HELP_COLUMNS 100
#define LEAST_COLUMNS 20

struct completion_shell {
    const char *name;
    const char *script;
    gboolean quoted;    /* words come with their quotes */
    const char *insert; /* of the shells whose quotes the candidates are to have: the one for a single one */
    /* Appends a candidate's line; text is the whole word, help is fit to be shown. */
    void (*print)(GString *out, const char *text, const struct candidate *candidate, const char *help,
                  char quote);
};

/* -- scripts -- */

/* bash cuts words at these characters, of which COMP_WORDBREAKS may have more or fewer, and then takes what a
 * candidate has behind the last of them: they are joined here, and taken off again. */
static const char bash_script[] =
    "# Completion of refine(1) for bash: the program says what can stand at the cursor.\n"
    "_refine() {\n"
    "  local line=${COMP_LINE:0:COMP_POINT} breaks=${COMP_WORDBREAKS//[!:=@]/} form=bash-list head='' word "
    "rest i\n"
    "  local -a words=() answer=()\n"
    "  for ((i = 0; i <= COMP_CWORD; i++)); do\n"
    "    rest=${line#\"${line%%[![:space:]]*}\"}\n"
    "    word=${COMP_WORDS[i]}\n"
    "    ((i < COMP_CWORD)) || word=$rest\n"
    "    if ((i > 0)) && [[ $rest == \"$line\" && -n $line ]]; then\n"
    "      words[${#words[@]} - 1]+=$word\n"
    "    else\n"
    "      words+=(\"$word\")\n"
    "    fi\n"
    "    line=${rest#\"$word\"}\n"
    "  done\n"
    "  word=${words[${#words[@]} - 1]}\n"
    "  # Not for a list, but one after the other.\n"
    "  case ${COMP_TYPE-} in 37 | 42) form=bash ;; esac\n"
    "  while IFS= read -r line; do answer+=(\"$line\"); done < <(COLUMNS=${COLUMNS-} \\\n"
    "    command refine completion complete \"$form\" -- \"${words[@]}\" 2> /dev/null)\n"
    "  COMPREPLY=()\n"
    "  case ${answer[0]-} in\n"
    "  files*) compopt +o nospace -o default -o filenames 2> /dev/null; return ;;\n"
    "  folders*) compopt +o nospace -o dirnames -o filenames 2> /dev/null; return ;;\n"
    "  *quoted) ;;\n"
    "  *) [ -z \"$breaks\" ] || head=${word%\"${word##*[\"$breaks\"]}\"} head=${head%@} ;;\n"
    "  esac\n"
    "  ((${#answer[@]} < 2)) || COMPREPLY=(\"${answer[@]:1}\")\n"
    "  ((${#answer[@]} < 2)) || COMPREPLY=(\"${COMPREPLY[@]#\"$head\"}\")\n"
    "}\n"
    "_git_refine() { _refine; }\n"
    "complete -o nosort -o nospace -F _refine refine git-refine 2> /dev/null ||\n"
    "  complete -o nospace -F _refine refine git-refine\n";

static const char zsh_script[] =
    "#compdef refine git-refine\n"
    "#description refine a Product Backlog\n"
    "# Completion of refine(1) for zsh: the program says what can stand at the cursor.\n"
    "_refine() {\n"
    "  local -a answer closed open\n"
    "  answer=(\"${(@f)$(command refine completion complete zsh -- \"${(@Q)words[1,CURRENT-1]}\" "
    "\"${(Q)PREFIX}\" 2> /dev/null)}\")\n"
    "  closed=(\"${(@)${(@M)answer:# *}# }\")\n"
    "  open=(\"${(@)${(@M)answer:#+*}#+}\")\n"
    "  compset -p ${${answer[1]#* }:-0}\n"
    "  case $answer[1] in\n"
    "    (files*) _files ;;\n"
    "    (folders*) _files -/ ;;\n"
    "    (*) _describe -V -t refine refine closed -- open -S '' ;;\n"
    "  esac\n"
    "}\n"
    "_git-refine() { _refine \"$@\" }\n"
    "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then\n"
    "  _refine \"$@\"\n"
    "else\n"
    "  compdef _refine refine git-refine\n"
    "fi\n";

static const char fish_script[] =
    "# Completion of refine(1) for fish: the program says what can stand at the cursor.\n"
    "function __refine_complete\n"
    "    set -l words (commandline -opc)\n"
    "    set -l word (commandline -ct)\n"
    "    set -l answer (command refine completion complete fish -- $words \"$word\" 2>/dev/null)\n"
    "    switch \"$answer[1]\"\n"
    "        case 'files*'\n"
    "            __fish_complete_path \"$word\"\n"
    "        case 'folders*'\n"
    "            __fish_complete_directories \"$word\" ''\n"
    "        case '*'\n"
    "            string join -- \\n $answer[2..-1]\n"
    "    end\n"
    "end\n"
    "complete -c refine -k -f -a '(__refine_complete)'\n"
    "complete -c git-refine -k -f -a '(__refine_complete)'\n"
    "complete -c git -n '__fish_seen_subcommand_from refine' -k -f -a '(__refine_complete)'\n";

/* -- words -- */

/* The quote that is open where the cursor is; NULL without. */
static const char *open_quote(const char *raw)
{
    const char *quote = NULL;

    for (const char *at = raw; *at; at++)
        if (*at == '\\' && !(quote && *quote == '\'') && at[1])
            at++;
        else if (quote ? *at == *quote : *at == '\'' || *at == '"')
            quote = quote ? NULL : at;
    return quote;
}

char *completion_shell_unquote(const struct completion_shell *shell, const char *word)
{
    const char *quote = open_quote(word);
    const char closing[] = { quote ? *quote : '\0', '\0' };
    g_autofree char *closed = g_strconcat(word, closing, NULL);
    char *unquoted = shell->quoted ? g_shell_unquote(closed, NULL) : g_strdup(word);
    return unquoted ? unquoted : g_strdup(word);
}

/* How much of the unquoted word stands before the quote that is open: readline completes what is behind it.
 */
static gsize length_before(const struct completion_shell *shell, const char *raw, const char *quote)
{
    g_autofree char *before = g_strndup(raw, (gsize)(quote - raw));
    g_autofree char *unquoted = completion_shell_unquote(shell, before);
    return strlen(unquoted);
}

/* Appends text so that bash takes every character as it is; quote is the one that is open. */
static void append_bash(GString *out, const char *text, char quote)
{
    const char *plain = "_@%+=:,./-";

    for (const char *at = text; *at; at++) {
        gboolean harmless =
            (guchar)*at >= 0x80 || g_ascii_isalnum(*at) || strchr(plain, *at) || (*at == '!' && at[1] == '=');
        if (quote == '\'' && *at == '\'')
            g_string_append(out, "'\\'");
        else if (quote == '"' ? strchr("\"\\$`", *at) != NULL : quote == 0 && !harmless)
            g_string_append_c(out, '\\');
        g_string_append_c(out, *at);
    }
}

static void print_bash(GString *out, const char *text, const struct candidate *candidate, const char *help,
                       char quote)
{
    append_bash(out, text, quote);
    if (!candidate->open && !quote)
        g_string_append_c(out, ' ');
}

static void print_bash_list(GString *out, const char *text, const struct candidate *candidate,
                            const char *help, char quote)
{
    append_bash(out, text, quote);
    if (help)
        g_string_append_printf(out, "  (%s)", help);
}

/* Appends text with a backslash before each of these characters. */
static void append_escaped(GString *out, const char *text, const char *characters)
{
    for (const char *at = text; *at; at++) {
        if (strchr(characters, *at))
            g_string_append_c(out, '\\');
        g_string_append_c(out, *at);
    }
}

/* For _describe, which splits at the first colon that no backslash stands before, and takes backslashes out
 * of both parts. */
static void print_zsh(GString *out, const char *text, const struct candidate *candidate, const char *help,
                      char quote)
{
    g_string_append_c(out, candidate->open ? '+' : ' ');
    append_escaped(out, candidate->text, ":\\");
    if (help) {
        g_string_append_c(out, ':');
        append_escaped(out, help, "\\");
    }
}

static void print_fish(GString *out, const char *text, const struct candidate *candidate, const char *help,
                       char quote)
{
    g_string_append(out, text);
    if (help)
        g_string_append_printf(out, "\t%s", help);
}

/* -- shells -- */

static const struct completion_shell shells[] = {
    { "bash", bash_script, TRUE, "bash", print_bash },
    { "bash-list", NULL, TRUE, "bash", print_bash_list },
    { "zsh", zsh_script, FALSE, NULL, print_zsh },
    { "fish", fish_script, TRUE, NULL, print_fish },
};

const struct completion_shell *completion_shell_find(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(shells); i++)
        if (strcmp(shells[i].name, name) == 0)
            return &shells[i];
    return NULL;
}

const char *completion_shell_script(const struct completion_shell *shell)
{
    return shell->script;
}

/* What a candidate is, fit to be shown behind it; newly allocated. */
static char *fit_help(const char *help, const char *text, guint width)
{
    g_autofree char *plain = plain_escape(help, -1);
    guint columns = HELP_COLUMNS;

    if (width > 0) {
        guint taken = plain_width(text) + (guint)strlen("  () ");
        columns = CLAMP(width, taken + LEAST_COLUMNS, taken + HELP_COLUMNS) - taken;
    }
    return strlen(plain) <= columns ? g_steal_pointer(&plain) : plain_truncate(plain, columns);
}

void completion_shell_answer(const struct completion_shell *shell, GString *out,
                             const struct completion *completion, enum completion_paths paths,
                             const char *raw, guint width)
{
    static const char *const names[] = { "words", "folders", "files" };
    g_autofree char *settled = g_strndup(completion->word, completion->settled);
    const char *quote = shell->insert ? open_quote(raw) : NULL;
    gsize skip = quote ? length_before(shell, raw, quote) : 0;
    /* One alone is not listed but inserted. */
    if (shell->insert && completion->candidates->len == 1)
        shell = completion_shell_find(shell->insert);
    g_assert(shell); /* insert is a name of the table */

    g_string_append_printf(out, "%s %ld%s\n", names[paths], g_utf8_strlen(settled, -1),
                           quote ? " quoted" : "");
    for (guint i = 0; i < completion->candidates->len; i++) {
        const struct candidate *candidate = completion->candidates->pdata[i];
        g_autofree char *text = g_strconcat(settled, candidate->text, NULL);
        g_autofree char *help = candidate->help ? fit_help(candidate->help, text, width) : NULL;
        /* What cannot be typed cannot be completed. */
        if (!plain_is_clean(candidate->text, -1))
            continue;
        shell->print(out, strlen(text) < skip ? text : text + skip, candidate, help && *help ? help : NULL,
                     quote ? *quote : 0);
        g_string_append_c(out, '\n');
    }
}
