#include "rules_private.h"

#include "depends.h"

#include <string.h>

/* So many parts of a split item are named. */
#define NAMED 3

/* -- one dependency -- */

/* A reference of an item's "depends", and the items that it leads to. */
struct wait {
    const struct item *item;
    const struct value *value;
    const char *reference;
    const struct item *named;
    const struct item *const *targets;
    guint n;
};

/* What a dependency lacks. */
enum lack {
    LACK_NOTHING, /* it is done, or will be by then */
    LACK_ORDER,   /* it is ready, and comes later */
    LACK_READY,   /* it is not ready */
    LACK_END,     /* it will never be done */
};

/* Whether the ranks say that the item is begun before what it depends on. What is begun already is not. */
static gboolean is_inverted(const struct item *item, const struct item *target)
{
    return target != item && target->status != STATUS_DOING && item->position > 0 &&
           target->position > item->position;
}

static enum lack lack_of(const struct rules_run *run, const struct item *item, const struct item *target)
{
    gboolean ready =
        rules_claims_ready(target) || (run->as_ready && g_hash_table_contains(run->as_ready, target->path));

    if (target == item || !target->readable || target->status == STATUS_DONE ||
        target->status == STATUS_RELEASED)
        return LACK_NOTHING;
    if (!status_is_open(target->status))
        return LACK_END;
    if (!ready)
        return LACK_READY;
    return is_inverted(item, target) ? LACK_ORDER : LACK_NOTHING;
}

/* -- reporting -- */

static gboolean is_of_id(char character)
{
    return g_ascii_isalnum(character) || character == '-' || character == '_';
}

/* Whether a comment of YAML goes on at that place of the front matter. */
static gboolean is_comment(const char *text, gsize at)
{
    while (at > 0 && text[at] != '\n') {
        if (text[at] == '#' && g_ascii_isspace(text[at - 1]))
            return TRUE;
        at--;
    }
    return FALSE;
}

gsize rules_place(struct rules_run *run, const struct item *item, const struct value *value,
                  const char *entry, guint before)
{
    GBytes *bytes = rules_bytes(run, item);
    gsize length = 0, size = strlen(entry), at = value->offset;
    const char *text = bytes ? g_bytes_get_data(bytes, &length) : NULL;
    const struct value *next = value + 1;
    gboolean last = next == item->values + item->n_values;
    gsize end = last && text ? frontmatter_extent(text, length) : last ? 0 : MIN(next->offset, length);

    while (text && value->kind == NODE_SEQUENCE && at < end) {
        const char *found = g_strstr_len(text + at, (gssize)(end - at), entry);
        if (!found)
            break;
        at = (gsize)(found - text);
        if (!is_of_id(text[at - 1]) && !is_of_id(text[at + size]) && !is_comment(text, at) && before-- == 0)
            return at;
        at += size;
    }
    return value->offset;
}

static gsize place_of(struct rules_run *run, const struct wait *wait)
{
    return rules_place(run, wait->item, wait->value, wait->reference, 0);
}

static struct finding *keep_key(struct finding *finding, const char *key)
{
    if (finding)
        finding->key = g_strdup(key);
    return finding;
}

/* "t2h8k (Index the orders)", and why it is that item. */
static void append_target(GString *out, const struct wait *wait, const struct item *target)
{
    item_append(out, target);
    if (target != wait->named)
        g_string_append_printf(out,
                               wait->named->status == STATUS_SPLIT ? ", a part of %s" : ", which %s repeats",
                               item_name(wait->named));
}

static struct finding *report_spike(struct rules_run *run, const struct wait *wait, const struct item *spike)
{
    const char *rule = "spike-unfinished", *status = status_names()[spike->status];
    g_autoptr(GString) name = g_string_new(NULL);
    g_autofree char *help = g_strdup_printf("finish it first, and write under Approach what it found; then "
                                            "refine set %s status=done",
                                            item_name(spike));

    append_target(name, wait, spike);
    return keep_key(rules_report(run, rule, wait->item, place_of(run, wait), FALSE, help,
                                 "waits for the spike %s, which is still %s: what that will find out is open",
                                 name->str, status),
                    item_name(spike));
}

/* What is to be done about the one item that is not planned. */
static char *help_for(const struct wait *wait, const struct item *target, enum lack lack)
{
    const char *own = item_name(wait->item), *other = item_name(target);

    if (lack == LACK_ORDER)
        return g_strdup_printf("refine order %s --before %s", other, own);
    if (lack == LACK_END)
        return g_strdup_printf("refine depend %s --off %s, and --on what does its work now", own,
                               wait->reference);
    return g_strdup_printf(
        "make that one ready first: refine ready %s; where it need not wait: refine depend "
        "%s --off %s",
        other, own, wait->reference);
}

/* The words behind refine that do that, a line each. */
static char *words_for(const struct wait *wait, const struct item *target, enum lack lack)
{
    const char *own = item_name(wait->item), *other = item_name(target);

    return lack == LACK_ORDER ? g_strjoin("\n", "order", other, "--before", own, NULL)
           : lack == LACK_END ? g_strjoin("\n", "depend", own, "--off", wait->reference, NULL)
                              : g_strjoin("\n", "ready", other, NULL);
}

static struct finding *report_one(struct rules_run *run, const struct wait *wait, const struct item *target)
{
    enum lack lack = lack_of(run, wait->item, target);
    gboolean known = target->status != STATUS_UNKNOWN;
    g_autoptr(GString) says = g_string_new("depends on ");
    g_autofree char *help = help_for(wait, target, lack);

    append_target(says, wait, target);
    g_string_append(says, target == wait->named ? ", which " : ": that ");
    if (lack == LACK_ORDER)
        g_string_append_printf(says, "is ready, but comes later: it is number %u, and this one number %u",
                               target->position, wait->item->position);
    else if (lack == LACK_END)
        g_string_append(says, "was dropped");
    else
        g_string_append_printf(says, known ? "is still %s" : "has no status",
                               known ? status_names()[target->status] : "");
    struct finding *finding =
        rules_report(run, "depends-unplanned", wait->item, place_of(run, wait), FALSE, help, "%s", says->str);
    if (finding)
        finding->about = words_for(wait, target, lack);
    return finding;
}

static struct finding *report_many(struct rules_run *run, const struct wait *wait, const GPtrArray *lacking)
{
    g_autoptr(GString) names = g_string_new(NULL);
    g_autofree char *help =
        g_strdup_printf("refine depend %s shows what it waits for", item_name(wait->item));

    for (guint i = 0; i < MIN(lacking->len, NAMED); i++)
        g_string_append_printf(names, "%s%s", i ? ", " : "", item_name(lacking->pdata[i]));
    if (lacking->len > NAMED)
        g_string_append_printf(names, " and %u more", lacking->len - NAMED);
    return rules_report(run, "depends-unplanned", wait->item, place_of(run, wait), FALSE, help,
                        "depends on %s, of which %u of %u parts are neither done nor ready before it: %s",
                        item_name(wait->named), lacking->len, wait->n, names->str);
}

static struct finding *report_childless(struct rules_run *run, const struct wait *wait)
{
    g_autofree char *help = g_strdup_printf("refine depend %s --off %s, and --on what does its work now",
                                            item_name(wait->item), wait->reference);
    g_autoptr(GString) name = g_string_new(NULL);

    item_append(name, wait->named);
    return rules_report(run, "depends-unplanned", wait->item, place_of(run, wait), FALSE, help,
                        "depends on %s, which is split and has no parts", name->str);
}

static void report_inversion(struct rules_run *run, const struct wait *wait, const struct item *lowest,
                             guint others)
{
    g_autofree char *help =
        g_strdup_printf("refine order %s --before %s", item_name(lowest), item_name(wait->item));
    g_autofree char *more = others ? g_strdup_printf(", and %u more", others) : g_strdup("");
    g_autoptr(GString) name = g_string_new(NULL);

    append_target(name, wait, lowest);
    keep_key(rules_report(run, "order-inversion", wait->item, place_of(run, wait), FALSE, help,
                          "is number %u, above what it depends on: %s, number %u%s", wait->item->position,
                          name->str, lowest->position, more),
             wait->reference);
}

/* -- checking -- */

/* told: what is ready and comes later was reported already. */
static void check_inversion(struct rules_run *run, const struct wait *wait, gboolean told)
{
    const struct item *lowest = NULL;
    guint others = 0;

    for (guint i = 0; i < wait->n; i++) {
        const struct item *target = wait->targets[i];
        if (!is_inverted(wait->item, target) || (told && lack_of(run, wait->item, target) == LACK_ORDER))
            continue;
        others += lowest != NULL;
        if (!lowest || target->position > lowest->position)
            lowest = target;
    }
    if (lowest)
        report_inversion(run, wait, lowest, others);
}

static void check_wait(struct rules_run *run, const struct wait *wait)
{
    g_autoptr(GPtrArray) lacking = NULL;
    struct finding *finding = NULL;

    for (guint i = 0; i < wait->n; i++) {
        const struct item *target = wait->targets[i];
        gboolean spike = rule_type(item_text(target, FIELD_TYPE)) == RULE_SPIKE;
        if (spike && target != wait->item && status_is_open(target->status) &&
            target->status != STATUS_UNKNOWN && report_spike(run, wait, target))
            continue;
        if (lack_of(run, wait->item, target) == LACK_NOTHING)
            continue;
        if (!lacking)
            lacking = g_ptr_array_new();
        g_ptr_array_add(lacking, (gpointer)target);
    }
    if (wait->n == 0 && wait->named->status == STATUS_SPLIT)
        finding = report_childless(run, wait);
    else if (lacking)
        finding =
            lacking->len == 1 ? report_one(run, wait, lacking->pdata[0]) : report_many(run, wait, lacking);
    keep_key(finding, wait->reference);
    check_inversion(run, wait, finding && !finding->advice);
}

void rules_check_order(struct rules_run *run, const struct item *item)
{
    const struct value *value = item_field(item, FIELD_DEPENDS);
    g_autoptr(GHashTable) seen = NULL;

    if (!value || value->kind != NODE_SEQUENCE || !status_is_open(item->status))
        return;
    for (guint i = 0; i < value->count; i++) {
        const struct item *named = backlog_named(run->backlog, value->texts[i]);
        if (value->count > 1 && !seen)
            seen = g_hash_table_new(NULL, NULL);
        if (!named || (seen && !g_hash_table_add(seen, (gpointer)named)))
            continue; /* depends-dangling, duplicate-entry */
        struct wait wait = { item, value, value->texts[i], named, &named, 1 };
        g_autoptr(GPtrArray) targets = NULL;
        if (named->status == STATUS_SPLIT || named->status == STATUS_DROPPED) {
            targets = depends_find(rules_depends(run), value->texts[i]);
            wait.targets = (const struct item *const *)targets->pdata;
            wait.n = targets->len;
        }
        check_wait(run, &wait);
    }
}
