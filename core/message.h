/*
 * Commit messages of decisions: what was decided is in the subject, why in the body, who else took part in
 * trailers. Pure text; git is asked nothing.
 *
 *     k7q2m: estimate 8 -> 5                          2 items: status -> dropped
 *
 *     Filters turned out to be there already.         - k7q2m: status refining -> dropped
 *                                                     - t2h8k: status new -> dropped
 *     Co-authored-by: Bo <bo@example.com>
 *                                                     Nobody has asked since spring.
 *
 * Reasons are found again by their "<id>: " lines anywhere in a message, so that a squash that concatenates
 * several keeps them: as plain text, behind the "* " of GitHub and GitLab (which indents what follows by two
 * spaces), or as `git merge --squash` lists them. So that no reason can be taken for something else, a line
 * of it that would be a header, a trailer, a comment or a patch to anybody is indented by one space, as is
 * one that looks indented like that already; reading takes that space away again.
 */
#pragma once

#include <glib.h>

/* The most columns of a subject. */
#define MESSAGE_WIDTH 72

/* An item and its changes as change_summary prints them. */
struct message_part {
    const char *id;
    const char *changes;
};

/* The message of a decision about n items, at least one. The subject goes in the place of "{subject}" in the
 * template, behind it where it has none (NULL is "{subject}"), and is shortened with "…" to MESSAGE_WIDTH:
 * what it does not say whole stands below, a line an item, at most 50. reason may be NULL. Trailers are
 * "Key: value", NULL-terminated or NULL: made one line of at most 1 KB; left out where the key is no
 * trailer's, the value is empty or the same is there already. All text is made valid UTF-8 without control
 * characters, blank space as git's own cleanup leaves it. gist, which may be NULL, is what the subject says
 * in place of counting the items: one of them, and what became of all. Newly allocated; ends with a newline.
 */
char *message_print(const char *template, const struct message_part *parts, gsize n,
                    const struct message_part *gist, const char *reason, const char *const *trailers);

/* A reason as a message holds it and message_reason gives it back: "" where nothing remains of it. Newly
 * allocated. */
char *message_clean(const char *reason);

/* The message with a trailer at its end, as git adds "Signed-off-by": in the block of trailers where it ends
 * with one, and not where it is the last line already. Newly allocated. */
char *message_add_trailer(const char *message, const char *key, const char *value);

/* A message read. It may be anybody's, of any bytes; what is found in it is not fit for a terminal yet. */
struct message;

struct message *message_parse(const char *text);
void message_free(struct message *message);
typedef struct message Message; /* for g_autoptr(Message) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Message, message_free)

/* Why the item was decided so: what stands behind "<id>: " lines up to the next decision, or the trailers.
 * Behind several such lines it belongs to each, behind "<n> items: " to all that are listed, or to any item
 * where they are not all. Several reasons of a squash have a blank line between. A message that names no item
 * was written by hand: all of it is the reason. NULL where there is none. Newly allocated. */
char *message_reason(const struct message *message, const char *id);

/* Who took part, "Name <email>", each address once: the authors that `git merge --squash` lists, and those of
 * all Co-authored-by trailers, each in their order. Borrowed. */
const GPtrArray *message_participants(const struct message *message);
