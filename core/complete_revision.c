#include "complete_private.h"

#include "repo_revision.h"

#include <string.h>

void complete_revisions(struct completion *completion)
{
    g_autoptr(Repo) repo = repo_open(completion->folder, NULL);
    g_auto(GStrv) names = repo ? repo_revisions(repo) : NULL;
    const char *dots = strstr(completion->word, "..");

    if (dots)
        completion->settled = (gsize)(dots - completion->word) + (dots[2] == '.' ? 3 : 2);
    if (names)
        completion_add(completion, "HEAD", NULL, FALSE);
    for (gsize i = 0; names && names[i]; i++)
        completion_add(completion, names[i], NULL, FALSE);
}
