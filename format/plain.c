#include "plain.h"

#include <string.h>

#define ELLIPSIS "…"

/* The code point at, and in bytes its length; a stray byte is its own length and NOT_UTF8. */
#define NOT_UTF8 ((gunichar)-1)

static gunichar decode(const char *at, const char *end, gsize *bytes)
{
    *bytes = 1;
    if ((guchar)*at < 0x80)
        return (guchar)*at;
    gunichar character = g_utf8_get_char_validated(at, end - at);
    if (character > 0x10ffff)
        return NOT_UTF8;
    *bytes = (gsize)(g_utf8_next_char(at) - at);
    return character;
}

gboolean plain_is_hidden(gunichar character)
{
    return (character >= 0x7f && character <= 0x9f) || character == 0x061c || character == 0x200e ||
           character == 0x200f || (character >= 0x2028 && character <= 0x202e) ||
           (character >= 0x2066 && character <= 0x2069) || character == 0xfeff;
}

/* One pass over untrusted text, written to out where that is not NULL. */
struct pass {
    const char *start;
    const char *at;
    const char *end;
    GString *out;
    gboolean lines;   /* line feeds and tabs stay */
    gboolean opening; /* nothing but white space on this line so far */
    gboolean changed; /* something was escaped */
};

static void keep(struct pass *pass, gsize bytes)
{
    if (pass->out)
        g_string_append_len(pass->out, pass->at, (gssize)bytes);
    pass->at += bytes;
}

/* Writes an escape for so many bytes: "\xHH" or "\uHHHH" with kind 'x' or 'u', else a backslash and kind
 * itself. */
static void replace(struct pass *pass, gsize bytes, char kind, guint value)
{
    if (pass->out && kind == 'x')
        g_string_append_printf(pass->out, "\\x%02x", value);
    else if (pass->out && kind == 'u')
        g_string_append_printf(pass->out, "\\u%04x", value);
    else if (pass->out)
        g_string_append_printf(pass->out, "\\%c", kind);
    pass->at += bytes;
    pass->opening = FALSE;
    pass->changed = TRUE;
}

static gboolean opens_command(const struct pass *pass)
{
    static const char *const names[] = { "[", "vso[", "teamcity[" };
    if (pass->at == pass->start || pass->at[-1] != '#')
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        gsize length = strlen(names[i]);
        if ((gsize)(pass->end - pass->at) > length &&
            g_ascii_strncasecmp(pass->at + 1, names[i], length) == 0)
            return TRUE;
    }
    return FALSE;
}

static void step_control(struct pass *pass)
{
    char control = *pass->at;
    if (pass->lines && control == '\r' && pass->end - pass->at > 1 && pass->at[1] == '\n') {
        pass->at++;
        pass->changed = TRUE;
    } else if (pass->lines && (control == '\n' || control == '\t')) {
        pass->opening |= control == '\n';
        keep(pass, 1);
    } else if (control == '\n' || control == '\r' || control == '\t') {
        replace(pass, 1, control == '\n' ? 'n' : control == '\r' ? 'r' : 't', 0);
    } else {
        replace(pass, 1, 'x', (guchar)control);
    }
}

static void step(struct pass *pass)
{
    gsize bytes;
    gunichar character = decode(pass->at, pass->end, &bytes);

    if (character < 0x20) {
        step_control(pass);
    } else if (character == NOT_UTF8 || character == 0x7f) {
        replace(pass, 1, 'x', (guchar)*pass->at);
    } else if (plain_is_hidden(character)) {
        replace(pass, bytes, 'u', character);
    } else if (character == '#' && opens_command(pass)) {
        replace(pass, 1, 'u', '#');
    } else if (pass->opening && character == ':' && pass->end - pass->at > 1 && pass->at[1] == ':') {
        replace(pass, 1, 'u', ':');
    } else {
        pass->opening = pass->opening && g_unichar_isspace(character);
        keep(pass, bytes);
    }
}

/* Most text is ASCII with nothing to escape: taken in one go. */
static void skip_ordinary(struct pass *pass)
{
    const char *at = pass->at;
    while (at < pass->end && *at >= 0x20 && *at < 0x7f && *at != '#')
        at++;
    keep(pass, (gsize)(at - pass->at));
}

static void run(struct pass *pass)
{
    while (pass->at < pass->end) {
        if (pass->opening && g_ascii_isalnum(*pass->at))
            pass->opening = FALSE;
        if (!pass->opening)
            skip_ordinary(pass);
        if (pass->at < pass->end)
            step(pass);
    }
}

static struct pass begin(const char *text, gssize length, gboolean lines)
{
    gsize bytes = length < 0 ? strlen(text) : (gsize)length;
    return (struct pass){ .start = text, .at = text, .end = text + bytes, .lines = lines, .opening = TRUE };
}

gboolean plain_is_clean(const char *text, gssize length)
{
    struct pass pass = begin(text, length, FALSE);
    run(&pass);
    return !pass.changed;
}

static char *escape(const char *text, gssize length, gboolean lines)
{
    struct pass look = begin(text, length, lines);
    run(&look);
    if (!look.changed)
        return g_strndup(text, (gsize)(look.end - look.start));

    struct pass write = begin(text, length, lines);
    write.out = g_string_sized_new((gsize)(look.end - look.start) + 16);
    run(&write);
    return g_string_free(write.out, FALSE);
}

char *plain_escape(const char *text, gssize length)
{
    return escape(text, length, FALSE);
}

char *plain_escape_lines(const char *text, gssize length)
{
    return escape(text, length, TRUE);
}

char *plain_escape_markdown(const char *text, gssize length)
{
    g_autofree char *line = plain_escape(text, length);
    GString *out = g_string_sized_new(strlen(line) + 16);

    for (const char *at = line; *at; at++) {
        gsize ordinary = strcspn(at, "\\`*_[]<>|#&~$!@/");
        g_string_append_len(out, at, (gssize)ordinary);
        at += ordinary;
        if (!*at)
            break;
        /* "//" since a bare URL would be linked, and with our backslashes in it */
        if (*at == '/' ? at[1] == '/' : *at != '@')
            g_string_append_c(out, '\\');
        g_string_append_c(out, *at);
        if ((*at == '@' || *at == '#') && g_ascii_isalnum(at[1]))
            g_string_append(out, "&#8203;");
    }
    return g_string_free(out, FALSE);
}

/* Emoji that can be joined or take a skin tone. GLib has no Extended_Pictographic, these are the blocks that
 * hold it. */
static gboolean is_pictograph(gunichar character)
{
    return (character >= 0x203c && character <= 0x3299 && !g_unichar_isalpha(character)) ||
           (character >= 0x1f000 && character <= 0x1faff);
}

/* Bases that U+FE0F makes an emoji of two columns. */
static gboolean takes_emoji_style(gunichar character)
{
    return is_pictograph(character) || character == '#' || character == '*' ||
           (character >= '0' && character <= '9') || character == 0xa9 || character == 0xae ||
           character == 0x2139;
}

static gboolean is_flag_letter(gunichar character)
{
    return character >= 0x1f1e6 && character <= 0x1f1ff;
}

static guint character_columns(gunichar character)
{
    if (character == NOT_UTF8 || character < 0x300)
        return 1;
    return g_unichar_iszerowidth(character) ? 0 : g_unichar_iswide(character) ? 2 : 1;
}

/* Whether next belongs to the cluster whose base and last code point are given (UAX #29 without its rules for
 * scripts that need tables GLib lacks). */
static gboolean extends(gunichar base, gunichar last, guint flag_letters, gunichar next)
{
    const gunichar joiner = 0x200d;
    if (next == NOT_UTF8 || next < 0x300)
        return FALSE;
    if (g_unichar_iszerowidth(next) || g_unichar_ismark(next))
        return TRUE;
    if (next >= 0x1f3fb && next <= 0x1f3ff)
        return is_pictograph(base);
    if (is_flag_letter(next))
        return flag_letters == 1 && is_flag_letter(last);
    return last == joiner && is_pictograph(base) && is_pictograph(next);
}

gsize plain_cluster(const char *at, const char *end, guint *columns)
{
    gsize bytes, length;
    gunichar base = decode(at, end, &length), last = base;
    guint flag_letters = is_flag_letter(base);

    *columns = character_columns(base);
    while (at + length < end) {
        gunichar next = decode(at + length, end, &bytes);
        if (base == NOT_UTF8 || !extends(base, last, flag_letters, next))
            break;
        if ((next == 0xfe0f && takes_emoji_style(base)) || is_flag_letter(next))
            *columns = 2;
        else if (g_unichar_ismark(next))
            *columns += character_columns(next);
        flag_letters += is_flag_letter(next);
        last = next;
        length += bytes;
    }
    return length;
}

guint plain_width(const char *text)
{
    const char *end = text + strlen(text);
    guint width = 0, columns;

    for (const char *at = text; at < end;) {
        const char *start = at;
        while (at < end && (guchar)at[0] < 0x80 && (guchar)at[1] < 0x80)
            at++;
        width += (guint)(at - start);
        if (at < end) {
            at += plain_cluster(at, end, &columns);
            width += columns;
        }
    }
    return width;
}

char *plain_truncate(const char *text, guint columns)
{
    const char *end = text + strlen(text), *cut = text;
    guint width = 0, more;

    for (const char *at = text; at < end;) {
        at += plain_cluster(at, end, &more);
        width += more;
        if (width > columns)
            break;
        if (width < columns)
            cut = at;
    }
    if (width <= columns)
        return g_strdup(text);
    if (columns == 0)
        return g_strdup("");
    while (cut > text && cut[-1] == ' ')
        cut--;
    return g_strdup_printf("%.*s" ELLIPSIS, (int)(cut - text), text);
}

void plain_pad(GString *line, const char *text, guint columns, gboolean right)
{
    guint width = plain_width(text);
    guint spaces = width < columns ? columns - width : 0;

    if (right)
        g_string_append_printf(line, "%*s", (int)spaces, "");
    g_string_append(line, text);
    if (!right)
        g_string_append_printf(line, "%*s", (int)spaces, "");
}
