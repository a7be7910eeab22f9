#include "present_hit.h"

#include "plain.h"

#include <math.h>
#include <string.h>

#define DEFAULT_LIMIT 10

/* Columns that text is given however narrow the terminal is. */
#define LEAST 10

/* What is cut is replaced by this. */
static const char ellipsis[] = "…";

/* -- marks -- */

/* Where an offset of text is in shown, which is text escaped. */
static gsize shown_offset(const char *text, const char *shown, gsize offset)
{
    g_autofree char *before = plain_escape(text, (gssize)offset);
    gsize length = MIN(strlen(before), strlen(shown));

    while (length > 0 && ((guchar)shown[length] & 0xc0) == 0x80)
        length--;
    return length;
}

/* The matches of text as spans of shown. */
static GArray *shown_matches(const char *text, const char *shown, const GArray *matches)
{
    GArray *spans = g_array_new(FALSE, FALSE, sizeof(struct span));
    gboolean clean = strcmp(text, shown) == 0;

    for (guint i = 0; i < matches->len; i++) {
        struct span span = g_array_index(matches, struct span, i);
        if (!clean)
            span =
                (struct span){ shown_offset(text, shown, span.start), shown_offset(text, shown, span.end) };
        g_array_append_val(spans, span);
    }
    return spans;
}

/* Where to begin, with a word, so that the first match is seen in so many columns: with a quarter of them in
 * front of it, more where the text ends before the columns do. */
static gsize find_start(const char *shown, const GArray *spans, guint columns)
{
    const struct span *first = spans->len ? &g_array_index(spans, struct span, 0) : NULL;
    g_autofree char *until = g_strndup(shown, first ? first->end : 0);

    if (!first || plain_width(until) < columns)
        return 0;
    const char *start = shown + first->start;
    for (guint room = columns / 4; room > 0 && start > shown; room--)
        start = g_utf8_prev_char(start);
    while (start > shown && plain_width(g_utf8_prev_char(start)) <= columns)
        start = g_utf8_prev_char(start);
    const char *space = memchr(start, ' ', first->start - (gsize)(start - shown));
    return (gsize)((start > shown && space ? space + 1 : start) - shown);
}

/* Appends shown from start on, as far as kept, matches bold. */
static void append_spans(GString *line, struct output *output, const char *shown, const GArray *spans,
                         enum table_style style, struct span kept)
{
    gsize at = kept.start;

    for (guint i = 0; i < spans->len; i++) {
        struct span span = g_array_index(spans, struct span, i);
        span.start = MAX(span.start, at);
        span.end = MIN(span.end, kept.end);
        if (span_is_empty(span))
            continue;
        g_string_append_len(line, shown + at, (gssize)(span.start - at));
        g_string_append(line, output_sgr(output, TABLE_PLAIN));
        g_string_append(line, output_sgr(output, TABLE_BOLD));
        g_string_append_len(line, shown + span.start, (gssize)span_length(span));
        g_string_append(line, output_sgr(output, TABLE_PLAIN));
        g_string_append(line, style == TABLE_PLAIN ? "" : output_sgr(output, style));
        at = span.end;
    }
    g_string_append_len(line, shown + at, (gssize)(kept.end - at));
}

void present_marked(GString *line, struct output *output, const char *text, const GArray *matches,
                    enum table_style style, guint columns)
{
    g_autofree char *shown = plain_escape(text, -1);
    g_autoptr(GArray) spans = shown_matches(text, shown, matches);
    gsize start = 0, end = strlen(shown);
    gboolean cut = FALSE;

    if (columns && plain_width(shown) > columns) {
        start = find_start(shown, spans, columns - 1);
        g_autofree char *part = plain_truncate(shown + start, columns - (start ? 1 : 0));
        cut = strcmp(part, shown + start) != 0;
        end = start + strlen(part) - (cut && *part ? strlen(ellipsis) : 0);
    }
    if (style != TABLE_PLAIN)
        g_string_append(line, output_sgr(output, style));
    g_string_append(line, start ? ellipsis : "");
    append_spans(line, output, shown, spans, style, (struct span){ start, MAX(start, end) });
    g_string_append(line, cut ? ellipsis : "");
    if (style != TABLE_PLAIN)
        g_string_append(line, output_sgr(output, TABLE_PLAIN));
}

/* -- lines -- */

/* Widths of what stands in front of the titles. */
struct layout {
    guint lead;
    guint position;
    guint id;
    guint status;
    guint total; /* of these with the spaces behind them */
    guint width; /* of a line; 0: no limit */
};

static const char *status_of(const struct item *item)
{
    const char *status = item_text(item, FIELD_STATUS);
    return status ? status : "-";
}

static guint add_width(guint width)
{
    return width ? width + 2 : 0;
}

static struct layout lay_out(struct context *context, const struct search_found *found,
                             char *(*lead)(const struct search_hit *hit))
{
    struct layout layout = { .width = output_width(context->output) };

    for (guint i = 0; i < found->hits->len; i++) {
        const struct search_hit *hit = found->hits->pdata[i];
        g_autofree char *first = lead ? lead(hit) : NULL;
        g_autofree char *position = g_strdup_printf("%u", hit->item->position);
        g_autofree char *status = plain_escape(status_of(hit->item), -1);
        layout.lead = MAX(layout.lead, first ? plain_width(first) : 0);
        layout.position = MAX(layout.position, hit->item->position ? plain_width(position) : 0);
        layout.id = MAX(layout.id, plain_width(hit->item->id ? hit->item->id : "-"));
        layout.status = MAX(layout.status, plain_width(status));
    }
    layout.total =
        add_width(layout.lead) + add_width(layout.position) + add_width(layout.id) + add_width(layout.status);
    return layout;
}

static void append_cell(GString *line, struct output *output, const char *text, guint width, gboolean right,
                        enum table_style style)
{
    if (!width)
        return;
    g_string_append(line, style == TABLE_PLAIN ? "" : output_sgr(output, style));
    plain_pad(line, text, width, right);
    g_string_append(line, style == TABLE_PLAIN ? "" : output_sgr(output, TABLE_PLAIN));
    g_string_append(line, "  ");
}

/* Columns that are left for text behind so many; few rather than none. */
static guint rest_of(const struct layout *layout, guint used)
{
    return layout->width ? MAX(layout->width > used ? layout->width - used : 0, LEAST) : 0;
}

static void append_head(GString *out, struct context *context, const struct layout *layout,
                        const struct search_hit *hit, const char *lead)
{
    const struct item *item = hit->item;
    gboolean open = status_is_open(item->status);
    g_autofree char *position = item->position ? g_strdup_printf("%u", item->position) : g_strdup("");
    g_autofree char *status = plain_escape(status_of(item), -1);

    append_cell(out, context->output, lead ? lead : "", layout->lead, TRUE, TABLE_PLAIN);
    append_cell(out, context->output, position, layout->position, TRUE, TABLE_DIM);
    append_cell(out, context->output, item->id ? item->id : "-", layout->id, FALSE, TABLE_CYAN);
    append_cell(out, context->output, status, layout->status, FALSE, open ? TABLE_PLAIN : TABLE_DIM);
    present_marked(out, context->output, hit->title, hit->title_matches, open ? TABLE_PLAIN : TABLE_DIM,
                   rest_of(layout, layout->total));
    g_string_append_c(out, '\n');
}

/* Where the words stand; on a narrow terminal without the name of the field. */
static void append_snippet(GString *out, struct output *output, const struct layout *layout,
                           const struct search_hit *hit)
{
    g_autofree char *field = plain_escape(hit->field, -1);
    guint used = layout->total + plain_width(field) + 2;

    if (layout->width && layout->width < used + LEAST)
        used = layout->total;
    else
        g_string_append_printf(out, "%s%s:%s ", output_sgr(output, TABLE_DIM), field,
                               output_sgr(output, TABLE_PLAIN));
    present_marked(out, output, hit->snippet, hit->matches, TABLE_DIM, rest_of(layout, used));
}

void present_hits(GString *out, struct context *context, const struct search_found *found,
                  char *(*lead)(const struct search_hit *hit), char *(*note)(const struct search_hit *hit))
{
    const struct layout layout = lay_out(context, found, lead);

    for (guint i = 0; i < found->hits->len; i++) {
        const struct search_hit *hit = found->hits->pdata[i];
        g_autofree char *first = lead ? lead(hit) : NULL, *last = note ? note(hit) : NULL;
        g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(struct span));

        append_head(out, context, &layout, hit, first);
        /* Nothing more to say, or nothing that the title does not. */
        if (last ? !*last : strcmp(hit->field, "title") == 0)
            continue;
        g_string_append_printf(out, "%*s", (int)layout.total, "");
        if (last)
            present_marked(out, context->output, last, none, TABLE_DIM, rest_of(&layout, layout.total));
        else
            append_snippet(out, context->output, &layout, hit);
        g_string_append_c(out, '\n');
    }
}

/* -- JSON -- */

struct json *present_hit_json(struct json *array, const struct policy *policy, const struct search_hit *hit)
{
    struct json *object = json_add_object(array, NULL);
    g_autofree char *path = policy_display(policy, hit->item->path);

    json_add_string(object, "id", hit->item->id);
    json_add_string(object, "path", path);
    if (hit->item->position)
        json_add_integer(object, "position", hit->item->position);
    else
        json_add_null(object, "position");
    json_add_string(object, "title", hit->title);
    json_add_string(object, "status", item_text(hit->item, FIELD_STATUS));
    json_add_real(object, "score", round(hit->score * 1e4) / 1e4);
    json_add_string(object, "field", hit->field);
    json_add_string(object, "snippet", hit->snippet);
    struct json *matches = json_add_array(object, "matches");
    for (guint i = 0; i < hit->matches->len; i++) {
        struct span span = g_array_index(hit->matches, struct span, i);
        struct json *match = json_add_object(matches, NULL);
        json_add_integer(match, "start", g_utf8_strlen(hit->snippet, (gssize)span.start));
        json_add_integer(match, "end", g_utf8_strlen(hit->snippet, (gssize)span.end));
    }
    return object;
}

/* -- the rest -- */

void present_unsearched(struct context *context, const struct backlog *backlog)
{
    for (guint i = 0; i < backlog->findings->len && i < 10; i++) {
        const struct finding *finding = backlog->findings->pdata[i];
        g_autofree char *path = policy_display(context->policy, finding->path);
        output_warning(context->output, "%s is not searched: %s", path, finding->message);
    }
    if (backlog->findings->len > 10)
        output_warning(context->output, "and %u more; refine check shows all", backlog->findings->len - 10);
}

gboolean present_limit(const char *text, guint *limit, GError **error)
{
    guint64 number = DEFAULT_LIMIT;

    if (text && !g_ascii_string_to_unsigned(text, 10, 1, G_MAXINT, &number, NULL)) {
        usage_error(error, "--limit: expected a number from 1, saw %s", text);
        return FALSE;
    }
    *limit = (guint)number;
    return TRUE;
}
