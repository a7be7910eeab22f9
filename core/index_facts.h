/*
 * The facts of items in the index: what their bodies say, which is more to read than the rest of them.
 */
#pragma once

#include "facts.h"
#include "index_file.h"
#include "rulebook.h"

/* A digest of the policy, on which facts depend; newly allocated. */
char *index_facts_settings(const struct policy *policy);

/* The facts of the file that has that id and version, read under those settings, which are the book's;
 * NULL where they are not there. The caller's. */
struct facts *index_facts_read(struct index *index, gint64 file, gint64 version, const char *settings,
                               const struct rulebook *book);

/* Writes them, in place of those that the file had before. */
void index_facts_write(struct index_writer *writer, gint64 file, gint64 version, const char *settings,
                       const struct facts *facts);

/* The same as bytes, NULL where there are none to speak of; and back: NULL where the bytes are none of
 * index_facts_print. */
GVariant *index_facts_print(const struct facts *facts);
struct facts *index_facts_parse(const struct rulebook *book, const void *bytes, gsize length);
