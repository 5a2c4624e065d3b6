/* SPDX-License-Identifier: MIT */
/*
 * export_why.h - why an execution of a scenario fails, and the nearest one that passes.
 *
 * Layer: cli. May include: scenario, explain, reports, engine, base.
 */
#ifndef CLI_EXPORT_WHY_H
#define CLI_EXPORT_WHY_H

#include "cli/recorded.h"
#include "reports/why.h"

struct export_why {
	struct why why;         /* as "baton explain" would say it, or why it says nothing */
	struct rerun passing;   /* if has_passing */
	struct exhibit exhibit; /* of it */
	bool has_passing;
};

/**
 * export_why_find() - look for the orders that make an execution fail.
 * @why: filled; export_why_release() it
 * @limit: executions of a search
 *
 * That there is nothing to explain, or too much, is said in its story; it is no error.
 *
 * Context: no simulation is open.
 * Return: 0, or -1 if the search failed: release @why all the same.
 */
int export_why_find(struct export_why *why, const struct recorded *recorded,
		    const struct trace *trace, uint64_t limit, struct err *err);

/* What was found, into @exhibit, which lives no longer than @why. */
void export_why_put(const struct export_why *why, struct exhibit *exhibit);
void export_why_release(struct export_why *why);

#endif
