/* SPDX-License-Identifier: MIT */
/*
 * told.h - a recorded execution as what each CPU did and saw, to compare two of them.
 *
 * Layer: explain. May include: explore, engine, base.
 */
#ifndef EXPLAIN_TOLD_H
#define EXPLAIN_TOLD_H

#include "explain/subject.h"

/* One step of a CPU. */
struct told_step {
	const struct baton_point *point;
	unsigned int number; /* of the step, from 1 */
	struct text notes;   /* what the model noted; empty if nothing */
};

struct told_cpu {
	VEC(struct told_step) steps;
};

struct told {
	struct trace trace;
	struct told_cpu *cpus; /* of the program */
	struct text end;       /* how it ended; empty if there is nothing to say */
};

/**
 * told_record() - run @schedule, twice, and gather what it says.
 * @told: filled; told_release() it also after an error
 *
 * Context: the simulation of @subject is open.
 * Return: 0, or -1 if it diverged or is a BUG.
 */
int told_record(struct told *told, const struct subject *subject, const struct schedule *schedule,
		struct err *err);
void told_release(struct told *told);

/**
 * told_difference() - append where a CPU does or sees something else: "kswapd's
 * rmap/count_checked says '3 == 1+2', otherwise '4 > 1+2'".
 *
 * Return: false, with nothing appended, if there is no such step. That it does nothing more where
 *	   something has ended the execution is none.
 */
bool told_difference(const struct told *told, const struct told *other, uint32_t cpu,
		     struct text *text);

#endif
