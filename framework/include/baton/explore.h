/* SPDX-License-Identifier: MIT */
/*
 * explore.h - search the interleavings of a program written in C.
 *
 * Layer: public. May include: baton/program.h.
 */
#ifndef BATON_EXPLORE_H
#define BATON_EXPLORE_H

#include "baton/program.h"

enum baton_strategy {
	/* One of those interleavings that differ only in the order of independent accesses;
	 * within a bound on preemptions, all. */
	BATON_DPOR,
	BATON_DFS, /* all interleavings */
};

/*
 * Bounds say what is explored, limits when to stop. What either keeps from being explored is not
 * searched: then the result is not exhaustive.
 */
struct baton_search {
	int preemptions_max;     /* bound, of one execution; -1: none */
	bool faults_bounded;     /* there is a bound on failures ... */
	unsigned int faults_max; /* ... namely so many in one execution */
	unsigned int
		steps_bound; /* an execution is followed so far, and is no finding then; 0: none */
	unsigned int steps_max;   /* an execution with more is a livelock; 0: 10,000 */
	uint64_t executions_max;  /* limit; 0: none */
	unsigned int seconds_max; /* limit; 0: none */
	unsigned int memory_max;  /* limit: MiB that a process of it may occupy; 0: none */
	enum baton_strategy strategy;
	unsigned int jobs; /* processes; 0 and 1: this one alone. The result is the same. */
	/* Explore in a process of its own, also without jobs: where the program ends it (_exit(),
	 * a signal that cannot be caught) or spoils it, that is the finding `death`. What the
	 * program leaves in its variables is left there. */
	bool contained;
};

struct baton_result {
	uint64_t executions;
	uint64_t findings; /* executions that ended with a finding */
	bool exhaustive;   /* every interleaving was run, or one that is equivalent to it */
	char *finding;     /* of the first one: what it is; NULL if there is none */
	char *schedule;    /* of the first one, as "a2b1a1"; NULL if there is none */
	/* Where the program's regions are changed without an access that says so, a line each;
	 * NULL if nowhere. Then the search may have missed something. */
	char *warnings;
};

/**
 * baton_explore() - run @program in the interleavings that @search asks for.
 * @search: NULL: BATON_DPOR without any bound
 * @result: filled; baton_result_release() frees its strings
 *
 * Crashes, failed assertions, endless loops, deadlocks and livelocks of the program
 * are findings: they are counted and the search goes on. The first one is run again twice;
 * if it does not come out the same, no result can be trusted, and that is an error.
 *
 * Context: not on a CPU, and no other exploration runs.
 * Return: 0; -1 if the program cannot be run or is not a function of its choices, with the
 *	   reason in @result->finding.
 */
int baton_explore(const struct baton_program *program, const struct baton_search *search,
		  struct baton_result *result);

/* Free the strings; *@result is all zero afterwards. */
void baton_result_release(struct baton_result *result);

#endif
