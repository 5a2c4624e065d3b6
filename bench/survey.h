/* SPDX-License-Identifier: MIT */
/*
 * survey.h - what kind of executions does a search run?
 *
 * Layer: bench. May include: scenarios, explore, engine, base.
 */
#ifndef BENCH_SURVEY_H
#define BENCH_SURVEY_H

#include "bench/row.h"

/**
 * survey() - search as @row says, and look at each execution.
 * @result: its traces and steps are set
 * @typical: of an execution that has about as many steps and switches as all have on the
 *	     average
 *
 * Ends after SURVEY_EXECUTIONS_MAX executions. Context: a simulation is open.
 */
void survey(const struct row *row, const struct limits *limits, struct measurement *result,
	    struct schedule *typical);

#define SURVEY_EXECUTIONS_MAX 2000000u

#endif
