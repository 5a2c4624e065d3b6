/* SPDX-License-Identifier: MIT */
/*
 * fingerprint.h - wraps a strategy, and computes a number for the trace that it ran.
 *
 * Two executions have the same number if they differ only in the order of independent
 * steps (and, but for chance in 64 bits, only then). It is what a reduction is checked
 * with, so it shares no code with one: dependence is decided here once more, plainly.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_FINGERPRINT_H
#define EXPLORE_FINGERPRINT_H

#include "base/vec.h"
#include "engine/sim.h"

struct fingerprint_event {
	int cpu, core; /* core: the CPU itself, or its host */
	const void *object;
	enum baton_access_kind kind;
	uint64_t hash; /* of its CPU, access and choices, and of all events that it depends on */
};

struct fingerprint {
	struct strategy strategy;
	const struct baton_program *program;
	VEC(struct fingerprint_event) events;
	/* Objects that somebody waits for, in any execution: additions to them do not commute. */
	VEC(const void *) waited;
	uint64_t root; /* hash of the choices before the first step */
};

/* @program: of the open simulation. @inner: decides */
void fingerprint_init(struct fingerprint *fingerprint, const struct baton_program *program,
		      struct strategy *inner);
/* Go on with another strategy; what is known of the program is kept. */
void fingerprint_continue(struct fingerprint *fingerprint, struct strategy *inner);
void fingerprint_release(struct fingerprint *fingerprint);

/*
 * Of the last execution, also of one that did not come to its end. What its step callback
 * has seen is in it (sim_seen()).
 */
uint64_t fingerprint_value(const struct fingerprint *fingerprint);

/* Of the last execution's last step and what that needed: where a finding comes from. */
uint64_t fingerprint_cause(const struct fingerprint *fingerprint);

#endif
