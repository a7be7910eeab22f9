#include "question.h"

#include "nearest.h"

#include <string.h>

/* -- reading -- */

static void answer_free(gpointer data)
{
    struct answer *answer = data;
    g_free(answer->text);
    remark_clear(&answer->remark);
    g_free(answer);
}

static void asked_free(gpointer data)
{
    struct asked *asked = data;
    question_free(asked->question);
    g_ptr_array_unref(asked->answers);
    g_free(asked);
}

static const struct markdown_item *item_at(const struct markdown *body, guint index)
{
    return &g_array_index(body->items, struct markdown_item, index);
}

static GPtrArray *read_answers(const struct markdown *body, guint index)
{
    GPtrArray *answers = g_ptr_array_new_with_free_func(answer_free);

    for (guint i = index + 1; i < body->items->len && item_at(body, i)->depth > item_at(body, index)->depth;
         i++) {
        if (item_at(body, i)->parent != (int)index || !item_at(body, i)->exact)
            continue;
        struct answer *answer = g_new0(struct answer, 1);
        answer->text = g_strdup(item_at(body, i)->plain);
        remark_parse(answer->text, &answer->remark);
        g_ptr_array_add(answers, answer);
    }
    return answers;
}

GPtrArray *questions_read(struct document *document, const struct policy *policy)
{
    const struct markdown *body = document_body(document, NULL);
    const struct markdown_section *section =
        markdown_section_find(body, policy_section(policy, SECTION_QUESTIONS));
    GPtrArray *questions = g_ptr_array_new_with_free_func(asked_free);

    for (guint i = 0; section && i < body->items->len; i++) {
        const struct markdown_item *item = item_at(body, i);
        if (!question_is(item, section))
            continue;
        struct asked *asked = g_new0(struct asked, 1);
        asked->question = question_new(item->plain);
        asked->question->number = questions->len + 1;
        asked->question->answered = item->task == MARKDOWN_TASK_TICKED;
        asked->question->at = lines_locate(document->text, document->length, item->marker.start);
        asked->item = i;
        asked->answers = read_answers(body, i);
        g_ptr_array_add(questions, asked);
    }
    return questions;
}

const struct asked *questions_find(const GPtrArray *questions, guint number, GError **error)
{
    if (number >= 1 && number <= questions->len)
        return questions->pdata[number - 1];
    if (questions->len == 0)
        draft_refuse(error, "there is no question %u: the item has none; refine ask asks the first", number);
    else if (questions->len == 1)
        draft_refuse(error, "there is no question %u: the item has only question 1", number);
    else
        draft_refuse(error, "there is no question %u: the item has questions 1 to %u", number,
                     questions->len);
    return NULL;
}

/* -- whom it is put to -- */

gboolean question_is_to(const struct question *question, const struct person *person)
{
    return people_same(question->to, person->handle) || people_same(question->to, person->role) ||
           people_same(question->to, person->name);
}

gboolean question_is_for(const struct question *question, const struct policy *policy, const char *who)
{
    struct person person;

    return people_same(question->to, *who == '@' ? who + 1 : who) ||
           (people_find(policy, who, &person) && question_is_to(question, &person));
}

/* The role of the team that word is, in the policy's letters, or NULL. */
static const char *find_role(const struct policy *policy, const char *word)
{
    g_autofree const char **roles = people_roles(policy);

    for (gsize i = 0; roles[i]; i++)
        if (people_same(roles[i], word))
            return roles[i];
    return NULL;
}

/* Handles and roles, NULL-terminated; the texts are the policy's. */
static GPtrArray *addressees(const struct policy *policy)
{
    GPtrArray *all = g_ptr_array_new();
    const struct node *team = policy_get(policy, "team");
    g_autofree const char **roles = people_roles(policy);

    for (const struct node *node = team ? team->first : NULL; node; node = node->next) {
        const struct node *handle = node_find(node, "handle");
        if (handle && handle->kind == NODE_SCALAR)
            g_ptr_array_add(all, (gpointer)handle->text);
    }
    for (gsize i = 0; roles[i]; i++)
        g_ptr_array_add(all, (gpointer)roles[i]);
    g_ptr_array_add(all, NULL);
    return all;
}

static char *refuse(const struct policy *policy, const char *who, GError **error)
{
    g_autoptr(GPtrArray) all = addressees(policy);
    const char *nearest = nearest_name(who, (const char *const *)all->pdata);
    g_autofree char *list = g_strjoinv(", ", (char **)all->pdata);

    if (nearest)
        g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_UNKNOWN, "nobody in the team is %s; did you mean %s?",
                    who, nearest);
    else
        g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_UNKNOWN,
                    "nobody in the team is %s, and no role; there are %s", who, list);
    return NULL;
}

static gboolean is_word(const char *text)
{
    return *text && edit_is_line(text) && !strpbrk(text, " \t") && !strchr(":,", text[strlen(text) - 1]);
}

char *question_addressee(const struct policy *policy, const char *who, GError **error)
{
    g_auto(GStrv) me = strcmp(who, "@me") == 0 ? people_me(policy, error) : NULL;
    if (strcmp(who, "@me") == 0 && !me)
        return NULL;
    const char *name = me ? me[0] : *who == '@' ? who + 1 : who;
    const struct node *team = policy_get(policy, "team");
    struct person person;

    if (people_find(policy, name, &person) && person.handle) {
        if (is_word(person.handle))
            return g_strdup(person.handle);
        g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_UNKNOWN,
                    "the handle \"%s\" cannot stand behind \"@\": expected one word in the policy's team",
                    person.handle);
        return NULL;
    }
    if (find_role(policy, name))
        return g_strdup(find_role(policy, name));
    if (team && team->count > 0)
        return refuse(policy, name, error);
    if (is_word(name))
        return g_strdup(name);
    g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_UNKNOWN, "expected a handle or a role, one word, saw %s",
                *name ? name : "none");
    return NULL;
}

/* -- asking -- */

static const struct asked *find_text(const GPtrArray *questions, const char *text)
{
    for (guint i = 0; i < questions->len; i++) {
        const struct asked *asked = questions->pdata[i];
        if (people_same(asked->question->text, text))
            return asked;
    }
    return NULL;
}

static gboolean refuse_asked(const struct question *question, GError **error)
{
    if (question->answered)
        return draft_refuse(error, "question %u asks that already, and is answered", question->number);
    return draft_refuse(error, "question %u asks that already, and is put to %s%s", question->number,
                        question->to ? "@" : "nobody", question->to ? question->to : "");
}

gboolean question_ask(struct draft *draft, const char *who, const char *text, GError **error)
{
    const struct policy *policy = draft->backlog->policy;
    struct edit_section section = policy_edit_section(policy, SECTION_QUESTIONS);
    g_autoptr(GPtrArray) questions = questions_read(edit_document(draft->edit), policy);
    g_autofree char *line = remark_line(text);
    struct question *parsed = question_new(line);
    g_autofree char *asks = g_steal_pointer(&parsed->text), *named = g_steal_pointer(&parsed->to);

    question_free(parsed);
    if (!*asks)
        return draft_refuse(error, "expected a question, saw none");
    if (who && named)
        return draft_refuse(error, "the question names @%s itself: leave out --to", named);
    g_autofree char *to = who || named ? question_addressee(policy, who ? who : named, error) : NULL;
    if (!to && (who || named))
        return FALSE;
    const struct asked *same = find_text(questions, asks);
    if (same && !same->question->answered && (to ? people_same(to, same->question->to) : !same->question->to))
        return TRUE;
    if (same)
        return refuse_asked(same->question, error);
    g_autofree char *entry = to ? g_strdup_printf("@%s %s", to, asks) : g_strdup(asks);
    return edit_list_add(draft->edit, &section, entry, error);
}

/* -- answering -- */

/* The name, for remarks, of the only one who has the role; NULL with an error where several have it. */
static char *only_one(const struct policy *policy, const char *role, GError **error)
{
    g_autofree const char **all = people_all(policy);
    g_autofree char *found = NULL;
    struct person person;

    for (gsize i = 0; all[i]; i++) {
        if (!people_find(policy, all[i], &person) || !people_same(person.role, role))
            continue;
        g_autofree char *name = remark_name(policy, all[i]);
        if (found && strcmp(found, name) != 0) {
            g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_UNKNOWN,
                        "more than one in the team is %s: expected who of them, such as %s", role, found);
            return NULL;
        }
        g_free(found);
        found = g_steal_pointer(&name);
    }
    return g_steal_pointer(&found);
}

char *question_answerer(const struct policy *policy, const char *who, GError **error)
{
    if (!who || strcmp(who, "@me") == 0)
        return remark_names(policy, NULL, error);
    const char *word = *who == '@' ? who + 1 : who, *role = find_role(policy, word);
    struct person person;
    gboolean known = people_find(policy, who, &person);
    g_autofree const char **all = people_all(policy);
    const char *nearest = nearest_name(word, all);

    if (!known && role)
        return only_one(policy, role, error);
    g_autofree char *name = remark_name(policy, known ? who : word);
    if (!known && (nearest || !*name || *who == '@')) {
        g_set_error(error, PEOPLE_ERROR, PEOPLE_ERROR_UNKNOWN,
                    nearest ? "nobody in the team is %s; did you mean %s?"
                            : "expected somebody of the team, or a name, saw %s",
                    *who ? who : "none", nearest);
        return NULL;
    }
    return g_steal_pointer(&name);
}

static gboolean has_answer(const struct asked *asked, const char *line)
{
    for (guint i = 0; i < asked->answers->len; i++)
        if (strcmp(((const struct answer *)asked->answers->pdata[i])->text, line) == 0)
            return TRUE;
    return FALSE;
}

gboolean question_answer(struct draft *draft, guint number, const char *names, const char *text,
                         gboolean *further, GError **error)
{
    g_autoptr(GPtrArray) questions = questions_read(edit_document(draft->edit), draft->backlog->policy);
    const struct asked *asked = questions_find(questions, number, error);
    g_autofree char *said = remark_line(text), *line = remark_print(names, text, NULL);

    if (!asked)
        return FALSE;
    if (!*said)
        return draft_refuse(error, "expected an answer, saw none");
    if (further)
        *further = asked->question->answered;
    return (has_answer(asked, line) || edit_list_nest(draft->edit, asked->item, line, error)) &&
           edit_list_tick(draft->edit, asked->item, TRUE, error);
}
