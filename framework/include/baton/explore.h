/* SPDX-License-Identifier: MIT */
/*
 * explore.h - search the interleavings of a program written in C.
 *
 * Layer: public. May include: baton/program.h.
 */
#ifndef BATON_EXPLORE_H
#define BATON_EXPLORE_H

#include <string.h>

#include "baton/program.h"

BATON_BEGIN

enum baton_strategy {
	/* One of those interleavings that differ only in the order of independent accesses;
	 * within a bound on preemptions, all. */
	BATON_DPOR,
	BATON_DFS, /* all interleavings */
};

/*
 * Which passes of which fault points may fail: those of baton_fault(), of the primitives in
 * baton/, and of libfiu's macros in code compiled with -DFIU_ENABLE, in a program that links what
 * `pkg-config --libs baton-fiu` says. Whether one that may fail does is a choice like any
 * other. Passes are counted in each execution, of each point on each CPU by itself; setup and
 * finally have none. What is 0 was not asked for.
 */
struct baton_fault_rule {
	const char *point;        /* "lib/alloc"; "lib/" and '*': all that begin so */
	unsigned int first, last; /* the nth passes that may fail, from 1; last 0: all later ones */
	unsigned int times;       /* failures in one execution, all points and CPUs together */
	int error;                /* errno: what fiu_failinfo() answers then; 0: it is 1 */
	int cpu;                  /* baton_cpu() that may fail; -1: any */
};

/* Rules of one search. */
#define BATON_FAULT_RULES_MAX 64

/*
 * Bounds say what is explored, limits when to stop. What either keeps from being explored is not
 * searched: then the result is not exhaustive.
 */
struct baton_search {
	size_t size;         /* sizeof(struct baton_search), of this header; 0: of version 0.1 */
	int preemptions_max; /* bound, of one execution; -1: none */
	bool faults_bounded; /* there is a bound on failures ... */
	unsigned int faults_max; /* ... namely so many in one execution: the budget of all rules */
	unsigned int
		steps_bound; /* an execution is followed so far, and is no finding then; 0: none */
	unsigned int steps_max;   /* an execution with more is a livelock; 0: 10,000 */
	uint64_t executions_max;  /* limit; 0: none */
	unsigned int seconds_max; /* limit; 0: none */
	unsigned int memory_max;  /* limit: MiB that a process of it may occupy; 0: none */
	enum baton_strategy strategy;
	unsigned int jobs; /* processes; 0 and 1: this one alone. The result is the same. */
	/* Explore in a process of its own, as with several jobs: where the program ends it
	 * (_exit(), a signal that cannot be caught) or spoils it, that is the finding `death`.
	 * What the program leaves in its variables is left there. */
	bool contained;
	/* What may fail: of rules for one pass, the first. Without any, nothing does. */
	const struct baton_fault_rule *faults;
	unsigned int fault_count; /* of them, at most BATON_FAULT_RULES_MAX */
};

/**
 * baton_search_all() - what NULL stands for: BATON_DPOR, no bound and no limit; to change some.
 */
static inline struct baton_search baton_search_all(void)
{
	struct baton_search search;

	memset(&search, 0, sizeof(search));
	search.size = sizeof(search);
	search.preemptions_max = -1;
	return search;
}

/* All findings of one name. The layout will not change. */
struct baton_finding {
	char *name;          /* of the rule: "assert", "deadlock", what baton_fail() was given */
	char *text;          /* what the first of them says: "bank.c:28: balance == 2" */
	char *schedule;      /* of the first of them, as "a2b1a1" */
	uint64_t executions; /* that ended with one of this name */
};

/* Filled by baton_explore(). All memory in it is the result's. */
struct baton_result {
	uint64_t executions;
	uint64_t findings; /* executions that ended with a finding */
	bool exhaustive;   /* every interleaving was run, or one that is equivalent to it */
	bool cut;          /* a limit ended the search before it was through */
	char *finding;     /* of the first one: "name: text"; NULL if there is none */
	char *schedule;    /* of the first one, as "a2b1a1"; NULL if there is none */
	/* Where the program's regions are changed without an access that says so, a line each;
	 * NULL if nowhere. Then the search may have missed something. */
	char *warnings;
	/* The fault points that CPUs passed, sorted, a line for each place; NULL if there are none:
	 * "lib/alloc 12 passes, in lib_get at src/lib.c:40". Passes are those of all executions
	 * together. */
	char *fault_points;
	/* One for each name, in the order in which the search came upon them. */
	struct baton_finding *kinds;
	unsigned int kind_count;
	uint64_t reserved[8]; /* for later versions */
};

/* How many of the executions end with a finding: what a search says, or what a test expects. */
enum baton_verdict {
	BATON_NEVER,     /* none: a proof */
	BATON_SOMETIMES, /* at least one */
	BATON_ALWAYS,    /* all, and none was kept out */
	BATON_NOT_FOUND, /* none that was run; a bound or a limit kept others from being run */
};

/**
 * baton_verdict() - what @result comes to.
 * @result: of a baton_explore() that returned 0
 *
 * Context: anywhere. Does not switch.
 */
enum baton_verdict baton_verdict(const struct baton_result *result);

/* "never", "sometimes", "always", "not found"; "?" for anything else. Static storage. Context:
 * anywhere. */
const char *baton_verdict_name(enum baton_verdict verdict);

/**
 * baton_explore() - run @program in the interleavings that @search asks for.
 * @search: NULL: BATON_DPOR without any bound
 * @result: filled; baton_result_release() frees its strings
 *
 * Crashes, failed assertions, endless loops, deadlocks and livelocks of the program
 * are findings: they are counted and the search goes on. The first one is run again twice;
 * if it does not come out the same, no result can be trusted, and that is an error.
 *
 * Context: not on a CPU (there, the finding `search`), and no other exploration runs.
 * Return: 0; -1 if the program cannot be run or is not a function of its choices, a rule
 *	   cannot be meant, or was about no point that was passed (unless there are findings:
 *	   they may have ended executions before it), or the program or the search sets what
 *	   this version does not know, with the reason in @result->finding.
 */
int baton_explore(const struct baton_program *program, const struct baton_search *search,
		  struct baton_result *result);

/* Free the strings; *@result is all zero afterwards. Context: anywhere. */
void baton_result_release(struct baton_result *result);

BATON_END

#endif
