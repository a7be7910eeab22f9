#include "readiness.h"

#include "rules.h"

struct readiness {
    GHashTable *errors; /* path -> number, of those that were checked */
};

struct readiness *readiness_from(const GPtrArray *items, const GPtrArray *findings)
{
    struct readiness *readiness = g_new(struct readiness, 1);
    GHashTable *errors = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < items->len; i++) {
        const struct item *item = items->pdata[i];
        if (rules_claims_ready(item))
            g_hash_table_insert(errors, (gpointer)item->path, GUINT_TO_POINTER(0));
    }
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        gpointer path, count;
        if (finding_blocks(finding) && g_hash_table_lookup_extended(errors, finding->path, &path, &count))
            g_hash_table_insert(errors, path, GUINT_TO_POINTER(GPOINTER_TO_UINT(count) + 1));
    }
    readiness->errors = errors;
    return readiness;
}

void readiness_expect(struct backlog *backlog)
{
    backlog_expect_facts(backlog, rules_claims_ready);
}

struct readiness *readiness_new(struct backlog *backlog, const GPtrArray *items)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new(), findings = NULL;

    for (guint i = 0; i < items->len; i++) {
        const struct item *item = items->pdata[i];
        if (rules_claims_ready(item))
            g_ptr_array_add(paths, (gpointer)item->path);
    }
    g_ptr_array_add(paths, NULL);
    const struct rules_options options = { .only = (const char *const *)paths->pdata };
    findings = paths->len > 1 ? rules_check(backlog, &options) : findings_new();
    return readiness_from(items, findings);
}

void readiness_free(struct readiness *readiness)
{
    if (!readiness)
        return;
    g_hash_table_unref(readiness->errors);
    g_free(readiness);
}

gboolean readiness_find(const struct readiness *readiness, const struct item *item, guint *errors)
{
    gpointer count;

    if (!g_hash_table_lookup_extended(readiness->errors, item->path, NULL, &count))
        return FALSE;
    *errors = GPOINTER_TO_UINT(count);
    return TRUE;
}
