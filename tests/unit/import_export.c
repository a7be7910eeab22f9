#include "import_export.h"

#include "import_file.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct import *export_read(struct fixture *fixture, export_reader reader, const char *name, const char *text)
{
    g_autofree char *path = fixture_path(fixture, name);
    g_autoptr(GError) error = NULL;

    fixture_write(fixture, name, text);
    if (!fixture->policy)
        fixture_policy(fixture, NULL);
    struct import *import = reader(fixture->policy, path, NULL, &error);
    if (!import)
        fail_msg("%s", error->message);
    return import;
}

struct import *export_drafted(struct fixture *fixture, export_reader reader, const char *name,
                              const char *text)
{
    g_autoptr(GError) error = NULL;

    g_setenv("REFINE_SEED", "export", TRUE);
    g_setenv("REFINE_NOW", "2026-11-21T09:00:00Z", TRUE);
    fixture_folder(fixture, "backlog");
    struct import *import = export_read(fixture, reader, name, text);
    if (!import_draft(import, fixture_backlog(fixture), NULL, &error))
        fail_msg("%s", error->message);
    return import;
}

struct import *export_imported(struct fixture *fixture, export_reader reader, const char *name,
                               const char *text)
{
    g_autoptr(GError) error = NULL;
    struct import *import = export_drafted(fixture, reader, name, text);

    if (!drafts_write(fixture->backlog, import->drafts, &error))
        fail_msg("%s", error->message);
    return import;
}

char *export_item(const struct import *import, const char *source)
{
    const struct import_item *item = NULL;
    for (guint i = 0; i < import->items->len; i++)
        if (strcmp(((struct import_item *)import->items->pdata[i])->source, source) == 0)
            item = import->items->pdata[i];
    if (!item || !item->draft)
        fail_msg("no item comes from %s", source);
    const struct document *document = edit_document(item->draft->edit);
    g_autofree char *text = g_strndup(document->text, document->length);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GString *out = g_string_new(NULL);

    for (gsize i = 0; lines[i]; i++)
        if (!g_str_has_prefix(lines[i], "id: ") && !g_str_has_prefix(lines[i], "rank: "))
            g_string_append_printf(out, "%s%s", lines[i], lines[i + 1] ? "\n" : "");
    return g_string_free(out, FALSE);
}

char *export_order(const struct import *import)
{
    g_autofree const char **names = g_new0(const char *, import->items->len + 1);

    for (guint i = 0; i < import->items->len; i++) {
        const struct import_item *item = import->items->pdata[i];
        assert_true(item->place < import->items->len);
        assert_null(names[item->place]);
        names[item->place] = item->id ? item->id : "-";
    }
    return g_strjoinv(" ", (char **)names);
}

static void check_refused(struct fixture *fixture, export_reader reader, const char *name,
                          const char *message)
{
    g_autofree char *path = fixture_path(fixture, name);
    g_autoptr(GError) error = NULL;

    if (!fixture->policy)
        fixture_policy(fixture, NULL);
    assert_null(reader(fixture->policy, path, NULL, &error));
    assert_true(fixture_says(error->message, message));
    assert_true(fixture_says(error->message, name));
}

void export_check_refused(struct fixture *fixture, export_reader reader, const char *name, const char *bytes,
                          gsize length, const char *message)
{
    fixture_write_bytes(fixture, name, bytes, length);
    check_refused(fixture, reader, name, message);
}

void export_check_files(struct fixture *fixture, export_reader reader)
{
    g_autofree char *large = fixture_path(fixture, "large"), *pipe = fixture_path(fixture, "pipe");

    fixture_folder(fixture, "folder");
    fixture_link(fixture, "large", "link");
    assert_int_equal(mkfifo(pipe, 0600), 0);
    fixture_write(fixture, "large", "");
    assert_int_equal(truncate(large, (off_t)IMPORT_FILE_LIMIT + 1), 0);
    check_refused(fixture, reader, "folder", "expected a file, saw a folder");
    check_refused(fixture, reader, "link", "link");
    check_refused(fixture, reader, "pipe", "expected a file, saw a FIFO");
    check_refused(fixture, reader, "large", "67108865 bytes, over the limit of 67108864");
    check_refused(fixture, reader, "none", "No such file");
    export_check_refused(fixture, reader, "nul", "a\nb\0c", 5, "nul:2:2: expected text, saw a NUL byte");
    export_check_refused(fixture, reader, "latin", "a\nb caf\xe9\n", 8,
                         "latin:2:6: expected UTF-8, saw the byte 0xe9");
    export_check_refused(fixture, reader, "latin", "caf\xe9\n", 5, "iconv -f WINDOWS-1252 -t UTF-8");
    export_check_refused(fixture, reader, "wide", "\xff\xfe[\0", 4, "wide:1:1: expected UTF-8, saw UTF-16");
}

/* One change of a few bytes, as a bad hand or a bad program makes it. */
static void mutate(GString *text, GRand *random)
{
    static const char *const pieces[] = {
        "\"",           ",", "[",     "]",    "{",      "}",       ":",       "\n",
        "\r\n",         ";", "\\",    "null", "-1",     "\\u0000", "\\ud800", "\xef\xbb\xbf",
        "\xe2\x80\xa8", "#", "---\n", "h1. ", "{code}", "|",       "*",       "01/02/2026",
        "\x1b[31m",
    };
    gsize at = (gsize)g_rand_int_range(random, 0, (gint32)text->len + 1);
    gsize wanted = (gsize)g_rand_int_range(random, 1, 40), length = MIN(wanted, text->len - at);
    g_autofree char *part = g_strndup(text->str + at, length);

    switch (g_rand_int_range(random, 0, 5)) {
    case 0:
        g_string_erase(text, (gssize)at, (gssize)length);
        break;
    case 1:
        g_string_insert(text, g_rand_int_range(random, 0, (gint32)text->len + 1), part);
        break;
    case 2:
        g_string_insert(text, (gssize)at, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
        break;
    case 3:
        if (at < text->len)
            text->str[at] = (char)g_rand_int_range(random, 1, 128);
        break;
    default:
        g_string_truncate(text, g_rand_int_range(random, 0, 20) ? text->len : at);
    }
}

void export_mutate(struct fixture *fixture, export_reader reader, const char *text, guint count)
{
    g_autofree char *path = fixture_path(fixture, "mutated");
    guint imported = 0;

    g_setenv("REFINE_SEED", "export", TRUE);
    g_setenv("REFINE_NOW", "2026-11-21T09:00:00Z", TRUE);
    fixture_folder(fixture, "backlog");
    fixture_policy(fixture, NULL);
    for (guint i = 0; i < count; i++) {
        g_autoptr(GRand) random = g_rand_new_with_seed(i);
        g_autoptr(GString) mutated = g_string_new(text);
        g_autoptr(GError) error = NULL;
        for (gint32 n = g_rand_int_range(random, 1, 8); n > 0; n--)
            mutate(mutated, random);
        fixture_write_bytes(fixture, "mutated", mutated->str, mutated->len);
        g_autoptr(Import) import = reader(fixture->policy, path, NULL, &error);
        assert_true((import == NULL) == (error != NULL));
        if (!import)
            continue;
        g_autofree char *order = export_order(import);
        gboolean drafted = import_draft(import, fixture_backlog(fixture), NULL, &error);
        if (!drafted)
            fail_msg("mutation %u: %s", i, error->message);
        imported += import->drafts->len > 0;
    }
    assert_true(imported > count / 10);
}
