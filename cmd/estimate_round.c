#include "estimate_round.h"

#include "dot_plot.h"
#include "estimate_family.h"
#include "estimate_round_json.h"
#include "present_finding.h"

#include <string.h>

/* Columns of a label with the spaces behind it. */
#define LABEL 10

static void print_line(const struct sheet *sheet, GString *out, const char *text, guint marks)
{
    g_autoptr(Styled) line = styled_new();

    styled_add(line, text, -1, marks, NULL);
    styled_print(line, out, NULL, NULL, &sheet->look);
}

/* -- the head -- */

static void print_state(const struct sheet *sheet, GString *out)
{
    g_autofree char *words = sheet->estimate ? sheet_words(sheet->context->policy, sheet->estimate) : NULL;
    const char *dot = sheet->look.utf8 ? " · " : " - ";
    g_autoptr(GString) text = g_string_new(words ? words : "no estimate");

    if (sheet->recorded && sheet->values->len)
        g_string_append_printf(text, "%svotes of round %u, which is over", dot, sheet->number);
    else if (!sheet->recorded)
        g_string_append_printf(text, "%sround %u", dot, sheet->number);
    print_line(sheet, out, text->str, 0);
}

/* -- votes -- */

static const char *value_at(const struct sheet *sheet, gsize index)
{
    return index == G_MAXSIZE ? NULL : sheet->values->pdata[index];
}

/* Who holds an extreme, and who cannot say, stands out where there is something to talk about. */
static guint marks_of(const struct sheet *sheet, double weight)
{
    const struct policy *policy = sheet->context->policy;
    const char *lowest = value_at(sheet, sheet->round.lowest),
               *highest = value_at(sheet, sheet->round.highest);
    double low = 0, high = 0;

    if (sheet->round.verdict != ROUND_DISCUSS)
        return 0;
    gboolean apart =
        lowest && policy_weight(policy, lowest, &low) && policy_weight(policy, highest, &high) && low < high;
    gboolean told = weight == G_MAXDOUBLE || (apart && (weight == low || weight == high));
    return told ? STYLED(TABLE_BOLD) : 0;
}

static void print_plot(const struct sheet *sheet, GString *out)
{
    const struct policy *policy = sheet->context->policy;
    g_autoptr(Scale) scale = scale_new(policy);
    g_autoptr(GArray) rows = dot_plot_new(scale);

    for (guint i = 0; i < sheet->values->len; i++) {
        const char *value = sheet->values->pdata[i];
        double weight;
        if (!value)
            continue;
        gboolean known = strcmp(value, SCALE_UNKNOWN) != 0 && policy_weight(policy, value, &weight);
        struct dot_row *row = dot_plot_find(rows, value, known ? weight : G_MAXDOUBLE);
        row->dots++;
        row->marks = marks_of(sheet, row->weight);
        g_string_append_printf(row->words, "%s%s", row->words->len ? ", " : "",
                               (const char *)sheet->names->pdata[i]);
    }
    g_string_append_c(out, '\n');
    dot_plot_print(rows, out, &sheet->look);
}

static void print_label(const struct sheet *sheet, GString *out, const char *label, const char *text)
{
    g_autoptr(Styled) front = styled_new(), rest = styled_new(), words = styled_new();

    if (!text || !*text)
        return;
    styled_add(front, label, -1, STYLED(TABLE_DIM), NULL);
    styled_add_fill(front, " ", LABEL - (guint)strlen(label), 0);
    styled_add_fill(rest, " ", LABEL, 0);
    styled_add(words, text, -1, 0, NULL);
    styled_print(words, out, front, rest, &sheet->look);
}

/* Those of whom there is no value, and why. */
static void print_others(const struct sheet *sheet, GString *out)
{
    const struct votes *votes = sheet->votes;
    g_autofree char *sealed = votes_names(votes, VOTE_SEALED), *revealed = votes_names(votes, VOTE_REVEALED),
                    *open = votes_names(votes, VOTE_OPEN);
    g_autoptr(GString) absent = g_string_new(NULL);

    print_label(sheet, out, "sealed", sealed);
    print_label(sheet, out, "revealed", votes->hidden ? revealed : NULL);
    print_label(sheet, out, "open", votes->hidden ? open : NULL);
    for (guint i = 0; i < votes->votes->len; i++) {
        const struct vote *vote = votes->votes->pdata[i];
        g_autofree char *text = vote->state == VOTE_MISSING && vote->reason
                                    ? g_strdup_printf("%s (%s)", vote->name, vote->reason)
                                    : NULL;
        if (vote->state == VOTE_MISSING)
            print_label(sheet, out, "without", text ? text : vote->name);
    }
    for (guint i = 0; i < votes->absent->len; i++)
        g_string_append_printf(absent, "%s%s", i ? ", " : "", (const char *)votes->absent->pdata[i]);
    print_label(sheet, out, "not yet", absent->str);
}

/* -- what it means -- */

/* "4 steps apart, 6.5 times"; of a round with unknown ones also how many. */
static char *print_spread(const struct sheet *sheet)
{
    const struct round *round = &sheet->round;
    g_autoptr(GString) text = g_string_new(NULL);

    if (round->steps)
        g_string_append_printf(text, "%u step%s apart", round->steps, present_plural(round->steps));
    if (round->steps && round->ratio > 0) {
        /* Two digits: 13 is 6.5 times 2, and 4.3 times 3. */
        g_autofree char *ratio = present_weight((double)(gint64)(round->ratio * 10 + 0.5) / 10);
        g_string_append_printf(text, ", %s times", ratio);
    }
    if (round->unknown)
        g_string_append_printf(text, "%s%u of %u cannot say", text->len ? ", " : "", round->unknown,
                               round->n);
    return g_strdup(text->str);
}

/* "hear Ana Silva (2) and Bo Chen (13) first, then Cy Dunn (?)". */
static void print_first(const struct sheet *sheet, GString *out)
{
    const char *lowest = value_at(sheet, sheet->round.lowest),
               *highest = value_at(sheet, sheet->round.highest);
    g_autofree char *unknown = sheet_names(sheet, NULL, "and");
    g_autoptr(GString) text = g_string_new("hear ");

    if (sheet->round.steps) {
        g_autofree char *low = sheet_names(sheet, lowest, "or"), *high = sheet_names(sheet, highest, "or");
        g_string_append_printf(text, "%s (%s) and %s (%s) first", low, lowest, high, highest);
        if (*unknown)
            g_string_append_printf(text, ", and what %s would have to know", unknown);
    } else {
        g_string_append_printf(text, "what %s would have to know first", unknown);
    }
    print_line(sheet, out, text->str, 0);
}

static void print_verdict(const struct sheet *sheet, GString *out)
{
    static const enum table_style styles[] = { TABLE_DIM, TABLE_GREEN, TABLE_GREEN, TABLE_YELLOW };
    const struct round *round = &sheet->round;
    g_autofree char *spread = print_spread(sheet);
    g_autoptr(Styled) line = styled_new();
    g_autofree char *agreed = NULL;

    if (round->n < 2 && !round->unknown)
        return;
    if (round->verdict == ROUND_AGREED)
        agreed = g_strdup_printf("all %u say %s", round->n, value_at(sheet, round->lowest));
    g_string_append_c(out, '\n');
    styled_add(line, agreed ? agreed : spread, -1, 0, NULL);
    if (!sheet->recorded) {
        styled_add(line, ": ", -1, 0, NULL);
        styled_add(line, round_verdict_name(round->verdict), -1,
                   STYLED(TABLE_BOLD) | STYLED(styles[round->verdict]), NULL);
    }
    styled_print(line, out, NULL, NULL, &sheet->look);
    if (round->verdict == ROUND_DISCUSS && !sheet->recorded)
        print_first(sheet, out);
}

/* A command, and in the next column or line what it is for. */
static void print_command(const struct sheet *sheet, GString *out, const char *arguments, const char *purpose)
{
    g_autofree char *command = g_strdup_printf("refine estimate %s %s", sheet->id, arguments);
    g_autoptr(Styled) front = styled_new(), rest = styled_new(), words = styled_new();

    styled_add_fill(front, " ", 2, 0);
    styled_add(front, command, -1, STYLED(TABLE_CYAN) | STYLED_WHOLE, NULL);
    guint used = styled_width(front, 0, styled_length(front)), column = 44;
    styled_add(words, purpose, -1, 0, NULL);
    if (used + 2 > column || column + 20 > sheet->look.width) {
        styled_print_line(front, out, &sheet->look);
        styled_print_indented(words, out, 6, 6, &sheet->look);
        return;
    }
    styled_add_fill(front, " ", column - used, 0);
    styled_add_fill(rest, " ", column, 0);
    styled_print(words, out, front, rest, &sheet->look);
}

static void print_record(const struct sheet *sheet, GString *out)
{
    const char *lowest = value_at(sheet, sheet->round.lowest),
               *highest = value_at(sheet, sheet->round.highest);

    if (sheet->round.verdict == ROUND_DISCUSS) {
        print_command(sheet, out, "--clear", "then vote again");
        print_command(sheet, out, "VALUE -m REASON", "or record the team's value");
    } else if (sheet->round.verdict == ROUND_CLOSE) {
        g_autofree char *purpose = g_strdup_printf("to record the larger, or %s", lowest);
        print_command(sheet, out, highest, purpose);
    } else {
        print_command(sheet, out, highest, "to record it");
    }
}

static void print_next(const struct sheet *sheet, GString *out)
{
    const struct votes *votes = sheet->votes;
    gboolean begun = votes->votes->len > 0;

    if (!begun && !status_is_open(sheet->status))
        return;
    if (!begun || votes->hidden || sheet->round.n < 2)
        g_string_append_c(out, '\n');
    if (votes->hidden)
        print_line(sheet, out, "no vote is shown until all who sealed theirs have revealed:", 0);
    if (votes->hidden) {
        print_command(sheet, out, "--reveal", "once all have voted");
        print_command(sheet, out, "--reveal-all -m REASON", "to go on without those who cannot");
    } else if (begun && sheet->round.n) {
        print_record(sheet, out);
    } else if (begun) {
        print_command(sheet, out, "--clear", "no vote of this round can be read: a new one");
    } else if (!sheet->estimate) {
        print_command(sheet, out, "--vote VALUE", "to vote; with --seal nobody sees it before all have");
        print_command(sheet, out, "--suggest", "what finished items like it were");
    } else {
        print_command(sheet, out, "--vote VALUE", "opens a new round");
    }
}

int estimate_show_round(struct context *context, struct backlog *backlog, const struct entry *entry,
                        const struct votes *votes, GError **error)
{
    struct family family;
    struct sheet sheet;

    if (!sheet_read(&sheet, context, backlog, entry, error))
        return -1;
    sheet_take(&sheet, votes);
    family_find(&family, &sheet);
    if (context->json) {
        estimate_round_json(&sheet, &family);
    } else {
        g_autoptr(GString) out = g_string_new(NULL);
        sheet_print_title(&sheet, out);
        print_state(&sheet, out);
        if (sheet.round.n)
            print_plot(&sheet, out);
        if (votes->votes->len) {
            g_string_append(out, sheet.round.n ? "" : "\n");
            print_others(&sheet, out);
        }
        print_verdict(&sheet, out);
        print_next(&sheet, out);
        family_print(&family, &sheet, out);
        present_findings(out, context->output, votes->findings, context->policy, TRUE);
        output_write(context->output, out->str);
    }
    family_clear(&family);
    sheet_clear(&sheet);
    return votes->findings->len ? 1 : 0;
}
