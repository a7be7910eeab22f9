/*
 * Links that a terminal can open (OSC 8, "ESC ] 8 ; ; URL ESC \"), and what may stand in one.
 *
 * The text of a link goes between hyperlink_open and hyperlink_close, on one line. It takes no columns but
 * its text's. Whether the terminal knows such links is the caller's to know.
 */
#pragma once

#include <glib.h>

/* An untrusted address as it may stand in a link: newly allocated, NULL for one that must not. Taken are
 * "http:", "https:" and "mailto:" of the characters of RFC 3986 (others than ASCII are percent-encoded), up
 * to 2,083 bytes, the most that VTE opens. A click on any other scheme may run a program. */
char *hyperlink_url(const char *address);

/* Writes what comes before and behind the text. url is of hyperlink_url or g_filename_to_uri. */
void hyperlink_open(GString *out, const char *url);
void hyperlink_close(GString *out);
