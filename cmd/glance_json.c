#include "glance.h"
#include "present.h"
#include "ready_reach.h"

#include "facts.h"

static void add_goals(struct json *json, const struct overview *overview)
{
    struct json *goals = json_add_array(json, "goals");
    for (guint i = 0; i < overview->goals->len; i++) {
        const struct overview_goal *goal = &g_array_index(overview->goals, struct overview_goal, i);
        struct json *object = json_add_object(goals, NULL);
        json_add_string(object, "id", goal->id);
        json_add_string(object, "says", goal->says);
        json_add_integer(object, "open", goal->open);
    }
}

/* Every status, also where no item has it; null is that of items whose status is none. */
static void add_counts(struct json *json, const struct context *context, const struct overview *overview)
{
    json_add_string(json, "unit", policy_text(context->policy, "estimate.unit"));
    struct json *statuses = json_add_array(json, "statuses");
    for (int i = 0; i <= N_STATUSES; i++) {
        struct json *object = json_add_object(statuses, NULL);
        json_add_string(object, "status", status_names()[i]);
        ready_count_json(object, &overview->counts[i]);
    }
    ready_count_json(json_add_object(json, "open"), &overview->horizon->open);
    ready_reach_json(json, overview->horizon);
}

static void add_me(struct json *json, const struct overview *overview)
{
    struct json *me = json_add_object(json, "me");
    json_add_string(me, "self", overview->self);
    json_add_boolean(me, "known", overview->known);
    json_add_string(me, "name", overview->me.name);
    json_add_string(me, "handle", overview->me.handle);
    json_add_string(me, "role", overview->me.role);
}

static void add_waiting(struct json *json, const struct context *context, const struct overview *overview)
{
    json_add_integer(json, "open-questions", overview->questions_open);
    struct json *questions = json_add_array(json, "questions");
    for (guint i = 0; i < overview->questions->len; i++) {
        const struct overview_question *each =
            &g_array_index(overview->questions, struct overview_question, i);
        struct json *object = json_add_object(questions, NULL);
        g_autofree char *path = policy_display(context->policy, each->item->path);
        json_add_string(object, "id", each->item->id);
        json_add_integer(object, "number", each->question->number);
        json_add_string(object, "to", each->question->to);
        json_add_string(object, "text", each->question->text);
        json_add_string(object, "path", path);
        json_add_integer(object, "line", each->question->at.line);
    }
    struct json *votes = json_add_array(json, "votes");
    for (guint i = 0; i < overview->votes->len; i++) {
        const struct overview_vote *vote = &g_array_index(overview->votes, struct overview_vote, i);
        struct json *object = json_add_object(votes, NULL);
        json_add_string(object, "id", vote->item->id);
        json_add_integer(object, "round", vote->round);
        json_add_integer(object, "votes", vote->votes);
    }
}

static void add_next(struct json *json, const struct context *context, const struct overview *overview)
{
    struct json *next = json_add_array(json, "next");
    for (guint i = 0; i < overview->steps->len; i++) {
        const struct overview_step *step = &g_array_index(overview->steps, struct overview_step, i);
        struct json *object = json_add_object(next, NULL);
        g_auto(GStrv) words = glance_words(context->policy, step);
        json_add_string(object, "step", glance_step_name(step->kind));
        json_add_integer(object, "count", step->count);
        json_add_string(object, "id", step->item ? step->item->id : NULL);
        struct json *command = json_add_array(object, "command");
        for (gsize j = 0; words[j]; j++)
            json_add_string(command, NULL, words[j]);
    }
}

void glance_json(struct context *context, const struct overview *overview)
{
    g_autoptr(Json) json = json_new_object();

    json_add_integer(json, "version", 1);
    json_add_string(json, "vision", overview->vision);
    add_goals(json, overview);
    add_counts(json, context, overview);
    add_me(json, overview);
    add_waiting(json, context, overview);
    json_add_integer(json, "errors", overview->errors);
    json_add_integer(json, "unreadable", overview->unreadable);
    add_next(json, context, overview);
    present_json(context, json);
}
