/* SPDX-License-Identifier: MIT */
/*
 * death_state.h - what a process that may die, and who has started it, share.
 *
 * Layer: engine, private to it.
 */
#ifndef ENGINE_DEATH_STATE_H
#define ENGINE_DEATH_STATE_H

#include <sys/types.h>

#include "engine/death.h"
#include "engine/fault.h"
#include "engine/sim_state.h"

/* Choices of an execution that can be told; beyond that a death is an error of the search. */
#define CHOICES_MAX 200000u
#define WHY_BYTES 200u
#define TOLD_BYTES 1000u

/* Where the scheduler hands over to the code: what came before in the execution. */
struct place {
	uint64_t key;
	uint32_t phase, started, solo_steps, count;
};

/* A crash that a scout has met: scout.h. */
struct noted {
	bool is; /* there is one */
	uint64_t attempt;
	struct place place;
	struct ending ending;
	struct fault_reach reach[FAULT_RULES_MAX];
};

struct journal {
	volatile uint64_t ticks, executions;
	volatile bool executes;   /* the code under test is running */
	volatile pid_t scout;     /* that is at work; 0: none */
	bool scans;               /* where it dies need not be where it was spoilt */
	bool careful, begun;      /* an execution */
	char why[WHY_BYTES];      /* what is wrong with the process; empty: it is not known */
	char bug[WHY_BYTES];      /* a BUG that it has met; empty: none */
	char blocked[WHY_BYTES];  /* written by who waits, and asks: by what, and a remedy */
	char gave_up[TOLD_BYTES]; /* why: nothing is to be learned from that; empty: it did not */
	bool answered;            /* by the scout */
	struct noted noted;
	struct place place;
	struct schedule_entry choices[CHOICES_MAX];
};

/* Of this process; NULL: it is not one that may die. */
extern struct journal *death_own;

struct place death_place(void);
bool death_same_place(const struct place *a, const struct place *b);

/* This process is another one now, a fork() of the one that had entered. */
void death_forked(void);

/* Is this process one that the code has started? */
bool death_is_copy(void);

#endif
