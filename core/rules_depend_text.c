#include "rules_private.h"

#include "clock.h"
#include "depends.h"
#include "ident.h"
#include "lexicon.h"

#include <string.h>

#define UNLINKED "depends-unlinked"
#define EXTERNAL "depends-external"

/* So many words in front of "depends on" may say what depends. */
#define SUBJECT 40

static struct span span_at(gsize offset)
{
    return (struct span){ offset, offset };
}

static void keep_key(struct finding *finding, const char *key)
{
    if (finding)
        finding->key = g_strdup(key);
}

/* -- nothing said -- */

static void check_stated(struct reading *reading)
{
    const struct value *value = item_field(reading->item, FIELD_DEPENDS);
    const char *id = item_name(reading->item);

    if (value && value->count + value->records > 0)
        return;
    g_autofree char *help = g_strdup_printf("refine depend %s --none, or --on ID", id);
    reading_report(reading, "depends-unstated", span_at(reading_field(reading, FIELD_STATUS)), help,
                   "nothing says what it depends on, or that it depends on nothing");
}

/* -- said in the text alone -- */

/* The name of an item that a token could be, in small letters: "t2h8k", "back-37"; NULL: none. A code span is
 * its word. */
static char *name_at(const struct prose *prose, guint index, guint end)
{
    const struct token *token = prose_at(prose, index);

    if (token->kind == TOKEN_MARK && token->mark == '#' && index + 1 < end &&
        prose_at(prose, index + 1)->kind == TOKEN_NUMBER)
        return g_strconcat("#", prose_at(prose, index + 1)->text, NULL);
    if (token->kind != TOKEN_WORD && token->kind != TOKEN_LITERAL)
        return NULL;
    char *name = g_strdup(token->text);
    gsize length = strlen(name), ticks = strspn(name, "`");
    if (token->kind == TOKEN_LITERAL && ticks && length > 2 * ticks) {
        name[length - ticks] = '\0';
        memmove(name, name + ticks, length - 2 * ticks + 1);
    }
    /* Of aliases only those with a digit can be told from words. */
    if (ident_is_valid(name) || (strpbrk(name, "0123456789") && !strpbrk(name, " \t\r\n")))
        return name;
    g_free(name);
    return NULL;
}

/* How many tokens from index on say that what follows must come first; 0: they do not. "does not depend on"
 * and "no longer blocked by" say that it need not. */
static guint match_waiting(const struct prose *prose, guint index, guint end)
{
    static const char *const phrases[] = { "depends on",    "depend on",  "dependent on",
                                           "dependency on", "blocked by", "blocked on" };
    static const char *const denials[] = { "not",     "longer",  "never", "nor",
                                           "without", "doesn't", "isn't", NULL };
    const char *text = prose_at(prose, index)->text;
    guint length = 0;

    if (strncmp(text, "depend", 6) != 0 && strcmp(text, "blocked") != 0)
        return 0;
    for (gsize i = 0; i < G_N_ELEMENTS(phrases) && !length; i++)
        length = prose_match(prose, index, end, phrases[i]);
    return index && g_strv_contains(denials, prose_at(prose, index - 1)->text) ? 0 : length;
}

/* Whether the token may stand between two names: "t2h8k, m4n5p and p7q8r", "[t2h8k](t2h8k-index.md)". */
static gboolean is_between(const struct token *token)
{
    static const char *const words[] = { "and",   "or",    "on",   "by",  "item",
                                         "items", "story", "both", "the", NULL };
    return token->kind == TOKEN_MARK ? token->mark && strchr(":,#[]()&*_\"'`", token->mark) != NULL
                                     : token->kind == TOKEN_WORD && g_strv_contains(words, token->text);
}

/* Doubts of each name behind index, up to the first word that is none. */
static guint take_names(struct reading *reading, const struct prose *prose, guint index, guint end)
{
    const char *id = item_name(reading->item);
    guint block = index < end ? prose_at(prose, index)->block : 0;

    for (; index < end && prose_at(prose, index)->block == block; index++) {
        const struct token *token = prose_at(prose, index);
        g_autofree char *name = name_at(prose, index, end);
        if (!name && !is_between(token))
            break;
        if (!name)
            continue;
        g_autofree char *seen =
            token->kind == TOKEN_WORD
                ? g_strndup(reading->document->text + token->span.start, span_length(token->span))
                : g_strdup(name);
        g_autofree char *help = g_strdup_printf("refine depend %s --on %s", id, seen);
        keep_key(reading_doubt(reading, UNLINKED, token->span, name, help,
                               "the text says that it depends on %s, and the field depends does not", seen),
                 name);
    }
    return index;
}

/* Whether the sentence names another item in front of the phrase, and so may speak of that: "t2h8k depends on
 * this", "left to t2h8k (a bug that depends on m4n5p)". */
static gboolean is_of_other(const struct reading *reading, const struct prose *prose, guint index)
{
    for (guint i = index; i-- > 0 && index - i <= SUBJECT;) {
        const struct token *token = prose_at(prose, i);
        if (token->block != prose_at(prose, index)->block ||
            (token->kind == TOKEN_MARK && token->mark && strchr(".!?", token->mark)))
            return FALSE;
        g_autofree char *name = name_at(prose, i, index);
        gboolean item = name && (ident_is_valid(name) || strpbrk(name, "#-"));
        if (item && g_strcmp0(name, reading->item->id) != 0)
            return TRUE;
    }
    return FALSE;
}

/* What was decided and what people said is history. */
static gboolean is_history(const struct reading *reading, const struct token *token)
{
    const enum section_id sections[] = { SECTION_DECISIONS, SECTION_FEEDBACK };

    for (gsize i = 0; i < G_N_ELEMENTS(sections) && token->section >= 0; i++) {
        const struct markdown_section *section = reading_section(reading, sections[i]);
        if (section && token->span.start >= section->span.start && token->span.start < section->span.end)
            return TRUE;
    }
    return token->quoted;
}

static void check_text(struct reading *reading, const struct prose *prose)
{
    guint end = prose->tokens->len;

    for (guint i = 0; i < end; i++) {
        const struct token *token = prose_at(prose, i);
        if (token->kind != TOKEN_WORD || (token->text[0] != 'd' && token->text[0] != 'b'))
            continue;
        guint length = match_waiting(prose, i, end);
        if (length && !is_history(reading, token) && !is_of_other(reading, prose, i))
            i = take_names(reading, prose, i + length, end) - 1;
    }
}

/* What the item's "depends" names and leads to, kept until another's is asked for. */
static GHashTable *waited_for(struct rules_run *run, const struct item *item)
{
    const char *const *references = item_texts(item, FIELD_DEPENDS);

    if (run->waits_of == item)
        return run->waits;
    g_clear_pointer(&run->waits, g_hash_table_unref);
    run->waits = g_hash_table_new(NULL, NULL);
    run->waits_of = item;
    for (gsize i = 0; references[i]; i++) {
        const struct item *named = backlog_named(run->backlog, references[i]);
        if (!named || !g_hash_table_add(run->waits, (gpointer)named))
            continue;
        g_autoptr(GPtrArray) found = depends_find(rules_depends(run), references[i]);
        for (guint j = 0; j < found->len; j++)
            g_hash_table_add(run->waits, found->pdata[j]);
    }
    return run->waits;
}

gboolean rules_is_unlinked(struct rules_run *run, const struct item *item, const char *about)
{
    const struct item *named = backlog_named(run->backlog, about);
    GHashTable *waits = waited_for(run, item);
    gboolean open = FALSE;

    if (!named || named == item || g_hash_table_contains(waits, named))
        return FALSE;
    g_autoptr(GPtrArray) wanted = depends_find(rules_depends(run), about);
    for (guint i = 0; i < wanted->len; i++) {
        const struct item *target = wanted->pdata[i];
        if (g_hash_table_contains(waits, target))
            return FALSE;
        open = open || (target != item && status_is_open(target->status));
    }
    return open;
}

/* -- outside of the backlog -- */

static const char *text_of(const struct node *map, const char *key)
{
    const struct node *node = node_find(map, key);
    return node && node->kind == NODE_SCALAR && !node_is_null(node) && *node->text ? node->text : NULL;
}

/* What is wrong whatever the day is; NULL: nothing. Newly allocated. */
static char *fault_of(const char *what, const char *owner, const char *due)
{
    if (!owner || !due)
        return g_strdup_printf("it waits for %s, and nothing says %s", what,
                               owner ? "by when it comes"
                               : due ? "who sees to it"
                                     : "who sees to it, and by when it comes");
    return clock_is_day(due)
               ? NULL
               : g_strdup_printf("it waits for %s: expected a day as YYYY-MM-DD, saw %s", what, due);
}

static void check_external(struct reading *reading, const struct node *map)
{
    const char *what = text_of(map, "external"), *owner = text_of(map, "owner"), *due = text_of(map, "due");
    const char *id = item_name(reading->item), *days = policy_text(reading->policy, "sprint.days");

    if (!what)
        return;
    g_autofree char *quoted = g_shell_quote(what), *fault = fault_of(what, owner, due);
    g_autofree char *set = g_strdup_printf("refine depend %s --external %s%s%s", id, quoted,
                                           owner ? "" : " --owner WHO", due && !fault ? "" : " --due DAY");
    if (fault) {
        keep_key(reading_report(reading, EXTERNAL, map->span, set, "%s", fault), what);
        return;
    }
    g_autofree char *late = g_strconcat("after ", due, NULL), *over = g_strconcat("before ", due, NULL);
    g_autofree char *gone =
        g_strdup_printf("refine depend %s --off %s, if it has come; else ask %s", id, quoted, owner);
    g_autofree char *begin =
        g_strdup_printf("begin it later, or agree on another day: refine depend %s --external %s "
                        "--due DAY",
                        id, quoted);
    keep_key(reading_doubt(reading, EXTERNAL, map->span, late, begin,
                           "it waits for %s, which is due on %s, after a sprint of %s days from today", what,
                           due, days),
             what);
    keep_key(reading_doubt(reading, EXTERNAL, map->span, over, gone, "it waits for %s, which was due on %s",
                           what, due),
             what);
}

static void check_externals(struct reading *reading)
{
    const struct value *value = item_field(reading->item, FIELD_DEPENDS);
    const struct node *list = value && value->records ? node_find(reading_front(reading), value->key) : NULL;

    for (const struct node *entry = list && list->kind == NODE_SEQUENCE ? list->first : NULL; entry;
         entry = entry->next)
        if (entry->kind == NODE_MAP)
            check_external(reading, entry);
}

/* The last day of a sprint that begins today. */
static char *end_of_sprint(const struct policy *policy)
{
    const char *days = policy_text(policy, "sprint.days");
    g_autoptr(GDateTime) now = clock_now();
    g_autoptr(GDateTime) end =
        g_date_time_add_days(now, days ? (gint)CLAMP(g_ascii_strtoll(days, NULL, 10), 0, 36500) : 0);
    return end ? g_date_time_format(end, "%Y-%m-%d") : g_strdup("9999-12-31");
}

gboolean rules_is_out_of_time(struct rules_run *run, const struct item *item, const char *about)
{
    const char *day = strrchr(about, ' ');

    if (!run->today) {
        run->today = clock_today();
        run->sprint_end = end_of_sprint(run->backlog->policy);
    }
    return day && (g_str_has_prefix(about, "before ") ? strcmp(day + 1, run->today) < 0
                                                      : strcmp(day + 1, run->sprint_end) > 0);
}

void rules_read_depends(struct reading *reading)
{
    check_stated(reading);
    check_text(reading, reading->prose);
    check_externals(reading);
}
