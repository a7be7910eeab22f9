/*
 * The order of a backlog as a whole: items are put into another order by as few new ranks as can be, so that
 * only what was moved is decided; and that order as text, a line an item, for an editor.
 *
 *     g_autoptr(GPtrArray) items = order_items(backlog);       what stands in which order
 *     g_autofree char *text = order_print(items);              a person moves lines
 *     order_check(before, after, findings)                     the same lines, in any order?
 *     g_autoptr(GPtrArray) wanted = order_replay(backlog, before, after);
 *     g_autoptr(GPtrArray) drafts = order_drafts(backlog, wanted, &error);
 *
 * All functions load the backlog. None takes time that grows with the square of the number of items.
 */
#pragma once

#include "draft.h"

struct random;

/* -- ranks -- */

/* New ranks by which items (const struct item *), given in the order that is wanted, stand in that order: one
 * an item, NULL for those that keep theirs. The weight of those that keep theirs is as great as can be
 * (weights: one an item, NULL for all alike), and of equally good choices those stay that stood further up.
 * Of items with one rank only neighbours can both stay. Items without a rank come after all that have one, by
 * id: those at the end that stand so stay without, and every other gets one; so do the first many items in
 * any case. */
GPtrArray *order_ranks(struct random *random, const GPtrArray *items, const guint *weights, guint many);

/* Drafts of those items of the backlog, which is in memory as it was read, that must have a new rank for
 * items to stand in the order of the array: none where they do. NULL on error. */
GPtrArray *order_drafts(struct backlog *backlog, const GPtrArray *items, GError **error);

/* Drafts that give items, named by entries (const struct entry *), a place among the open ones, as one block
 * in the order of the array: "top", "bottom", "before:ID", "after:ID", as draft_place takes them. First those
 * of the entries, changed or not; then those of others that must change because they had one rank. NULL on
 * error. */
GPtrArray *order_place(struct backlog *backlog, const GPtrArray *entries, const char *where, GError **error);

/* Sets from_position and to_position of those drafts, and of their companions, of which the rank changes; the
 * same for both where the item keeps its place beside all that do not move. To be called before they are
 * written, with all that are decided together. */
void order_positions(struct backlog *backlog, const GPtrArray *drafts);

/* -- text -- */

/* The open items that have an id, in order (const struct item *); of several with one id the first alone. The
 * backlog owns them. */
GPtrArray *order_items(struct backlog *backlog);

/* "ID  TITLE (STATUS, ESTIMATE)" lines of items, fit to be shown; newly allocated. */
char *order_print(const GPtrArray *items);

/* Whether text has no line that counts. */
gboolean order_is_empty(GBytes *text);

/* Whether text has the lines of base, told by their first words, in any order. Blank lines and those that
 * begin with "#" do not count. Every line that base does not have, a second one of an item, and those that
 * are missing are findings; the latter quote base. */
gboolean order_check(GBytes *base, GBytes *text, GPtrArray *findings);

/* Does to the order of the backlog what was done to base to make text, which order_check has passed: the
 * lines that were moved, as few as can be, are put behind those behind which they stand in text. What is no
 * longer open is left out, and what was not in base keeps its place. Returns what order_items would, in that
 * order. */
GPtrArray *order_replay(struct backlog *backlog, GBytes *base, GBytes *text);
