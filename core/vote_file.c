#include "vote_file.h"

#include "plain.h"

#include <string.h>

#define SEALED "sealed "
#define REVEALED "revealed "
#define MISSING "missing "

/* -- writing -- */

char *vote_salt(struct random *random)
{
    guint8 bytes[VOTE_SALT_DIGITS / 2];
    GString *salt = g_string_sized_new(VOTE_SALT_DIGITS);

    random_bytes(random, bytes, sizeof bytes);
    for (gsize i = 0; i < sizeof bytes; i++)
        g_string_append_printf(salt, "%02x", bytes[i]);
    return g_string_free(salt, FALSE);
}

char *vote_digest(const char *salt, const char *id, guint round, const char *who, const char *value)
{
    g_autofree char *text = g_strdup_printf("%s\n%s\n%u\n%s\n%s\n", salt, id, round, who, value);
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
}

static GBytes *print(const char *format, ...) G_GNUC_PRINTF(1, 2);

static GBytes *print(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return g_bytes_new_take(text, strlen(text));
}

GBytes *vote_print_open(const char *id, guint round, const char *who, const char *value)
{
    return print("%s (%s %u %s)\n", value, id, round, who);
}

GBytes *vote_print_sealed(const char *digest)
{
    return print(SEALED "%s\n", digest);
}

GBytes *vote_print_revealed(const char *digest, const char *salt, const char *value)
{
    return print(SEALED "%s\n" REVEALED "%s %s\n", digest, salt, value);
}

GBytes *vote_print_missing(const char *digest, const char *reason)
{
    return print(SEALED "%s\n" MISSING "%s\n", digest, reason);
}

GBytes *vote_print_end(const char *id, guint round)
{
    return print("%s %u is over\n", id, round);
}

/* -- names -- */

gboolean vote_parse_name(const char *name, guint *round, char **who)
{
    gsize digits = strspn(name, "0123456789");
    g_autofree char *number = g_strndup(name, digits);
    guint64 value;

    if (*name == '0' || !g_ascii_string_to_unsigned(number, 10, 1, G_MAXINT, &value, NULL) ||
        (name[digits] && (name[digits] != '-' || !name[digits + 1])))
        return FALSE;
    *round = (guint)value;
    *who = name[digits] ? g_utf8_normalize(name + digits + 1, -1, G_NORMALIZE_NFC) : NULL;
    return !name[digits] || *who;
}

char *vote_path(const struct policy *policy, const char *id, guint round, const char *who)
{
    g_autofree char *name = g_strdup_printf("%u%s%s", round, who ? "-" : "", who ? who : "");
    return g_build_filename(policy->folder, "votes", id, name, NULL);
}

/* -- reading -- */

/* A file of a vote on its way to be understood. */
struct reading {
    struct vote *vote;
    const struct policy *policy;
    const char *id;
    char **lines;
    GPtrArray *findings;
};

static void find_fault(const struct reading *reading, guint line, const char *help, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

static void find_fault(const struct reading *reading, guint line, const char *help, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    struct finding *finding = finding_add_at(reading->findings, "bad-vote", SEVERITY_ERROR,
                                             (struct position){ line, line ? 1 : 0 }, help, "%s", message);
    finding->path = g_strdup(reading->vote->path);
}

static gboolean is_hex(const char *text, gsize digits)
{
    return strspn(text, "0123456789abcdef") >= digits;
}

static char *check_value(const struct reading *reading, const char *value, guint line)
{
    g_autoptr(GError) cause = NULL;

    if (vote_check(reading->policy, value, &cause))
        return g_strdup(value);
    find_fault(reading, line, "vote again", "the vote of %s: %s", reading->vote->name, cause->message);
    return NULL;
}

char *vote_parse_open(const char *line, char **on)
{
    const char *open = g_strrstr(line, " (");
    gsize length = strlen(line);
    g_autofree char *place =
        open && g_str_has_suffix(line, ")") ? g_strndup(open + 2, length - (gsize)(open - line) - 3) : NULL;
    g_auto(GStrv) words = place ? g_strsplit(place, " ", -1) : NULL;
    gboolean named =
        words && g_strv_length(words) == 3 && *words[1] && strspn(words[1], "0123456789") == strlen(words[1]);

    if (on)
        *on = named ? g_steal_pointer(&place) : NULL;
    return named ? g_strndup(line, (gsize)(open - line)) : g_strdup(line);
}

static void read_open(const struct reading *reading)
{
    struct vote *vote = reading->vote;
    g_autofree char *on = NULL;
    g_autofree char *value = vote_parse_open(reading->lines[0] ? reading->lines[0] : "", &on);
    g_autofree char *expected = g_strdup_printf("%s %u %s", reading->id, vote->round, vote->who);

    vote->state = VOTE_OPEN;
    if (on && strcmp(on, expected) != 0)
        find_fault(reading, 1, "remove it, or vote again",
                   "the vote of %s: expected \"(%s)\", saw \"(%s)\": it was cast elsewhere", vote->name,
                   expected, on);
    else
        vote->value = check_value(reading, value, 1);
}

/* "SALT VALUE": whether it is what was sealed. */
static void read_revealed(const struct reading *reading, const char *text)
{
    struct vote *vote = reading->vote;

    if (!is_hex(text, VOTE_SALT_DIGITS) || text[VOTE_SALT_DIGITS] != ' ') {
        find_fault(reading, 2, "remove the line, and reveal it again",
                   "the vote of %s: expected \"revealed SALT VALUE\", with a salt of %d digits", vote->name,
                   VOTE_SALT_DIGITS);
        return;
    }
    const char *value = text + VOTE_SALT_DIGITS + 1;
    g_autofree char *salt = g_strndup(text, VOTE_SALT_DIGITS);
    g_autofree char *digest = vote_digest(salt, reading->id, vote->round, vote->who, value);
    if (strcmp(digest, vote->digest) != 0) {
        find_fault(reading, 2, "let them reveal it again, or vote again",
                   "the vote of %s is not what was sealed: its digest does not fit", vote->name);
        return;
    }
    vote->value = check_value(reading, value, 2);
    vote->state = vote->value ? VOTE_REVEALED : VOTE_SEALED;
}

static void read_sealed(const struct reading *reading)
{
    struct vote *vote = reading->vote;
    const char *digest = reading->lines[0] + strlen(SEALED);
    const char *second = reading->lines[1] ? reading->lines[1] : "";

    gboolean is_digest = strlen(digest) == VOTE_DIGEST_DIGITS && is_hex(digest, VOTE_DIGEST_DIGITS);

    vote->state = VOTE_SEALED;
    vote->digest = is_digest ? g_strdup(digest) : NULL;
    if (g_str_has_prefix(second, MISSING)) {
        /* Given up, whatever stands in the first line. */
        vote->state = VOTE_MISSING;
        vote->reason = g_strdup(second + strlen(MISSING));
    } else if (!is_digest) {
        find_fault(reading, 1, "vote again", "the vote of %s: expected a digest of %d digits, saw \"%s\"",
                   vote->name, VOTE_DIGEST_DIGITS, digest);
    } else if (g_str_has_prefix(second, REVEALED)) {
        read_revealed(reading, second + strlen(REVEALED));
    } else if (*second) {
        find_fault(reading, 2, "remove the line",
                   "the vote of %s: expected \"revealed SALT VALUE\", saw \"%s\"", vote->name, second);
    }
}

void vote_parse(struct vote *vote, const struct policy *policy, const char *id, GPtrArray *findings)
{
    gsize length;
    const char *bytes = g_bytes_get_data(vote->bytes, &length);
    g_autofree char *text = g_utf8_make_valid(bytes ? bytes : "", (gssize)length);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    const struct reading reading = { vote, policy, id, lines, findings };
    gsize n = 0;

    for (gsize i = 0; lines[i]; i++) {
        g_strchomp(lines[i]);
        if (*lines[i])
            n = i + 1;
    }
    gboolean sealed = n && g_str_has_prefix(lines[0], SEALED);
    vote->state = VOTE_SEALED;
    if (n > (sealed ? 2 : 1))
        find_fault(&reading, sealed ? 3 : 2, "it may be a merge that is not resolved",
                   "the vote of %s: expected %s, saw %" G_GSIZE_FORMAT, vote->name,
                   sealed ? "at most two lines" : "one line", n);
    else if (sealed)
        read_sealed(&reading);
    else
        read_open(&reading);
}
