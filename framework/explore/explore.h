/* SPDX-License-Identifier: MIT */
/*
 * explore.h - run execution after execution, and look closely at one of them.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_EXPLORE_H
#define EXPLORE_EXPLORE_H

#include "explore/gather.h"
#include "explore/result.h"

#include "engine/sim.h"

enum explore_strategy {
	/* One interleaving per trace: see dpor.h. A bound on preemptions and a step callback
	 * tell interleavings of one trace apart: with these, each state once, see memo.h. A
	 * filter does too: with it, all. */
	EXPLORE_DPOR,
	EXPLORE_DFS,    /* all interleavings */
	EXPLORE_RANDOM, /* samples: see random.h */
	EXPLORE_POS,
	EXPLORE_PCT,
};

/* Executions of a sampler where no limit is given. */
#define EXPLORE_SAMPLES_DEFAULT 10000u

/*
 * A wrapper around the strategy and its bounds. As a filter it narrows the choices of every
 * execution; as an observer it only looks on: at all of them, behind the filter.
 */
struct explore_filter {
	/* @inner is what it wraps; Return: the wrapper. */
	struct strategy *(*wrap)(struct explore_filter *filter, struct strategy *inner);
};

struct explore_search {
	int preemptions_max;      /* -1: no bound */
	int faults_max;           /* -1: no bound */
	unsigned int steps_bound; /* of an execution, then it is cut; 0: no bound */
	unsigned int steps_max;   /* of an execution, it is a livelock; 0: SIM_STEPS_MAX_DEFAULT */
	uint64_t executions_max;  /* 0: no limit; of a sampler EXPLORE_SAMPLES_DEFAULT */
	unsigned int seconds_max; /* of the search; 0: no limit */
	uint64_t begun;           /* clock_ms() from which seconds count; 0: explore_run() */
	enum explore_strategy strategy;
	uint64_t seed;                   /* of samplers */
	unsigned int depth;              /* of pct: 1..BATON_CPUS_MAX */
	struct explore_filter *observer; /* NULL: nobody looks on */
};

/* Everything. */
#define EXPLORE_ALL                                                            \
	{                                                                      \
		.preemptions_max = -1, .faults_max = -1, .seed = 1, .depth = 3 \
	}

/**
 * explore_is_bounded() - does @search have a bound on preemptions, faults or steps?
 *
 * Then dpor is a search that remembers (memo.h): it runs a trace again where that takes fewer
 * preemptions than before.
 */
bool explore_is_bounded(const struct explore_search *search);

/* Called after each execution that was not stopped (it may be SIM_CUT); false ends the search. */
struct explore_judge {
	bool (*execution)(void *arg, enum sim_end end, uint64_t number);
	void *arg;
	struct gatherer *gatherers; /* all that it keeps over executions; NULL: it keeps nothing */
	bool (*failed)(void *arg); /* of explore_deepen(): was something seen that should not be? */
};

struct explore_result {
	uint64_t executions; /* that came to an end, or were cut */
	uint64_t cut;        /* of them: at the bound on steps */
	uint64_t pruned;     /* that a filter, or the strategy itself, stopped */
	unsigned int steps_max;
	bool preemptions_reached; /* the bound on them withheld something */
	bool failed;              /* of explore_deepen(), as is the bound of its last search */
	int preemptions_last;
	enum strength strength;
	/* What was reached: "preemptions<=3, faults<=1", "pct:3"; empty if exhaustive */
	char bounds[192];
};

/**
 * explore_run() - run all executions that @search asks for.
 * @filter: may be NULL
 * @err: a BUG if the program is not a function of its choices; says where it was not
 *
 * Context: a simulation is open (sim_init()), not on a CPU.
 * Return: 0, or -1 and the result is void.
 */
int explore_run(const struct explore_search *search, struct explore_filter *filter,
		const struct explore_judge *judge, struct explore_result *result, struct err *err);

/* One execution to look at. */
struct explore_replay {
	const struct schedule *schedule;
	char *const *points;      /* as in replay_init() */
	unsigned int steps_max;   /* 0: SIM_STEPS_MAX_DEFAULT */
	unsigned int steps_bound; /* 0: none; else it ends there, where the schedule ends too */
};

/**
 * explore_record() - run the execution of a schedule twice and record it.
 * @trace: initialised with the program of the open simulation; filled with the recording
 * @diverged: appended: where and how, if it did
 * @err: a BUG if the two recordings differ: the program is not a function of its choices;
 *       names the first step that differs
 *
 * Context: a simulation is open, not on a CPU.
 * Return: 0; 1 if the execution diverged from the schedule; -1 on error.
 */
int explore_record(const struct explore_replay *replay, struct trace *trace, struct text *diverged,
		   struct err *err);

#endif
