#include "split_private.h"

#include "template.h"

#include <string.h>

/* A body in the making. */
struct copying {
    const struct document *document; /* of the parent */
    const GPtrArray *parts;
    gboolean outdented; /* entries lose their indentation: beside others it may mean something else */
    GString *out;
    const struct criterion *last; /* what stands at the end of out; NULL: nothing */
};

/* -- lines of the parent -- */

/* Appends the lines of a span with LF at their ends, but for the last, without blank ones at the end; of each
 * up to outdent characters of indentation are left out. */
static void add_lines(struct copying *copying, struct span span, gsize outdent)
{
    const char *text = copying->document->text;
    gsize length = copying->document->length, kept = copying->out->len;

    for (gsize at = span.start, next; at < span.end; at = next) {
        gsize end = MIN(lines_end(text, length, at), span.end), start = at;
        next = MIN(lines_next(text, length, at), span.end);
        while (start < end && start - at < outdent && (text[start] == ' ' || text[start] == '\t'))
            start++;
        g_string_append_len(copying->out, text + start, (gssize)(end - start));
        kept = lines_is_blank(text, length, at) ? kept : copying->out->len;
        g_string_append_c(copying->out, '\n');
    }
    g_string_truncate(copying->out, kept);
}

static const struct markdown_item *item_of(const struct copying *copying, const struct criterion *part)
{
    return &g_array_index(copying->document->body->items, struct markdown_item, part->item);
}

static const struct markdown_fence *fence_of(const struct copying *copying, const struct criterion *part)
{
    const GArray *fences = copying->document->body->fences;

    for (guint i = 0; i < fences->len; i++) {
        const struct markdown_fence *fence = &g_array_index(fences, struct markdown_fence, i);
        if (fence->span.start <= part->span.start && part->span.end <= fence->span.end)
            return fence;
    }
    g_assert_not_reached();
}

/* -- entries of a list -- */

/* Whether blank lines stand between the entries of the list that the part is in. */
static gboolean is_airy(const struct copying *copying, const struct criterion *part)
{
    const struct criterion *before = NULL;
    const char *text = copying->document->text;
    gsize length = copying->document->length;
    guint list = item_of(copying, part)->list;

    for (guint i = 0; i < copying->parts->len; i++) {
        const struct criterion *other = copying->parts->pdata[i];
        if (other->scenario || item_of(copying, other)->list != list)
            continue;
        if (before && lines_is_blank(text, length, before->span.end))
            return TRUE;
        before = other;
    }
    return FALSE;
}

static void add_entry(struct copying *copying, const struct criterion *part)
{
    const struct criterion *last = copying->last;
    gboolean apart = last && (last->scenario || is_airy(copying, part) || is_airy(copying, last));

    if (last)
        g_string_append(copying->out, apart ? "\n\n" : "\n");
    add_lines(copying, part->span, copying->outdented ? item_of(copying, part)->indent : 0);
}

/* -- scenarios -- */

/* The first line of the fence and what stands before its scenarios: the feature, its background. */
static void open_fence(struct copying *copying, const struct markdown_fence *fence)
{
    g_autoptr(GPtrArray) scenarios = markdown_scenarios(copying->document->body, fence);
    const struct markdown_scenario *first = scenarios->pdata[0];

    if (copying->last)
        g_string_append(copying->out, "\n\n");
    add_lines(copying, (struct span){ fence->span.start, first->span.start }, 0);
    g_string_append(copying->out, first->span.start > fence->content.start ? "\n\n" : "\n");
}

/* The last line of the fence; one that was never closed is. */
static void close_fence(struct copying *copying, const struct markdown_fence *fence)
{
    const char *text = copying->document->text;
    gsize start = fence->span.start + strspn(text + fence->span.start, " "), end = start;

    g_string_append_c(copying->out, '\n');
    if (fence->content.end < fence->span.end) {
        add_lines(copying, (struct span){ fence->content.end, fence->span.end }, 0);
        return;
    }
    while (end < fence->span.end && text[end] == text[start])
        end++;
    g_string_append_len(copying->out, text + start, (gssize)(end - start));
}

/* Neighbours of one fence stay in one. */
static void add_scenario(struct copying *copying, const struct criterion *part, const struct criterion *next)
{
    const struct markdown_fence *fence = fence_of(copying, part);
    gboolean goes_on = copying->last && copying->last->scenario && fence_of(copying, copying->last) == fence;

    if (goes_on)
        g_string_append(copying->out, "\n\n");
    else
        open_fence(copying, fence);
    add_lines(copying, part->span, 0);
    if (!next || !next->scenario || fence_of(copying, next) != fence)
        close_fence(copying, fence);
}

/* -- */

static const struct criterion *part_at(const struct copying *copying, const GArray *numbers, guint i)
{
    return i < numbers->len ? copying->parts->pdata[g_array_index(numbers, guint, i) - 1] : NULL;
}

/* Those parts as Markdown, without a last line ending; NULL where there are none. */
static char *copy_parts(const struct document *document, const GPtrArray *parts, const GArray *numbers,
                        gboolean outdented)
{
    struct copying copying = { document, parts, outdented, g_string_new(NULL), NULL };

    for (guint i = 0; i < numbers->len; i++) {
        const struct criterion *part = part_at(&copying, numbers, i);
        g_assert(part); /* i is one of them */
        if (part->scenario)
            add_scenario(&copying, part, part_at(&copying, numbers, i + 1));
        else
            add_entry(&copying, part);
        copying.last = part;
    }
    return g_string_free(copying.out, numbers->len == 0);
}

static char *make_body(const struct policy *policy, const char *type, const struct document *document,
                       const struct split_parts *parts, const struct split_child *child, gboolean outdented)
{
    g_autofree char *criteria =
        copy_parts(document, parts->of[SPLIT_CRITERIA], child->parts[SPLIT_CRITERIA], outdented);
    g_autofree char *questions =
        copy_parts(document, parts->of[SPLIT_QUESTIONS], child->parts[SPLIT_QUESTIONS], outdented);
    const struct template_texts texts = { .listed = criteria };
    g_autofree char *body = template_body(policy, type, &texts);

    if (!questions)
        return g_steal_pointer(&body);
    return g_strdup_printf("%s\n## %s\n\n%s\n", body, policy_section(policy, SECTION_QUESTIONS)[0],
                           questions);
}

/* -- proof -- */

GArray *split_nested(const struct split_parts *parts, guint number)
{
    const GPtrArray *criteria = parts->of[SPLIT_CRITERIA];
    const struct criterion *around = criteria->pdata[number - 1];
    GArray *nested = g_array_new(FALSE, FALSE, sizeof(guint));

    for (guint i = number; i < criteria->len && !around->scenario; i++) {
        const struct criterion *inner = criteria->pdata[i];
        guint own = i + 1;
        if (inner->span.start >= around->span.end)
            break;
        g_array_append_val(nested, own);
    }
    return nested;
}

/* The parts that a child must be found to have, with those that are nested in them. */
static GPtrArray *expected_parts(const struct split_parts *parts, const struct split_child *child,
                                 enum split_kind kind)
{
    GPtrArray *expected = g_ptr_array_new();

    for (guint i = 0; i < child->parts[kind]->len; i++) {
        guint number = g_array_index(child->parts[kind], guint, i);
        g_autoptr(GArray) nested = kind == SPLIT_CRITERIA ? split_nested(parts, number) : NULL;
        g_ptr_array_add(expected, parts->of[kind]->pdata[number - 1]);
        for (guint j = 0; nested && j < nested->len; j++)
            g_ptr_array_add(expected, parts->of[kind]->pdata[g_array_index(nested, guint, j) - 1]);
    }
    return expected;
}

static gboolean are_same(const GPtrArray *expected, const GPtrArray *seen)
{
    if (expected->len != seen->len)
        return FALSE;
    for (guint i = 0; i < seen->len; i++) {
        const struct criterion *one = expected->pdata[i], *other = seen->pdata[i];
        if (strcmp(one->text, other->text) != 0 || strcmp(one->details, other->details) != 0 ||
            one->scenario != other->scenario || one->has_box != other->has_box ||
            one->ticked != other->ticked)
            return FALSE;
    }
    return TRUE;
}

/* Whether a reader finds in the body what the child was given. */
static gboolean reads_as_given(const struct policy *policy, const char *body, const struct split_parts *parts,
                               const struct split_child *child)
{
    g_autoptr(GBytes) bytes = g_bytes_new(body, strlen(body));
    g_autoptr(Document) document = document_new_body(bytes);
    struct split_parts seen;
    gboolean same = TRUE;

    split_parts_init(&seen, document, policy);
    for (enum split_kind kind = 0; kind < N_SPLIT_KINDS && same; kind++) {
        g_autoptr(GPtrArray) expected = expected_parts(parts, child, kind);
        same = are_same(expected, seen.of[kind]);
    }
    split_parts_clear(&seen);
    return same;
}

char *split_body(const struct policy *policy, const char *type, const struct document *document,
                 const struct split_parts *parts, const struct split_child *child, GError **error)
{
    for (int outdented = FALSE; outdented <= TRUE; outdented++) {
        g_autofree char *body = make_body(policy, type, document, parts, child, outdented);
        if (reads_as_given(policy, body, parts, child))
            return g_steal_pointer(&body);
    }
    g_set_error(
        error, SPLIT_ERROR, SPLIT_ERROR_PART,
        "as Markdown, what \"%s\" is to get would not read as it does in the item; put it otherwise there "
        "first",
        child->title);
    return NULL;
}
