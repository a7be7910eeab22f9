/* What a bug and a spike say in the place of a story. */
#include "rules_told.h"

static void report_missing(struct reading *reading, const struct told *told, unsigned unsaid)
{
    g_autoptr(GString) what = g_string_new(NULL), headings = g_string_new(NULL);

    for (int which = 0; which < N_STAND_INS; which++) {
        const struct stand_in_words *words = stand_in_words((enum stand_in)which);
        const gboolean last = unsaid >> which == 1;
        const char *joint = what->len == 0 ? "" : last ? " and " : ", ";
        if (!(unsaid & (1u << which)))
            continue;
        g_string_append_printf(what, "%s%s", joint, words->what);
        g_string_append_printf(headings, "%s\"## %s\"", joint, words->names[0]);
    }
    g_autofree char *help = g_strdup_printf("refine edit %s, and say it under %s", told->id, headings->str);
    reading_report(reading, "story-missing", told_missing_place(reading, N_SECTIONS), help,
                   "expected %s, saw nothing of it", what->str);
}

void rules_read_parts(struct reading *reading, const struct told *told)
{
    if (reading->parts->unsaid)
        report_missing(reading, told, reading->parts->unsaid);
}
