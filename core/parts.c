#include "parts_private.h"

#include "criteria.h"
#include "section.h"
#include "tongue.h"

#include <string.h>

const struct prose *parts_prose(struct parts_search *search)
{
    if (!search->prose)
        search->prose = search->own = prose_read(search->source->document);
    return search->prose;
}

const struct lexicon *parts_lexicon(struct parts_search *search)
{
    if (search->source->lexicon)
        return search->source->lexicon;
    if (!search->own_lexicon)
        search->own_lexicon = lexicon_new(search->source->policy);
    return search->own_lexicon;
}

static const struct markdown_section *section_at(const struct markdown *body, guint index)
{
    return &g_array_index(body->sections, struct markdown_section, index);
}

/* -- whose a section is -- */

static gboolean is_stand_in(const struct markdown_section *section)
{
    gsize which = 0;

    while (which < N_STAND_INS && !markdown_is_named(section, stand_in_words((enum stand_in)which)->names))
        which++;
    return which < N_STAND_INS;
}

/* Whose section it is by its own name; N_SECTIONS: it has none that is known. */
static enum section_id name_section(const struct policy *policy, const struct markdown_section *section)
{
    gsize id = 0;

    while (id < N_SECTIONS && !markdown_is_named(section, policy_section(policy, (enum section_id)id)))
        id++;
    if (id == N_SECTIONS && is_stand_in(section))
        return SECTION_STORY;
    return (enum section_id)id;
}

static enum section_id *find_owners(const struct policy *policy, const struct markdown *body)
{
    enum section_id *owners = g_new0(enum section_id, body->sections->len + 1);
    g_autofree int *around = g_new(int, body->sections->len + 1);

    for (guint i = 0; i < body->sections->len; i++) {
        const struct markdown_section *section = section_at(body, i);
        around[i] = (int)i - 1;
        while (around[i] >= 0 && section_at(body, (guint)around[i])->span.end <= section->span.start)
            around[i] = around[around[i]];
        owners[i] = name_section(policy, section);
        if (owners[i] == N_SECTIONS && around[i] >= 0)
            owners[i] = owners[around[i]];
    }
    return owners;
}

enum section_id parts_owner(const struct parts *parts, int section)
{
    return section < 0 ? N_SECTIONS : parts->owners[section];
}

gboolean parts_is_talk(enum section_id owner)
{
    return owner == SECTION_QUESTIONS || owner == SECTION_ASSUMPTIONS || owner == SECTION_DECISIONS ||
           owner == SECTION_FEEDBACK;
}

/* -- places of a part -- */

gboolean parts_covers(const struct parts *parts, int section)
{
    return parts->covered[section + 1];
}

void parts_add(struct parts_search *search, GArray *places, int place)
{
    gboolean *covered = search->parts->covered;

    if (place != PARTS_TITLE && covered[place + 1])
        return;
    g_array_append_val(places, place);
    if (place != PARTS_TITLE)
        covered[place + 1] = TRUE;
}

static void add_owned(struct parts_search *search)
{
    struct parts *parts = search->parts;

    for (int i = 0; i < (int)search->body->sections->len; i++) {
        const enum section_id owner = parts->owners[i];
        if (owner == SECTION_STORY)
            parts_add(search, parts->story, i);
        else if (owner == SECTION_WHY)
            parts_add(search, parts->why, i);
        else if (owner == SECTION_CRITERIA || owner == SECTION_APPROACH)
            parts->covered[i + 1] = TRUE;
    }
    if (parts->story->len == 0 && search->body->readable)
        parts_add(search, parts->story, PARTS_LEADING);
}

guint parts_words(const struct parts *parts, const struct markdown *body, const struct prose *prose,
                  int section)
{
    const struct prose_range range = prose_within(prose, section_at(body, (guint)section)->content);
    guint words = 0;

    for (guint i = range.first; i < range.end; i++) {
        const struct token *token = prose_at(prose, i);
        words += !token->heading && token->kind != TOKEN_MARK && token->kind != TOKEN_LINK &&
                 parts_owner(parts, token->section) == parts->owners[section];
    }
    return words;
}

/* -- the story -- */

/* A job story in a section that is no part's is one of a story that has no section for it: elsewhere "When I
 * save, I want it kept, so that …" is said of many things. */
static gboolean is_job_aside(const struct parts_search *search, int section)
{
    const struct parts *parts = search->parts;

    return parts->told.story.form == STORY_JOB && section >= 0 && parts->owners[section] == N_SECTIONS &&
           (rule_type(search->source->type) != RULE_STORY || !parts_covers(parts, PARTS_LEADING));
}

static void find_told(struct parts_search *search)
{
    struct parts *parts = search->parts;

    if (!story_item_find(search->source->document, search->source->policy, search->source->title,
                         &parts->told))
        return;
    if (parts->told.in_title) {
        parts_add(search, parts->story, PARTS_TITLE);
        return;
    }
    for (int i = -1; i < (int)search->body->sections->len; i++) {
        const struct span own = section_own(search->source->document, i);
        if (own.start > parts->told.story.wish.start || parts->told.story.wish.start >= own.end)
            continue;
        if (is_job_aside(search, i))
            parts->told = (struct story_item){ .text = parts->told.text };
        else
            parts_add(search, parts->story, i);
        return;
    }
}

/* -- what bugs and spikes have in its place -- */

/* Whether a fence is in the section: steps may be nothing but what was typed. *next is the first fence that
 * does not stand before it, and is moved on. */
static gboolean has_fence(const struct parts_search *search, int section, guint *next)
{
    const struct span content = section_at(search->body, (guint)section)->content;
    const GArray *fences = search->body->fences;

    while (*next < fences->len &&
           g_array_index(fences, struct markdown_fence, *next).span.start < content.start)
        ++*next;
    for (guint i = *next; i < fences->len; i++) {
        const struct markdown_fence *fence = &g_array_index(fences, struct markdown_fence, i);
        if (fence->span.start >= content.end)
            break;
        if (fence->exact && parts_owner(search->parts, fence->section) == SECTION_STORY)
            return TRUE;
    }
    return FALSE;
}

/* Whether a section of one of these names is there that is no other part's; *filled: whether one says
 * something. */
static gboolean has_section(struct parts_search *search, const char *const *names, gboolean *filled)
{
    gboolean found = FALSE;
    guint fence = 0;

    *filled = FALSE;
    for (int i = 0; i < (int)search->body->sections->len && !*filled; i++) {
        if (search->parts->owners[i] != SECTION_STORY ||
            !markdown_is_named(section_at(search->body, (guint)i), names))
            continue;
        found = TRUE;
        *filled = parts_words(search->parts, search->body, parts_prose(search), i) > 0 ||
                  has_fence(search, i, &fence);
    }
    return found;
}

/* Bits, 1 << enum stand_in, of wanted that the words at index say. */
static unsigned say_at(const struct prose *prose, guint index, unsigned wanted)
{
    const struct token *token = prose_at(prose, index);
    unsigned said = 0;

    if ((token->kind != TOKEN_WORD && token->mark != '?') || token->heading)
        return 0;
    for (int which = 0; which < N_STAND_INS; which++) {
        const char *const *phrases = stand_in_words((enum stand_in)which)->phrases;
        for (gsize i = 0; (wanted & (1u << which)) && phrases[i] && !(said & (1u << which)); i++)
            if (*phrases[i] == *token->text && prose_has(prose, index, prose->tokens->len, phrases[i]))
                said |= 1u << which;
    }
    return said;
}

/* What of wanted is said where a part stands already (covered), or else in sections that are no part's. */
static unsigned say_in(struct parts_search *search, unsigned wanted, gboolean covered)
{
    const struct prose *prose = parts_prose(search);
    unsigned said = 0;

    for (guint i = 0; i < prose->tokens->len && (wanted & ~said); i++) {
        const int section = prose_at(prose, i)->section;
        const gboolean is_covered = parts_covers(search->parts, section);
        if (is_covered == covered && (covered || parts_owner(search->parts, section) == N_SECTIONS))
            said |= say_at(prose, i, wanted & ~said);
    }
    return said;
}

static unsigned say_in_title(const struct parts_search *search, unsigned wanted)
{
    g_autoptr(Prose) title = prose_parse(search->source->title ? search->source->title : "");
    unsigned said = 0;

    for (guint i = 0; i < title->tokens->len; i++)
        said |= say_at(title, i, wanted);
    return said;
}

static unsigned say_by_criteria(const struct parts_search *search, unsigned wanted)
{
    g_autoptr(GPtrArray) own = NULL;
    const GPtrArray *criteria = search->source->criteria;
    unsigned said = 0;

    if (!criteria)
        criteria = own = criteria_read(search->source->document, search->source->policy);
    for (int which = 0; which < N_STAND_INS && criteria->len > 0; which++)
        if (stand_in_words((enum stand_in)which)->by_criteria)
            said |= wanted & (1u << which);
    return said;
}

/* Whether something is told in another language than that of the phrases. */
static gboolean is_foreign(struct parts_search *search)
{
    const struct prose *prose = parts_prose(search);
    const struct prose_range all = { 0, prose->tokens->len };
    guint words = 0;

    for (guint i = 0; i < all.end; i++) {
        const enum section_id owner = parts_owner(search->parts, prose_at(prose, i)->section);
        words += (owner == N_SECTIONS || owner == SECTION_STORY) && !prose_at(prose, i)->heading &&
                 prose_at(prose, i)->kind == TOKEN_WORD;
    }
    return words > 0 && tongue_of(parts_lexicon(search), prose, all) == TONGUE_FOREIGN;
}

static void add_free(struct parts_search *search)
{
    for (int i = PARTS_LEADING; i < (int)search->body->sections->len; i++)
        if (parts_owner(search->parts, i) == N_SECTIONS)
            parts_add(search, search->parts->story, i);
}

/* Nothing has a section of its own: where it is told in prose, all of that is what is agreed on. */
static unsigned find_in_prose(struct parts_search *search, unsigned wanted)
{
    struct parts *parts = search->parts;
    unsigned unsaid = wanted & ~say_in(search, wanted, TRUE);

    unsaid &= ~say_by_criteria(search, unsaid);
    const unsigned said = say_in(search, unsaid, FALSE);
    unsaid &= ~said;
    const unsigned titled = say_in_title(search, unsaid);
    unsaid &= ~titled;
    const gboolean foreign = unsaid && is_foreign(search);
    if (said || foreign)
        add_free(search);
    if (titled && !parts->told.in_title)
        parts_add(search, parts->story, PARTS_TITLE);
    return foreign ? 0 : unsaid;
}

/* Where one of the parts has a section, all are to have theirs; where none has, what is said in prose counts.
 */
static void find_stand_ins(struct parts_search *search)
{
    const enum rule_types type = rule_type(search->source->type);
    unsigned wanted = 0, empty = 0;
    gboolean any = FALSE;

    for (int which = 0; which < N_STAND_INS; which++) {
        const struct stand_in_words *words = stand_in_words((enum stand_in)which);
        gboolean filled;
        if (words->type != type)
            continue;
        any = has_section(search, words->names, &filled) || any;
        wanted |= 1u << which;
        empty |= filled ? 0 : 1u << which;
    }
    search->parts->unsaid = any || !wanted ? empty : find_in_prose(search, wanted);
}

/* -- */

struct parts *parts_find(const struct parts_source *source)
{
    struct parts *parts = g_new0(struct parts, 1);
    struct parts_search search = {
        .source = source,
        .parts = parts,
        .body = document_body(source->document, NULL),
        .prose = source->prose,
    };

    parts->owners = find_owners(source->policy, search.body);
    parts->covered = g_new0(gboolean, search.body->sections->len + 1);
    parts->story = g_array_new(FALSE, FALSE, sizeof(int));
    parts->why = g_array_new(FALSE, FALSE, sizeof(int));
    parts->records = g_ptr_array_new();
    add_owned(&search);
    find_told(&search);
    find_stand_ins(&search);
    parts_find_why(&search);
    parts_find_records(&search);
    prose_free(search.own);
    lexicon_free(search.own_lexicon);
    return parts;
}

void parts_free(struct parts *parts)
{
    if (!parts)
        return;
    g_free(parts->owners);
    g_free(parts->covered);
    g_array_unref(parts->story);
    g_array_unref(parts->why);
    g_ptr_array_unref(parts->records);
    g_free(parts);
}
