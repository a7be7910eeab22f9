#include "import_stories.h"

#include "file.h"
#include "import_body.h"
#include "plain.h"

#include <glib/gstdio.h>
#include <string.h>

#define TITLE_COLUMNS 80

static const char *const no_names[] = { NULL };

struct reader {
    const struct policy *policy;
    const char *path; /* as a person would write it */
    const char *name; /* of the file alone */
    const char *text;
    gsize length;
    struct import *import;
    GHashTable *seen; /* text of a story -> its item */
};

/* -- titles -- */

/* The text behind the word where text begins with it, in any case, and a space follows; else NULL. */
static const char *skip_word(const char *text, const char *word)
{
    gsize length = strlen(word);
    if (g_ascii_strncasecmp(text, word, length) != 0 || !g_ascii_isspace(text[length]))
        return NULL;
    for (text += length; g_ascii_isspace(*text); text++)
        ;
    return text;
}

/* Where the wish begins: behind "As a …, I want to"; NULL in a line of another shape. */
static const char *find_wish(const char *story)
{
    const char *role = skip_word(story, "as a");
    role = role ? role : skip_word(story, "as an");
    role = role ? role : skip_word(story, "as the");

    for (const char *at = role; at && *at; at++) {
        const char *wish = *at == 'I' && !g_ascii_isalnum(at[-1]) ? skip_word(at, "I want") : NULL;
        const char *verb = wish ? skip_word(wish, "to") : NULL;
        if (wish)
            return verb ? verb : wish;
    }
    return NULL;
}

/* How much of the wish stands before the benefit. */
static gsize wish_length(const char *wish)
{
    for (const char *at = wish; *at; at++) {
        if (g_ascii_isspace(*at) && skip_word(at + 1, "so that"))
            return (gsize)(at - wish);
        if (*at == ',' && g_ascii_isspace(at[1]) &&
            (skip_word(at + 2, "so") || skip_word(at + 2, "in order to")))
            return (gsize)(at - wish);
    }
    return strlen(wish);
}

/* The words of text as far as they fit, without the points that end them. */
static char *cut(const char *text)
{
    g_auto(GStrv) words = g_strsplit_set(text, " \t\r\v\f", -1);
    GString *title = g_string_new(NULL);
    guint width = 0;

    for (gsize i = 0; words[i]; i++) {
        guint more = plain_width(words[i]) + (title->len > 0);
        if (!*words[i])
            continue;
        if (width + more > TITLE_COLUMNS || title->len + strlen(words[i]) >= IMPORT_LONGEST)
            break;
        g_string_append_printf(title, "%s%s", title->len ? " " : "", words[i]);
        width += more;
    }
    while (title->len > 0 && strchr(",.;: ", title->str[title->len - 1]))
        g_string_truncate(title, title->len - 1);
    return g_string_free(title, FALSE);
}

/* The same of a text whose first word alone is too long, or has no letter. */
static char *cut_anywhere(const char *text)
{
    const char *end = text;
    for (guint columns = 0; *end && columns < TITLE_COLUMNS && end - text < IMPORT_LONGEST - 4; columns++)
        end = g_utf8_next_char(end);
    g_autofree char *head = g_strndup(text, (gsize)(end - text));
    return plain_truncate(head, TITLE_COLUMNS);
}

char *import_stories_title(const char *story)
{
    const char *found = find_wish(story);
    g_autofree char *wish = found ? g_strndup(found, wish_length(found)) : NULL;
    g_autofree char *title = cut(wish && *wish ? wish : story);

    if (!*title)
        return cut_anywhere(story);
    gunichar first = g_utf8_get_char(title);
    GString *out = g_string_new(NULL);
    g_string_append_unichar(out, found ? g_unichar_toupper(first) : first);
    g_string_append(out, g_utf8_next_char(title));
    return g_string_free(out, FALSE);
}

/* -- items -- */

/* The story as a paragraph: what Markdown would take for more than text at its start is escaped. */
static char *paragraph(const char *story)
{
    gsize digits = strspn(story, "0123456789");
    if (digits > 0 && (story[digits] == '.' || story[digits] == ')'))
        return g_strdup_printf("%.*s\\%s", (int)digits, story, story + digits);
    return g_strconcat(strchr("#`~<>=-+*|_[", *story) ? "\\" : "", story, NULL);
}

static struct import_item *item_of(const struct reader *reader, const char *story)
{
    g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, story, -1);
    g_autofree char *source = g_strdup_printf("%s#%.8s", reader->name, digest);
    g_autofree char *text = paragraph(story);
    const char *heading = policy_section(reader->policy, SECTION_STORY)[0];
    g_autofree char *body =
        heading ? g_strdup_printf("\n## %s\n\n%s\n", heading, text) : g_strdup_printf("\n%s\n", text);
    struct import_item *item = import_item_new(reader->path, source);

    item->title = import_stories_title(story);
    item->type = g_strdup(import_type(reader->policy, NULL, "story"));
    item->status = STATUS_NEW;
    item->body = import_body_complete(reader->policy, body, no_names);
    item->place = reader->import->items->len;
    return item;
}

/* bad is the first byte of the line at start that is no text. */
static void refuse_line(struct reader *reader, gsize start, const char *bad, guint number)
{
    const char *line = reader->text + start;
    const struct position at = { number, (guint)g_utf8_strlen(line, bad - line) + 1 };
    guint first = reader->import->findings->len;
    finding_add_at(reader->import->findings, "parse", SEVERITY_ERROR, at, "save the file as UTF-8",
                   "expected UTF-8 text, saw the byte 0x%02x", (guchar)*bad);
    import_refuse(reader->import, first, reader->path);
}

/* The line without white space around it. */
static void read_line(struct reader *reader, gsize start, gsize end, guint number)
{
    gsize line = start;
    const char *bad;

    while (start < end && g_ascii_isspace(reader->text[start]))
        start++;
    while (start < end && g_ascii_isspace(reader->text[end - 1]))
        end--;
    if (start == end)
        return;
    /* A NUL is no text either, and ends the check. */
    if (!g_utf8_validate_len(reader->text + start, end - start, &bad)) {
        refuse_line(reader, line, bad, number);
        return;
    }
    g_autofree char *story = g_strndup(reader->text + start, end - start);
    struct import_item *first = g_hash_table_lookup(reader->seen, story);
    if (first) {
        import_item_remark(first, SEVERITY_WARNING, (struct position){ number, 1 },
                           "the line repeats line %u; it is left out", first->id_at.line);
        reader->import->left_out++;
        return;
    }
    struct import_item *item = item_of(reader, story);
    item->id_at = (struct position){ number, 1 };
    g_ptr_array_add(reader->import->items, item);
    g_hash_table_insert(reader->seen, g_steal_pointer(&story), item);
}

static guint count_lines(const char *text, gsize length)
{
    guint lines = 0;
    for (gsize at = 0; at < length; at = lines_next(text, length, at))
        lines++;
    return lines;
}

static struct import *read_lines(struct reader *reader, const struct import_progress *progress)
{
    g_autoptr(Import) import = import_new();
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    gsize at = reader->length >= 3 && memcmp(reader->text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    guint total = count_lines(reader->text, reader->length);

    reader->import = import;
    reader->seen = seen;
    for (guint number = 1; at < reader->length; number++) {
        if (progress && progress->step)
            progress->step("reading", number, total + 1, progress->data);
        read_line(reader, at, lines_end(reader->text, reader->length, at), number);
        at = lines_next(reader->text, reader->length, at);
    }
    if (progress && progress->step)
        progress->step(NULL, total, total, progress->data);
    return g_steal_pointer(&import);
}

struct import *import_stories_read(const struct policy *policy, const char *path,
                                   const struct import_progress *progress, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path), *base = g_path_get_basename(path);
    g_autofree char *shown = g_utf8_make_valid(path, -1), *name = g_utf8_make_valid(base, -1);
    int root = file_open_root(folder, error);
    g_autoptr(GBytes) bytes = root >= 0 ? file_read(root, base, error) : NULL;

    if (root >= 0)
        g_close(root, NULL);
    if (!bytes) {
        g_prefix_error(error, "%s: ", shown);
        return NULL;
    }
    struct reader reader = { .policy = policy, .path = shown, .name = name };
    reader.text = g_bytes_get_data(bytes, &reader.length);
    return read_lines(&reader, progress);
}
