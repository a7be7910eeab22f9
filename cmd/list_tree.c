#include "list_tree.h"

/* Columns that are not the title's, and columns of the title that a level may take one of, three wide. */
#define OTHER_COLUMNS 36
#define COLUMNS_A_LEVEL 6

struct signs {
    const char *down; /* past a level that goes on */
    const char *branch;
    const char *corner;
    const char *deeper;
};

guint list_tree_levels(guint width)
{
    guint room = width > OTHER_COLUMNS ? (width - OTHER_COLUMNS) / COLUMNS_A_LEVEL : 0;
    return width ? CLAMP(room, 2, LIST_TREE_LEVELS) : LIST_TREE_LEVELS;
}

GPtrArray *list_tree_guides(const struct list_tree_place *places, guint n, guint levels, gboolean unicode)
{
    static const struct signs drawn = { "│  ", "├─ ", "└─ ", "… " }, typed = { "|  ", "|- ", "`- ", "... " };
    const struct signs *signs = unicode ? &drawn : &typed;
    GPtrArray *guides = g_ptr_array_new_with_free_func(g_free);
    g_autofree gboolean *ended = g_new0(gboolean, levels + 1); /* the last of brothers stands at that level */

    for (guint i = 0; i < n; i++) {
        const struct list_tree_place *node = &places[i];
        guint depth = MIN(node->depth, levels);
        g_autoptr(GString) guide = g_string_new(NULL);
        if (node->depth <= levels)
            ended[depth] = node->last;
        for (guint level = 1; level < depth; level++)
            g_string_append(guide, ended[level] ? "   " : signs->down);
        if (depth > 0)
            g_string_append(guide, ended[depth] ? signs->corner : signs->branch);
        if (node->depth > levels)
            g_string_append(guide, signs->deeper);
        g_ptr_array_add(guides, g_strdup(guide->str));
    }
    return guides;
}

void list_tree_json(const struct tree *tree, struct json *array,
                    void (*fill)(struct json *object, guint index, gpointer data), gpointer data)
{
    struct json *open[LIST_TREE_LEVELS + 2] = { array }; /* where the nodes of a level go */

    for (guint i = 0; i < tree->nodes->len; i++) {
        const struct tree_node *node = tree->nodes->pdata[i];
        guint depth = MIN(node->depth, LIST_TREE_LEVELS);
        struct json *object = json_add_object(open[depth], NULL);
        fill(object, i, data);
        open[depth + 1] = json_add_array(object, "children");
    }
}
