#include "diff_sum.h"

#include "present.h"
#include "styled.h"

/* "3 items: 1 split, 2 added; 1 moved", "1 item changed". */
static void print_kinds(const struct review *review, GString *out)
{
    const struct review_sum *sum = &review->sum;
    guint n = review->items->len;
    const char *before = ": ";

    g_string_append_printf(out, "%u item%s", n, present_plural(n));
    for (guint i = 0; i < G_N_ELEMENTS(sum->of); i++) {
        if (sum->of[i] == n)
            g_string_append_printf(out, " %s", review_kind_name(i));
        else if (sum->of[i])
            g_string_append_printf(out, "%s%u %s", before, sum->of[i], review_kind_name(i));
        before = sum->of[i] ? ", " : before;
    }
    if (sum->moved)
        g_string_append_printf(out, "; %u moved", sum->moved);
    if (sum->readiness_gained)
        g_string_append_printf(out, "; %u became ready", sum->readiness_gained);
    if (sum->readiness_lost)
        g_string_append_printf(out, "; %u not ready any more", sum->readiness_lost);
    g_string_append_c(out, '\n');
}

/* "12 -> 13 items, 41 -> 38 points"; what is the same once. */
static void print_total(const struct diff_text *text, GString *out, const char *label, guint items_before,
                        guint items_after, double before, double after)
{
    g_autofree char *old = present_weight(before), *new = present_points(text->context->policy, after);

    if (items_before == items_after && before == after)
        return;
    g_string_append_printf(out, "%s  ", label);
    if (items_before != items_after)
        g_string_append_printf(out, "%u -> ", items_before);
    g_string_append_printf(out, "%u item%s, ", items_after, present_plural(items_after));
    if (before != after)
        g_string_append_printf(out, "%s -> ", old);
    g_string_append_printf(out, "%s\n", new);
}

/* Items that came to the top or left it; label stands before the first one, or what left is put below. */
static void print_top(const struct diff_text *text, GString *out, const GPtrArray *items, const char *label,
                      const char *sign, enum table_style style)
{
    struct output *output = text->context->output;
    const struct styled_look look = { .width = output_width(output), .color = output_color(output) };
    g_autoptr(Styled) below = styled_new();

    styled_add_fill(below, " ", 9, 0);
    for (guint i = 0; i < items->len; i++) {
        const struct item *item = items->pdata[i];
        g_autoptr(Styled) line = styled_new();
        g_autofree char *place = g_strdup_printf(" (%s %u)", *sign == '+' ? "place" : "was", item->position);
        styled_add(line, i ? "        " : label, -1, 0, NULL);
        styled_add(line, sign, -1, STYLED(style), NULL);
        styled_add(line, item->id ? item->id : item->path, -1, STYLED(TABLE_CYAN), NULL);
        styled_add(line, *item->title ? " " : "", -1, 0, NULL);
        styled_add(line, item->title, -1, 0, NULL);
        styled_add(line, place, -1, STYLED(TABLE_DIM), NULL);
        styled_print(line, out, NULL, below, &look);
    }
}

void diff_sum_print(const struct diff_text *text, GString *out)
{
    const struct review *review = text->review;
    const struct review_sum *sum = &review->sum;
    g_autofree char *label = g_strdup_printf("top %-4u", sum->top);

    if (review_is_empty(review))
        return;
    print_kinds(review, out);
    if (review->chosen)
        return;
    print_total(text, out, "open  ", sum->before.items, sum->after.items, sum->before.weight,
                sum->after.weight);
    print_total(text, out, "ready ", sum->before.ready, sum->after.ready, sum->before.ready_weight,
                sum->after.ready_weight);
    /* Where all is the top, it says no more than what was added and dropped. */
    if (MAX(sum->before.items, sum->after.items) <= sum->top)
        return;
    print_top(text, out, sum->entered, label, "+", TABLE_GREEN);
    print_top(text, out, sum->left, sum->entered->len ? "        " : label, "-", TABLE_RED);
}
