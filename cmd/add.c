#include "place.h"
#include "present.h"
#include "record.h"
#include "rewrite.h"
#include "template.h"

#include <stddef.h>
#include <string.h>

struct add_options {
    char *type;
    char *story;
    char *why;
    char **criteria;
    char **labels;
    char *estimate;
    char *parent;
    char **depends;
    char *owner;
    struct place_options place;
    gboolean edit;
};

static const struct option table[] = {
    { "type", 't', OPTION_TEXT, offsetof(struct add_options, type), "TYPE",
      "story (the default), bug, task, spike, epic, …" },
    { "story", 0, OPTION_TEXT, offsetof(struct add_options, story), "TEXT",
      "As a ROLE, I want WISH, so that BENEFIT" },
    { "why", 0, OPTION_TEXT, offsetof(struct add_options, why), "TEXT", "why it matters" },
    { "criterion", 'c', OPTION_TEXTS, offsetof(struct add_options, criteria), "TEXT",
      "an acceptance criterion; again for more" },
    { "label", 'l', OPTION_TEXTS, offsetof(struct add_options, labels), "LABEL", "a label; again for more" },
    { "estimate", 'e', OPTION_TEXT, offsetof(struct add_options, estimate), "VALUE", "a value of the scale" },
    { "owner", 0, OPTION_TEXT, offsetof(struct add_options, owner), "NAME", "who looks after it" },
    { "parent", 0, OPTION_TEXT, offsetof(struct add_options, parent), "ID", "the item it is a part of" },
    { "depends", 0, OPTION_TEXTS, offsetof(struct add_options, depends), "ID",
      "an item that must come first; again for more" },
    { "top", 0, OPTION_FLAG, offsetof(struct add_options, place.top), NULL, "put it first" },
    { "bottom", 0, OPTION_FLAG, offsetof(struct add_options, place.bottom), NULL,
      "put it last (the default)" },
    { "before", 0, OPTION_TEXT, offsetof(struct add_options, place.before), "ID", "put it before an item" },
    { "after", 0, OPTION_TEXT, offsetof(struct add_options, place.after), "ID", "put it behind an item" },
    { "edit", 0, OPTION_FLAG, offsetof(struct add_options, edit), NULL, "write it in your editor first" },
    { 0 },
};

static gboolean check_criteria(const struct add_options *options, GError **error)
{
    for (gsize i = 0; options->criteria && options->criteria[i]; i++) {
        g_strstrip(options->criteria[i]);
        if (edit_is_line(options->criteria[i]))
            continue;
        usage_error(error, "--criterion: expected one line of text");
        return FALSE;
    }
    return TRUE;
}

/* An option without a value is most likely a variable of a script that was not set. */
static gboolean check_values(const struct add_options *options, GError **error)
{
    for (const struct option *option = table; option->name; option++) {
        gpointer value = (char *)options + option->offset;
        const char *one = option->kind == OPTION_TEXT ? *(char **)value : NULL;
        char **several = option->kind == OPTION_TEXTS ? *(char ***)value : NULL;
        gboolean empty = one && one[strspn(one, " \t\r\n")] == '\0';
        for (gsize i = 0; several && several[i]; i++)
            empty = empty || several[i][strspn(several[i], " \t\r\n")] == '\0';
        if (empty) {
            usage_error(error, "--%s: expected %s, saw none", option->name, option->argument);
            return FALSE;
        }
    }
    return TRUE;
}

/* Whether every criterion given is one: what stands before it, or it itself, may hide it from a reader of
 * Markdown. */
static gboolean check_reading(struct draft *draft, const struct add_options *options, GError **error)
{
    g_autoptr(GPtrArray) criteria = criteria_read(edit_document(draft->edit), draft->backlog->policy);
    guint at = 0;

    for (gsize i = 0; options->criteria && options->criteria[i]; i++, at++) {
        while (at < criteria->len &&
               strcmp(((struct criterion *)criteria->pdata[at])->text, options->criteria[i]) != 0)
            at++;
        if (at < criteria->len)
            continue;
        usage_error(error, "as Markdown, %s would not be a criterion; put it otherwise",
                    options->criteria[i]);
        return FALSE;
    }
    return TRUE;
}

/* That there is none cannot be said beside some. */
static gboolean check_depends(const struct add_options *options, GError **error)
{
    const char *const *depends = (const char *const *)options->depends;
    if (!depends || !depends[0] || !depends[1] || !g_strv_contains(depends, "none"))
        return TRUE;
    usage_error(error, "--depends none stands alone");
    return FALSE;
}

static gboolean assign_each(struct draft *draft, const char *key, char **values, GError **error)
{
    for (gsize i = 0; values && values[i]; i++)
        if (!draft_assign(draft, key, DRAFT_ADD, values[i], error))
            return FALSE;
    return TRUE;
}

static gboolean assign_one(struct draft *draft, const char *key, const char *value, GError **error)
{
    return !value || draft_assign(draft, key, DRAFT_SET, value, error);
}

static struct draft *make_draft(struct context *context, struct backlog *backlog,
                                const struct add_options *options, const char *title, GError **error)
{
    g_autofree const char **types = policy_choices(context->policy, FIELD_TYPE);
    const char *usual = g_strv_contains(types, "story") || !types[0] ? "story" : types[0];
    const char *type = options->type ? options->type : usual;
    const struct template_texts texts = { options->story, options->why,
                                          (const char *const *)options->criteria };
    g_autofree char *body = template_body(context->policy, type, &texts);
    const struct draft_texts wanted = { .title = title, .type = type, .body = body };
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(Random) random = random_new();
    g_autofree char *place = place_text(&options->place, "bottom", error);
    g_autoptr(Draft) draft = place ? draft_new(backlog, random, taken, &wanted, error) : NULL;

    /* Again through the checks, which draft_new leaves to those who do not build items from arguments. */
    if (!draft || !check_reading(draft, options, error) || !assign_one(draft, "title", title, error) ||
        !assign_one(draft, "type", type, error) || !draft_place(draft, place, error) ||
        !assign_one(draft, "estimate", options->estimate, error) ||
        !assign_one(draft, "parent", options->parent, error) ||
        !assign_one(draft, "owner", options->owner, error) ||
        !assign_each(draft, "labels", options->labels, error) ||
        !assign_each(draft, "depends", options->depends, error))
        return NULL;
    return g_steal_pointer(&draft);
}

/* -- the editor -- */

/* Where the text of an item that was not added stands, it can be moved from by hand. */
static int refuse(struct context *context, struct buffer *buffer, const struct draft *draft, GError **error)
{
    g_autofree char *path = present_path(context->policy, draft->path);
    if (buffer_keeps(buffer))
        output_hint(context->output, "mend the text and move it to %s, and the item is added", path);
    return buffer_refuse(buffer, error);
}

/* Lets the user write the item; one who leaves it as it is, or empty, has it as it was made. */
static int edit_draft(struct context *context, struct buffer *buffer, struct draft *draft, GError **error)
{
    g_autoptr(GBytes) made = g_bytes_ref(edit_bytes(draft->edit)), text = g_bytes_ref(made);
    enum attempt taken;

    do {
        g_autoptr(GBytes) saved = buffer_edit(buffer, made, text, error);
        if (!saved)
            return refuse(context, buffer, draft, error);
        if (buffer_is_blank(saved) || g_bytes_equal(saved, made))
            return 0;
        taken = rewrite_take(context, buffer, draft, saved, error);
        g_bytes_unref(text);
        text = g_steal_pointer(&saved);
    } while (taken == ATTEMPT_AGAIN);
    if (taken == ATTEMPT_REFUSED)
        return refuse(context, buffer, draft, error);
    draft_name(draft);
    return 0;
}

/* -- */

/* By way of the editor. */
static int edit_and_record(struct context *context, struct backlog *backlog, GPtrArray *drafts,
                           GError **error)
{
    struct draft *draft = drafts->pdata[0];
    g_autoptr(Buffer) buffer = buffer_open(context, draft->id, error);

    if (!buffer || edit_draft(context, buffer, draft, error) < 0)
        return -1;
    if (record_drafts(context, backlog, drafts, error) < 0)
        return refuse(context, buffer, draft, error);
    if (!context->record->dry_run)
        buffer_done(buffer);
    return 0;
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct add_options *given = options;
    g_autofree char *title = g_strjoinv(" ", arguments);
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);

    g_strstrip(title);
    if (!*title)
        return usage_error(error, "expected a title");
    if (!backlog || !check_values(given, error) || !check_criteria(given, error) ||
        !check_depends(given, error))
        return -1;
    g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
    struct draft *draft = make_draft(context, backlog, given, title, error);
    if (!draft)
        return -1;
    g_ptr_array_add(drafts, draft);
    if (given->edit)
        return edit_and_record(context, backlog, drafts, error);
    if (record_drafts(context, backlog, drafts, error) < 0)
        return -1;
    if (context->record->dry_run)
        return 0;
    g_autofree char *path = present_path(context->policy, draft->path);
    output_hint(context->output, "write the rest in %s", path);
    return 0;
}

const struct command command_add = {
    .name = "add",
    .arguments = "TITLE…",
    .summary = "Add an item.",
    .needs = NEEDS_POLICY | RECORDS,
    .options_size = sizeof(struct add_options),
    .options = table,
    .least = 1,
    .most = G_MAXUINT,
    .run = run,
};
