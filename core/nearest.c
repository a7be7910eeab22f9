#include "nearest.h"

#include <string.h>

/* Distance of a and b by optimal string alignment; both at most 63 bytes. */
static guint distance(const char *a, const char *b)
{
    guint rows[3][64];
    gsize m = strlen(a), n = strlen(b);

    for (gsize j = 0; j <= n; j++)
        rows[0][j] = (guint)j;
    for (gsize i = 1; i <= m; i++) {
        guint *row = rows[i % 3], *above = rows[(i - 1) % 3], *before = rows[(i + 1) % 3];
        row[0] = (guint)i;
        for (gsize j = 1; j <= n; j++) {
            row[j] = above[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = MIN(row[j], MIN(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = MIN(row[j], before[j - 2] + 1);
        }
    }
    return rows[m % 3][n];
}

const char *nearest_name(const char *word, const char *const *names)
{
    const char *nearest = NULL;
    gsize letters = strlen(word);
    guint best = letters > 4 ? 3 : letters > 2 ? 2 : 1;

    if (strlen(word) > 63)
        return NULL;
    g_autofree char *folded = g_ascii_strdown(word, -1);
    for (gsize i = 0; names[i]; i++) {
        gsize length = strlen(names[i]);
        if (length > 63)
            continue;
        guint here = distance(folded, names[i]);
        if (here < best && here < MAX(length, 2)) {
            best = here;
            nearest = names[i];
        }
    }
    return nearest;
}
