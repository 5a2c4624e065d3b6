/* SPDX-License-Identifier: MIT */
/*
 * why_json.h - what "baton shrink" and "baton explain" find, as JSON (docs/json.md).
 *
 * Layer: cli. May include: scenario, explain, reports, base.
 */
#ifndef CLI_WHY_JSON_H
#define CLI_WHY_JSON_H

#include <jansson.h>

#include "cli/why.h"
#include "explain/against.h"
#include "explain/core.h"

/* The document of shrink: what was shrunk. Context: the simulation of @why is open. */
json_t *why_json(const struct why *why);

/* What explain adds. The same context. */
void why_json_core(json_t *document, const struct why *why, const struct core *core);
void why_json_against(json_t *document, const struct why *why, const struct against *against,
		      const char *passing);

/* Where it was saved, or why it could not be; empty texts: neither. */
void why_json_saved(json_t *document, const struct text *path, const struct text *reason);

#endif
