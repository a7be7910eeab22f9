#include "policy.h"

#include "custom.h"
#include "file.h"
#include "query_saved.h"
#include "setting.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

/* How far down policy_below looks. */
#define MAX_DEPTH 4

G_DEFINE_QUARK(refine_policy, policy_error)

static const char *const section_names[N_SECTIONS] = {
    "story",       "why",         "criteria", "approach",  "questions",
    "assumptions", "constraints", "measure",  "decisions", "feedback",
};

/* -- looking up -- */

const struct node *policy_get(const struct policy *policy, const char *setting)
{
    const struct node *own = node_find_path(policy->nodes->root, setting);
    return node_is_null(own) ? node_find_path(policy->defaults->root, setting) : own;
}

gboolean policy_sets(const struct policy *policy, const char *setting)
{
    return !node_is_null(node_find_path(policy->nodes->root, setting));
}

static const char *text_of(const struct node *node)
{
    return node && node->kind == NODE_SCALAR ? node->text : NULL;
}

const char *policy_text(const struct policy *policy, const char *setting)
{
    return text_of(policy_get(policy, setting));
}

static const char **texts_of(const struct node *node)
{
    GPtrArray *texts = g_ptr_array_new();
    if (node && node->kind == NODE_SCALAR && *node->text)
        g_ptr_array_add(texts, (gpointer)node->text);
    for (const struct node *child = node ? node->first : NULL; child; child = child->next) {
        const struct node *text = child->key ? child->key : child;
        if (text->kind == NODE_SCALAR && *text->text)
            g_ptr_array_add(texts, (gpointer)text->text);
    }
    g_ptr_array_add(texts, NULL);
    return (const char **)g_ptr_array_free(texts, FALSE);
}

const char **policy_texts(const struct policy *policy, const char *setting)
{
    return texts_of(policy_get(policy, setting));
}

const char *policy_section_name(enum section_id section)
{
    return section_names[section];
}

const char *const *policy_section(const struct policy *policy, enum section_id section)
{
    return (const char *const *)policy->sections[section];
}

struct edit_section policy_edit_section(const struct policy *policy, enum section_id section)
{
    return (struct edit_section){ .names = (const char *const *)policy->sections[section],
                                  .before = (const char *const *)policy->before[section] };
}

static const char **goal_names(const struct policy *policy)
{
    GPtrArray *names = g_ptr_array_new();
    const struct node *goals = policy_get(policy, "goals");
    for (const struct node *goal = goals ? goals->first : NULL; goal; goal = goal->next) {
        const struct node *id = node_find(goal, "id");
        if (id && id->kind == NODE_SCALAR)
            g_ptr_array_add(names, (gpointer)id->text);
    }
    if (names->len == 0) {
        g_ptr_array_unref(names);
        return NULL;
    }
    g_ptr_array_add(names, NULL);
    return (const char **)g_ptr_array_free(names, FALSE);
}

const char **policy_choices(const struct policy *policy, enum field_id field)
{
    switch (field) {
    case FIELD_TYPE:
        return policy_texts(policy, "types");
    case FIELD_STATUS:
        return g_memdup2(status_names(), (N_STATUSES + 1) * sizeof(char *));
    case FIELD_ESTIMATE:
        return policy_texts(policy, "estimate.scale");
    case FIELD_GOAL:
        return goal_names(policy);
    default:
        return NULL;
    }
}

static gboolean parse_number(const char *text, double *number)
{
    char *end;
    *number = g_ascii_strtod(text, &end);
    return g_ascii_isdigit(*text) && *end == '\0' && *number < 1e9;
}

gboolean policy_weight(const struct policy *policy, const char *estimate, double *weight)
{
    const struct node *scale = policy_get(policy, "estimate.scale");
    const struct node *named = node_find(scale, estimate);
    double step = 1;

    for (const struct node *entry = named || !scale ? NULL : scale->first; entry && !named;
         entry = entry->next)
        if (entry->key && g_ascii_strcasecmp(entry->key->text, estimate) == 0)
            named = entry;
    if (named)
        return named->kind == NODE_SCALAR && parse_number(named->text, weight);
    if (parse_number(estimate, weight))
        return TRUE;
    /* A scale of names without weights counts its steps. */
    for (const struct node *entry = scale ? scale->first : NULL; entry; entry = entry->next, step++)
        if (!entry->key && entry->kind == NODE_SCALAR && g_ascii_strcasecmp(entry->text, estimate) == 0) {
            *weight = step;
            return TRUE;
        }
    return FALSE;
}

/* -- rules -- */

static gboolean severity_of(const struct node *node, enum severity *severity)
{
    return node && node->kind == NODE_SCALAR && severity_parse(node->text, severity);
}

enum severity policy_severity(const struct policy *policy, const char *rule, enum severity fallback,
                              const char *type, const char *const *labels)
{
    const struct node *set = node_find(policy_get(policy, "rules"), rule);
    enum severity severity = fallback;

    if (!set || severity_of(set, &severity))
        return severity;
    severity_of(node_find(set, "default"), &severity);
    if (type)
        severity_of(node_find(node_find(set, "type"), type), &severity);
    for (gsize i = 0; labels && labels[i]; i++)
        severity_of(node_find(node_find(set, "label"), labels[i]), &severity);
    return severity;
}

struct position policy_locate(const struct policy *policy, const struct node *node)
{
    gsize length = 0;
    const char *text = g_bytes_get_data(policy->bytes, &length);
    return lines_locate(text, length, MIN(node->span.start, length));
}

/* -- reading -- */

static void read_sections(struct policy *policy)
{
    for (int i = 0; i < N_SECTIONS; i++) {
        g_autofree char *setting = g_strconcat("sections.", section_names[i], NULL);
        g_autofree const char **names = policy_texts(policy, setting);
        g_autofree const char **usual = texts_of(node_find_path(policy->defaults->root, setting));
        const struct node *own = policy_get(policy, setting);
        g_assert(own); /* each has a default */
        /* A finding says why where a section has no name: edits and templates need one all the same. */
        policy->sections[i] = g_strdupv((char **)(names[0] && own->kind != NODE_MAP ? names : usual));
    }
    for (int i = 0; i < N_SECTIONS; i++) {
        GStrvBuilder *before = g_strv_builder_new();
        for (int later = i + 1; later < N_SECTIONS; later++)
            g_strv_builder_addv(before, (const char **)policy->sections[later]);
        policy->before[i] = g_strv_builder_end(before);
        g_strv_builder_unref(before);
    }
}

struct policy *policy_new(const char *root, const char *top, GBytes *bytes)
{
    struct policy *policy = g_new0(struct policy, 1);
    gsize length = 0;

    policy->root = g_strdup(root);
    policy->top = g_strdup(top);
    policy->written = bytes != NULL;
    policy->bytes = bytes ? g_bytes_ref(bytes) : g_bytes_new_static("", 0);
    policy->findings = findings_new();

    const char *text = g_bytes_get_data(policy->bytes, &length);
    const char *defaults = setting_defaults();
    gsize start = length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    policy->nodes = nodes_parse(text ? text : "", length, (struct span){ start, length }, policy->findings);
    policy->defaults = nodes_parse(defaults, strlen(defaults), (struct span){ 0, strlen(defaults) }, NULL);
    g_assert(policy->defaults->root);
    read_sections(policy);
    if (policy->nodes->root) {
        setting_check(policy->nodes->root, text ? text : "", length, policy->findings);
        query_saved_check(policy, text ? text : "", length, policy->findings);
        custom_check(policy, text ? text : "", length, policy->findings);
    }
    g_autofree char *path = policy_display(policy, POLICY_FILE);
    findings_set_path(policy->findings, 0, path);
    findings_sort(policy->findings);
    const char *folder = policy_text(policy, "backlog");
    policy->folder =
        g_strdup(folder && *folder ? folder : text_of(node_find_path(policy->defaults->root, "backlog")));
    return policy;
}

void policy_free(struct policy *policy)
{
    if (!policy)
        return;
    for (int i = 0; i < N_SECTIONS; i++) {
        g_strfreev(policy->sections[i]);
        g_strfreev(policy->before[i]);
    }
    g_free(policy->root);
    g_free(policy->top);
    g_free(policy->folder);
    g_ptr_array_unref(policy->findings);
    g_bytes_unref(policy->bytes);
    nodes_free(policy->nodes);
    nodes_free(policy->defaults);
    g_free(policy);
}

/* -- finding -- */

static gboolean is_top(const char *folder)
{
    g_autofree char *git = g_build_filename(folder, ".git", NULL);
    return g_file_test(git, G_FILE_TEST_EXISTS);
}

/* Whether folder holds a policy or, by default, a backlog. */
static gboolean is_root(const char *folder)
{
    g_autofree char *file = g_build_filename(folder, POLICY_FILE, NULL);
    g_autofree char *backlog = g_build_filename(folder, "backlog", NULL);
    GStatBuf status;
    return g_lstat(file, &status) == 0 || (g_lstat(backlog, &status) == 0 && S_ISDIR(status.st_mode));
}

/* The nearest folder from start upwards for which test holds; without past_top none beyond the top of the
 * work tree. */
static char *find_upwards(const char *start, gboolean (*test)(const char *folder), gboolean past_top)
{
    for (g_autofree char *folder = g_strdup(start);;) {
        if (test(folder))
            return g_steal_pointer(&folder);
        g_autofree char *parent = g_path_get_dirname(folder);
        if (strcmp(parent, folder) == 0 || (!past_top && is_top(folder)))
            return NULL;
        g_free(folder);
        folder = g_steal_pointer(&parent);
    }
}

gboolean policy_check_usable(const struct policy *policy, GError **error)
{
    for (guint i = 0; i < policy->findings->len; i++) {
        const struct finding *finding = policy->findings->pdata[i];
        if (finding->severity < SEVERITY_ERROR)
            continue;
        g_autofree char *path = policy_display(policy, POLICY_FILE);
        g_set_error(error, POLICY_ERROR, POLICY_ERROR_BROKEN, "%s:%u:%u: %s%s%s", path, finding->at.line,
                    finding->at.column, finding->message, finding->help ? "; " : "",
                    finding->help ? finding->help : "");
        return FALSE;
    }
    return TRUE;
}

static gint compare_paths(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Adds the policies in the folders of level to found, and the other folders there to below. */
static void find_level(const char *top, GPtrArray *level, GPtrArray *found, GPtrArray *below)
{
    for (guint i = 0; i < level->len; i++) {
        g_autofree char *path = g_build_filename(top, level->pdata[i], NULL);
        g_autoptr(GDir) entries = g_dir_open(path, 0, NULL);
        for (const char *name; entries && (name = g_dir_read_name(entries));) {
            g_autofree char *full = g_build_filename(path, name, NULL);
            if (*name == '.' || !g_file_test(full, G_FILE_TEST_IS_DIR) ||
                g_file_test(full, G_FILE_TEST_IS_SYMLINK))
                continue;
            g_ptr_array_add(is_root(full) ? found : below, g_build_filename(level->pdata[i], name, NULL));
        }
    }
}

char **policy_below(const char *folder, guint limit)
{
    GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) level = g_ptr_array_new_with_free_func(g_free);

    g_ptr_array_add(level, g_strdup(""));
    for (guint depth = 0; depth < MAX_DEPTH && found->len < limit; depth++) {
        g_autoptr(GPtrArray) here = g_ptr_array_new_with_free_func(g_free);
        g_autoptr(GPtrArray) below = g_ptr_array_new_with_free_func(g_free);
        find_level(folder, level, here, below);
        g_ptr_array_sort(here, compare_paths);
        g_ptr_array_extend_and_steal(found, g_steal_pointer(&here));
        g_ptr_array_unref(level);
        level = g_steal_pointer(&below);
    }
    g_ptr_array_set_size(found, (gint)MIN(found->len, limit));
    g_ptr_array_add(found, NULL);
    return (char **)g_ptr_array_free(found, FALSE);
}

/* Says where a backlog is, when none is above. */
static void set_none_found(const char *folder, GError **error)
{
    g_auto(GStrv) below = policy_below(folder, 3);
    g_autofree char *names = g_strjoinv(", ", below);
    g_set_error(error, POLICY_ERROR, POLICY_ERROR_NONE_FOUND,
                "no " POLICY_FILE " and no backlog folder here or above; %s%s%srefine init begins one",
                below[0] ? "there is one in " : "", names, below[0] ? ", or " : "");
}

struct policy *policy_find(const char *folder, GPtrArray **broken, GError **error)
{
    g_autofree char *root = find_upwards(folder, is_root, FALSE);
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(GError) trouble = NULL;

    if (!root) {
        set_none_found(folder, error);
        return NULL;
    }
    int descriptor = file_open_root(root, error);
    if (descriptor < 0)
        return NULL;
    bytes = file_read(descriptor, POLICY_FILE, &trouble);
    g_close(descriptor, NULL);
    if (trouble && !g_error_matches(trouble, FILE_ERROR, FILE_ERROR_ABSENT)) {
        const struct policy place = { .root = root };
        g_autofree char *path = policy_display(&place, POLICY_FILE);
        g_set_error(error, POLICY_ERROR, POLICY_ERROR_BROKEN, "%s: %s", path, trouble->message);
        return NULL;
    }
    g_autofree char *top = find_upwards(root, is_top, TRUE);
    g_autoptr(Policy) policy = policy_new(root, top ? top : root, bytes);
    if (!policy_check_usable(policy, error)) {
        if (broken)
            *broken = g_ptr_array_ref(policy->findings);
        return NULL;
    }
    return g_steal_pointer(&policy);
}
