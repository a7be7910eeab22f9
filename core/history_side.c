#include "history_side.h"

#include <string.h>

void tree_side_init(struct tree_side *side, GBytes *tree)
{
    gsize length = 0;
    side->at = tree ? g_bytes_get_data(tree, &length) : "";
    side->end = side->at + length;
}

void tree_side_step(struct tree_side *side)
{
    side->more = tree_entry_next(&side->at, side->end, &side->entry);
}

static gsize common_length(const char *a, const char *b, gsize length)
{
    gsize i = 0;

    while (i + 64 <= length && memcmp(a + i, b + i, 64) == 0)
        i += 64;
    while (i < length && a[i] == b[i])
        i++;
    return i;
}

void tree_sides_skip(struct tree_side *old, struct tree_side *new)
{
    gsize old_left = (gsize)(old->end - old->at), new_left = (gsize)(new->end - new->at), passed = 0;
    gsize same = common_length(old->at, new->at, MIN(old_left, new_left));

    if (same == old_left && same == new_left)
        passed = same;
    while (passed < same) {
        const char *nul = memchr(old->at + passed, '\0', same - passed);
        gsize next = nul ? (gsize)(nul - old->at) + 1 + sizeof(struct object_id) : same + 1;
        if (next > same)
            break;
        passed = next;
    }
    old->at += passed;
    new->at += passed;
}
