#include "search_private.h"

#include <string.h>

/* Bytes of a snippet, and of them in front of the first match where something is left out. */
#define SNIPPET 240
#define LEAD 40

/* Words that similar items are said to share. */
#define SHARED 5

/* -- matching -- */

/* Whether the clause stands at that token. */
static gboolean matches_at(const struct search_clause *clause, const GArray *tokens, guint at)
{
    guint n = clause->tokens->len;

    if (at + n > tokens->len)
        return FALSE;
    for (guint i = 0; i < n; i++) {
        const struct search_token *wanted = &g_array_index(clause->tokens, struct search_token, i);
        const struct search_token *seen = &g_array_index(tokens, struct search_token, at + i);
        if (!clause->prefix && strcmp(wanted->stem, seen->stem) != 0)
            return FALSE;
        if (!clause->prefix)
            continue;
        gboolean last = i + 1 == n;
        if (last ? !g_str_has_prefix(seen->word, wanted->word) && !g_str_has_prefix(seen->stem, wanted->word)
                 : strcmp(seen->word, wanted->word) != 0 && strcmp(seen->stem, wanted->word) != 0)
            return FALSE;
    }
    return TRUE;
}

/* Adds a span, joined with the last one where these meet. */
static void add_span(GArray *spans, struct span span)
{
    struct span *last = spans->len ? &g_array_index(spans, struct span, spans->len - 1) : NULL;
    if (last && span.start <= last->end)
        last->end = MAX(last->end, span.end);
    else
        g_array_append_val(spans, span);
}

/* What stands in one piece. */
struct places {
    GArray *spans; /* struct span, rising */
    double weight; /* of the clauses that stand there */
};

/* Looks for all clauses in text. where, if not NULL, gets for each clause that is not in it yet the words
 * that it found. */
static struct places find_places(struct search_tokens *tokens, const char *text, const GPtrArray *clauses,
                                 const struct search_score *score, char **where)
{
    g_autoptr(GArray) list = search_tokens_read(tokens, text, strlen(text));
    g_autofree gboolean *seen = g_new0(gboolean, clauses->len + 1);
    struct places places = { g_array_new(FALSE, FALSE, sizeof(struct span)), 0 };

    for (guint at = 0; at < list->len; at++)
        for (guint i = 0; i < clauses->len; i++) {
            const struct search_clause *clause = clauses->pdata[i];
            if (!matches_at(clause, list, at))
                continue;
            gsize start = g_array_index(list, struct search_token, at).span.start;
            gsize end = g_array_index(list, struct search_token, at + clause->tokens->len - 1).span.end;
            add_span(places.spans, (struct span){ start, end });
            places.weight += seen[i] ? 0 : score->phrases[i];
            seen[i] = TRUE;
            if (where && !where[i] && end - start > 1)
                where[i] = g_strndup(text + start, end - start);
        }
    return places;
}

/* -- cutting -- */

/* Where a window of SNIPPET bytes begins that holds most of the spans. */
static gsize find_window(const GArray *spans)
{
    guint best = 0, most = 0;

    for (guint i = 0, j = 0; i < spans->len; i++) {
        gsize start = g_array_index(spans, struct span, i).start;
        while (j < spans->len && g_array_index(spans, struct span, j).end <= start + SNIPPET - LEAD)
            j++;
        if (j - i > most) {
            most = j - i;
            best = i;
        }
    }
    return spans->len ? g_array_index(spans, struct span, best).start : 0;
}

/* The offset moved back to where a character begins. */
static gsize align(const char *text, gsize offset)
{
    while (offset > 0 && ((guchar)text[offset] & 0xc0) == 0x80)
        offset--;
    return offset;
}

/* The next blank within LEAD bytes, so that a cut falls between words where there are such; else offset. */
static gsize next_blank(const char *text, gsize offset, gsize limit)
{
    gsize at = offset;
    while (at < limit && text[at] && text[at] != ' ')
        at++;
    return at < limit && text[at] == ' ' ? at + 1 : offset;
}

static gsize last_blank(const char *text, gsize offset, gsize limit)
{
    gsize at = offset;
    while (at > limit && text[at] != ' ')
        at--;
    return at > limit ? at : offset;
}

/* The part of text that shows most of its matches, which become places of that part. */
static char *cut(const char *text, GArray *spans)
{
    gsize length = strlen(text), first = find_window(spans), start = 0, end = length;

    if (length > SNIPPET) {
        start = first > LEAD ? next_blank(text, align(text, first - LEAD), first) : 0;
        end = length - start > SNIPPET ? last_blank(text, align(text, start + SNIPPET), first) : length;
    }
    const char *front = start ? "…" : "";
    g_autofree char *middle = g_strndup(text + start, end - start);
    for (char *at = middle; *at; at++)
        *at = g_ascii_isspace(*at) ? ' ' : *at;
    for (guint i = spans->len; i-- > 0;) {
        struct span *span = &g_array_index(spans, struct span, i);
        if (span->start < start || span->start >= end) {
            g_array_remove_index(spans, i);
            continue;
        }
        span->end = MIN(span->end, end) - start + strlen(front);
        span->start = span->start - start + strlen(front);
    }
    return g_strconcat(front, middle, end < length ? "…" : "", NULL);
}

/* -- a hit -- */

static void take_title(struct search_hit *hit, const struct search_piece *piece, struct places *places)
{
    g_free(hit->title);
    g_array_unref(hit->title_matches);
    hit->title = g_strdup(piece->text);
    hit->title_matches = g_steal_pointer(&places->spans);
}

static void take_snippet(struct search_hit *hit, const struct search_piece *piece, struct places *places)
{
    g_free(hit->field);
    g_free(hit->snippet);
    g_array_unref(hit->matches);
    hit->field = g_strdup(piece->field);
    hit->snippet = cut(piece->text, places->spans);
    hit->matches = g_steal_pointer(&places->spans);
}

/* The words found for those of the first n clauses that weigh most. */
static char **choose_shared(char **where, guint n, const struct search_score *score)
{
    GStrvBuilder *builder = g_strv_builder_new();

    for (guint count = 0; count < SHARED; count++) {
        guint best = G_MAXUINT;
        for (guint i = 0; i < n; i++)
            if (where[i] && (best == G_MAXUINT || score->phrases[i] > score->phrases[best]))
                best = i;
        if (best == G_MAXUINT)
            break;
        g_strv_builder_add(builder, where[best]);
        g_clear_pointer(&where[best], g_free);
    }
    char **shared = g_strv_builder_end(builder);
    g_strv_builder_unref(builder);
    return shared;
}

void search_hit_fill(struct search *search, struct search_hit *hit, const GPtrArray *clauses,
                     const struct search_score *score, guint shared)
{
    const struct entry *entry = backlog_entry(search->backlog, hit->item->path);
    g_autoptr(GBytes) bytes = entry ? backlog_read(search->backlog, entry, NULL) : NULL;
    g_autoptr(Document) document = bytes ? document_new(bytes, NULL) : NULL;
    g_autoptr(GPtrArray) pieces =
        document ? search_pieces(document, search->backlog->policy, hit->item, TRUE) : g_ptr_array_new();
    g_autofree char **where = g_new0(char *, clauses->len + 1);
    double best = 0;

    for (guint i = 0; i < pieces->len; i++) {
        const struct search_piece *piece = pieces->pdata[i];
        if (score->columns[piece->column] <= 0)
            continue;
        struct places places = find_places(search->tokens, piece->text, clauses, score, where);
        if (piece->column == SEARCH_TITLE) {
            take_title(hit, piece, &places);
        } else if (places.weight > best) {
            best = places.weight;
            take_snippet(hit, piece, &places);
        }
        g_clear_pointer(&places.spans, g_array_unref);
    }
    if (!*hit->field) {
        g_free(hit->field);
        g_free(hit->snippet);
        hit->field = g_strdup("title");
        hit->snippet = g_strdup(hit->title);
        g_array_append_vals(hit->matches, hit->title_matches->data, hit->title_matches->len);
    }
    if (shared)
        hit->shared = choose_shared(where, shared, score);
    for (guint i = 0; i < clauses->len; i++)
        g_free(where[i]);
}
