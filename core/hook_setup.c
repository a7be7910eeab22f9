#include "hook_setup.h"

#include "attributes.h"
#include "commit_hook.h"
#include "file.h"
#include "repo_attribute.h"
#include "repo_config.h"
#include "repo_config_edit.h"

#include <glib/gstdio.h>
#include <string.h>

#define ATTRIBUTES_FILE ".gitattributes"

const char *hook_part_name(enum hook_part part)
{
    static const char *const names[] = { "merge driver", "hunk headings", "attributes" };
    return part < HOOK_PART_HOOKS ? names[part] : hook_kind_name((enum hook_kind)(part - HOOK_PART_HOOKS));
}

const char *hook_state_name(enum hook_state state)
{
    static const char *const names[] = { "absent", "installed", "outdated", "foreign" };
    return names[state];
}

/* -- the settings -- */

/* A part of which only some is there is not as it should be. */
static enum hook_state join(enum hook_state a, enum hook_state b)
{
    return a == b ? a : a == HOOK_FOREIGN || b == HOOK_FOREIGN ? HOOK_FOREIGN : HOOK_OUTDATED;
}

static void look_at_setting(struct hook_status *status, gboolean first, const struct hook_setting *setting,
                            const char *value)
{
    enum hook_state state = hook_setting_state(setting, value);

    status->state = first ? state : join(status->state, state);
    if (state == HOOK_FOREIGN)
        status->detail = g_strdup_printf("%s is another's; git config --unset-all %s makes room",
                                         setting->key, setting->key);
}

static void look_at_settings(struct hook_setup *setup, const struct repo_config *config)
{
    gboolean seen[N_HOOK_PARTS] = { FALSE };

    for (const struct hook_setting *setting = hook_settings(); setting->key; setting++) {
        enum hook_part part = setting->merges ? HOOK_PART_MERGE : HOOK_PART_DIFF;
        g_autofree char *value = repo_config_text(config, setting->key);
        look_at_setting(&setup->parts[part], !seen[part], setting, value);
        seen[part] = TRUE;
    }
    for (enum hook_part part = 0; part < HOOK_PART_ATTRIBUTES; part++)
        setup->parts[part].path = repo_config_file_path(setup->repo);
}

/* -- attributes -- */

/* What holds for an item at the path below the backlog's folder, where it is not ours; NULL where it is. */
static char *other_driver(const struct hook_setup *setup, const char *below)
{
    static const char *const names[] = { "merge", "diff" };
    g_autofree char *path = g_build_filename(setup->policy->folder, below, NULL);
    g_autofree char *full = repo_relative(setup->repo, setup->policy->root, path, NULL);

    for (gsize i = 0; full && i < G_N_ELEMENTS(names); i++) {
        g_autofree char *value = repo_attribute(setup->repo, full, names[i]);
        if (g_strcmp0(value, HOOK_PROGRAM) != 0)
            return value ? g_strdup_printf("%s=%s", names[i], value) : g_strdup("");
    }
    return NULL;
}

static gboolean read_attributes(struct hook_setup *setup, GError **error)
{
    g_autoptr(GError) trouble = NULL;
    struct hook_status *status = &setup->parts[HOOK_PART_ATTRIBUTES];
    int root = file_open_root(setup->policy->root, error);

    if (root < 0)
        return FALSE;
    status->path = g_build_filename(setup->policy->root, ATTRIBUTES_FILE, NULL);
    setup->attributes = file_read(root, ATTRIBUTES_FILE, &trouble);
    g_close(root, NULL);
    gsize length = setup->attributes ? g_bytes_get_size(setup->attributes) : 0;
    if (length && memchr(g_bytes_get_data(setup->attributes, NULL), '\0', length))
        g_set_error(&trouble, FILE_ERROR, FILE_ERROR_KIND, "expected text, saw a NUL byte");
    if (!trouble || g_error_matches(trouble, FILE_ERROR, FILE_ERROR_ABSENT))
        return TRUE;
    g_set_error(error, FILE_ERROR, trouble->code, "%s: %s", status->path, trouble->message);
    return FALSE;
}

static void look_at_attributes(struct hook_setup *setup)
{
    struct hook_status *status = &setup->parts[HOOK_PART_ATTRIBUTES];
    enum attributes_state seen = attributes_look(setup->attributes, setup->policy->folder);
    g_autofree char *other = other_driver(setup, "k7q2m.md");

    if (!other)
        other = other_driver(setup, "archive/2026/k7q2m.md");
    if (!other)
        status->state = seen == ATTRIBUTES_OUTDATED ? HOOK_OUTDATED : HOOK_INSTALLED;
    else if (*other == '\0')
        status->state = seen == ATTRIBUTES_ABSENT ? HOOK_ABSENT : HOOK_OUTDATED;
    else
        status->state = HOOK_FOREIGN;
    if (other && *other)
        status->detail = g_strdup_printf("%s holds for item files", other);
}

/* -- hooks -- */

static void describe_file(struct hook_status *status, const struct hook_file *file)
{
    static const enum hook_state states[] = {
        [HOOK_FILE_NONE] = HOOK_ABSENT,  [HOOK_FILE_OURS] = HOOK_INSTALLED,
        [HOOK_FILE_OLD] = HOOK_OUTDATED, [HOOK_FILE_ANOTHER] = HOOK_FOREIGN,
        [HOOK_FILE_ODD] = HOOK_FOREIGN,
    };
    g_autofree char *kept = g_path_get_basename(file->kept);
    gboolean ours = file->state == HOOK_FILE_OURS || file->state == HOOK_FILE_OLD;

    status->state = states[file->state];
    status->path = g_strdup(file->path);
    if (file->state == HOOK_FILE_ODD)
        status->detail = g_strdup("a link, or no file; it stays as it is");
    else if (file->needs_name)
        status->detail =
            g_strdup_printf("another hook, which goes by its name and cannot be kept under another: "
                            "let what it runs start refine hook run %s",
                            hook_kind_name(file->kind));
    else if (file->state == HOOK_FILE_ANOTHER && file->has_kept)
        status->detail = g_strdup_printf("another hook, and %s is there already: move one away", kept);
    else if (file->state == HOOK_FILE_ANOTHER)
        status->detail = g_strdup("another hook, which would be kept and run first");
    else if (ours && hook_file_is_moved(file))
        status->detail = g_strdup("run by pre-commit");
    else if (ours && file->has_kept)
        status->detail = g_strdup_printf("runs %s first", kept);
}

static void look_at_hooks(struct hook_setup *setup, const struct repo_config *config)
{
    g_autofree char *set = repo_config_text(config, "core.hookspath");
    g_autofree char *folder = NULL, *top = repo_top(setup->repo, NULL);

    for (enum hook_kind kind = 0; kind < N_HOOK_KINDS; kind++) {
        g_autofree char *path = commit_hook_path(setup->repo, hook_kind_name(kind));
        hook_file_init(&setup->files[kind], kind, path);
        describe_file(&setup->parts[HOOK_PART_HOOKS + kind], &setup->files[kind]);
        if (!folder)
            folder = g_path_get_dirname(path);
    }
    if (!set)
        return;
    gsize length = top ? strlen(top) : 0;
    gboolean inside = top && strncmp(folder, top, length) == 0 && folder[length] == '/';
    setup->warning = g_strdup_printf(
        inside ? "core.hooksPath is set: hooks are in %s, which is part of the work tree and may be committed"
               : "core.hooksPath is set: hooks are in %s, which other repositories may share",
        folder);
}

/* -- the whole -- */

struct hook_setup *hook_setup_open(const struct policy *policy, GError **error)
{
    g_autoptr(HookSetup) setup = g_new0(struct hook_setup, 1);

    setup->policy = policy;
    setup->repo = repo_open(policy->root, error);
    g_autoptr(RepoConfig) config = setup->repo ? repo_config_open(setup->repo, error) : NULL;
    g_autofree char *below = config ? repo_relative(setup->repo, policy->root, "", error) : NULL;
    setup->config = below ? repo_config_file_read(setup->repo, error) : NULL;
    if (!setup->config || !read_attributes(setup, error))
        return NULL;
    look_at_settings(setup, config);
    look_at_attributes(setup);
    look_at_hooks(setup, config);
    setup->program = g_find_program_in_path(HOOK_PROGRAM);
    return g_steal_pointer(&setup);
}

void hook_setup_free(struct hook_setup *setup)
{
    if (!setup)
        return;
    for (enum hook_part part = 0; part < N_HOOK_PARTS; part++) {
        g_free(setup->parts[part].path);
        g_free(setup->parts[part].detail);
    }
    for (enum hook_kind kind = 0; kind < N_HOOK_KINDS; kind++)
        hook_file_clear(&setup->files[kind]);
    g_clear_pointer(&setup->config, g_bytes_unref);
    g_clear_pointer(&setup->attributes, g_bytes_unref);
    g_free(setup->warning);
    g_free(setup->program);
    repo_close(setup->repo);
    g_free(setup);
}

gboolean hook_setup_is_whole(const struct hook_setup *setup, guint parts)
{
    for (enum hook_part part = 0; part < N_HOOK_PARTS; part++)
        if (parts & HOOK_WANTS(part) && setup->parts[part].state != HOOK_INSTALLED)
            return FALSE;
    return setup->program != NULL;
}
