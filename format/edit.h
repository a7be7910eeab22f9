/*
 * Edits of one file, each of which changes only its own bytes.
 *
 *     struct edit *edit = edit_new(bytes);
 *     edit_set(edit, "estimate", "5", SCALAR_TYPED, order, &error);
 *     edit_entry_add(edit, "labels", "search", order, &error);
 *     GBytes *after = edit_bytes(edit);
 *
 * Every call splices the text, reads the result again and compares it with what was meant: all but the target
 * must be as before, and the target as asked. Where that cannot be shown the call fails and the edit stands
 * as it stood before the call. Comments, key order, quoting, blank lines, line endings and a BOM stay. Values
 * are valid UTF-8.
 *
 * The calls on front matter take keys of the top level. order is the NULL-terminated canonical order of keys:
 * a new key goes behind the nearest one before it in that order that is there; a key that the order does not
 * know goes last.
 *
 * Adding and then removing gives the same bytes again, and so does setting a value and setting it back. But a
 * key without a value is left as "key: []" or "key: {}", and a list in brackets whose last entry has a
 * comment keeps the comma that it got. Double quotes that nobody needed go where a value between needed them;
 * a folded, multi-line or needlessly escaped value comes back on one line, "|+" may come back as "|" or in
 * quotes, always with the same text.
 */
#pragma once

#include "document.h"
#include "scalar.h"

#define EDIT_ERROR edit_error_quark()
GQuark edit_error_quark(void);

enum edit_error {
    EDIT_ERROR_UNREADABLE, /* the file as it is cannot be read, so nothing can be placed in it */
    EDIT_ERROR_SHAPE,      /* a list where one value was expected, or the reverse */
    EDIT_ERROR_ABSENT,     /* what should be removed is not there */
    EDIT_ERROR_UNSAFE,     /* the result would not read as meant: by hand, then */
};

struct edit;

struct edit *edit_new(GBytes *bytes);
void edit_free(struct edit *edit);
typedef struct edit Edit; /* for g_autoptr(Edit) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Edit, edit_free)

/* The text as edited so far; borrowed until the next edit. */
GBytes *edit_bytes(const struct edit *edit);

/* The same, read; borrowed until the next edit. document_body may be called on it. */
struct document *edit_document(struct edit *edit);

/* -- front matter: edit.c -- */

/* key: value. Quoting is kept as found where it can hold the value, a literal block too, but double quotes
 * that the old value needed only where the new one needs them. A value that is there changes nothing. */
gboolean edit_set(struct edit *edit, const char *key, const char *value, enum scalar_type type,
                  const char *const *order, GError **error);

/* Removes key with its value, whatever that is. */
gboolean edit_remove(struct edit *edit, const char *key, GError **error);

/* Appends value to the list under key, in the style found: block, or between brackets. A new list is a block.
 * A key without a value gets brackets, so that removing the entry leaves the key. */
gboolean edit_entry_add(struct edit *edit, const char *key, const char *value, const char *const *order,
                        GError **error);

/* Removes the first entry that is value. The last entry of a block takes the key with it; brackets stay. */
gboolean edit_entry_remove(struct edit *edit, const char *key, const char *value, GError **error);

/* Puts replacement in the place of the first entry that is value, in its style; its neighbours stay. Where
 * replacement is in the list already value only goes. */
gboolean edit_entry_set(struct edit *edit, const char *key, const char *value, const char *replacement,
                        GError **error);

/* One name and value of a map. */
struct edit_pair {
    const char *key;
    const char *value;
    enum scalar_type type;
};

/* Appends a map of pairs (at least one) to the list under key. The keys of pairs are words of the format. */
gboolean edit_record_add(struct edit *edit, const char *key, const struct edit_pair *pairs, gsize n,
                         const char *const *order, GError **error);

/* Removes entry number index (from 0) of the list under key, whatever it is. */
gboolean edit_record_remove(struct edit *edit, const char *key, guint index, GError **error);

/* Sets the value of one name in the map that is entry number index (from 0) of the list under key. A new name
 * goes behind the nearest one before it in order (of such maps' names; NULL: behind the last). */
gboolean edit_record_set(struct edit *edit, const char *key, guint index, struct edit_pair pair,
                         const char *const *order, GError **error);

/* Sets an entry of the map under key; a new map is a block. */
gboolean edit_map_set(struct edit *edit, const char *key, struct edit_pair pair, const char *const *order,
                      GError **error);

/* Removes an entry of the map under key; the last one of a block takes the key with it. */
gboolean edit_map_remove(struct edit *edit, const char *key, const char *name, GError **error);

/* -- body: edit_body.c, edit_list.c, edit_list_add.c -- */

/* Where in the body: the names a section goes by, the first of them for a new one, and the sections before
 * which a new one stands. */
struct edit_section {
    const char *const *names;  /* NULL-terminated */
    const char *const *before; /* NULL-terminated names of later sections; NULL: at the end */
};

/* Whether text can be the text of a list entry: one line for every reader, without control characters, and
 * without spaces around it. Valid UTF-8. */
gboolean edit_is_line(const char *text);

/* Adds a list entry at the end of the section, in the style of its last one, with a tick box where that has
 * one or there is none; makes the section where it is missing. text is one line. */
gboolean edit_list_add(struct edit *edit, const struct edit_section *section, const char *text,
                       GError **error);

/* The calls below take the index of an entry in edit_document(edit)->body->items. */
gboolean edit_list_tick(struct edit *edit, guint item, gboolean ticked, GError **error);

/* Replaces the text of the entry's first paragraph; nested lists and paragraphs stay. */
gboolean edit_list_reword(struct edit *edit, guint item, const char *text, GError **error);

/* Adds an entry without a tick box to those that are nested in this one, behind the last of them and in its
 * style; the first one gets the indentation and marker of entries nested elsewhere, or else what the marker
 * of this one asks for. text is one line. */
gboolean edit_list_nest(struct edit *edit, guint item, const char *text, GError **error);

/* Moves the entry with all that is nested in it to before (or behind) another of the same list. In a numbered
 * list, where readers count on from the first number, the entry that becomes the first gets that number and
 * gives its own to the one that was; unless a number of another width would unsettle what stands below it. */
gboolean edit_list_move(struct edit *edit, guint item, guint other, gboolean behind, GError **error);

/* Removes the entry with all that is nested in it. The number of a first one goes to the next likewise. */
gboolean edit_list_remove(struct edit *edit, guint item, GError **error);

/* Appends text, whole lines of Markdown without a last ending, to the section as a paragraph or list entry of
 * its own, with the line endings of the file; makes the section where it is missing. */
gboolean edit_section_append(struct edit *edit, const struct edit_section *section, const char *text,
                             GError **error);

/* -- other versions of the file: edit_replay.c -- */

/* What is so already, noted: these change nothing, but let edit_replay bring it about where it is not so.
 * value is in the list under key; there is no key, or, with entry not NULL, no such value or name in the list
 * or map under it. */
void edit_note_entry(struct edit *edit, const char *key, const char *value, const char *const *order);
void edit_note_absent(struct edit *edit, const char *key, const char *entry);

/* Does to onto, another version of the same file, what was done to edit since edit_new: the same keys set and
 * removed, the same entries added and removed, the same records, found by their content, changed, the same
 * list entries, found by their text and section, never by number, ticked, reworded, added to, moved and
 * removed. What is so already there stays, and so do all bytes that no
 * call was about; onto the bytes that edit began with this gives those that it has now. A value takes the
 * place of a list that stands there. EDIT_ERROR_ABSENT where a target is not in that version. On failure onto
 * may hold some of the edits: throw it away. */
gboolean edit_replay(const struct edit *edit, struct edit *onto, GError **error);

/* Whether there is anything to do to another version. */
gboolean edit_has_steps(const struct edit *edit);
