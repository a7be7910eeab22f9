#include "draft.h"

#include "rules.h"

#include <string.h>

static const struct node *id_in(const struct document *document)
{
    const struct node *id = node_find(document->front->root, "id");
    return id && id->kind == NODE_SCALAR && !node_is_null(id) ? id : NULL;
}

/* What says that an item is ready, and was never declared so. */
#define UNDECLARED "stale-ready"

/* Whether it is an error that no version of an item may have: what a team agreed on may be taken back, but an
 * item does not become ready by hand. */
static gboolean is_fault(const struct finding *finding)
{
    const struct rule *rule = rule_find(finding->rule);
    return finding->severity >= SEVERITY_ERROR && rule &&
           (rule_is_fact(rule) || strcmp(rule->name, UNDECLARED) == 0);
}

/* The faults that a check finds in the item with that text, and in no other. */
static GPtrArray *find_errors(const struct draft *draft, GBytes *text, GError **error)
{
    g_autoptr(Backlog) backlog = backlog_open(draft->backlog->policy, NULL, error);
    const char *const only[] = { draft->path, NULL };
    const struct rules_options options = { .only = only };

    if (!backlog)
        return NULL;
    backlog_overlay(backlog, draft->path, text);
    GPtrArray *findings = rules_check(backlog, &options);
    for (guint i = findings->len; i-- > 0;)
        if (!is_fault(findings->pdata[i]))
            g_ptr_array_remove_index(findings, i);
    return findings;
}

static gboolean has_like(const GPtrArray *findings, const struct finding *wanted)
{
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        if (strcmp(finding->rule, wanted->rule) == 0 && strcmp(finding->message, wanted->message) == 0)
            return TRUE;
    }
    return FALSE;
}

/* Removes what the version before has too. What cannot be read stays: no change could be told. */
static gboolean remove_old(const struct draft *draft, GPtrArray *findings, GError **error)
{
    if (!draft->before || findings->len == 0)
        return TRUE;
    g_autoptr(GPtrArray) old = find_errors(draft, draft->before, error);
    if (!old)
        return FALSE;
    for (guint i = findings->len; i-- > 0;) {
        const struct finding *finding = findings->pdata[i];
        if (strcmp(finding->rule, "parse") != 0 && has_like(old, finding))
            g_ptr_array_remove_index(findings, i);
    }
    return TRUE;
}

static void remove_rule(GPtrArray *findings, const char *rule)
{
    for (guint i = findings->len; i-- > 0;)
        if (strcmp(((struct finding *)findings->pdata[i])->rule, rule) == 0)
            g_ptr_array_remove_index(findings, i);
}

/* The id that the text must have; NULL where there was none, or none could be read. */
static char *wanted_id(const struct draft *draft)
{
    g_autoptr(Document) before = draft->before ? document_new(draft->before, NULL) : NULL;
    const struct node *id = before ? id_in(before) : NULL;
    return g_strdup(before ? (id ? id->text : NULL) : draft->id);
}

/* An item keeps its id for life: files, commits and other items know it by that. */
static void check_id(const struct draft *draft, const struct document *document, GPtrArray *findings)
{
    g_autofree char *wanted = wanted_id(draft);
    const struct node *id = id_in(document);
    const struct span none = { 0, 0 };

    if (!wanted || !document->front->root || (id && strcmp(id->text, wanted) == 0))
        return;
    remove_rule(findings, "file-name");
    remove_rule(findings, "duplicate-id");
    finding_add(findings, "file-name", SEVERITY_ERROR, document->text, document->length, id ? id->span : none,
                "put it back", "an item keeps its id: expected %s, saw %s", wanted, id ? id->text : "none");
}

/* Whether the version before said that it was ready, or begun. */
static gboolean claimed_before(const struct draft *draft)
{
    g_autoptr(Document) before = draft->before ? document_new(draft->before, NULL) : NULL;
    const struct node *status = before ? node_find(before->front->root, "status") : NULL;
    enum status was = status && status->kind == NODE_SCALAR ? status_parse(status->text) : STATUS_UNKNOWN;

    return was == STATUS_READY || was == STATUS_DOING;
}

GPtrArray *draft_faults(const struct draft *draft, GBytes *text, GError **error)
{
    g_autoptr(Document) document = document_new(text, NULL);

    if (!document->front->present) {
        GPtrArray *gone = findings_new();
        finding_add_parse(gone, document->text, document->length, 0, "put it back",
                          "expected front matter between two lines ---, saw none");
        return gone;
    }
    g_autoptr(GPtrArray) findings = find_errors(draft, text, error);
    if (!findings || !remove_old(draft, findings, error))
        return NULL;
    /* What was agreed may be changed: a check then says that it has to be agreed on again. */
    if (claimed_before(draft))
        remove_rule(findings, UNDECLARED);
    check_id(draft, document, findings);
    findings_sort(findings);
    return g_steal_pointer(&findings);
}
