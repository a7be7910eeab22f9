#include "blame_private.h"

#include "change.h"
#include "section.h"

#include <string.h>

static const enum section_id sections[N_LISTS] = { SECTION_CRITERIA, SECTION_QUESTIONS, SECTION_DECISIONS };

static void answer_free(gpointer data)
{
    struct answer *answer = data;
    g_free(answer->text);
    g_free(answer);
}

static void body_clear(gpointer data)
{
    struct blame_body *body = data;
    for (guint i = 0; i < N_LISTS; i++)
        g_ptr_array_unref(body->lists[i]);
    g_ptr_array_unref(body->entries);
    g_ptr_array_unref(body->answers);
    g_hash_table_unref(body->sections);
    g_ptr_array_unref(body->names);
    g_ptr_array_unref(body->texts);
    g_free(body->leading);
    document_free(body->document);
}

static void version_clear(gpointer data)
{
    struct blame_version *version = data;
    if (version->body)
        g_rc_box_release_full(version->body, body_clear);
    g_clear_pointer(&version->entries, g_hash_table_unref);
    g_clear_pointer(&version->front, document_free);
    g_clear_pointer(&version->behind, document_free);
    g_bytes_unref(version->bytes);
}

struct blame_version *blame_version_new(const struct policy *policy, GBytes *bytes)
{
    struct blame_version *version = g_rc_box_new0(struct blame_version);
    version->policy = policy;
    version->bytes = g_bytes_ref(bytes);
    return version;
}

void blame_version_unref(struct blame_version *version)
{
    if (version)
        g_rc_box_release_full(version, version_clear);
}

/* -- front matter -- */

const struct node *blame_version_root(struct blame_version *version)
{
    if (!version->front)
        version->front = document_new(version->bytes, NULL);
    return version->front->front->root;
}

char *blame_entry_key(const char *key, const struct node *entry)
{
    g_autofree char *value = change_value(entry);
    return g_strdup_printf("%s\n%d%s", key, entry->kind, value ? value : "");
}

static void count_entries(struct blame_version *version)
{
    const struct node *root = blame_version_root(version);

    version->entries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (const struct node *value = root ? root->first : NULL; value; value = value->next)
        for (const struct node *entry = value->kind == NODE_SEQUENCE ? value->first : NULL; entry;
             entry = entry->next) {
            char *key = blame_entry_key(value->key->text, entry);
            guint before = GPOINTER_TO_UINT(g_hash_table_lookup(version->entries, key));
            g_hash_table_replace(version->entries, key, GUINT_TO_POINTER(before + 1));
        }
}

guint blame_version_count(struct blame_version *version, const char *key, const struct node *entry)
{
    g_autofree char *name = blame_entry_key(key, entry);

    if (!version->entries)
        count_entries(version);
    return GPOINTER_TO_UINT(g_hash_table_lookup(version->entries, name));
}

/* -- body -- */

static void append_words(GString *out, const struct document *document, struct span span)
{
    g_autofree char *text = g_strndup(document->text + span.start, span_length(span));
    g_auto(GStrv) words = g_strsplit_set(text, " \t\r\n", -1);

    for (gsize i = 0; words[i]; i++)
        if (*words[i])
            g_string_append_printf(out, "%s%s", out->len ? " " : "", words[i]);
}

/* What is an entry of a list in the question; its details are what remains. */
static GPtrArray *read_answers(const struct document *document, struct criterion *question)
{
    GPtrArray *answers = g_ptr_array_new_with_free_func(answer_free);
    const GArray *items = document->body->items;
    const struct markdown_item *outer = &g_array_index(items, struct markdown_item, question->item);
    g_autoptr(GString) rest = g_string_new(NULL);
    gsize at = outer->text.end;

    for (guint i = question->item + 1; i < items->len; i++) {
        const struct markdown_item *item = &g_array_index(items, struct markdown_item, i);
        if (item->depth == 0)
            break;
        if (item->parent != (int)question->item || !item->exact || item->span.start < at)
            continue;
        g_autoptr(GString) text = g_string_new(NULL);
        struct answer *answer = g_new0(struct answer, 1);
        append_words(text, document, (struct span){ item->marker.end, item->span.end });
        answer->text = g_strdup(text->str);
        answer->span = item->span;
        g_ptr_array_add(answers, answer);
        append_words(rest, document, (struct span){ at, item->span.start });
        at = item->span.end;
    }
    append_words(rest, document, (struct span){ at, MAX(at, outer->span.end) });
    g_free(question->details);
    question->details = g_strdup(rest->str);
    return answers;
}

/* Entries of a section in another section are those of the first that has them. */
static void drop_known(GPtrArray *entries, GHashTable *known)
{
    for (guint i = entries->len; i > 0; i--) {
        const struct criterion *entry = entries->pdata[i - 1];
        if (!g_hash_table_add(known, GSIZE_TO_POINTER(entry->span.start)))
            g_ptr_array_remove_index(entries, i - 1);
    }
}

static gint by_place(gconstpointer a, gconstpointer b)
{
    const struct criterion *left = *(struct criterion *const *)a, *right = *(struct criterion *const *)b;
    return left->span.start < right->span.start ? -1 : left->span.start > right->span.start;
}

static void read_sections(struct blame_body *body)
{
    body->entries = g_ptr_array_new();
    for (guint i = 0; i < N_LISTS; i++)
        g_ptr_array_extend(body->entries, body->lists[i], NULL, NULL);
    g_ptr_array_sort(body->entries, by_place);
    body->names = section_names(body->document->body);
    body->texts = section_texts(body->document, body->entries);
    body->leading = section_leading(body->document);
    body->sections = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < body->names->len; i++) {
        g_strchomp(body->texts->pdata[i]);
        g_hash_table_insert(body->sections, body->names->pdata[i], GUINT_TO_POINTER(i + 1));
    }
}

/* Takes document. */
static struct blame_body *body_new(const struct policy *policy, struct document *document)
{
    struct blame_body *body = g_rc_box_new0(struct blame_body);
    g_autoptr(GHashTable) known = g_hash_table_new(NULL, NULL);

    body->document = document;
    document_body(document, NULL);
    for (guint i = 0; i < N_LISTS; i++) {
        body->lists[i] = criteria_read_entries(document, policy, sections[i]);
        drop_known(body->lists[i], known);
    }
    const GPtrArray *questions = body->lists[LIST_QUESTIONS];
    body->answers = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < questions->len; i++)
        g_ptr_array_add(body->answers, read_answers(document, questions->pdata[i]));
    read_sections(body);
    return body;
}

/* The document, its body not read. */
static const struct document *behind(struct blame_version *version)
{
    if (version->body)
        return version->body->document;
    if (!version->behind)
        version->behind = document_new_body(version->bytes);
    return version->behind;
}

struct blame_body *blame_version_body(struct blame_version *version)
{
    if (!version->body) {
        behind(version);
        version->body = body_new(version->policy, g_steal_pointer(&version->behind));
    }
    return version->body;
}

gboolean blame_version_same_body(struct blame_version *a, struct blame_version *b)
{
    const struct document *one = behind(a), *other = behind(b);
    gsize length = one->length - one->front->body;

    if (a->body && a->body == b->body)
        return TRUE;
    if (length != other->length - other->front->body ||
        memcmp(one->text + one->front->body, other->text + other->front->body, length) != 0)
        return FALSE;
    if (a->body && !b->body)
        b->body = g_rc_box_acquire(a->body);
    else if (b->body && !a->body)
        a->body = g_rc_box_acquire(b->body);
    return TRUE;
}
