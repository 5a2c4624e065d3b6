/* SPDX-License-Identifier: MIT */
/*
 * failing.h - a failure of one variant of a scenario, as a subject to be explained.
 *
 * A failure is a predicate that holds, a rule that is broken, or a finding; of what a variant
 * expects always, that it does not hold.
 *
 * Layer: scenario. May include: explain, explore, engine, base.
 */
#ifndef SCENARIO_FAILING_H
#define SCENARIO_FAILING_H

#include "explain/subject.h"
#include "scenario/order.h"
#include "scenario/rerun.h"

struct failing {
	struct subject subject;
	struct schedule schedule; /* that fails */
	struct runner *runner;
	struct order order;
	struct run_case which;
	const struct predicate *predicate; /* NULL: a rule or a finding, known by its name */
	bool always;                       /* the predicate is to hold, and does not */
	bool inverted;                     /* an invariant: failing is that it does not hold */
	char *name;                        /* of what fails */
	struct text others;                /* what the execution shows besides: "a, b" */
	bool nothing;                      /* the execution shows nothing wrong: an error */
	bool open;                         /* its simulation is */
};

/**
 * failing_open() - read a schedule, run it, and see what fails.
 * @failing: filled; stays where it is until failing_release(), also after an error
 * @source: the schedule; its file may name the failure
 * @name: of the failure; NULL: as the file says, or else the first of the variant's verdicts
 *	  that the execution shows
 *
 * Opens the simulation of the variant.
 *
 * Context: no simulation is open.
 * Return: 0; 1 if the schedule diverged; -1 on error: it does not fail, or not in that way.
 */
int failing_open(struct failing *failing, const struct run_case *which,
		 const struct rerun_source *source, const char *name, struct err *err);

/* Close the simulation, and keep what is known. */
void failing_close(struct failing *failing);

/* Closes the simulation too. */
void failing_release(struct failing *failing);

#endif
