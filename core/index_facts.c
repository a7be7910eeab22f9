#include "index_facts.h"

#include "index_private.h"
#include "rulebook.h"

#include <string.h>

/* Findings, then doubts: rule, severity, span, line and column, message, help, key, about. Questions: to
 * whom, text, answered, line and column. Texts are bytes, for a body need not be UTF-8. */
#define FINDING "(ayyttuuaymaymaymay)"
#define QUESTION "(mayaybuu)"
#define FACTS "(a" FINDING "a" FINDING "a" QUESTION ")"

/* The most bytes that a file has, and more than it can have lines. */
#define SANE (1024 * 1024 * 16)

char *index_facts_settings(const struct policy *policy)
{
    gsize length;
    const char *text = g_bytes_get_data(policy->bytes, &length);
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

    /* Messages are worded by the program: another version of it words them anew. */
    g_checksum_update(sum, (const guchar *)REFINE_VERSION "\n", -1);
    g_checksum_update(sum, (const guchar *)text, (gssize)length);
    return g_strdup(g_checksum_get_string(sum));
}

/* -- as bytes -- */

static GVariant *print_findings(const GPtrArray *findings)
{
    GVariantBuilder list;

    g_variant_builder_init(&list, G_VARIANT_TYPE("a" FINDING));
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        g_variant_builder_add(&list, "(^ayyttuu^aym^aym^aym^ay)", finding->rule, (guchar)finding->severity,
                              (guint64)finding->span.start, (guint64)finding->span.end, finding->at.line,
                              finding->at.column, finding->message, finding->help, finding->key,
                              finding->about);
    }
    return g_variant_builder_end(&list);
}

GVariant *index_facts_print(const struct facts *facts)
{
    GVariantBuilder list;

    if (facts->findings->len == 0 && facts->doubts->len == 0 && facts->questions->len == 0)
        return NULL;
    g_variant_builder_init(&list, G_VARIANT_TYPE("a" QUESTION));
    for (guint i = 0; i < facts->questions->len; i++) {
        const struct question *question = facts->questions->pdata[i];
        g_variant_builder_add(&list, "(m^ay^aybuu)", question->to, question->text, question->answered,
                              question->at.line, question->at.column);
    }
    GVariant *parts[] = { print_findings(facts->findings), print_findings(facts->doubts),
                          g_variant_builder_end(&list) };
    return g_variant_ref_sink(g_variant_new_tuple(parts, G_N_ELEMENTS(parts)));
}

static gboolean parse_finding(const struct rulebook *book, GPtrArray *findings, GVariant *value)
{
    const char *name, *message, *help, *key, *about;
    guchar severity;
    guint64 start, end;
    struct position at;

    g_variant_get(value, "(^&ayyttuu^&aym^&aym^&aym^&ay)", &name, &severity, &start, &end, &at.line,
                  &at.column, &message, &help, &key, &about);
    const struct rule *rule = rulebook_find(book, name);
    if (!rule || severity > SEVERITY_ERROR || end > SANE || start > end || at.line > SANE || at.column > SANE)
        return FALSE;
    struct finding *finding = finding_add(findings, rule->name, severity, NULL, 0,
                                          (struct span){ (gsize)start, (gsize)end }, help, "%s", message);
    finding->at = at;
    finding->key = g_strdup(key);
    finding->about = g_strdup(about);
    return TRUE;
}

static gboolean parse_findings(const struct rulebook *book, GPtrArray *findings, GVariant *list)
{
    for (gsize i = 0; i < g_variant_n_children(list); i++) {
        g_autoptr(GVariant) one = g_variant_get_child_value(list, i);
        if (!parse_finding(book, findings, one))
            return FALSE;
    }
    return TRUE;
}

static void parse_question(GPtrArray *questions, GVariant *value)
{
    struct question *question = g_new0(struct question, 1);

    g_variant_get(value, "(m^ay^aybuu)", &question->to, &question->text, &question->answered,
                  &question->at.line, &question->at.column);
    question->number = questions->len + 1;
    g_ptr_array_add(questions, question);
}

struct facts *index_facts_parse(const struct rulebook *book, const void *bytes, gsize length)
{
    g_autoptr(Facts) facts = facts_new();
    if (length == 0)
        return g_steal_pointer(&facts);

    g_autoptr(GBytes) copy = g_bytes_new(bytes, length);
    g_autoptr(GVariant) value =
        g_variant_ref_sink(g_variant_new_from_bytes(G_VARIANT_TYPE(FACTS), copy, FALSE));
    if (!g_variant_is_normal_form(value))
        return NULL;
    g_autoptr(GVariant) findings = g_variant_get_child_value(value, 0);
    g_autoptr(GVariant) doubts = g_variant_get_child_value(value, 1);
    g_autoptr(GVariant) questions = g_variant_get_child_value(value, 2);
    if (!parse_findings(book, facts->findings, findings) || !parse_findings(book, facts->doubts, doubts))
        return NULL;
    for (gsize i = 0; i < g_variant_n_children(questions); i++) {
        g_autoptr(GVariant) one = g_variant_get_child_value(questions, i);
        parse_question(facts->questions, one);
    }
    return g_steal_pointer(&facts);
}

/* -- rows -- */

static gint64 sum_of(gint64 file, gint64 version, const char *settings, const void *bytes, gsize length)
{
    guint64 sum = index_sum_number(index_sum_number(INDEX_SUM, file), version);
    sum = index_sum_bytes(sum, settings, strlen(settings));
    return (gint64)index_sum_bytes(sum, bytes, length);
}

struct facts *index_facts_read(struct index *index, gint64 file, gint64 version, const char *settings,
                               const struct rulebook *book)
{
    struct facts *facts = NULL;

    if (!index->facts)
        index->facts = index_prepare(index, "SELECT facts, sum FROM facts"
                                            " WHERE file = ?1 AND version = ?2 AND settings = ?3");
    sqlite3_stmt *select = index->facts;
    if (!select)
        return NULL;
    sqlite3_bind_int64(select, 1, file);
    sqlite3_bind_int64(select, 2, version);
    sqlite3_bind_text(select, 3, settings, -1, SQLITE_STATIC);
    gboolean damaged = FALSE;
    if (index_step(index, select)) {
        const void *bytes = sqlite3_column_blob(select, 0);
        gsize length = (gsize)sqlite3_column_bytes(select, 0);
        damaged = sqlite3_column_int64(select, 1) != sum_of(file, version, settings, bytes, length);
        facts = damaged ? NULL : index_facts_parse(book, bytes, length);
    }
    if (index->facts)
        sqlite3_reset(index->facts);
    if (damaged)
        index_renew(index);
    return facts;
}

void index_facts_write(struct index_writer *writer, gint64 file, gint64 version, const char *settings,
                       const struct facts *facts)
{
    g_autoptr(GVariant) value = index_facts_print(facts);
    const void *bytes = value ? g_variant_get_data(value) : NULL;
    gsize length = value ? g_variant_get_size(value) : 0;

    if (!writer->good)
        return;
    sqlite3_bind_int64(writer->add_facts, 1, file);
    sqlite3_bind_int64(writer->add_facts, 2, version);
    sqlite3_bind_text(writer->add_facts, 3, settings, -1, SQLITE_STATIC);
    sqlite3_bind_blob(writer->add_facts, 4, bytes, (int)length, SQLITE_STATIC);
    sqlite3_bind_int64(writer->add_facts, 5, sum_of(file, version, settings, bytes, length));
    writer->good = index_run(writer->index, writer->add_facts);
}
