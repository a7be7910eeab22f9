/*
 * The page that a rendering writes: lines behind what the quotes and list items around them put in front, and
 * the blank lines between blocks. For the markdown modules only.
 */
#pragma once

#include "markdown.h"
#include "styled.h"

/* A quote or a list item that is open. */
struct page_container {
    gboolean quote;
    struct styled *marker; /* of a list item, "1. "; NULL once it is printed */
    guint width;           /* columns that the lines below the marker are indented by */
};

struct page {
    GString *out;
    struct styled_look look;
    struct page_container containers[MARKDOWN_DEPTH];
    guint depth;
    gboolean gap;    /* a blank line goes before what comes next; page_space sets it */
    guint gap_depth; /* private: behind what stands in front of so many containers */
};

void page_init(struct page *page, GString *out, const struct styled_look *look);
void page_clear(struct page *page);

/* Opens a quote; or a list item with its marker, which the page takes, and by how many columns what stands
 * below it is indented. FALSE, marker freed, where these nest deeper than MARKDOWN_DEPTH. */
gboolean page_open_quote(struct page *page);
gboolean page_open_item(struct page *page, struct styled *marker, guint width);

/* Closes the innermost one; an item of which nothing was printed is printed as its marker. */
void page_close(struct page *page);

/* Columns that are left for text; 0 is no limit. */
guint page_columns(const struct page *page);

/* A blank line goes before what comes next. */
void page_space(struct page *page);

/* Prints the blank line that is due. */
void page_separate(struct page *page);

/* Prints text, broken to at most columns (0: no limit), behind what stands in front. */
void page_print(struct page *page, const struct styled *text, guint columns);

/* Prints one line of it, unbroken. */
void page_print_line(struct page *page, const struct styled *line);
