#include "facts.h"

#include "facts_twice.h"

#include <string.h>

void question_free(gpointer data)
{
    struct question *question = data;
    g_free(question->to);
    g_free(question->text);
    g_free(question);
}

/* The length of the role or handle that text begins with after "@", 0 where there is none. A colon or comma
 * behind it belongs to the sentence. */
static gsize measure_addressee(const char *text)
{
    gsize length = *text == '@' ? strcspn(text + 1, " ") : 0;
    while (length > 0 && strchr(":,", text[length]))
        length--;
    return length;
}

struct question *question_new(const char *line)
{
    struct question *question = g_new0(struct question, 1);
    gsize length = measure_addressee(line);

    if (length > 0) {
        question->to = g_strndup(line + 1, length);
        line += 1 + strcspn(line + 1, " ");
    }
    question->text = g_strstrip(g_strdup(line));
    return question;
}

/* Whether the entry says that there is no question: "- None." */
static gboolean is_none(const struct markdown_item *item)
{
    static const char *const words[] = { "none", "none yet", "none so far",  "none open",
                                         "n/a",  "nothing",  "no questions", "no open questions" };
    gsize length = strlen(item->plain);

    while (length && strchr(".!", item->plain[length - 1]))
        length--;
    for (gsize i = 0; item->task == MARKDOWN_TASK_NONE && i < G_N_ELEMENTS(words); i++)
        if (strlen(words[i]) == length && g_ascii_strncasecmp(item->plain, words[i], length) == 0)
            return TRUE;
    return FALSE;
}

gboolean question_is(const struct markdown_item *item, const struct markdown_section *section)
{
    return item->depth == 0 && item->exact && item->span.start >= section->content.start &&
           item->span.end <= section->content.end && !is_none(item);
}

static void read_questions(GPtrArray *questions, const struct document *document,
                           const struct markdown_section *section)
{
    const GArray *items = document->body->items;
    struct lines_walk walk = { 0 };

    for (guint i = 0; i < items->len; i++) {
        const struct markdown_item *item = &g_array_index(items, struct markdown_item, i);
        if (!question_is(item, section))
            continue;
        struct question *question = question_new(item->plain);
        question->number = questions->len + 1;
        question->answered = item->task == MARKDOWN_TASK_TICKED;
        question->at = lines_walk(document->text, document->length, &walk, item->marker.start);
        g_ptr_array_add(questions, question);
    }
}

struct facts *facts_new(void)
{
    struct facts *facts = g_new(struct facts, 1);

    facts->findings = findings_new();
    facts->doubts = findings_new();
    facts->questions = g_ptr_array_new_with_free_func(question_free);
    return facts;
}

struct facts *facts_read(struct document *document, const struct policy *policy)
{
    struct facts *facts = facts_new();
    const struct markdown *body = document_body(document, facts->findings);
    const struct markdown_section *section =
        markdown_section_find(body, policy_section(policy, SECTION_QUESTIONS));
    if (section)
        read_questions(facts->questions, document, section);
    facts_find_twice(facts, document, policy);
    return facts;
}

void facts_free(struct facts *facts)
{
    if (!facts)
        return;
    g_ptr_array_unref(facts->findings);
    g_ptr_array_unref(facts->questions);
    g_ptr_array_unref(facts->doubts);
    g_free(facts);
}

guint facts_open_questions(const struct facts *facts)
{
    guint open = 0;
    for (guint i = 0; i < facts->questions->len; i++)
        open += !((const struct question *)facts->questions->pdata[i])->answered;
    return open;
}
