/* SPDX-License-Identifier: MIT */
/*
 * memo_part.h - keeps a search to the traces that belong to one beginning.
 *
 * An execution need not begin like the beginning: its steps may be made in any order, and
 * with others between them, as long as the trace can still be one that belongs to it. So
 * it is within any bound on preemptions that some execution of the trace is within. What is
 * allowed depends on the trace of what was made, not on its order.
 *
 * Invariant: made and asleep are what they are after the steps in the list.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_MEMO_PART_H
#define EXPLORE_MEMO_PART_H

#include "engine/strategy.h"
#include "explore/beginning.h"

/* No event of the beginning. */
#define MEMO_PART_NONE UINT32_MAX

struct memo_part_step {
	uint32_t event;         /* of the beginning; MEMO_PART_NONE: it is none */
	uint64_t asleep_before; /* CPUs */
};

struct memo_part {
	const struct baton_program *program;
	struct beginning beginning;
	VEC(bool) made;                /* of its events */
	size_t missing;                /* events not made */
	uint32_t next[BATON_CPUS_MAX]; /* event that a core has to make next */
	uint64_t asleep;
	VEC(struct memo_part_step) steps;
};

/* @program: of the open simulation. All traces are allowed. */
void memo_part_init(struct memo_part *part, const struct baton_program *program);
void memo_part_release(struct memo_part *part);

/* To be called when the beginning is loaded. */
void memo_part_begin(struct memo_part *part);

/* The CPUs of @options that may make the next step. Context: in pick. */
uint64_t memo_part_options(const struct memo_part *part, uint64_t options);

/* CPU @cpu makes the step that it has announced. Context: in pick. */
void memo_part_step(struct memo_part *part, uint32_t cpu);

/* Forget the steps from index @count on. */
void memo_part_cut(struct memo_part *part, size_t count);

/**
 * memo_part_answers() - how may a choice be answered?
 * @step: steps made so far in this execution, with the one that it is in
 * @index: of the choice in that step
 *
 * Return: those of its options that are allowed.
 */
uint64_t memo_part_answers(const struct memo_part *part, size_t step, size_t index,
			   uint64_t options);

/* Did the execution that has ended make all of the beginning? */
bool memo_part_is_made(const struct memo_part *part);

#endif
