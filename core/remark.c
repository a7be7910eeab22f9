#include "remark.h"

#include "clock.h"
#include "message.h"
#include "people.h"

#include <string.h>

#define DAY_LENGTH 10
#define REJECTED "Rejected: "

char *remark_line(const char *text)
{
    g_autofree char *clean = message_clean(text);
    g_auto(GStrv) words = g_strsplit_set(clean, " \t\n", -1);
    GString *line = g_string_new(NULL);

    for (gsize i = 0; words[i]; i++)
        if (*words[i])
            g_string_append_printf(line, "%s%s", line->len ? " " : "", words[i]);
    return g_string_free(line, FALSE);
}

/* -- names -- */

/* A name as it can stand among others before a colon. */
static char *plain_name(const char *name)
{
    g_autofree char *copy = g_strdelimit(g_strdup(name), ",:", ' ');
    return remark_line(copy);
}

char *remark_name(const struct policy *policy, const char *who)
{
    struct person person;
    const char *address = strchr(who, '<');

    if (people_find(policy, who, &person)) {
        gboolean usable = person.name && !strpbrk(person.name, ",:");
        return plain_name(usable || !person.handle ? person.name : person.handle);
    }
    g_autofree char *name = address && address > who ? g_strndup(who, (gsize)(address - who)) : g_strdup(who);
    return plain_name(name);
}

static void add_name(GPtrArray *names, char *name)
{
    if (*name && !g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
        g_ptr_array_add(names, name);
    else
        g_free(name);
}

char *remark_names(const struct policy *policy, const char *const *with, GError **error)
{
    g_auto(GStrv) me = people_me(policy, error);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    if (!me)
        return NULL;
    add_name(names, remark_name(policy, me[0]));
    for (gsize i = 0; with && with[i]; i++) {
        g_autofree char *address = people_address(policy, with[i], error);
        if (!address)
            return NULL;
        add_name(names, remark_name(policy,
                                    people_find(policy, with[i], &(struct person){ 0 }) ? with[i] : address));
    }
    g_ptr_array_add(names, NULL);
    return g_strjoinv(", ", (char **)names->pdata);
}

/* -- lines -- */

char *remark_print(const char *names, const char *text, const char *const *rejected)
{
    g_autofree char *today = clock_today(), *line = remark_line(text);
    GString *print = g_string_new(NULL);

    g_string_append_printf(print, "%s %s: %s", today, names, line);
    if (rejected && *rejected) {
        g_string_append(print, !*line ? "" : strchr(".!?", line[strlen(line) - 1]) ? " " : ". ");
        for (gsize i = 0; rejected[i]; i++) {
            g_autofree char *each = remark_line(rejected[i]);
            g_string_append_printf(print, "%s%s", i ? "; " : REJECTED, each);
        }
        if (!strchr(".!?", print->str[print->len - 1]))
            g_string_append_c(print, '.');
    }
    return g_string_free(print, FALSE);
}

/* Where what was rejected begins in text, at the start or behind a sentence; NULL: nothing was. */
static const char *find_rejected(const char *text)
{
    for (const char *at = text; (at = strstr(at, REJECTED)); at++)
        if (at == text || (at - text >= 2 && at[-1] == ' ' && strchr(".!?", at[-2])))
            return at;
    return NULL;
}

/* What is rejected, each without the full stop of the last. */
static char **split_rejected(const char *text)
{
    g_autofree char *list = g_strdup(text);
    gsize length = strlen(list);

    if (length && list[length - 1] == '.')
        list[length - 1] = '\0';
    return *list ? g_strsplit(list, "; ", -1) : g_new0(char *, 1);
}

gboolean remark_parse(const char *text, struct remark *remark)
{
    if (strlen(text) <= DAY_LENGTH || text[DAY_LENGTH] != ' ')
        return FALSE;
    g_autofree char *day = g_strndup(text, DAY_LENGTH);
    const char *who = text + DAY_LENGTH + 1, *colon = strchr(who, ':');
    if (!clock_is_day(day) || !colon || colon == who)
        return FALSE;
    g_autofree char *names = g_strndup(who, (gsize)(colon - who));
    const char *said = colon + 1 + strspn(colon + 1, " ");
    const char *rejected = find_rejected(said);
    *remark = (struct remark){
        .day = g_steal_pointer(&day),
        .names = g_strsplit(g_strstrip(names), ", ", -1),
        .text = rejected ? g_strchomp(g_strndup(said, (gsize)(rejected - said))) : g_strdup(said),
        .rejected = rejected ? split_rejected(rejected + strlen(REJECTED)) : g_new0(char *, 1),
    };
    return TRUE;
}

void remark_clear(struct remark *remark)
{
    g_clear_pointer(&remark->day, g_free);
    g_clear_pointer(&remark->names, g_strfreev);
    g_clear_pointer(&remark->text, g_free);
    g_clear_pointer(&remark->rejected, g_strfreev);
}

gboolean remark_decide(struct draft *draft, const char *names, const char *text, const char *const *rejected,
                       GError **error)
{
    const struct policy *policy = draft->backlog->policy;
    struct edit_section section = policy_edit_section(policy, SECTION_DECISIONS);
    g_autofree char *remark = remark_print(names, text, rejected);
    g_autofree char *entry = g_strdup_printf("- %s", remark);
    g_autoptr(GPtrArray) entries =
        criteria_read_entries(edit_document(draft->edit), policy, SECTION_DECISIONS);
    const struct criterion *last = entries->len ? entries->pdata[entries->len - 1] : NULL;

    /* In the style of the last one, unless that has a box, which a decision has not. */
    return last && !last->has_box ? edit_list_add(draft->edit, &section, remark, error)
                                  : edit_section_append(draft->edit, &section, entry, error);
}
