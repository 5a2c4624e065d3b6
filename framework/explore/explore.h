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

#include <signal.h>

struct frontier;

enum explore_strategy {
	/* One interleaving per trace: see pop.h. A bound on preemptions and a step callback
	 * tell interleavings of one trace apart: with these, each state once, see memo.h. So it
	 * is with a filter of states; with another one, all. */
	EXPLORE_DPOR,
	EXPLORE_DFS,    /* all interleavings */
	EXPLORE_RANDOM, /* samples: see random.h */
	EXPLORE_POS,
	EXPLORE_PCT,
};

/* Executions of a sampler where no limit is given. */
#define EXPLORE_SAMPLES_DEFAULT 10000u

/* More processes than this are a mistake. */
#define EXPLORE_JOBS_MAX 1024u

/*
 * A wrapper around the strategy and its bounds. As a filter it narrows the choices of every
 * execution; as an observer it only looks on: at all of them, behind the filter.
 */
struct explore_filter {
	/* @inner is what it wraps; Return: the wrapper. */
	struct strategy *(*wrap)(struct explore_filter *filter, struct strategy *inner);
	/* What it allows next depends on what each CPU has done, and not on how these steps
	 * were mixed: so it is the same in equivalent beginnings, and dpor can remember them
	 * (memo.h). */
	bool of_state;
};

/* Which parts of the search, after it was cut: those whose index leaves @index. */
struct explore_shard {
	uint32_t index, count; /* index < count; count 0: all */
};

/* Who looks on while a search runs. */
struct explore_watch {
	/* Called after each slice, and a few times in a second while workers run. Return: false to
	 * end the search here; what is left stays in the frontier. */
	bool (*look)(struct explore_watch *watch, const struct frontier *frontier);
	const volatile sig_atomic_t *stop; /* not 0: end the slice that runs; may be NULL */
};

/* Which search dpor is, where a step callback looks at the states between steps. */
enum explore_states {
	EXPLORE_STATES_AUTO,  /* sleep.h, unless the search is limited or cut into shards */
	EXPLORE_STATES_MEMO,  /* memo.h: it is known that something will be seen */
	EXPLORE_STATES_SLEEP, /* sleep.h, also with a limit of executions */
};

struct explore_search {
	int preemptions_max;      /* -1: no bound */
	int faults_max;           /* -1: no bound */
	unsigned int steps_bound; /* of an execution, then it is cut; 0: no bound */
	/* How often the CPU changes; 0: no bound. With it dpor runs each trace with the fewest
	 * preemptions, and of these the fewest changes. */
	unsigned int switches_bound;
	unsigned int steps_max;   /* of an execution, it is a livelock; 0: SIM_STEPS_MAX_DEFAULT */
	uint64_t executions_max;  /* 0: no limit; of a sampler EXPLORE_SAMPLES_DEFAULT */
	unsigned int seconds_max; /* of the search; 0: no limit */
	unsigned int memory_max;  /* of each process, resident, in MiB; 0: no limit */
	uint64_t begun;           /* clock_ms() from which seconds count; 0: explore_run() */
	enum explore_strategy strategy;
	enum explore_states states;
	uint64_t seed;                   /* of samplers */
	unsigned int depth;              /* of pct: 1..BATON_CPUS_MAX */
	struct explore_filter *observer; /* NULL: nobody looks on */
	unsigned int jobs; /* processes; 0 and 1: this one alone. The result is the same. */
	/* Explore in another process in any case, so that code that ends it is a finding. */
	bool contained;
	/* After so many steps dpor gives up the whole, and runs it in parts; 0: some. */
	uint64_t recut_steps;
	uint64_t slice_steps; /* after so many a process hands back what it has; 0: some */
	struct explore_shard shard;
	/* Where to go on, or empty; afterwards, how far it came. NULL: from the beginning. */
	struct frontier *frontier;
	struct explore_watch *watch; /* NULL: nobody */
};

/* Everything. */
#define EXPLORE_ALL                                                            \
	{                                                                      \
		.preemptions_max = -1, .faults_max = -1, .seed = 1, .depth = 3 \
	}

/**
 * explore_is_bounded() - does @search have a bound on preemptions, faults, switches or steps?
 *
 * Then dpor is a search that remembers (memo.h): it runs a trace again where that takes fewer
 * preemptions than before.
 */
bool explore_is_bounded(const struct explore_search *search);

/*
 * Called after each execution that was not stopped (it may be SIM_CUT); false ends the search.
 * @number counts from 1; where several processes explore, it is no more than what is known of
 * the others.
 */
struct explore_judge {
	bool (*execution)(void *arg, enum sim_end end, uint64_t number);
	void *arg;
	struct gatherer *gatherers; /* all that it keeps over executions; NULL: it keeps nothing */
	bool (*failed)(void *arg); /* of explore_deepen(): was something seen that should not be? */
	/* Without gatherers: forget all executions, the search begins again; NULL: it cannot. */
	void (*restart)(void *arg);
};

struct explore_result {
	uint64_t executions; /* that came to an end, or were cut */
	uint64_t cut;        /* of them: at the bound on steps */
	uint64_t pruned;     /* that a filter, or the strategy itself, stopped */
	unsigned int steps_max;
	bool preemptions_reached; /* the bound on them withheld something */
	bool failed;              /* of explore_deepen(), as is the bound of its last search */
	int preemptions_last;
	bool spent;       /* time or memory: that has ended it */
	bool interrupted; /* by the watch: the result is not that of the search */
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
	/* Make each execution in a process of its own: what it does to that is nobody's loss. Then
	 * nothing is known of it here but the trace, and what @look has said. */
	bool contained;
	void (*before)(void);                       /* called there, first; NULL: nothing */
	void (*look)(void *arg, struct text *seen); /* called there, afterwards; may be NULL */
	void *arg;
	struct text *seen; /* gets what the second look has seen, which must be as the first */
};

/**
 * explore_bend() - run an execution like that of a schedule: see tolerant.h.
 * @fitting: gets the schedule that was run, which explore_record() can follow
 * @bent: appended: a line for each thing that did not fit
 *
 * Context: a simulation is open, not on a CPU.
 */
void explore_bend(const struct explore_replay *replay, const struct baton_program *program,
		  struct schedule *fitting, struct text *bent);

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
