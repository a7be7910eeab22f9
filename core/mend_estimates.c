#include "mend_private.h"

#include "scale.h"
#include "stamp.h"

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

/* Whether the item carries a stamp that fits it, so that it has to fit afterwards, too: what was agreed is
 * the same. *fits is FALSE where it carries one that does not, which says what became of the item. */
static gboolean has_stamp(const struct mend_run *run, struct document *document, gboolean *fits)
{
    g_autoptr(GPtrArray) stale = stamp_stale(run->backlog->policy, document, NULL);
    const struct node *stamp = node_find(document->front->root, "stamp");

    *fits = stale && stale->len == 0;
    return stamp && stamp->kind == NODE_SCALAR && *stamp->text;
}

static gboolean set_estimate(struct mend_run *run, struct draft *draft, const struct value *value,
                             const char *meant, GError **error)
{
    gboolean fits, stamped = has_stamp(run, edit_document(draft->edit), &fits);

    if (stamped && !fits) {
        g_set_error(error, STAMP_ERROR, STAMP_ERROR_MALFORMED,
                    "%s: %s is %s on the scale, but the item's stamp no longer fits it as it is", value->key,
                    value->texts[0], meant);
        return FALSE;
    }
    if (!edit_set(draft->edit, value->key, meant, SCALAR_TYPED, run->order, error))
        return FALSE;
    g_autofree char *stamp = stamped ? stamp_print(run->backlog->policy, edit_document(draft->edit)) : NULL;
    return !stamp || edit_set(draft->edit, "stamp", stamp, SCALAR_STRING, run->order, error);
}

static void mend_estimate(struct mend_run *run, const struct scale *scale, const struct item *item)
{
    const struct value *value = item_field(item, FIELD_ESTIMATE);
    GError *cause = NULL;

    if (!value || value->kind != NODE_SCALAR || !value->count || !mend_is_due(run, "off-scale", item))
        return;
    const char *meant = find_meant(scale, value->texts[0]);
    struct draft *draft = meant ? mend_draft(run, item) : NULL;
    if (draft && mend_try(run, "off-scale", item, value->offset,
                          set_estimate(run, draft, value, meant, &cause), &cause))
        mend_say(run, "off-scale", item, value->offset, "%s: %s is %s now, as the scale writes it",
                 value->key, value->texts[0], meant);
}

void mend_estimates(struct mend_run *run)
{
    g_autoptr(Scale) scale = scale_new(run->backlog->policy);

    for (guint i = 0; i < run->backlog->items->len; i++)
        mend_estimate(run, scale, run->backlog->items->pdata[i]);
}
