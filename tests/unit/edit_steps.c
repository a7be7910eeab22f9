#include "edit_steps.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

const char *const step_order[] = { "title",   "id",       "rank",   "type",  "status",
                                   "created", "estimate", "parent", "stamp", NULL };

const char *const step_record_order[] = { "belief", "test", "result", "evidence", NULL };

gboolean step_take(struct edit *edit, const struct step *step, GError **error)
{
    const struct edit_pair pairs[] = { { "from", "service-hotline", SCALAR_STRING },
                                       { "on", "2026-11-20", SCALAR_TYPED },
                                       { "says", step->value, SCALAR_STRING } };
    const struct edit_pair pair = { step->name, step->value, SCALAR_STRING };

    switch (step->call) {
    case SET:
    case SET_TYPED:
        return edit_set(edit, step->key, step->value, step->call == SET ? SCALAR_STRING : SCALAR_TYPED,
                        step_order, error);
    case REMOVE:
        return edit_remove(edit, step->key, error);
    case ADD:
        return edit_entry_add(edit, step->key, step->value, step_order, error);
    case DROP:
        return edit_entry_remove(edit, step->key, step->value, error);
    case RECORD:
        return edit_record_add(edit, step->key, pairs, G_N_ELEMENTS(pairs), step_order, error);
    case DROP_RECORD:
        return edit_record_remove(edit, step->key, step->index, error);
    case MAP:
        return edit_map_set(edit, step->key, pair, step_order, error);
    case UNMAP:
        return edit_map_remove(edit, step->key, step->name, error);
    case PAIR:
        return edit_record_set(edit, step->key, step->index, pair, step_record_order, error);
    }
    return FALSE;
}

struct edit *step_open(const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    return edit_new(bytes);
}

char *step_text(const struct edit *edit)
{
    gsize length;
    const char *data = g_bytes_get_data(edit_bytes(edit), &length);
    return g_strndup(data, length);
}

void step_check_bytes(const char *before, struct step step, const char *after)
{
    g_autoptr(Edit) edit = step_open(before);
    g_autoptr(GError) error = NULL;
    gboolean good = step_take(edit, &step, &error);
    g_autofree char *text = step_text(edit);

    assert_string_equal(error ? error->message : "", "");
    assert_true(good);
    assert_string_equal(text, after);
    assert_non_null(edit_document(edit)->front->root);
}

char *step_file(const char *yaml)
{
    return g_strdup_printf("---\n%s---\n\n## Story\n\nestimate: none of this\n", yaml);
}

void step_check(const char *before, struct step step, const char *after)
{
    g_autofree char *from = step_file(before), *to = step_file(after);
    step_check_bytes(from, step, to);
}

/* The step gives middle, and back gives before again. */
void step_check_back(const char *before, struct step step, const char *middle, struct step back)
{
    step_check(before, step, middle);
    step_check(middle, back, before);
}

void step_check_refused(const char *yaml, struct step step, enum edit_error code, const char *message)
{
    g_autofree char *text = step_file(yaml);
    g_autoptr(Edit) edit = step_open(text);
    g_autoptr(GError) error = NULL;
    struct document *document = edit_document(edit);

    assert_false(step_take(edit, &step, &error));
    assert_non_null(error);
    assert_string_equal(error->message, message);
    assert_true(g_error_matches(error, EDIT_ERROR, (gint)code));
    g_autofree char *after = step_text(edit);
    assert_string_equal(after, text);
    assert_ptr_equal(edit_document(edit), document);
    assert_false(step_take(edit, &step, NULL));
}
