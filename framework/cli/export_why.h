/* SPDX-License-Identifier: MIT */
/*
 * export_why.h - why an execution fails, and the nearest one that passes, for who writes it.
 *
 * Layer: cli. May include: scenario, explain, reports, engine, base.
 */
#ifndef CLI_EXPORT_WHY_H
#define CLI_EXPORT_WHY_H

#include "cli/recorded.h"
#include "reports/export.h"

/* Executions of a search, where the command line has no other number, and steps of all of them
 * together. It is to be short, and not by a clock: equal executions give equal pages. */
#define EXPORT_WHY_LIMIT 20000u
#define EXPORT_WHY_STEPS 3000000u

struct export_why {
	VEC(struct exhibit_order) orders;
	struct exhibit_count counts[3]; /* of the search over everything; 0 of 0: there was none */
	struct text story;      /* all that "baton explain" would say, or why it says nothing */
	struct rerun passing;   /* if has_passing */
	struct exhibit exhibit; /* of it */
	struct text schedule;   /* of it */
	bool has_passing;
};

/**
 * export_why_find() - look for the orders that make an execution fail.
 * @why: filled; export_why_release() it
 * @limit: executions of a search
 *
 * That there is nothing to explain, or too much, is said in story; it is no error.
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
