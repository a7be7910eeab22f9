#include "rules_private.h"

#include "feedback.h"
#include "people.h"

#include <string.h>

/* The address is not repeated: it would stand in the log of each check. Those of the team are in the policy
 * anyway. */
static void report_address(struct reading *reading, const char *address, gsize offset)
{
    struct person person = { 0 };

    if (people_find(reading->policy, address, &person))
        return;
    struct finding *finding =
        reading_report(reading, "personal-data", (struct span){ offset, offset },
                       "write what only you can look up: a handle, a company, a customer number",
                       "an e-mail address in feedback, which git keeps for good");
    if (finding)
        finding->key = g_strdup("address");
}

/* Where the address stands in the file from offset on, up to end; offset, where it is spelled in another way.
 */
static gsize find_spelling(const struct reading *reading, const char *address, gsize offset, gsize end)
{
    const char *text = reading->document->text;
    const char *found = g_strstr_len(text + offset, (gssize)(end - offset), address);
    return found ? (gsize)(found - text) : offset;
}

/* text is what stands at span, decoded. */
static void check_addresses_in(struct reading *reading, const char *text, gsize length, struct span span)
{
    const char *at = text;
    gsize size = 0, offset = span.start;

    for (const char *found; (found = feedback_find_address(at, length - (gsize)(at - text), &size));
         at = found + size) {
        g_autofree char *address = g_strndup(found, size);
        gsize place = find_spelling(reading, address, offset, span.end);
        report_address(reading, address, place);
        offset = place > offset ? MIN(place + size, span.end) : offset;
    }
}

static void check_requests(struct reading *reading)
{
    const struct value *value = item_field(reading->item, FIELD_FEEDBACK);
    const struct document *document = reading->document;

    if (!value || !memchr(document->text, '@', document->front->body))
        return;
    const struct node *list = node_find(reading_front(reading), value->key);
    for (const struct node *entry = list ? list->first : NULL; entry; entry = entry->next) {
        if (entry->kind == NODE_SCALAR)
            check_addresses_in(reading, entry->text, strlen(entry->text), entry->span);
        for (const struct node *node = entry->first; node; node = node->next)
            if (node->kind == NODE_SCALAR)
                check_addresses_in(reading, node->text, strlen(node->text), node->span);
    }
}

static void check_feedback(struct reading *reading)
{
    const struct markdown_section *section = reading_section(reading, SECTION_FEEDBACK);
    const char *text = section ? reading->document->text + section->content.start : NULL;

    if (text && memchr(text, '@', span_length(section->content)) &&
        g_utf8_validate_len(text, span_length(section->content), NULL))
        check_addresses_in(reading, text, span_length(section->content), section->content);
}

void rules_read_people(struct reading *reading)
{
    check_requests(reading);
    check_feedback(reading);
}
