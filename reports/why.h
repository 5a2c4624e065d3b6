/* SPDX-License-Identifier: MIT */
/*
 * why.h - why an execution fails, as an exhibit shows it.
 *
 * Layer: reports. May include: explain, explore, engine, base.
 */
#ifndef REPORTS_WHY_H
#define REPORTS_WHY_H

#include "explain/core.h"
#include "reports/export.h"

/* Executions of a search, where nobody has another number, and steps of all of them together. It
 * is to be short, and not by a clock: equal executions give equal pages. */
#define WHY_LIMIT 20000u
#define WHY_STEPS 3000000u

struct why {
	uint64_t limit; /* executions of a search */
	VEC(struct exhibit_order) orders;
	struct exhibit_count counts[3]; /* of the search over everything; 0 of 0: there was none */
	struct text story;              /* the whole explanation, or why there is none */
	struct text nearest;            /* schedule of the nearest execution that passes, or "" */
};

#define WHY_INIT ((struct why){ .limit = WHY_LIMIT, .story = TEXT_INIT, .nearest = TEXT_INIT })

/**
 * why_find() - look for the orders that make an execution fail.
 * @why: WHY_INIT, or with another limit; why_release() it also after an error
 * @trace: of @failing
 *
 * That there is too much to explain is said in story; it is no error.
 *
 * Context: the simulation of @subject is open.
 * Return: 0, or -1 if the search failed.
 */
int why_find(struct why *why, const struct subject *subject, const struct schedule *failing,
	     const struct trace *trace, struct err *err);

/* What was found, into @exhibit, which lives no longer than @why. */
void why_put(const struct why *why, struct exhibit *exhibit);
void why_release(struct why *why);

#endif
