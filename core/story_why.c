/* Where a story says what it is for. */
#include "story_private.h"

#define MODALS "can could will would may might should don't won't can't cannot am know do don't"
#define PERSONS "i we they he she it you one i'm i'll i'd we're they're it's"
/* What begins a clause that says an end: "so users can", "so the list is short". */
#define BEGINS                                                                                               \
    PERSONS                                                                                                  \
    " my our the their his her its others everyone everybody people users customers no nobody nothing "      \
    "there this these those all any only anyone when if once a an both each every"

/* -- one word: so -- */

/* Whether the "so" at index is one of degree or of another saying: so far, or so, do so. */
static gboolean is_other_so(const struct story_words *words, guint index)
{
    const gboolean apart = index == 0 || story_marks(words, index) != 0;

    if (story_is_any(words, index + 1, "far on forth much many few little long often called soon well too"))
        return TRUE;
    return !apart &&
           story_is_any(words, index - 1, "do does did doing if or even not ever and why how is are be");
}

static gboolean modal_follows(const struct story_words *words, guint index)
{
    if (story_is_any(words, index + 2, MODALS))
        return TRUE;
    return story_is_any(words, index + 3, MODALS) && !story_is_any(words, index + 2, PERSONS);
}

/* "so" without "that". *sure: with a modal, so that nothing else is meant. */
static gboolean is_so(const struct story_words *words, guint index, gboolean *sure)
{
    *sure = FALSE;
    if (!story_is(words, index, "so") || index + 1 >= words->count || is_other_so(words, index))
        return FALSE;
    if (story_marks(words, index + 1) & (MARK_STOP | MARK_CLOSE))
        return FALSE;
    *sure = modal_follows(words, index);
    return *sure || (story_marks(words, index) & ~(guint)(MARK_OTHER | MARK_BREAK)) != 0 ||
           story_is_any(words, index + 1, BEGINS);
}

/* -- phrases -- */

/* These say it whatever stands around them; a few as people mistype them. */
static const char *const firm[] = { "so that",     "so, that",     "sothat",          "so taht",
                                    "so tha",      "so thta",      "so tht",          "so than",
                                    "such that i", "such that we", "such that users", NULL };
static const char *const purposes[] = { "in order to",
                                        "in order that",
                                        "in order for",
                                        "in order not to",
                                        "inorder to",
                                        "in oder to",
                                        "so as to",
                                        "so as not to",
                                        "in an effort to",
                                        "with the aim of",
                                        "with the goal of",
                                        "with the aim to",
                                        "for the purpose of",
                                        "for the sake of",
                                        "with the intention of",
                                        NULL };
static const char *const reasons[] = { "because",
                                       "this way i",
                                       "this way we",
                                       "that way i",
                                       "that way we",
                                       "that way users",
                                       "which allows me to",
                                       "which will allow me to",
                                       "which lets me",
                                       "which enables me to",
                                       "allowing me to",
                                       "enabling me to",
                                       "this will allow me to",
                                       "which helps me",
                                       NULL };

/* The verbs of an end behind a comma: "…, to avoid that". */
#define ENDS                                                                                                 \
    "make ensure avoid help allow save prevent reduce increase keep improve understand minimize minimise"

guint story_purpose(const struct story_words *words, guint index)
{
    guint n = story_any_phrase(words, index, purposes);

    n = n ? n : story_any_phrase(words, index, firm);
    return n ? n : story_any_phrase(words, index, (const char *const[]){ "because", "to", "for", NULL });
}

static gboolean is_reason(const struct story_words *words, guint index, guint *n)
{
    *n = story_any_phrase(words, index, reasons);
    if (*n && story_is(words, index, "because") && story_is(words, index + 1, "of"))
        return FALSE;
    if (!*n && story_marks(words, index) & MARK_COMMA && story_is(words, index, "to") &&
        story_is_any(words, index + 1, ENDS))
        *n = 1;
    return *n != 0;
}

/* -- the first that says it -- */

enum sureness { SURE, PURPOSE, LIKELY, N_SURENESS };

struct found {
    guint at; /* G_MAXUINT: none */
    guint n;
};

/* How many words at index introduce a benefit, and into which of the three they fall; 0: none do. */
static guint introduces(const struct story_words *words, guint index, enum sureness *sureness)
{
    gboolean sure;
    guint n = 0;

    switch (story_word(words, index)->first) {
    case 's':
        *sureness = SURE;
        n = story_any_phrase(words, index, firm);
        if (n)
            return story_is(words, index, "such") ? 2 : n;
        *sureness = PURPOSE;
        n = story_any_phrase(words, index, purposes);
        if (!n && is_so(words, index, &sure)) {
            *sureness = sure ? SURE : LIKELY;
            return 1;
        }
        return n;
    case 'i':
    case 'f':
        *sureness = PURPOSE;
        return story_any_phrase(words, index, purposes);
    case 'w':
        *sureness = PURPOSE;
        n = story_any_phrase(words, index, purposes);
        if (n)
            return n;
        /* fall through */
    case 'a':
    case 'b':
    case 'e':
    case 't':
        *sureness = LIKELY;
        return is_reason(words, index, &n) ? n : 0;
    default:
        return 0;
    }
}

/* A person says "so that" where it is meant, so it counts before what can mean something else. */
guint story_find_benefit(const struct story_words *words, guint index, guint *first)
{
    struct found found[N_SURENESS] = { { G_MAXUINT, 0 }, { G_MAXUINT, 0 }, { G_MAXUINT, 0 } };

    for (guint i = index; i < words->count && found[SURE].at == G_MAXUINT; i++) {
        enum sureness sureness = LIKELY;
        const guint n = introduces(words, i, &sureness);
        /* Further paragraphs are of the story where they begin so. */
        if (!n && i > index && story_marks(words, i) & MARK_BLANK)
            break;
        if (n && found[sureness].at == G_MAXUINT)
            found[sureness] = (struct found){ i, n };
    }
    for (guint i = 0; i < N_SURENESS; i++) {
        if (found[i].at == G_MAXUINT)
            continue;
        *first = found[i].at + found[i].n;
        return found[i].at;
    }
    return words->count;
}
