#include "estimate_round_json.h"

#include "present_finding.h"

/* By enum vote_state. */
static const char *const states[] = { "open", "sealed", "revealed", "missing" };

static void add_open(struct json *list, const struct votes *votes)
{
    for (guint i = 0; i < votes->votes->len; i++) {
        const struct vote *vote = votes->votes->pdata[i];
        struct json *object = json_add_object(list, NULL);
        json_add_string(object, "who", vote->who);
        json_add_string(object, "name", vote->name);
        json_add_string(object, "state", states[vote->state]);
        present_estimate_json(object, "value", vote->value);
        json_add_string(object, "reason", vote->reason);
    }
}

static void add_recorded(struct json *list, const struct sheet *sheet)
{
    for (guint i = 0; i < sheet->values->len; i++) {
        struct json *object = json_add_object(list, NULL);
        json_add_string(object, "who", sheet->handles->pdata[i]);
        json_add_string(object, "name", sheet->names->pdata[i]);
        json_add_string(object, "state", "recorded");
        present_estimate_json(object, "value", sheet->values->pdata[i]);
        json_add_null(object, "reason");
    }
}

/* The value at an index of struct round, and who holds it. */
static void add_extreme(struct json *object, const char *key, const struct sheet *sheet, gsize index)
{
    if (index == G_MAXSIZE) {
        json_add_null(object, key);
        return;
    }
    struct json *extreme = json_add_object(object, key);
    present_estimate_json(extreme, "value", sheet->values->pdata[index]);
    struct json *names = json_add_array(extreme, "names");
    for (guint i = 0; i < sheet->values->len; i++)
        if (sheet_says(sheet, i, sheet->values->pdata[index]))
            json_add_string(names, NULL, sheet->names->pdata[i]);
}

static void add_round(struct json *object, const struct sheet *sheet)
{
    const struct round *round = &sheet->round;

    json_add_string(object, "verdict", sheet->votes->hidden ? NULL : round_verdict_name(round->verdict));
    if (round->n)
        json_add_integer(object, "steps", round->steps);
    else
        json_add_null(object, "steps");
    if (round->ratio > 0)
        json_add_real(object, "ratio", round->ratio);
    else
        json_add_null(object, "ratio");
    json_add_integer(object, "unknown", round->unknown);
    add_extreme(object, "lowest", sheet, round->lowest);
    add_extreme(object, "highest", sheet, round->highest);
}

static void add_late(struct json *object, const struct votes *votes)
{
    struct json *late = json_add_array(object, "late");
    for (guint i = 0; i < votes->late->len; i++) {
        const struct vote *vote = votes->late->pdata[i];
        struct json *one = json_add_object(late, NULL);
        json_add_string(one, "who", vote->who);
        json_add_string(one, "name", vote->name);
        json_add_integer(one, "round", vote->round);
    }
}

void estimate_round_json(const struct sheet *sheet, const struct family *family)
{
    g_autoptr(Json) json = json_new_object();

    json_add_integer(json, "version", 1);
    json_add_string(json, "id", sheet->id);
    json_add_string(json, "title", sheet->title ? sheet->title : "");
    present_estimate_json(json, "estimate", sheet->estimate);
    json_add_integer(json, "round", sheet->number);
    json_add_boolean(json, "open", !sheet->recorded);
    json_add_boolean(json, "hidden", sheet->votes->hidden);
    struct json *list = json_add_array(json, "votes");
    if (sheet->recorded)
        add_recorded(list, sheet);
    else
        add_open(list, sheet->votes);
    add_round(json, sheet);
    struct json *absent = json_add_array(json, "absent");
    for (guint i = 0; i < sheet->votes->absent->len; i++)
        json_add_string(absent, NULL, sheet->votes->absent->pdata[i]);
    add_late(json, sheet->votes);
    family_json(family, json);
    present_findings_json(json_add_array(json, "findings"), sheet->votes->findings, NULL,
                          sheet->context->policy);
    present_json(sheet->context, json);
}
