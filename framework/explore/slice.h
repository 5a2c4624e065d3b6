/* SPDX-License-Identifier: MIT */
/*
 * slice.h - a short piece of a search: what one process does at a time.
 *
 * A slice explores a part until it is through or has made enough steps; then it hands
 * back what was gathered, and what is left of the part, as parts. What is asked for and
 * what comes back can be text, for another process.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_SLICE_H
#define EXPLORE_SLICE_H

#include <signal.h>

#include "explore/explorer.h"
#include "explore/gather.h"

enum slice_end {
	SLICE_THROUGH,  /* the part is explored */
	SLICE_MORE,     /* the rest is to be explored */
	SLICE_ENOUGH,   /* the judge wants no more, although there is more */
	SLICE_LAST,     /* the judge wants no more, and the part is explored */
	SLICE_DROPPED,  /* told to stop where nothing can be cut off: as if it had not begun */
	SLICE_VOID,     /* the whole search is to begin again, with the part that is its rest */
	SLICE_ANSWERED, /* by a scout (engine/scout.h): here nothing is known of it */
};

/* What a search may use up; then it ends, whatever is left of it. */
enum spent {
	SPENT_NOTHING,
	SPENT_TIME,
	SPENT_MEMORY,
	SPENT_DEATHS, /* DEATHS_MAX (engine/death.h) */
};

/* What the search counts itself. */
struct slice_counts {
	struct gatherer gatherer;
	uint64_t executions; /* that came to an end, or were cut */
	uint64_t cut;
	uint64_t pruned;
	unsigned int steps_max; /* of the longest execution */
	bool preemptions_reached, faults_reached, switches_reached;
};

struct slicer {
	struct explorer explorer;
	struct slice_counts counts; /* the first gatherer; those of the judge follow */
	const struct explore_judge *judge;
	const volatile sig_atomic_t *stop; /* not 0: end the slice; may be NULL */
	uint64_t end_ms;                   /* clock_ms() at which the search is over; 0: none */
	enum spent spent;                  /* that has ended a slice */
	uint64_t look_steps;               /* of the slice: when to look at the memory again */
	bool scouts;                       /* are sent ahead: slice_answer() */
};

struct slice {
	const char *part;
	uint64_t executions_max; /* 0: no limit */
	uint64_t steps_max;      /* of all executions together: none begins behind it */
	uint64_t before;         /* executions that were before this part, as far as is known */
	bool careful;            /* the process has died at it: see engine/death.h */
};

struct slice_result {
	enum slice_end end;
	enum spent spent; /* that has ended it */
	uint64_t executions;
	struct parts rest;
	struct text gathered; /* what the gatherers saved */
};

#define SLICE_RESULT_INIT             \
	{                             \
		.gathered = TEXT_INIT \
	}

void slice_result_release(struct slice_result *result);

/**
 * slicer_init() - get ready to run slices of a search.
 * @filter, @judge: may be NULL; all must outlive @slicer
 */
void slicer_init(struct slicer *slicer, const struct explore_search *search,
		 struct explore_filter *filter, const struct explore_judge *judge);
void slicer_release(struct slicer *slicer);

/* Does this process have more memory than @search allows it? */
bool slice_overflows(const struct explore_search *search);

/**
 * slice_run() - explore a slice in this process.
 * @result: initialised; filled. The gatherers have what is in it, and nothing else.
 *
 * Return: 0, or -1 if the part is malformed, or the program is not deterministic.
 */
int slice_run(struct slicer *slicer, const struct slice *slice, struct slice_result *result,
	      struct err *err);

/*
 * For another process: what is asked for as text; there, answer it; here, read the answer. Who
 * answers sends scouts (engine/scout.h); there is no answer where one of them has given it.
 */
void slice_ask(const struct slice *slice, struct text *request);
void slice_answer(void *slicer, const char *request, struct text *reply);
int slice_read(struct slice_result *result, const char *reply, struct err *err);

#endif
