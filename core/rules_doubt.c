#include "rules_private.h"

#include <string.h>

/* The rules that leave a doubt, and what settles it. */
static const struct {
    const char *rule;
    gboolean (*holds)(struct rules_run *run, const struct item *item, const char *about);
} judges[] = {
    { NULL, NULL },
};

gboolean rules_holds(struct rules_run *run, const struct item *item, const struct finding *doubt)
{
    for (gsize i = 0; judges[i].rule; i++)
        if (strcmp(judges[i].rule, doubt->rule) == 0)
            return judges[i].holds(run, item, doubt->about);
    return FALSE;
}
