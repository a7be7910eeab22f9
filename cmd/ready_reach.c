#include "ready_reach.h"

#include "present.h"
#include "styled.h"

/* Columns of the bar, and what stands around it. */
#define BAR 40
#define AROUND 8

static enum table_style style_of(const struct horizon *horizon)
{
    return horizon_share(horizon) < 1 ? TABLE_YELLOW : TABLE_GREEN;
}

/* "  [########------------]  40%", with what is there in colour; blocks where the terminal has them. */
static void print_bar(GString *out, struct output *output, const struct horizon *horizon)
{
    guint width = output_width(output),
          room = width == 0 ? BAR : MIN(BAR, width > AROUND ? width - AROUND : 1);
    double share = horizon_share(horizon);
    /* Full means that nothing lacks, and empty that nothing is there. */
    guint filled = (guint)(share * room);
    gboolean utf8 = output_is_utf8();
    const struct styled_look look = { .color = output_color(output), .utf8 = utf8 };
    g_autoptr(Styled) line = styled_new();
    g_autofree char *percent = g_strdup_printf("%3u%%", (guint)(share * 100));

    if (filled == 0 && share > 0)
        filled = 1;
    styled_add(line, utf8 ? "  " : "  [", -1, 0, NULL);
    styled_add_fill(line, utf8 ? "█" : "#", filled, STYLED(style_of(horizon)));
    styled_add_fill(line, utf8 ? "░" : "-", room - filled, STYLED(TABLE_DIM));
    styled_add(line, utf8 ? " " : "] ", -1, 0, NULL);
    styled_add(line, percent, -1, 0, NULL);
    styled_print_line(line, out, &look);
}

static void print_sprints(GString *out, struct output *output, const struct horizon *horizon,
                          const char *points)
{
    g_autofree char *wanted = present_weight(horizon->sprints);
    char sprints[G_ASCII_DTOSTR_BUF_SIZE];

    g_ascii_formatd(sprints, sizeof sprints, "%.1f", horizon_reach(horizon));
    g_string_append_printf(out, "%s, %s%s%s of the %s sprint%s wanted\n", points,
                           output_sgr(output, style_of(horizon)), sprints, output_sgr(output, TABLE_PLAIN),
                           wanted, horizon->sprints == 1 ? "" : "s");
}

void ready_reach_print(GString *out, struct context *context, const struct horizon *horizon,
                       gboolean with_bar)
{
    struct output *output = context->output;
    const struct horizon_count *ready = &horizon->ready;
    g_autofree char *points = present_points(context->policy, ready->weight);

    g_string_append_printf(out, "%sready%s: ", output_sgr(output, TABLE_BOLD),
                           output_sgr(output, TABLE_PLAIN));
    if (horizon->capacity > 0)
        print_sprints(out, output, horizon, points);
    else
        g_string_append_printf(out, "%u item%s, %s\n", ready->items, present_plural(ready->items), points);
    if (with_bar)
        print_bar(out, output, horizon);
    if (horizon->capacity == 0)
        g_string_append_printf(out, "%s  sprint.capacity in .refine.yaml says how far they reach%s\n",
                               output_sgr(output, TABLE_DIM), output_sgr(output, TABLE_PLAIN));
    if (ready->without && horizon->capacity > 0)
        g_string_append_printf(out, "  %u more ready item%s no estimate\n", ready->without,
                               ready->without == 1 ? " has" : "s have");
}

void ready_count_json(struct json *object, const struct horizon_count *count)
{
    json_add_integer(object, "items", count->items);
    present_weight_json(object, "weight", count->weight);
    json_add_integer(object, "unestimated", count->without);
}

void ready_reach_json(struct json *json, const struct horizon *horizon)
{
    struct json *ready = json_add_object(json, "ready");

    ready_count_json(ready, &horizon->ready);
    if (horizon->capacity > 0) {
        present_weight_json(ready, "capacity", horizon->capacity);
        json_add_real(ready, "sprints", horizon_reach(horizon));
    } else {
        json_add_null(ready, "capacity");
        json_add_null(ready, "sprints");
    }
    present_weight_json(ready, "horizon", horizon->sprints);
}
