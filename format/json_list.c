#include "json_list.h"

#include <string.h>

/* Behind an empty array that is the last value there are but brackets that close, so that the last "[]" of
 * the text is that array, and no text of a string. */
void json_list_begin(struct json_list *list, GString *out, const struct json *whole, guint indent)
{
    g_autofree char *text = json_print(whole, indent);
    const char *array = g_strrstr(text, "[]");

    g_assert(array && strspn(array + 1, "]} \n") == strlen(array + 1));
    *list = (struct json_list){ .out = out, .end = g_strdup(array + 1), .indent = indent };
    for (const char *at = list->end; *at; at++)
        list->margin += *at == ']' || *at == '}' ? indent : 0;
    g_string_append_len(out, text, array + 1 - text);
}

static void break_line(const struct json_list *list, guint margin)
{
    if (list->indent)
        g_string_append_printf(list->out, "\n%*s", (int)margin, "");
}

/* Line feeds stand only between values: in strings they are escaped. */
void json_list_add(struct json_list *list, const struct json *entry)
{
    g_autofree char *text = json_print(entry, list->indent);

    if (list->any)
        g_string_append_c(list->out, ',');
    list->any = TRUE;
    for (char *line = text, *next; line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        break_line(list, list->margin);
        g_string_append(list->out, line);
    }
}

void json_list_end(struct json_list *list)
{
    if (list->any)
        break_line(list, list->margin - list->indent);
    g_string_append(list->out, list->end);
    g_clear_pointer(&list->end, g_free);
}
