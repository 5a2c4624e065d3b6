/* SPDX-License-Identifier: MIT */
/*
 * probe.h - what a search showed of each state of a series.
 *
 * States with the same rules in force are the same program, and are searched once.
 *
 * Layer: bisect. May include: scenario, explore, engine, base.
 */
#ifndef BISECT_PROBE_H
#define BISECT_PROBE_H

#include "bisect/bisect.h"
#include "bisect/series.h"
#include "scenario/run.h"

/* What one name came to. */
struct probe_seen {
	char *name; /* of a predicate, oracle or finding */
	uint64_t holds, fails;
	char *schedule; /* of an execution that shows it, as a line; NULL: none does */
};

struct probe {
	bool asked;
	enum strength strength;
	char *bounds; /* "preemptions<=3"; NULL if exhaustive */
	uint64_t executions;
	unsigned int rules[MODEL_RULES_MAX];
	VEC(struct probe_seen) seen;
};

struct prober {
	struct series *series;
	unsigned int cell;
	const struct run_options *options;
	VEC(struct probe) probes; /* of the states that were looked at, by their index */
	unsigned long searches;   /* that were run */
	/* Called before something that takes its time, for who watches; NULL: nobody does. */
	void (*begins)(const struct prober *prober, const char *what);
};

void prober_init(struct prober *prober, struct series *series, unsigned int cell,
		 const struct run_options *options);
void prober_release(struct prober *prober);

/**
 * prober_look() - explore a state, unless that is known.
 * @probe: out: what it showed; valid until the next call
 *
 * Context: no simulation is open.
 * Return: 0, or -1 if it cannot be run.
 */
int prober_look(struct prober *prober, size_t state, const struct probe **probe, struct err *err);

/* Is @name bad there? See series_wants(). Not seen in a search that was cut: unknown. */
enum bisect_answer probe_answer(const struct probe *probe, const struct scenario *scenario,
				const char *name);

/* Was @name judged there? A finding that nobody names is if it was seen. */
bool probe_knows(const struct probe *probe, const char *name);

/* The schedule of an execution that shows @name there; NULL: there is none. */
const char *probe_schedule(const struct probe *probe, const char *name);

/* Append "never (exhaustive, 29 executions)". */
void probe_text(const struct probe *probe, const char *name, struct text *text);

#endif
