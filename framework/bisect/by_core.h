/* SPDX-License-Identifier: MIT */
/*
 * by_core.h - does a failure whose core was saved still happen, in a program that was changed
 * since?
 *
 *	1. what obeys the core's orders is searched
 *	2. where a point of an order is gone, or its CPU does not come to it any more: the same
 *	   with the nearest points in their place (nearest.h)
 *	3. all is searched, without orders
 *
 * The first that shows the failure decides. That it is not shown is certain only where all was
 * searched.
 *
 * Layer: bisect. May include: scenario, explore, engine, base.
 */
#ifndef BISECT_BY_CORE_H
#define BISECT_BY_CORE_H

#include "scenario/run.h"
#include "scenario/scenario.h"

enum by_core_how {
	BY_CORE,
	BY_NEAREST, /* points in place of those that are gone */
	BY_SEARCH,  /* of all */
};

struct by_core {
	const struct model *const *models; /* this and command are the caller's */
	const char *command;               /* begins what is printed to be typed */
	bool search_all;                   /* where the orders show nothing */

	struct scenario *scenario; /* that was run last; the failure is the first thing that its
				    * variant speaks of */
	const char *failure;
	enum by_core_how how; /* that was tried last */
	bool shown;
	bool weak; /* not shown, in a search that was cut or sampled */
	enum strength strength;
	uint64_t executions, failing;
	char *schedule;      /* of an execution that shows it, as a line */
	struct text gone;    /* points that are: "a:toy/read, b:toy/read" */
	struct text instead; /* BY_NEAREST: a line for each: "toy/fetch for a:toy/read" */
};

void by_core_init(struct by_core *by, const struct model *const *models, const char *command);

/**
 * by_core_run() - is it still shown?
 * @by: as by_core_init() left it; by_core_release() it also after an error
 * @path: of the file that core_scn_write() wrote
 *
 * Context: no simulation is open.
 * Return: 0, or -1 if the file has no core or cannot be run.
 */
int by_core_run(struct by_core *by, const char *path, struct err *err);
void by_core_release(struct by_core *by);

#endif
