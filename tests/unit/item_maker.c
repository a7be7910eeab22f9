#include "item_maker.h"

#include <string.h>

static guint chance(GRand *random, guint n)
{
    return n ? (guint)g_rand_int_range(random, 0, (gint)n) : 0;
}

/* -- the body -- */

static void put_criteria(GRand *random, GString *out)
{
    static const char *const texts[] = { "A basket of 60 tyres is kept for a day",
                                         "It says so in 2 languages",
                                         "An empty range finds nothing at all",
                                         "Größe ⅜ is found by `3/8`",
                                         "it's so: 5 €",
                                         "A basket is kept" };
    const char *mark = chance(random, 4) ? "- " : chance(random, 2) ? "* " : "1. ";
    gboolean loose = chance(random, 5) == 0;

    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        if (chance(random, 3) == 0)
            continue;
        const char *box = chance(random, 8) == 0 ? "" : chance(random, 3) ? "[ ] " : "[x] ";
        g_string_append_printf(out, "%s%s%s\n", mark, box, texts[i]);
        if (chance(random, 8) == 0)
            g_string_append_printf(out, "   - nested under %u\n", i);
        if (chance(random, 10) == 0)
            g_string_append_printf(out, "   a second line of %u\n", i);
        if (loose)
            g_string_append(out, "\n");
    }
    if (chance(random, 5) == 0)
        g_string_append(out,
                        "\n```gherkin\nFeature: tyres\n\nScenario: one\n  Given a tyre\n\nScenario: two\n"
                        "  Given two tyres\n```\n");
}

static void put_prose(GRand *random, GString *out)
{
    static const char *const paragraphs[] = {
        "As a clerk, I want to find tyres,\nso that nobody waits.\n",
        "One table, read at start.\nNo new store.\nNothing else.\n",
        "```sh\n# not a heading\n\n- not an item\n```\n",
        "> A quote\n> - with an item\n",
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
        "<!-- a comment\n\nover lines -->\n",
    };

    for (guint n = chance(random, 3); n > 0; n--)
        g_string_append_printf(out, "\n%s", paragraphs[chance(random, G_N_ELEMENTS(paragraphs))]);
}

static void put_notes(GRand *random, GString *out, const char *heading)
{
    g_string_append_printf(out, "\n%s\n\n", heading);
    for (guint i = 0; i < chance(random, 4); i++) {
        g_string_append_printf(out, "- [%c] @bo Is tree number %u cached?\n", chance(random, 2) ? ' ' : 'x',
                               i);
        if (chance(random, 2))
            g_string_append_printf(out, "  - 2026-11-2%u Bo: yes, number %u\n", i, i);
    }
}

static void put_body(GRand *random, GString *out)
{
    if (chance(random, 4) == 0)
        g_string_append(out, "\nLeading words.\n");
    if (chance(random, 4)) {
        g_string_append(out, "\n## Story\n");
        put_prose(random, out);
    }
    if (chance(random, 8)) {
        g_string_append(out, chance(random, 5) ? "\n## Acceptance criteria\n\n" : "\nAC\n--\n\n");
        put_criteria(random, out);
    }
    if (chance(random, 3)) {
        g_string_append(out, "\n## Approach\n");
        put_prose(random, out);
        if (chance(random, 4) == 0)
            g_string_append(out, "\n### Later\n\n- one thing\n- another thing\n");
    }
    if (chance(random, 2))
        put_notes(random, out, "## Open questions");
    if (chance(random, 2)) {
        g_string_append(out, "\n## Decisions\n\n");
        for (guint i = 0; i < chance(random, 4); i++)
            g_string_append_printf(out, "- 2026-11-1%u Ana: number %u is so. Rejected: that.\n", i, i);
    }
}

/* -- layout -- */

static char *with_endings(const char *text, gboolean crlf)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GString *out = g_string_new(NULL);

    for (gsize i = 0; lines[i]; i++) {
        gsize length = strlen(lines[i]);
        gboolean has = length && lines[i][length - 1] == '\r';
        g_string_append_len(out, lines[i], (gssize)(length - has));
        if (lines[i + 1])
            g_string_append(out, crlf ? "\r\n" : "\n");
    }
    return g_string_free(out, FALSE);
}

char *item_maker_make(GRand *random)
{
    g_autofree char *front = front_maker_make(random);
    gboolean crlf = strstr(front, "\r\n") != NULL;
    g_autofree char *plain = with_endings(front, FALSE);
    GString *text = g_string_new(plain);

    put_body(random, text);
    g_autofree char *whole = g_string_free(text, FALSE);
    if (chance(random, 12) == 0)
        whole[strlen(whole) - 1] = '\0';
    return with_endings(whole, crlf);
}

/* -- edits -- */

/* Where a random line begins that holds what, from the body on; NULL where none does. */
static char *line_with(GRand *random, GString *text, const char *what)
{
    char *found = NULL, *body = strstr(text->str, "\n---");
    guint seen = 0;

    for (char *at = body ? strchr(body + 1, '\n') : NULL; at && at[1]; at = strchr(at + 1, '\n')) {
        gsize length = strcspn(at + 1, "\r\n");
        if (length && g_strstr_len(at + 1, (gssize)length, what) && chance(random, ++seen) == 0)
            found = at + 1;
    }
    return found;
}

static gssize offset_in(const GString *text, const char *at)
{
    return at - text->str;
}

static void insert_line(GRand *random, GString *text, char *at, const char *line)
{
    const char *ending = strstr(text->str, "\r\n") ? "\r\n" : "\n";
    g_autofree char *whole = g_strconcat(line, ending, NULL);
    char *behind = at ? strchr(at, '\n') : NULL;

    if (behind)
        g_string_insert(text, offset_in(text, chance(random, 2) ? at : behind + 1), whole);
}

static void remove_line(GString *text, char *at)
{
    char *behind = at ? strchr(at, '\n') : NULL;
    if (behind)
        g_string_erase(text, offset_in(text, at), behind + 1 - at);
}

static void move_line(GString *text, char *from, char *to)
{
    char *behind = from ? strchr(from, '\n') : NULL;

    if (!behind || !to || from == to)
        return;
    gssize start = offset_in(text, from), target = offset_in(text, to), length = behind + 1 - from;
    g_autofree char *line = g_strndup(from, (gsize)length);
    g_string_erase(text, start, length);
    g_string_insert(text, target > start ? target - length : target, line);
}

static void append_words(GString *text, char *at, const char *words)
{
    if (at)
        g_string_insert(text, offset_in(text, at + strcspn(at, "\r\n")), words);
}

static void edit_body(GRand *random, GString *text, const char *who, guint number)
{
    g_autofree char *words = g_strdup_printf(" and %s%u", who, number);
    g_autofree char *item = g_strdup_printf("- [ ] %s wants number %u of all tyres", who, number);
    g_autofree char *dated =
        g_strdup_printf("- 2026-11-%u %s: number %u", 10 + chance(random, 19), who, number);
    char *at;

    switch (chance(random, 12)) {
    case 0:
    case 1:
        if ((at = line_with(random, text, "[ ]")))
            strstr(at, "[ ]")[1] = 'x';
        break;
    case 2:
        if ((at = line_with(random, text, "[x]")))
            strstr(at, "[x]")[1] = ' ';
        break;
    case 3:
        append_words(text, line_with(random, text, "- "), words);
        break;
    case 4:
        insert_line(random, text, line_with(random, text, "- ["), item);
        break;
    case 5:
        remove_line(text, line_with(random, text, "- "));
        break;
    case 6:
        move_line(text, line_with(random, text, "- "), line_with(random, text, "- "));
        break;
    case 7:
        append_words(text, line_with(random, text, "o"), words);
        break;
    case 8:
        g_string_append_printf(text, "%s## Seen by %s%s%sWords of %s%s", "\n", who, "\n", "\n", who, "\n");
        break;
    case 9:
        insert_line(random, text, line_with(random, text, "Ana:"), dated);
        break;
    case 10:
        remove_line(text, line_with(random, text, "o"));
        break;
    default:
        insert_line(random, text, line_with(random, text, "o"), item);
    }
}

static void edit_front(GRand *random, GString *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text->str, text->len);
    g_autoptr(Edit) edit = edit_new(bytes);
    const struct step step = front_maker_step(random);

    step_take(edit, &step, NULL);
    g_autofree char *after = step_text(edit);
    g_string_assign(text, after);
}

static void edit_comment(GRand *random, GString *text, const char *who)
{
    g_auto(GStrv) lines = g_strsplit(text->str, "\n", -1);
    guint count = g_strv_length(lines), at = chance(random, count);
    char *end = count > 2 ? strstr(text->str, "\n---") : NULL;
    gsize offset = 0;

    for (guint i = 0; i <= at && i < count; i++)
        offset += strlen(lines[i]) + 1;
    if (!end || offset > (gsize)(end - text->str))
        return;
    g_autofree char *line = g_strdup_printf("# by %s%s", who, strstr(text->str, "\r\n") ? "\r\n" : "\n");
    g_string_insert(text, (gssize)offset, line);
}

char *item_maker_edit(GRand *random, const char *text, guint most, const char *who)
{
    GString *edited = g_string_new(text);

    for (guint n = 1 + chance(random, most); n > 0; n--) {
        guint kind = chance(random, 20);
        if (kind < 9)
            edit_front(random, edited);
        else if (kind < 18)
            edit_body(random, edited, who, n);
        else
            edit_comment(random, edited, who);
    }
    g_autofree char *whole = g_string_free(edited, FALSE);
    if (chance(random, 30) == 0)
        return with_endings(whole, chance(random, 2));
    return g_steal_pointer(&whole);
}
