/*
 * What query and query_saved share.
 */
#pragma once

#include "query.h"

/* Whether the term, which names no saved query, could be asked of some backlog of the policy: items may have
 * keys of their own, so QUERY_ERROR_KEY is only for one that looks like a misspelt field. */
gboolean query_check_term(const struct policy *policy, const char *text, GError **error);
