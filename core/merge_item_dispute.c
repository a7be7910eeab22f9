#include "merge_item_private.h"

#include <string.h>

static char *one_line(const struct piece *piece)
{
    if (!piece)
        return NULL;
    if (piece->value) {
        char tick = piece_tick(piece);
        return g_strdup_printf("%s%s", tick == 'x' ? "[x] " : tick ? "[ ] " : "", piece->value);
    }
    g_autofree char *text = g_strndup(piece->text + piece->span.start, span_length(piece->span));
    g_auto(GStrv) words = g_strsplit_set(text, " \t\r\n", -1);
    GString *line = g_string_new(NULL);
    for (gsize i = 0; words[i]; i++)
        if (*words[i])
            g_string_append_printf(line, "%s%s", line->len ? " " : "", words[i]);
    return g_string_free(line, FALSE);
}

static void report(struct merging *merging, const struct trio *trio, const char *what)
{
    struct merge_conflict *conflict = g_new0(struct merge_conflict, 1);
    const struct piece *any = trio->piece[SIDE_OURS] ? trio->piece[SIDE_OURS] : trio->piece[SIDE_THEIRS];

    conflict->what = g_strdup(what ? what : any->what);
    if (!what) {
        conflict->base = one_line(trio->piece[SIDE_BASE]);
        conflict->ours = one_line(trio->piece[SIDE_OURS]);
        conflict->theirs = one_line(trio->piece[SIDE_THEIRS]);
    }
    g_ptr_array_add(merging->conflicts, conflict);
}

static void put_marker(GString *out, char mark, guint size, const char *label)
{
    for (guint i = 0; i < size; i++)
        g_string_append_c(out, mark);
    g_string_append_printf(out, "%s%s\n", label ? " " : "", label ? label : "");
}

static void put_disputed(struct merging *merging, const char *const *texts)
{
    const struct merge_labels *labels = merging->labels;
    guint size = labels->size ? labels->size : 7;

    if (merging->choice != CHOICE_MARK) {
        g_string_append(merging->out, texts[merging->choice == CHOICE_OURS ? SIDE_OURS : SIDE_THEIRS]);
        return;
    }
    put_marker(merging->out, '<', size, labels->ours);
    g_string_append(merging->out, texts[SIDE_OURS]);
    if (labels->diff3) {
        put_marker(merging->out, '|', size, labels->base);
        g_string_append(merging->out, texts[SIDE_BASE]);
    }
    put_marker(merging->out, '=', size, NULL);
    g_string_append(merging->out, texts[SIDE_THEIRS]);
    put_marker(merging->out, '>', size, labels->theirs);
}

void merging_dispute(struct merging *merging, const struct trio *trio, const char *const *texts)
{
    if (merging->conflicts)
        report(merging, trio, NULL);
    put_disputed(merging, texts);
}

void merging_lines(struct merging *merging, const struct trio *trio, const struct part *part,
                   const char *what)
{
    g_autofree char *merged = NULL;

    if (part_lines(part, &merged)) {
        g_string_append(merging->out, merged);
        return;
    }
    if (merging->conflicts)
        report(merging, trio, what);
    if (merging->choice != CHOICE_MARK) {
        enum side side = merging->choice == CHOICE_OURS ? SIDE_OURS : SIDE_THEIRS;
        g_string_append_len(merging->out, part->text[side] ? part->text[side] : "",
                            (gssize)part->length[side]);
        return;
    }
    g_autoptr(GBytes) base = part_bytes(part, SIDE_BASE), ours = part_bytes(part, SIDE_OURS);
    g_autoptr(GBytes) theirs = part_bytes(part, SIDE_THEIRS);
    g_autoptr(GBytes) marked = merge3_marked(base, ours, theirs, merging->labels, NULL);
    if (marked)
        g_string_append_len(merging->out, g_bytes_get_data(marked, NULL), (gssize)g_bytes_get_size(marked));
}
