#include "mend_private.h"

#include "scale.h"

#include <string.h>

static gboolean parse_number(const char *text, double *number)
{
    char *end;
    *number = g_ascii_strtod(text, &end);
    return g_ascii_isdigit(*text) && *end == '\0';
}

/* The value of the scale that is written as text but for capitals, or that is the same number. NULL: there is
 * none, or text is it. */
static const char *find_meant(const struct scale *scale, const char *text)
{
    const char *found = NULL;
    double number, other;

    for (guint i = 0; i < scale->n; i++) {
        const char *value = scale->steps[i].value;
        if (strcmp(value, text) == 0)
            return NULL;
        if (g_ascii_strcasecmp(value, text) == 0 ||
            (parse_number(text, &number) && parse_number(value, &other) && number == other))
            found = value;
    }
    return found;
}

static void mend_estimate(struct mend_run *run, const struct scale *scale, const struct item *item)
{
    const struct value *value = item_field(item, FIELD_ESTIMATE);
    GError *cause = NULL;

    /* What was agreed on stays as it was agreed: a stamp is of the very text. */
    if (!value || value->kind != NODE_SCALAR || !value->count || item_field(item, FIELD_STAMP) ||
        !mend_is_due(run, "off-scale", item))
        return;
    const char *meant = find_meant(scale, value->texts[0]);
    struct draft *draft = meant ? mend_draft(run, item) : NULL;
    if (draft && mend_try(run, "off-scale", item, value->offset,
                          edit_set(draft->edit, value->key, meant, SCALAR_TYPED, run->order, &cause), &cause))
        mend_say(run, "off-scale", item, value->offset, "%s: %s is %s now, as the scale writes it",
                 value->key, value->texts[0], meant);
}

void mend_estimates(struct mend_run *run)
{
    g_autoptr(Scale) scale = scale_new(run->backlog->policy);

    for (guint i = 0; i < run->backlog->items->len; i++)
        mend_estimate(run, scale, run->backlog->items->pdata[i]);
}
