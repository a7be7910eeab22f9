#include "preference.h"

#include "repo_config.h"

struct preference *preference_read(void)
{
    struct preference *preference = g_new0(struct preference, 1);
    g_autofree char *folder = g_get_current_dir();
    g_autoptr(Repo) repo = repo_open(folder, NULL);
    g_autoptr(RepoConfig) config = repo ? repo_config_open(repo, NULL) : repo_config_open_outside(NULL);

    if (!config)
        return preference;
    preference->pager = repo_config_text(config, "core.pager");
    preference->color = repo_config_text(config, "refine.color");
    if (!preference->color)
        preference->color = repo_config_text(config, "color.ui");
    return preference;
}

void preference_free(struct preference *preference)
{
    if (!preference)
        return;
    g_free(preference->pager);
    g_free(preference->color);
    g_free(preference);
}

gboolean preference_is_off(const char *color)
{
    static const char *const words[] = { "never", "false", "no", "off", "0" };
    for (guint i = 0; color && i < G_N_ELEMENTS(words); i++)
        if (g_ascii_strcasecmp(color, words[i]) == 0)
            return TRUE;
    return FALSE;
}
