#include "vote.h"

#include "draft.h"
#include "scale.h"
#include "vote_file.h"
#include "vote_folder.h"
#include "voter.h"

#include <string.h>

static void vote_free(gpointer data)
{
    struct vote *vote = data;

    g_free(vote->who);
    g_free(vote->name);
    g_free(vote->value);
    g_free(vote->path);
    g_free(vote->reason);
    g_free(vote->digest);
    g_clear_pointer(&vote->bytes, g_bytes_unref);
    g_free(vote);
}

void votes_free(struct votes *votes)
{
    if (!votes)
        return;
    g_free(votes->id);
    g_ptr_array_unref(votes->votes);
    g_ptr_array_unref(votes->late);
    g_ptr_array_unref(votes->absent);
    g_ptr_array_unref(votes->findings);
    g_ptr_array_unref(votes->ends);
    g_free(votes);
}

static struct votes *votes_new(const char *id)
{
    struct votes *votes = g_new0(struct votes, 1);

    votes->id = g_strdup(id);
    votes->votes = g_ptr_array_new_with_free_func(vote_free);
    votes->late = g_ptr_array_new_with_free_func(vote_free);
    votes->absent = g_ptr_array_new_with_free_func(g_free);
    votes->findings = findings_new();
    votes->ends = g_ptr_array_new_with_free_func(vote_free);
    return votes;
}

gboolean vote_check(const struct policy *policy, const char *value, GError **error)
{
    if (!*value)
        return draft_refuse(error, "expected a value of the scale, or \"?\", saw nothing");
    return strcmp(value, SCALE_UNKNOWN) == 0 ||
           draft_check_choice(policy, &field_table()[FIELD_ESTIMATE], value, error);
}

/* -- the files -- */

struct listing {
    struct votes *votes;
    GError *error;
};

static gboolean add_path(const char *path, gboolean is_folder, gpointer data)
{
    struct listing *listing = data;
    struct votes *votes = listing->votes;
    g_autofree char *name = g_path_get_basename(path), *who = NULL;
    guint round;

    if (!is_folder && vote_parse_name(name, &round, &who)) {
        struct vote *vote = g_new0(struct vote, 1);
        vote->path = g_strdup(path);
        vote->round = round;
        vote->who = g_steal_pointer(&who);
        g_ptr_array_add(vote->who ? votes->votes : votes->ends, vote);
        return FALSE;
    }
    struct finding *finding = finding_add_at(
        votes->findings, "bad-vote", SEVERITY_WARNING, (struct position){ 0, 0 }, "move it elsewhere",
        "no vote: expected a file named ROUND-WHO, saw %s%s", is_folder ? "a folder " : "", name);
    finding->path = g_strdup(path);
    return FALSE;
}

static void note_trouble(const char *path, const char *message, gpointer data)
{
    struct listing *listing = data;
    if (!listing->error)
        g_set_error(&listing->error, BACKLOG_ERROR, BACKLOG_ERROR_FOLDER,
                    "the votes in %s cannot be read: %s; make the folder readable", path, message);
}

static gboolean list_files(const struct backlog *backlog, struct votes *votes, GError **error)
{
    struct listing listing = { votes, NULL };
    const struct file_visitor visitor = { add_path, note_trouble, &listing };
    g_autofree char *folder = g_build_filename(backlog->policy->folder, "votes", votes->id, NULL);
    g_autoptr(GError) cause = NULL;

    if (!vote_folder_walk(backlog, votes->id, &visitor, &cause) &&
        !g_error_matches(cause, FILE_ERROR, FILE_ERROR_ABSENT))
        note_trouble(folder, cause->message, &listing);
    if (listing.error)
        g_propagate_error(error, listing.error);
    return !listing.error;
}

/* -- rounds -- */

/* The last round that the votes in the item are of. */
static guint ended_by(const struct node *votes)
{
    const struct node *round = votes && votes->kind == NODE_MAP ? node_find(votes, "round") : NULL;
    guint64 number;

    if (!votes || votes->kind != NODE_MAP || votes->count == 0)
        return 0;
    return round && round->kind == NODE_SCALAR &&
                   g_ascii_string_to_unsigned(round->text, 10, 1, G_MAXINT - 1, &number, NULL)
               ? (guint)number
               : 1;
}

static gboolean read_ended(struct backlog *backlog, struct votes *votes, GError **error)
{
    const struct entry *entry = backlog_find(backlog, votes->id, NULL);
    g_autoptr(GBytes) bytes = entry ? backlog_read(backlog, entry, error) : NULL;
    g_autoptr(Document) document = bytes ? document_new(bytes, NULL) : NULL;

    if (!entry)
        return TRUE;
    if (document)
        votes->ended = ended_by(node_find(document->front->root, "votes"));
    return bytes != NULL;
}

static gint compare_votes(gconstpointer a, gconstpointer b)
{
    const struct vote *left = *(struct vote *const *)a, *right = *(struct vote *const *)b;
    return left->round != right->round ? (left->round < right->round ? -1 : 1)
                                       : g_strcmp0(left->who, right->who);
}

/* Which round is open, and which votes are not of it. */
static void sort_rounds(struct votes *votes)
{
    votes->round = votes->ended + 1;
    for (guint i = 0; i < votes->ends->len; i++)
        votes->round = MAX(votes->round, ((struct vote *)votes->ends->pdata[i])->round + 1);
    for (guint i = 0; i < votes->votes->len; i++)
        votes->round = MAX(votes->round, ((struct vote *)votes->votes->pdata[i])->round);
    for (guint i = 0; i < votes->votes->len;) {
        if (((struct vote *)votes->votes->pdata[i])->round == votes->round)
            i++;
        else
            g_ptr_array_add(votes->late, g_ptr_array_steal_index(votes->votes, i));
    }
    g_ptr_array_sort(votes->votes, compare_votes);
    g_ptr_array_sort(votes->late, compare_votes);
    g_ptr_array_sort(votes->ends, compare_votes);
}

/* -- what they say -- */

/* Reads the file; one that cannot be read is a finding, and says nothing. */
static void read_vote(const struct backlog *backlog, struct votes *votes, struct vote *vote)
{
    g_autoptr(GError) cause = NULL;

    vote->name = vote->who ? voter_name(backlog->policy, vote->who) : NULL;
    vote->state = VOTE_SEALED;
    vote->bytes = vote_folder_read(backlog, vote->path, &cause);
    if (vote->bytes && vote->who && vote->round == votes->round)
        vote_parse(vote, backlog->policy, votes->id, votes->findings);
    if (vote->bytes)
        return;
    struct finding *finding =
        finding_add_at(votes->findings, "bad-vote", SEVERITY_ERROR, (struct position){ 0, 0 }, NULL,
                       "the vote cannot be read: %s", cause->message);
    finding->path = g_strdup(vote->path);
}

/* Whoever has the seal of another cannot have made it. */
static void find_copies(struct votes *votes)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < votes->votes->len; i++) {
        struct vote *vote = votes->votes->pdata[i];
        const struct vote *other = vote->digest ? g_hash_table_lookup(seen, vote->digest) : NULL;
        if (vote->digest && !other)
            g_hash_table_insert(seen, vote->digest, vote);
        if (!other)
            continue;
        struct finding *finding =
            finding_add_at(votes->findings, "bad-vote", SEVERITY_ERROR, (struct position){ 1, 1 },
                           "whoever copied it votes again",
                           "%s and %s have the same seal: one of them copied it", other->name, vote->name);
        finding->path = g_strdup(vote->path);
    }
}

/* While anybody's value is sealed nobody's is there to be shown. */
static void hide(struct votes *votes)
{
    for (guint i = 0; i < votes->votes->len; i++)
        votes->hidden = votes->hidden || ((struct vote *)votes->votes->pdata[i])->state == VOTE_SEALED;
    for (guint i = 0; i < votes->votes->len && votes->hidden; i++)
        g_clear_pointer(&((struct vote *)votes->votes->pdata[i])->value, g_free);
}

static void find_absent(const struct policy *policy, struct votes *votes)
{
    g_autoptr(GPtrArray) developers = voters_of(policy, "developer");

    for (guint i = 0; i < developers->len && votes->votes->len; i++) {
        const struct voter *voter = developers->pdata[i];
        if (!votes_find(votes, voter->who))
            g_ptr_array_add(votes->absent, g_strdup(voter->name));
    }
}

struct votes *votes_read(struct backlog *backlog, const char *id, GError **error)
{
    g_autoptr(Votes) votes = votes_new(id);

    if (!list_files(backlog, votes, error) || !read_ended(backlog, votes, error))
        return NULL;
    sort_rounds(votes);
    GPtrArray *const all[] = { votes->ends, votes->late, votes->votes };
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++)
        for (guint j = 0; j < all[i]->len; j++)
            read_vote(backlog, votes, all[i]->pdata[j]);
    find_copies(votes);
    hide(votes);
    find_absent(backlog->policy, votes);
    findings_sort(votes->findings);
    return g_steal_pointer(&votes);
}

/* -- asking -- */

const struct vote *votes_find(const struct votes *votes, const char *who)
{
    for (guint i = 0; i < votes->votes->len; i++)
        if (strcmp(((struct vote *)votes->votes->pdata[i])->who, who) == 0)
            return votes->votes->pdata[i];
    return NULL;
}

char *votes_names(const struct votes *votes, enum vote_state state)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    for (guint i = 0; i < votes->votes->len; i++) {
        const struct vote *vote = votes->votes->pdata[i];
        if (vote->state == state)
            g_ptr_array_add(names, vote->name);
    }
    g_ptr_array_add(names, NULL);
    return names->len > 1 ? g_strjoinv(", ", (char **)names->pdata) : NULL;
}

static gboolean add_folder(const char *path, gboolean is_folder, gpointer data)
{
    if (is_folder)
        g_ptr_array_add(data, g_path_get_basename(path));
    return FALSE;
}

static void pass_over(const char *path, const char *message, gpointer data)
{
}

static gint compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char **votes_ids(const struct backlog *backlog)
{
    GPtrArray *ids = g_ptr_array_new();
    const struct file_visitor visitor = { add_folder, pass_over, ids };

    vote_folder_walk(backlog, NULL, &visitor, NULL);
    g_ptr_array_sort(ids, compare_names);
    g_ptr_array_add(ids, NULL);
    return (char **)g_ptr_array_free(ids, FALSE);
}
