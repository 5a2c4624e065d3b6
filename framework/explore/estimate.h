/* SPDX-License-Identifier: MIT */
/*
 * estimate.h - how many executions a search has before it, without running them all.
 *
 * A walk goes down the tree of executions at random, and multiplies the numbers of ways
 * that it could have gone. The mean of these products over many walks is an unbiased
 * estimate of the number of leaves (Knuth, "Estimating the Efficiency of Backtrack
 * Programs", Mathematics of Computation 29, 1975). For interleavings the ways are the
 * options. For traces they are the options that are not asleep: ways that come before the
 * one taken go to sleep, and wake when a step is made that depends on theirs (Godefroid's
 * sleep sets); a walk that can only go on with sleepers counts 0. Each trace is one leaf
 * of that tree. Ways that will probably end so are taken less often, and count more for
 * that: what earlier walks saw tells which, and the estimate stays unbiased.
 *
 * Two limits. Where weights are very uneven, most walks miss the few that matter: then the
 * mean is too low more often than too high, and the standard error with it. at_least is a
 * bound that holds nonetheless. And an execution that a finding cuts short is a trace of
 * its own for each set of steps before it; sleep sets know nothing of that, so of traces
 * with such findings some are not counted.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_ESTIMATE_H
#define EXPLORE_ESTIMATE_H

#include "explore/explore.h"

#define ESTIMATE_WALKS_DEFAULT 10000u

struct estimate_result {
	bool traces; /* else interleavings */
	uint64_t walks;
	double mean;
	double error;    /* standard error of the mean */
	double at_least; /* a lower bound, wrong once in 128 times */
};

/**
 * estimate_run() - estimate how many executions @search has.
 * @search: of dpor without bounds its traces; of all others interleavings, within the bounds
 * @filter: as of explore_run(); with one, interleavings
 * @walks: executions to make, at least 7
 *
 * Equal seeds give equal estimates.
 *
 * Context: a simulation is open, not on a CPU; between two executions of a search, too.
 */
void estimate_run(const struct explore_search *search, struct explore_filter *filter,
		  uint64_t walks, struct estimate_result *result);

/* Append @number with three digits that count: "12,300,000". */
void estimate_number_text(double number, struct text *text);

/* Append "about 12,300,000 traces (+-15 %), hardly less than 4,100,000". */
void estimate_text(const struct estimate_result *result, struct text *text);

#endif
