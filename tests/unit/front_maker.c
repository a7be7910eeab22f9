#include "front_maker.h"

#include "scalar.h"

struct maker {
    GRand *random;
    GString *out;
    const char *ending;
    guint comments; /* written so far; each has its number */
};

const char *const front_maker_words[] = { "ready", "no",  "5",       "2026-11-20", "Größe",     "🚲", "it's",
                                          "a-b",   "c#d", "28 × 1⅜", "x y",        "two words", NULL };

const char *const front_maker_keys[] = { "title",    "id",       "rank",    "type",   "status",
                                         "created",  "estimate", "goal",    "labels", "depends",
                                         "feedback", "waive",    "x-größe", "votes",  NULL };

static guint chance(struct maker *maker, guint n)
{
    return (guint)g_rand_int_range(maker->random, 0, (gint)n);
}

static const char *word(struct maker *maker)
{
    return front_maker_words[chance(maker, G_N_ELEMENTS(front_maker_words) - 1)];
}

static void put(struct maker *maker, const char *text)
{
    g_string_append(maker->out, text);
}

static void put_comment(struct maker *maker, const char *before)
{
    g_string_append_printf(maker->out, "%s# n%u;", before, maker->comments++);
}

static void end_line(struct maker *maker)
{
    if (chance(maker, 6) == 0)
        put_comment(maker, "  ");
    else if (chance(maker, 12) == 0)
        put(maker, " ");
    put(maker, maker->ending);
}

static void put_line_between(struct maker *maker, guint indent)
{
    guint kind = chance(maker, 12);
    if (kind == 0)
        put(maker, maker->ending);
    if (kind > 1)
        return;
    g_string_append_printf(maker->out, "%*s", (int)indent, "");
    put_comment(maker, "");
    put(maker, maker->ending);
}

/* A scalar of one line. */
static void put_scalar(struct maker *maker, gboolean flow)
{
    guint kind = chance(maker, flow ? 3 : 5);
    g_autofree char *text =
        kind == 2 ? g_strdup_printf("say \"%s\": %s", word(maker), word(maker)) : g_strdup(word(maker));
    g_autofree char *printed = scalar_print(text, SCALAR_TYPED,
                                            kind == 0   ? STYLE_SINGLE
                                            : kind == 1 ? STYLE_DOUBLE
                                                        : STYLE_PLAIN,
                                            flow);
    put(maker, printed);
}

/* A block scalar whose lines stand at indent; the header follows what is there. */
static void put_block_scalar(struct maker *maker, guint indent)
{
    static const char *const headers[] = { "|", "|-", ">", ">-", "|+", ">+" };
    put(maker, headers[chance(maker, G_N_ELEMENTS(headers))]);
    end_line(maker);
    for (guint n = 1 + chance(maker, 3); n > 0; n--) {
        g_string_append_printf(maker->out, "%*s%s%s", (int)indent, "", word(maker), maker->ending);
        if (chance(maker, 4) == 0)
            put(maker, maker->ending);
    }
}

/* A value behind "key:" or "-" whose further lines stand at indent; ends its line. */
static void put_value(struct maker *maker, guint indent)
{
    switch (chance(maker, 12)) {
    case 0:
        end_line(maker);
        return;
    case 1:
        put(maker, " ~");
        break;
    case 2:
    case 3:
        put(maker, " ");
        put_block_scalar(maker, indent);
        return;
    case 4:
        g_string_append_printf(maker->out, " %s%s%*smore", "some", maker->ending, (int)indent, "");
        break;
    case 5:
        g_string_append_printf(maker->out, " \"%s%s%*smore \\u00e9\"", "some", maker->ending, (int)indent,
                               "");
        break;
    default:
        put(maker, " ");
        put_scalar(maker, FALSE);
    }
    end_line(maker);
}

static void put_pairs(struct maker *maker, guint indent)
{
    static const char *const names[] = { "from", "on", "'says'", "via", "größe" };
    guint n = 1 + chance(maker, G_N_ELEMENTS(names));
    for (guint i = 0; i < n; i++) {
        if (i > 0) {
            put_line_between(maker, indent);
            g_string_append_printf(maker->out, "%*s", (int)indent, "");
        }
        g_string_append_printf(maker->out, "%s:", names[i]);
        put_value(maker, indent + 2);
    }
}

static void put_block_list(struct maker *maker)
{
    guint indent = chance(maker, 3) * 2;
    end_line(maker);
    for (guint n = 1 + chance(maker, 4); n > 0; n--) {
        put_line_between(maker, indent);
        g_string_append_printf(maker->out, "%*s-", (int)indent, "");
        if (chance(maker, 4) == 0) {
            put(maker, " ");
            put_pairs(maker, indent + 2);
        } else {
            put_value(maker, indent + 2);
        }
    }
}

static void put_block_map(struct maker *maker)
{
    guint indent = 1 + chance(maker, 4);
    end_line(maker);
    put_line_between(maker, indent);
    g_string_append_printf(maker->out, "%*s", (int)indent, "");
    put_pairs(maker, indent);
}

static void put_flow(struct maker *maker, gboolean map)
{
    gboolean lines = chance(maker, 3) == 0;
    guint n = chance(maker, 5);

    put(maker, map ? " {" : " [");
    if (lines)
        end_line(maker);
    for (guint i = 0; i < n; i++) {
        put(maker, lines ? "  " : chance(maker, 3) ? "" : " ");
        if (map)
            g_string_append_printf(maker->out, "k%u: ", i);
        if (!map && chance(maker, 6) == 0)
            put(maker, "{from: [a, b], on: c}");
        else if (!map || chance(maker, 6))
            put_scalar(maker, TRUE);
        if (i + 1 < n || chance(maker, 4) == 0)
            put(maker, chance(maker, 4) ? ", " : " ,");
        if (lines)
            end_line(maker);
    }
    put(maker, map ? " }" : "]");
    end_line(maker);
}

static void put_key(struct maker *maker, const char *key)
{
    put_line_between(maker, 0);
    put(maker, key);
    put(maker, ":");
    switch (chance(maker, 8)) {
    case 0:
    case 1:
        put_block_list(maker);
        break;
    case 2:
        put_block_map(maker);
        break;
    case 3:
        put_flow(maker, FALSE);
        break;
    case 4:
        put_flow(maker, TRUE);
        break;
    default:
        put_value(maker, 2);
    }
}

char *front_maker_make(GRand *random)
{
    struct maker maker = { random, g_string_new(NULL), "\n", 0 };
    if (chance(&maker, 3) == 0)
        maker.ending = "\r\n";
    put(&maker, chance(&maker, 10) == 0 ? "\xef\xbb\xbf---" : "---");
    put(&maker, maker.ending);
    for (gsize i = 0; front_maker_keys[i]; i++)
        if (chance(&maker, 2))
            put_key(&maker, front_maker_keys[i]);
    put_line_between(&maker, 0);
    g_string_append_printf(maker.out, "---%s", maker.ending);
    put(&maker, chance(&maker, 2) ? "\n## Story\r\n\n- title: none\n---\n" : "");
    return g_string_free(maker.out, FALSE);
}

static const char *pick(GRand *random, const char *const *texts)
{
    return texts[g_rand_int_range(random, 0, (gint)g_strv_length((char **)texts))];
}

struct step front_maker_step(GRand *random)
{
    static const char *const values[] = { "new",   "a: b",         "no",  "it's",         "",  "{x}",
                                          "Größe", "two\nlines\n", "- x", "\xe2\x80\xa8", NULL };
    return (struct step){ .call = (enum call)g_rand_int_range(random, SET, PAIR + 1),
                          .key = pick(random, front_maker_keys),
                          .value = pick(random, g_rand_int_range(random, 0, 3) ? values : front_maker_words),
                          .name = g_rand_boolean(random) ? "k1" : "from",
                          .index = (guint)g_rand_int_range(random, 0, 3) };
}
