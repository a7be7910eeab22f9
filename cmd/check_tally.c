#include "check_tally.h"

#include "styled.h"

#include <string.h>

/* What advice is counted as, beside the severities. */
#define ADVICE (SEVERITY_ERROR + 1)

/* One rule. */
struct tally {
    const char *rule; /* borrowed from a finding */
    guint of[ADVICE + 1];
};

/* The rules of the findings, a struct tally each; *total is how many findings that are. */
static GPtrArray *count(const GPtrArray *findings, guint *total)
{
    GPtrArray *tallies = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) by_rule = g_hash_table_new(g_str_hash, g_str_equal);

    *total = 0;
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        if (finding->waived)
            continue;
        struct tally *tally = g_hash_table_lookup(by_rule, finding->rule);
        if (!tally) {
            tally = g_new0(struct tally, 1);
            tally->rule = finding->rule;
            g_ptr_array_add(tallies, tally);
            g_hash_table_insert(by_rule, (char *)finding->rule, tally);
        }
        tally->of[finding->advice ? ADVICE : finding->severity]++;
        ++*total;
    }
    return tallies;
}

/* The most first, then by name. */
static int compare(const void *a, const void *b, void *kind)
{
    const struct tally *first = *(struct tally *const *)a, *second = *(struct tally *const *)b;
    guint of = *(const guint *)kind;

    if (first->of[of] != second->of[of])
        return first->of[of] > second->of[of] ? -1 : 1;
    return strcmp(first->rule, second->rule);
}

static void print_kind(GString *out, const struct output *output, GPtrArray *tallies, guint kind,
                       const char *name)
{
    const struct styled_look look = { .width = output ? output_width(output) : 0 };
    g_autofree char *head = g_strdup_printf("  %-8s  ", name);
    g_autoptr(Styled) line = styled_new(), first = styled_new(), rest = styled_new();
    gboolean any = FALSE;

    g_ptr_array_sort_with_data(tallies, compare, &kind);
    for (guint i = 0; i < tallies->len; i++) {
        const struct tally *tally = tallies->pdata[i];
        if (tally->of[kind] == 0)
            break;
        g_autofree char *entry = g_strdup_printf("%u %s", tally->of[kind], tally->rule);
        styled_add(line, any ? ", " : "", -1, 0, NULL);
        styled_add(line, entry, -1, STYLED(TABLE_PLAIN) | STYLED_WHOLE, NULL);
        any = TRUE;
    }
    if (!any)
        return;
    styled_add(first, head, -1, 0, NULL);
    styled_add_fill(rest, " ", (guint)strlen(head), 0);
    styled_print(line, out, first, rest, &look);
}

void check_tally_print(GString *out, const struct output *output, const GPtrArray *findings)
{
    static const struct {
        guint kind;
        const char *name;
    } kinds[] = {
        { SEVERITY_ERROR, "errors" },
        { SEVERITY_WARNING, "warnings" },
        { SEVERITY_NOTE, "notes" },
        { ADVICE, "advice" },
    };
    guint total;
    g_autoptr(GPtrArray) tallies = count(findings, &total);

    if (total <= CHECK_TALLY_ABOVE || tallies->len < 2)
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        print_kind(out, output, tallies, kinds[i].kind, kinds[i].name);
}
