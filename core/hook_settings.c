#include "hook_settings.h"

#include <string.h>

/* What a driver of ours has whatever its version. */
#define DRIVER HOOK_PROGRAM " merge-driver"

#define NAME_KEY "merge.refine.name"
#define DRIVER_KEY "merge.refine.driver"

/* git runs the driver by sh, and has quoted %P. Where it fails, whatever %A holds is the result for git:
 * ours, and nothing of theirs. So what is not the driver's own word (0 merged, 1 conflicts), be it 2 of a
 * version that does not know it, 126 or 127 of a program that is not there, or more of one that was killed,
 * is followed by a merge by lines, as git does without a driver.
 *
 * Hunks are headed by the heading of their section, and in the front matter by the title. */
static const struct hook_setting table[] = {
    { TRUE, NAME_KEY, "Product Backlog items, field by field" },
    { TRUE, DRIVER_KEY,
      DRIVER " %O %A %B %L %P; s=$?; test $s -lt 2 || { "
             "git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B; s=$?; "
             "test $s -eq 0 || s=1; }; exit $s" },
    { FALSE, "diff.refine.xfuncname", "^(title:.*|#{1,6}[[:space:]].*)$" },
    { 0 },
};

const struct hook_setting *hook_settings(void)
{
    return table;
}

enum hook_state hook_setting_state(const struct hook_setting *setting, const char *value)
{
    if (!value)
        return HOOK_ABSENT;
    if (strcmp(value, setting->value) == 0)
        return HOOK_INSTALLED;
    /* A name says nothing of who gave it. */
    return strcmp(setting->key, NAME_KEY) == 0 ||
                   (strcmp(setting->key, DRIVER_KEY) == 0 && strstr(value, DRIVER))
               ? HOOK_OUTDATED
               : HOOK_FOREIGN;
}
