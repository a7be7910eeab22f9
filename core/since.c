#include "since.h"

#include "rules_gate.h"
#include "stamp_text.h"

#include <string.h>

/* The work tree beside a commit whose backlog was in place (NULL: wherever it is found). */
static struct moments *open_moments(const struct gate *gate, const char *commit, const char *place,
                                    GError **error)
{
    struct backlog *now = backlog_open(gate->policy, NULL, error);
    if (!now)
        return NULL;
    backlog_keep_index(now);
    return moments_open_with(backlog_open_at(gate->policy, commit, place, error), now, error);
}

struct since *since_open(const struct gate *gate, GError **error)
{
    struct moments *moments = open_moments(gate, gate->base, gate->place, error);
    if (!moments)
        return NULL;
    struct since *since = g_new0(struct since, 1);
    since->gate = gate;
    since->moments = moments;
    return since;
}

void since_free(struct since *since)
{
    if (!since)
        return;
    moments_free(since->moments);
    g_free(since);
}

/* -- what is checked -- */

/* The paths that the items at paths of now had at the base; those that are new had none. NULL for NULL. */
static GPtrArray *paths_then(const struct moments *moments, const char *const *paths)
{
    if (!paths)
        return NULL;
    g_autoptr(GHashTable) by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GPtrArray *then = g_ptr_array_new();
    for (guint i = 0; i < moments->then->items->len; i++) {
        const struct item *item = moments->then->items->pdata[i];
        g_hash_table_insert(by_key, moments_key(item->path), (gpointer)item->path);
    }
    for (gsize i = 0; paths[i]; i++) {
        g_autofree char *key = moments_key(paths[i]);
        gpointer path = g_hash_table_lookup(by_key, key);
        if (path)
            g_ptr_array_add(then, path);
    }
    g_ptr_array_add(then, NULL);
    return then;
}

static const char *const *strings_of(const GPtrArray *array)
{
    return array ? (const char *const *)array->pdata : NULL;
}

/* The base checked as now is. */
static GPtrArray *check_then(const struct moments *moments, const struct rules_options *options)
{
    g_autoptr(GPtrArray) only = paths_then(moments, options->only),
                         as_ready = paths_then(moments, options->as_ready);
    struct rules_options wanted = *options;

    wanted.only = strings_of(only);
    wanted.as_ready = strings_of(as_ready);
    return rules_check(moments->then, &wanted);
}

/* -- agreed parts -- */

/* The texts of the agreed parts of a version; FALSE where it cannot be read. */
static gboolean read_agreed(const struct backlog *backlog, const struct entry *entry, char *texts[N_AGREED])
{
    g_autoptr(GBytes) bytes = entry ? backlog_read(backlog, entry, NULL) : NULL;
    g_autoptr(Document) document = bytes ? document_new(bytes, NULL) : NULL;

    if (!document || !document->front->root)
        return FALSE;
    stamp_texts(backlog->policy, document, texts);
    return TRUE;
}

/* Whether what was agreed is another text than before. */
static gboolean is_touched(const struct moments *moments, const struct moments_pair *pair)
{
    char *before[N_AGREED] = { NULL }, *after[N_AGREED] = { NULL };
    gboolean both =
        read_agreed(moments->then, pair->before, before) && read_agreed(moments->now, pair->after, after);
    gboolean touched = FALSE;

    for (gsize i = 0; i < N_AGREED; i++) {
        touched = touched || (both && strcmp(before[i], after[i]) != 0);
        g_free(before[i]);
        g_free(after[i]);
    }
    return touched;
}

/* What names (moments_key) the items of which an agreed part was touched. */
static GHashTable *find_touched(const struct moments *moments)
{
    GHashTable *touched = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < moments->pairs->len; i++) {
        const struct moments_pair *pair = &g_array_index(moments->pairs, struct moments_pair, i);
        if (is_touched(moments, pair))
            g_hash_table_add(touched, moments_key(pair->after->path));
    }
    return touched;
}

/* -- the difference -- */

/* How much a finding counts: one that is as grave or graver than before is the same. */
static guint weigh(const struct finding *finding)
{
    return finding->waived ? 0 : finding->advice ? 1 : 1 + (guint)finding->severity;
}

/* The findings of one rule about one item that say one thing, at both ends. */
struct same {
    GPtrArray *then, *now; /* struct finding */
};

static void same_free(gpointer data)
{
    struct same *same = data;
    g_ptr_array_unref(same->then);
    g_ptr_array_unref(same->now);
    g_free(same);
}

/* A circle is told of at one of its items, and which that is depends on the order of the backlog. */
static gboolean is_of_many(const struct finding *finding)
{
    return finding->key && strcmp(finding->rule, "depends-cycle") == 0;
}

static struct same *same_of(GHashTable *all, const struct finding *finding)
{
    g_autofree char *item = is_of_many(finding) ? g_strdup("") : moments_key(finding->path);
    char *key = g_strjoin("\n", finding->rule, item, finding->key ? finding->key : finding->message, NULL);
    struct same *same = g_hash_table_lookup(all, key);

    if (same) {
        g_free(key);
        return same;
    }
    same = g_new(struct same, 1);
    same->then = g_ptr_array_new();
    same->now = g_ptr_array_new();
    g_hash_table_insert(all, key, same);
    return same;
}

static gint compare_weights(gconstpointer a, gconstpointer b)
{
    guint left = weigh(*(struct finding *const *)a), right = weigh(*(struct finding *const *)b);
    return left > right ? -1 : left < right;
}

/* Lines of files of one backlog, of which that asked for last is kept. */
struct lines {
    const struct backlog *backlog;
    const char *path; /* NULL: none yet */
    GBytes *bytes;    /* NULL: it cannot be read */
    struct span line; /* where words stand */
    char *words;      /* without the space around; NULL: none yet */
};

static void lines_clear(struct lines *lines)
{
    g_clear_pointer(&lines->bytes, g_bytes_unref);
    g_free(lines->words);
}

static void lines_seek(struct lines *lines, const char *path)
{
    const struct entry *entry = backlog_entry(lines->backlog, path);

    if (g_strcmp0(lines->path, path) == 0)
        return;
    g_clear_pointer(&lines->bytes, g_bytes_unref);
    lines->path = path;
    lines->bytes = entry ? backlog_read(lines->backlog, entry, NULL) : NULL;
    lines->line = (struct span){ 1, 0 };
}

/* The line that a finding is about, without the space around it; NULL where that is not to be had. The same
 * text as before where it is the line asked for last, of which thousands of findings may be. */
static const char *line_of(struct lines *lines, const struct finding *finding)
{
    const gsize at = finding->span.start;
    gsize length = 0;

    lines_seek(lines, finding->path);
    const char *text = lines->bytes ? g_bytes_get_data(lines->bytes, &length) : NULL;
    if (!text || !finding->at.line || at >= length)
        return NULL;
    if (at >= lines->line.start && at <= lines->line.end)
        return lines->words;
    gsize start = lines_start(text, length, at);
    const char *end = memchr(text + at, '\n', length - at);
    lines->line = (struct span){ start, end ? (gsize)(end - text) : length };
    char *words = g_strstrip(g_strndup(text + start, span_length(lines->line)));
    g_free(lines->words);
    return lines->words = words;
}

/* Of several that say one thing, those in lines that were there before come first among the equally grave:
 * the others are the news. */
static void prefer_known_lines(const struct moments *moments, struct same *same)
{
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) first = g_ptr_array_new(), rest = g_ptr_array_new();
    struct lines then = { .backlog = moments->then }, now = { .backlog = moments->now };
    const char *last = NULL;
    gboolean is_known = FALSE;

    for (guint i = 0; i < same->then->len; i++) {
        const char *line = line_of(&then, same->then->pdata[i]);
        if (line && line != last)
            g_hash_table_add(known, g_strdup(line));
        last = line;
    }
    last = NULL;
    for (guint i = 0; i < same->now->len; i++) {
        const char *line = line_of(&now, same->now->pdata[i]);
        if (line != last)
            is_known = line && g_hash_table_contains(known, line);
        last = line;
        g_ptr_array_add(line && is_known ? first : rest, same->now->pdata[i]);
    }
    lines_clear(&then);
    lines_clear(&now);
    g_ptr_array_set_size(same->now, 0);
    g_ptr_array_extend(same->now, first, NULL, NULL);
    g_ptr_array_extend(same->now, rest, NULL, NULL);
}

/* Adds to old the findings of now that were there before: each takes one that was at least as grave. */
static void match(const struct moments *moments, struct same *same, GHashTable *old)
{
    guint taken = 0;

    if (same->then->len && same->now->len > same->then->len)
        prefer_known_lines(moments, same);
    g_ptr_array_sort(same->then, compare_weights);
    g_ptr_array_sort(same->now, compare_weights);
    for (guint i = 0; i < same->now->len && taken < same->then->len; i++)
        if (weigh(same->now->pdata[i]) <= weigh(same->then->pdata[taken])) {
            g_hash_table_add(old, same->now->pdata[i]);
            taken++;
        }
}

/* The findings (struct finding) of now that were there before. */
static GHashTable *find_old(const struct moments *moments, const GPtrArray *then, const GPtrArray *now)
{
    g_autoptr(GHashTable) all = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, same_free);
    GHashTable *old = g_hash_table_new(NULL, NULL);
    GHashTableIter iter;
    gpointer same;

    for (guint i = 0; i < then->len; i++)
        g_ptr_array_add(same_of(all, then->pdata[i])->then, then->pdata[i]);
    for (guint i = 0; i < now->len; i++)
        g_ptr_array_add(same_of(all, now->pdata[i])->now, now->pdata[i]);
    g_hash_table_iter_init(&iter, all);
    while (g_hash_table_iter_next(&iter, NULL, &same))
        match(moments, same, old);
    return old;
}

/* Takes out of now what was there before and does not count. */
static void leave_out(GPtrArray *now, GHashTable *old, GHashTable *touched)
{
    guint kept = 0;

    for (guint i = 0; i < now->len; i++) {
        gpointer finding = now->pdata[i];
        g_autofree char *key = moments_key(((const struct finding *)finding)->path);
        if (g_hash_table_contains(old, finding) && !g_hash_table_contains(touched, key))
            continue;
        now->pdata[i] = now->pdata[kept];
        now->pdata[kept++] = finding;
    }
    g_ptr_array_set_size(now, (gint)kept);
}

/* Takes out of now, findings of the same files, what was there before. */
static void leave_out_old(const struct moments *moments, const struct rules_options *options, GPtrArray *now)
{
    g_autoptr(GPtrArray) then = check_then(moments, options);
    g_autoptr(GHashTable) old = find_old(moments, then, now);
    g_autoptr(GHashTable) touched = find_touched(moments);

    leave_out(now, old, touched);
}

/* Takes out of changes of the gate those that are none against another base. */
static void leave_out_unchanged(GPtrArray *changes, const GPtrArray *others)
{
    for (guint i = changes->len; i-- > 0;) {
        const struct finding *change = changes->pdata[i];
        gboolean found = FALSE;
        for (guint j = 0; j < others->len && !found; j++) {
            const struct finding *other = others->pdata[j];
            found = strcmp(change->path, other->path) == 0 && strcmp(change->message, other->message) == 0;
        }
        if (!found)
            g_ptr_array_remove_index(changes, i);
    }
}

/* Holds both against another base. One that cannot be read tells nothing. */
static void check_other(const struct since *since, const struct gate_base *base,
                        const struct rules_options *options, GPtrArray *now, GPtrArray *changes)
{
    struct gate gate = *since->gate;
    g_autoptr(Moments) moments = open_moments(since->gate, base->commit, base->place, NULL);
    const struct since other = { &gate, moments };
    g_autoptr(GPtrArray) others = findings_new();

    if (!moments)
        return;
    gate.base = base->commit;
    gate.of_base = base->policy;
    leave_out_old(moments, options, now);
    rules_check_gate(&other, options, others);
    leave_out_unchanged(changes, others);
}

GPtrArray *since_check(struct since *since, const struct rules_options *options)
{
    GPtrArray *now = rules_check(since->moments->now, options);
    g_autoptr(GPtrArray) changes = findings_new();

    leave_out_old(since->moments, options, now);
    rules_check_gate(since, options, changes);
    for (guint i = 0; i < since->gate->others->len; i++)
        check_other(since, since->gate->others->pdata[i], options, now, changes);
    g_ptr_array_set_free_func(changes, NULL);
    g_ptr_array_extend(now, changes, NULL, NULL);
    findings_sort(now);
    return now;
}
