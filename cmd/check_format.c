#include "check_format.h"

#include "custom.h"
#include "file.h"
#include "git_folder.h"
#include "rulebook.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

/* What is left of root below the folder top, without a slash before it; NULL: it is not there. */
static const char *find_below(const char *root, const char *top)
{
    gsize length = strlen(top);

    if (!g_str_has_prefix(root, top) || (root[length] && root[length] != '/' && !g_str_has_suffix(top, "/")))
        return NULL;
    return root + length + strspn(root + length, "/");
}

/* The policy's root from the top of the repository; "" where it is that. Without git a runner downloads the
 * files alone, and the folder into which it does so is the top. */
static const char *find_root(const struct policy *policy)
{
    static const char *const services[] = { "GITHUB_WORKSPACE", "CI_PROJECT_DIR" };
    g_autofree char *git = git_folder_find(policy->top);
    const char *below = NULL;

    for (guint i = 0; i < G_N_ELEMENTS(services) && !git && !below; i++) {
        const char *folder = g_getenv(services[i]);
        char *real = folder && *folder ? realpath(folder, NULL) : NULL;
        below = real ? find_below(policy->root, real) : NULL;
        free(real);
    }
    if (!below)
        below = find_below(policy->root, policy->top);
    return below ? below : "";
}

/* A path relative to the policy's root, from the top of the repository. */
static const char *path_from_top(struct check_format *format, const char *path)
{
    g_autofree char *whole = *format->root ? g_build_filename(format->root, path, NULL) : g_strdup(path);
    return g_string_chunk_insert(format->strings, whole);
}

/* -- rules and items -- */

static void append_part(GString *out, const char *heading, const char *text)
{
    if (text && *text)
        g_string_append_printf(out, "%s%s%s", out->len ? "\n\n" : "", heading, text);
}

static void append_example(GString *out, const char *heading, const char *text)
{
    if (text && *text)
        g_string_append_printf(out, "%s%s\n\n```markdown\n%s%s```", out->len ? "\n\n" : "", heading, text,
                               g_str_has_suffix(text, "\n") ? "" : "\n");
}

/* What refine explain says of a rule, as Markdown. */
static const char *print_help(struct check_format *format, const struct rule_help *help)
{
    g_autoptr(GString) out = g_string_new(NULL);

    append_part(out, "", help->what);
    append_part(out, "**Why:** ", help->why);
    append_example(out, "**Not so:**", help->bad);
    append_example(out, "**But so:**", help->good);
    append_part(out, "**How it is decided:** ", help->decided);
    append_part(out, "**Known mistakes:** ", help->mistakes);
    append_part(out, "**Source:** ", help->source);
    return g_string_chunk_insert(format->strings, out->str);
}

/* Whether a check of the backlog as a whole, or else of its items, asks the rule. */
static gboolean is_asked(const struct rule *rule, gboolean health)
{
    return (rule->reach == RULE_BACKLOG) == health;
}

static void add_rule(struct check_format *format, const struct rule *rule)
{
    const struct report_rule one = { rule->name, rule->severity, rule->summary,
                                     print_help(format, &rule->help) };
    g_array_append_val(format->rules, one);
}

guint check_format_count(struct backlog *backlog, gboolean health)
{
    guint count = health ? 0 : backlog_book(backlog)->custom->len;

    for (guint i = 0; i < rule_count(); i++)
        count += is_asked(rule_at(i), health);
    return count;
}

/* Those of the table that are asked, and the team's own. */
static void add_rules(struct check_format *format, struct backlog *backlog, gboolean health)
{
    const GPtrArray *custom = backlog_book(backlog)->custom;

    for (guint i = 0; i < rule_count(); i++)
        if (is_asked(rule_at(i), health))
            add_rule(format, rule_at(i));
    for (guint i = 0; i < custom->len && !health; i++)
        add_rule(format, &((const struct custom *)custom->pdata[i])->rule);
}

static void add_item(struct check_format *format, const struct item *item)
{
    const struct report_item one = { path_from_top(format, item->path), item->id ? item->id : "",
                                     item->title };

    g_array_append_val(format->items, one);
}

static void add_items(struct check_format *format, const struct backlog *backlog, const char *const *only)
{
    for (guint i = 0; !only && i < backlog->items->len; i++)
        add_item(format, backlog->items->pdata[i]);
    for (guint i = 0; only && only[i]; i++) {
        const struct item *item = backlog_at(backlog, only[i]);
        if (item)
            add_item(format, item);
    }
}

/* -- places -- */

/* The bytes of the file that findings are about, one after the other: they are sorted. */
struct source {
    int root;
    const char *path; /* that of bytes; NULL: none */
    GBytes *bytes;    /* NULL: it cannot be read */
};

static GBytes *source_read(struct source *source, const char *path)
{
    if (g_strcmp0(source->path, path) != 0) {
        g_clear_pointer(&source->bytes, g_bytes_unref);
        source->path = path;
        source->bytes = source->root >= 0 ? file_read(source->root, path, NULL) : NULL;
    }
    return source->bytes;
}

static void add_places(struct check_format *format, const struct policy *policy, const GPtrArray *findings)
{
    struct source source = { .root = file_open_root(policy->root, NULL) };

    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        struct report_place place = { 0 };
        GBytes *bytes = finding->at.line ? source_read(&source, finding->path) : NULL;
        if (bytes) {
            gsize length;
            const char *text = g_bytes_get_data(bytes, &length);
            place = report_place(text, length, finding);
        }
        g_array_append_val(format->places, place);
    }
    g_clear_pointer(&source.bytes, g_bytes_unref);
    if (source.root >= 0)
        g_close(source.root, NULL);
}

/* -- findings -- */

/* Each path once for all its findings, which stand together. */
static void add_paths(struct check_format *format, const GPtrArray *findings)
{
    const char *path = NULL, *from_top = NULL;

    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        if (!path || strcmp(path, finding->path) != 0) {
            path = finding->path;
            from_top = path_from_top(format, path);
        }
        g_ptr_array_add(format->paths, (gpointer)from_top);
    }
}

static char **make_fingerprints(const struct backlog *backlog, const GPtrArray *findings)
{
    g_autofree const char **ids = g_new0(const char *, findings->len + 1);
    g_autoptr(GHashTable) by_path = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        g_hash_table_insert(by_path, (gpointer)item->path, (gpointer)item->id);
    }
    for (guint i = 0; i < findings->len; i++)
        ids[i] = g_hash_table_lookup(by_path, ((struct finding *)findings->pdata[i])->path);
    return finding_fingerprints(findings, ids);
}

void check_format_init(struct check_format *format, struct backlog *backlog, const GPtrArray *findings,
                       const char *const *only, gboolean health)
{
    *format = (struct check_format){
        .root = find_root(backlog->policy),
        .strings = g_string_chunk_new(4096),
        .paths = g_ptr_array_new(),
        .places = g_array_new(FALSE, FALSE, sizeof(struct report_place)),
        .rules = g_array_new(FALSE, FALSE, sizeof(struct report_rule)),
        .items = g_array_new(FALSE, FALSE, sizeof(struct report_item)),
        .fingerprints = make_fingerprints(backlog, findings),
    };
    add_rules(format, backlog, health);
    add_items(format, backlog, only);
    add_paths(format, findings);
    add_places(format, backlog->policy, findings);
    format->report = (struct report){
        .findings = findings,
        .paths = (const char *const *)format->paths->pdata,
        .fingerprints = (const char *const *)format->fingerprints,
        .places = (const struct report_place *)(gpointer)format->places->data,
        .rules = (const struct report_rule *)(gpointer)format->rules->data,
        .n_rules = format->rules->len,
        .items = (const struct report_item *)(gpointer)format->items->data,
        .n_items = format->items->len,
        .version = REFINE_VERSION,
    };
}

void check_format_clear(struct check_format *format)
{
    g_string_chunk_free(format->strings);
    g_ptr_array_unref(format->paths);
    g_array_unref(format->places);
    g_array_unref(format->rules);
    g_array_unref(format->items);
    g_strfreev(format->fingerprints);
}
