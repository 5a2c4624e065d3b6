/* SPDX-License-Identifier: MIT */
/*
 * conflict.h - which accesses of one execution depend on each other across CPUs.
 *
 * Layer: explain. May include: explore, engine, base.
 */
#ifndef EXPLAIN_CONFLICT_H
#define EXPLAIN_CONFLICT_H

#include "explain/condition.h"
#include "explain/subject.h"

/* A longer execution has too many pairs to look at. */
#define CONFLICT_STEPS_MAX 1500u

/* One step of the execution. */
struct conflict_step {
	struct place place;
	uint32_t core; /* the CPU, or the one that it interrupts */
	enum baton_access_kind kind;
	const void *object;
	bool pending; /* the execution ended before it: it is announced, and was never made */
	bool idle;    /* and nothing else was left to be done */
};

/* Two steps, by their index: the first one came first. */
struct conflict_pair {
	uint32_t first, second;
	bool direct; /* nothing lies between them: the pair is a race of its own */
};

struct conflicts {
	VEC(struct conflict_step) steps;
	VEC(struct answer) answers; /* of choices that had more than one option */
	VEC(struct conflict_pair) pairs;
	/* With what idle interrupts would have done next: of no account, unless all else is
	 * the same in an execution that passes. */
	VEC(struct conflict_pair) idle_pairs;
};

/**
 * conflicts_find() - run @schedule and look at its accesses.
 * @conflicts: all zero; conflicts_release() it also after an error
 *
 * Context: the simulation of @subject is open.
 * Return: 0, or -1 if it diverged or is too long.
 */
int conflicts_find(struct conflicts *conflicts, const struct subject *subject,
		   const struct schedule *schedule, struct err *err);
void conflicts_release(struct conflicts *conflicts);

#endif
