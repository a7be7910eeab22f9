#include "vote_cast.h"

#include "remark.h"
#include "vote_file.h"

#include <string.h>

static gboolean refuse(GError **error, enum vote_error code, const char *format, ...) G_GNUC_PRINTF(3, 4);

static gboolean refuse(GError **error, enum vote_error code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error_literal(error, VOTE_ERROR, (int)code, message);
    return FALSE;
}

static GPtrArray *drafts_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
}

/* " in round 2"; "" for the first. */
static char *in_round(const struct votes *votes)
{
    return votes->round > 1 ? g_strdup_printf(" in round %u", votes->round) : g_strdup("");
}

/* -- one's own -- */

struct draft *vote_cast(struct backlog *backlog, const struct votes *votes, const struct voter *voter,
                        const char *value, struct vote_secret *secret, GError **error)
{
    const struct vote *before = votes_find(votes, voter->who);
    g_autofree char *path = vote_path(backlog->policy, votes->id, votes->round, voter->who);
    g_autofree char *round = in_round(votes), *words = NULL;
    g_autoptr(GBytes) after = NULL;

    if (!vote_check(backlog->policy, value, error))
        return NULL;
    if (secret) {
        g_autoptr(Random) random = random_new();
        secret->salt = vote_salt(random);
        secret->value = g_strdup(value);
        secret->digest = vote_digest(secret->salt, votes->id, votes->round, voter->who, value);
        after = vote_print_sealed(secret->digest);
        words = g_strdup_printf("sealed vote%s (%s)", round, voter->who);
    } else {
        after = vote_print_open(votes->id, votes->round, voter->who, value);
        words = g_strdup_printf("vote %s%s (%s)", value, round, voter->who);
    }
    return draft_file(backlog, votes->id, before ? before->path : path, before ? before->bytes : NULL, after,
                      words);
}

/* The vote with its value, or, to conceal it, with words in its place; NULL where this clone does not have
 * what opens it. */
static GBytes *open_seal(const struct backlog *backlog, const struct votes *votes, const struct vote *vote,
                         gboolean conceal)
{
    struct vote_secret secret = { 0 };
    GBytes *bytes = NULL;

    if (!vote->digest || !vote_secret_find(backlog->policy, vote->digest, &secret))
        return NULL;
    g_autofree char *digest = vote_digest(secret.salt, votes->id, vote->round, vote->who, secret.value);
    if (strcmp(digest, vote->digest) == 0)
        bytes = vote_print_revealed(digest, conceal ? "SALT" : secret.salt, conceal ? "VALUE" : secret.value);
    vote_secret_clear(&secret);
    return bytes;
}

struct draft *vote_reveal(struct backlog *backlog, const struct votes *votes, const struct voter *voter,
                          gboolean conceal, GError **error)
{
    const struct vote *vote = votes_find(votes, voter->who);

    if (!vote || (vote->state == VOTE_OPEN && !vote->digest)) {
        refuse(error, VOTE_ERROR_ROUND,
               vote ? "the vote of %s on %s was not sealed" : "%s has no vote on %s in this round",
               voter->name, votes->id);
        return NULL;
    }
    g_autoptr(GBytes) opened =
        vote->state == VOTE_REVEALED ? g_bytes_ref(vote->bytes) : open_seal(backlog, votes, vote, conceal);
    if (!opened) {
        refuse(error, VOTE_ERROR_SECRET,
               "what opens the vote of %s is not in this clone; it is revealed in the clone where it was "
               "cast, or "
               "cast again",
               vote->name);
        return NULL;
    }
    g_autofree char *round = in_round(votes);
    g_autofree char *words = g_strdup_printf("vote revealed%s (%s)", round, vote->who);
    return draft_file(backlog, votes->id, vote->path, vote->bytes, opened, words);
}

/* -- all -- */

char *votes_missing(const struct backlog *backlog, const struct votes *votes)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    for (guint i = 0; i < votes->votes->len; i++) {
        const struct vote *vote = votes->votes->pdata[i];
        g_autoptr(GBytes) opened = vote->state == VOTE_SEALED ? open_seal(backlog, votes, vote, TRUE) : NULL;
        if (vote->state == VOTE_SEALED && !opened)
            g_ptr_array_add(names, vote->name);
    }
    g_ptr_array_add(names, NULL);
    return names->len > 1 ? g_strjoinv(", ", (char **)names->pdata) : NULL;
}

/* The file of one of whom the others did not wait. The reason, which may stand in other files too, is cut so
 * short that it is less than half of the file: git would take two for one that moved. The message has all of
 * it. */
static GBytes *print_missing(const struct vote *vote, const char *names, const char *reason)
{
    const gsize longest = VOTE_DIGEST_DIGITS - strlen("missing ");
    g_autofree char *remark = remark_print(names, reason, NULL);

    if (strlen(remark) > longest) {
        char *end = g_utf8_find_prev_char(remark, remark + longest - strlen("…") + 1);
        g_autofree char *kept = g_strndup(remark, (gsize)(end - remark));
        g_free(remark);
        remark = g_strconcat(kept, "…", NULL);
    }
    return vote_print_missing(vote->digest ? vote->digest : "-", remark);
}

GPtrArray *votes_reveal_all(struct backlog *backlog, const struct votes *votes, const char *names,
                            const char *reason, gboolean conceal, GError **error)
{
    g_autofree char *missing = votes_missing(backlog, votes), *round = in_round(votes);
    g_autofree char *words =
        g_strdup_printf("votes revealed%s%s%s", round, missing ? " without " : "", missing ? missing : "");
    g_autoptr(GPtrArray) drafts = drafts_new();

    if (missing && !reason) {
        refuse(error, VOTE_ERROR_REASON,
               "%s: %s would be missing; -m REASON says why the others go on without, and is kept", votes->id,
               missing);
        return NULL;
    }
    for (guint i = 0; i < votes->votes->len; i++) {
        const struct vote *vote = votes->votes->pdata[i];
        if (vote->state != VOTE_SEALED)
            continue;
        g_autoptr(GBytes) opened = open_seal(backlog, votes, vote, conceal);
        g_autoptr(GBytes) after = opened ? g_bytes_ref(opened) : print_missing(vote, names, reason);
        g_ptr_array_add(drafts, draft_file(backlog, votes->id, vote->path, vote->bytes, after, words));
    }
    return g_steal_pointer(&drafts);
}

/* Drafts by which files of votes go. */
static void add_files(struct backlog *backlog, const char *id, const GPtrArray *files, GPtrArray *drafts,
                      const char *words)
{
    for (guint i = 0; i < files->len; i++) {
        const struct vote *vote = files->pdata[i];
        if (vote->bytes)
            g_ptr_array_add(drafts, draft_file(backlog, id, vote->path, vote->bytes, NULL, words));
    }
}

/* Those of all rounds. */
static void add_gone(struct backlog *backlog, const struct votes *votes, GPtrArray *drafts, const char *words)
{
    add_files(backlog, votes->id, votes->votes, drafts, words);
    add_files(backlog, votes->id, votes->late, drafts, words);
    add_files(backlog, votes->id, votes->ends, drafts, words);
}

GPtrArray *votes_clear(struct backlog *backlog, const struct votes *votes)
{
    GPtrArray *drafts = drafts_new();
    g_autofree char *path = vote_path(backlog->policy, votes->id, votes->round, NULL);
    g_autofree char *words = g_strdup_printf("votes of round %u cleared", votes->round);
    g_autoptr(GBytes) end = vote_print_end(votes->id, votes->round);

    if (votes->votes->len == 0) {
        add_files(backlog, votes->id, votes->late, drafts, "late votes cleared");
        return drafts;
    }
    g_ptr_array_add(drafts, draft_file(backlog, votes->id, path, NULL, end, words));
    add_gone(backlog, votes, drafts, words);
    return drafts;
}

/* -- the team's value -- */

gboolean votes_check(const struct backlog *backlog, const struct votes *votes, GError **error)
{
    g_autofree char *sealed = votes_names(votes, VOTE_SEALED);

    for (guint i = 0; i < votes->findings->len; i++) {
        const struct finding *finding = votes->findings->pdata[i];
        g_autofree char *path = policy_display(backlog->policy, finding->path);
        if (finding->severity >= SEVERITY_ERROR)
            return refuse(error, VOTE_ERROR_ROUND, "%s:%u:%u: %s%s%s", path, finding->at.line,
                          finding->at.column, finding->message, finding->help ? "; " : "",
                          finding->help ? finding->help : "");
    }
    return !sealed || refuse(error, VOTE_ERROR_ROUND,
                             "%s: not revealed yet: %s; each does so with refine estimate %s --reveal, and "
                             "--reveal-all -m REASON goes on without them",
                             votes->id, sealed, votes->id);
}

static gboolean set_entry(struct draft *draft, const char *name, const char *value, enum scalar_type type,
                          GError **error)
{
    g_autofree const char **order = field_order();
    return edit_map_set(draft->edit, "votes", (struct edit_pair){ name, value, type }, order, error);
}

/* Those of an earlier round who did not vote in this one; "round", where this is the first. */
static gboolean remove_entries(struct draft *draft, const struct votes *votes, GError **error)
{
    const struct node *map = node_find(edit_document(draft->edit)->front->root, "votes");
    g_autoptr(GPtrArray) gone = g_ptr_array_new_with_free_func(g_free);

    for (const struct node *node = map && map->kind == NODE_MAP ? map->first : NULL; node; node = node->next)
        if (strcmp(node->key->text, "round") == 0 ? votes->round == 1 : !votes_find(votes, node->key->text))
            g_ptr_array_add(gone, g_strdup(node->key->text));
    for (guint i = 0; i < gone->len; i++)
        if (!edit_map_remove(draft->edit, "votes", gone->pdata[i], error))
            return FALSE;
    return TRUE;
}

static gboolean set_votes(struct draft *draft, const struct votes *votes, GError **error)
{
    g_autofree char *round = g_strdup_printf("%u", votes->round);

    if (votes->round > 1 && !set_entry(draft, "round", round, SCALAR_TYPED, error))
        return FALSE;
    for (guint i = 0; i < votes->votes->len; i++) {
        const struct vote *vote = votes->votes->pdata[i];
        if (vote->value && !set_entry(draft, vote->who, vote->value, SCALAR_TYPED, error))
            return FALSE;
    }
    return TRUE;
}

GPtrArray *votes_fold(struct draft *draft, const struct votes *votes, GError **error)
{
    g_autoptr(GPtrArray) drafts = drafts_new();

    if ((votes->votes->len || votes->ends->len) &&
        (!set_votes(draft, votes, error) || !remove_entries(draft, votes, error)))
        return NULL;
    add_gone(draft->backlog, votes, drafts, "votes counted");
    return g_steal_pointer(&drafts);
}
