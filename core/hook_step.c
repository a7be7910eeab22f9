#include "hook_step.h"

#include "attributes.h"
#include "file.h"
#include "repo_config_edit.h"

#include <glib/gstdio.h>
#include <string.h>

/* What is known while steps are made. */
struct planning {
    const struct hook_setup *setup;
    guint parts;
    gboolean removes;
    GPtrArray *steps;
    GPtrArray *refused;
};

static void step_free(gpointer data)
{
    struct hook_step *step = data;
    g_clear_pointer(&step->before, g_bytes_unref);
    g_clear_pointer(&step->after, g_bytes_unref);
    g_free(step);
}

static gboolean wants(const struct planning *planning, guint part)
{
    return (planning->parts & HOOK_WANTS(part)) != 0;
}

static struct hook_step *add_step(const struct planning *planning, enum hook_step_kind kind, guint part)
{
    struct hook_step *step = g_new0(struct hook_step, 1);

    step->kind = kind;
    step->path = planning->setup->parts[part].path;
    g_ptr_array_add(planning->steps, step);
    return step;
}

static void refuse(const struct planning *planning, guint part)
{
    const struct hook_status *status = &planning->setup->parts[part];
    g_ptr_array_add(planning->refused,
                    g_strdup_printf("%s: %s", hook_part_name((enum hook_part)part),
                                    status->detail ? status->detail : "another's stands in its place"));
}

/* -- the settings -- */

static gboolean is_ours(const struct hook_setting *setting, const char *value)
{
    enum hook_state state = hook_setting_state(setting, value);
    return state == HOOK_INSTALLED || state == HOOK_OUTDATED;
}

/* Adds what is to be done to one setting. */
static gboolean add_change(const struct planning *planning, const struct hook_setting *setting,
                           GArray *changes, GError **error)
{
    guint part = setting->merges ? HOOK_PART_MERGE : HOOK_PART_DIFF;
    const struct config_setting change = { setting->key, planning->removes ? NULL : setting->value };
    enum hook_state state = planning->setup->parts[part].state;
    g_autoptr(GError) trouble = NULL;

    if (!wants(planning, part))
        return TRUE;
    if (!planning->removes) {
        if (state == HOOK_ABSENT || state == HOOK_OUTDATED)
            g_array_append_val(changes, change);
        return TRUE;
    }
    g_autofree char *value = repo_config_edit_value(planning->setup->config, setting->key, &trouble);
    if (trouble)
        g_propagate_error(error, g_steal_pointer(&trouble));
    else if (is_ours(setting, value))
        g_array_append_val(changes, change);
    return *error == NULL;
}

static gboolean plan_config(const struct planning *planning, GError **error)
{
    g_autoptr(GArray) changes = g_array_new(FALSE, FALSE, sizeof(struct config_setting));
    g_autoptr(GError) trouble = NULL;

    for (const struct hook_setting *setting = hook_settings(); setting->key && !trouble; setting++)
        add_change(planning, setting, changes, &trouble);
    for (guint part = HOOK_PART_MERGE; part <= HOOK_PART_DIFF && !planning->removes; part++)
        if (wants(planning, part) && planning->setup->parts[part].state == HOOK_FOREIGN)
            refuse(planning, part);
    if (!trouble && changes->len == 0)
        return TRUE;
    g_autoptr(GBytes) after = trouble
                                  ? NULL
                                  : repo_config_edit(planning->setup->config,
                                                     (const struct config_setting *)(gpointer)changes->data,
                                                     changes->len, &trouble);
    if (trouble) {
        g_propagate_prefixed_error(error, g_steal_pointer(&trouble),
                                   "%s: ", planning->setup->parts[HOOK_PART_MERGE].path);
        return FALSE;
    }
    if (g_bytes_equal(after, planning->setup->config))
        return TRUE;
    struct hook_step *step = add_step(planning, HOOK_STEP_CONFIG, HOOK_PART_MERGE);
    step->before = g_bytes_ref(planning->setup->config);
    step->after = g_steal_pointer(&after);
    return TRUE;
}

/* -- attributes -- */

static void plan_attributes(const struct planning *planning)
{
    const struct hook_setup *setup = planning->setup;
    const char *folder = setup->policy->folder;
    enum attributes_state seen = attributes_look(setup->attributes, folder);

    if (!wants(planning, HOOK_PART_ATTRIBUTES) || (planning->removes && seen == ATTRIBUTES_ABSENT))
        return;
    if (!planning->removes && setup->parts[HOOK_PART_ATTRIBUTES].state == HOOK_INSTALLED)
        return;
    if (!planning->removes && seen == ATTRIBUTES_THERE) {
        refuse(planning, HOOK_PART_ATTRIBUTES);
        return;
    }
    struct hook_step *step = add_step(planning, HOOK_STEP_ATTRIBUTES, HOOK_PART_ATTRIBUTES);
    step->before = setup->attributes ? g_bytes_ref(setup->attributes) : NULL;
    step->after =
        planning->removes ? attributes_remove(setup->attributes) : attributes_add(setup->attributes, folder);
}

/* -- hooks -- */

static void plan_hook(const struct planning *planning, enum hook_kind kind)
{
    guint part = HOOK_PART_HOOKS + kind;
    const struct hook_file *file = &planning->setup->files[kind];
    gboolean ours = file->state == HOOK_FILE_OURS || file->state == HOOK_FILE_OLD;

    if (!wants(planning, part) || (planning->removes ? !ours : file->state == HOOK_FILE_OURS))
        return;
    gboolean stuck = file->state == HOOK_FILE_ODD || file->needs_name ||
                     (file->state == HOOK_FILE_ANOTHER && file->has_kept);
    if (!planning->removes && stuck) {
        refuse(planning, part);
        return;
    }
    add_step(planning, planning->removes ? HOOK_STEP_REMOVE : HOOK_STEP_INSTALL, part)->file = file;
}

/* -- */

static GPtrArray *plan(const struct planning *planning, GError **error)
{
    g_autoptr(GPtrArray) steps = planning->steps;

    if (!plan_config(planning, error))
        return NULL;
    plan_attributes(planning);
    for (enum hook_kind kind = 0; kind < N_HOOK_KINDS; kind++)
        plan_hook(planning, kind);
    return g_steal_pointer(&steps);
}

GPtrArray *hook_steps_install(const struct hook_setup *setup, guint parts, GPtrArray *refused, GError **error)
{
    const struct planning planning = { setup, parts, FALSE, g_ptr_array_new_with_free_func(step_free),
                                       refused };
    return plan(&planning, error);
}

GPtrArray *hook_steps_remove(const struct hook_setup *setup, guint parts, GError **error)
{
    const struct planning planning = { setup, parts, TRUE, g_ptr_array_new_with_free_func(step_free), NULL };
    return plan(&planning, error);
}

static gboolean change_attributes(const struct hook_setup *setup, const struct hook_step *step,
                                  GError **error)
{
    g_autofree char *name = g_path_get_basename(step->path);
    const struct file_change change = { name, step->before, step->after };
    guint failed;
    int root = file_open_root(setup->policy->root, error);

    if (root < 0)
        return FALSE;
    gboolean good = file_change_all(root, &change, 1, &failed, error);
    g_close(root, NULL);
    if (!good)
        g_prefix_error(error, "%s: ", step->path);
    return good;
}

gboolean hook_step_apply(const struct hook_setup *setup, const struct hook_step *step, GError **error)
{
    switch (step->kind) {
    case HOOK_STEP_CONFIG:
        return repo_config_file_replace(setup->repo, step->before, step->after, error);
    case HOOK_STEP_ATTRIBUTES:
        return change_attributes(setup, step, error);
    case HOOK_STEP_INSTALL:
        return hook_file_install(step->file, error);
    default:
        return hook_file_remove(step->file, error);
    }
}
