#include "rules_private.h"

#include <string.h>

/* The rules that leave a doubt, and what settles it. */
static const struct {
    const char *rule;
    gboolean (*holds)(struct rules_run *run, const struct item *item, const char *about);
} judges[] = {
    { "depends-unlinked", rules_is_unlinked },
    { "depends-external", rules_is_out_of_time },
    { "approach-missing", rules_has_no_spike },
};

gboolean rules_holds(struct rules_run *run, const struct item *item, const struct finding *doubt)
{
    for (gsize i = 0; i < G_N_ELEMENTS(judges); i++)
        if (strcmp(judges[i].rule, doubt->rule) == 0)
            return judges[i].holds(run, item, doubt->about ? doubt->about : "");
    return FALSE;
}
