/* SPDX-License-Identifier: MIT */
/*
 * pop_frame.h - executions, and the nodes that are to be explored because of them.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_POP_FRAME_H
#define EXPLORE_POP_FRAME_H

#include "base/vec.h"
#include "explore/dpor_outcome.h"
#include "explore/dpor_path.h"

enum pop_kind {
	POP_REVERSAL, /* a step comes before the default step, with what it needs */
	POP_ANSWER,   /* a choice in a step is answered otherwise */
	POP_ASLEEP,   /* the default step was a finding: the others go on first */
	POP_ROOT,     /* a choice before the first step is answered otherwise */
};

struct pop_step {
	uint32_t outcome; /* all answers, or how they begin */
	uint8_t cpu;
	bool first; /* a default step: it stands for all traces in which it can come first */
};

/* Where an execution is not what the defaults would have made of it. */
struct pop_deviation {
	uint32_t place;  /* of the default step that was not made, or of the answer */
	uint32_t target; /* the step that came before it; the one with the answer */
	uint8_t kind;
	uint8_t cpu; /* whose default step it was */
};

/* What execution to run next: its steps, and behind them the defaults. */
struct pop_node {
	struct dpor_choices root; /* before the first step */
	VEC(struct pop_step) steps;
	VEC(struct pop_deviation) deviations; /* in the order of their places */
	size_t tail;    /* events from this one on are new: no execution before had them here */
	size_t answers; /* of the event before the tail, if it is about answers: choices that are
			 * not new; SIZE_MAX: all */
	size_t root_answers; /* the same of the choices before the first step */
	bool alone;          /* this execution only: the nodes that it leads to are elsewhere */
};

/* A node, told by how it differs from an execution. */
struct pop_plan {
	uint32_t place;
	uint32_t outcome; /* POP_ANSWER: of the step, up to the answer; POP_ROOT: the answer */
	uint32_t clock;   /* POP_REVERSAL: index of what the step needs */
	uint8_t kind;
	uint8_t cpu; /* POP_REVERSAL: who makes the step; POP_ASLEEP: who does not */
};

struct pop_frame {
	struct pop_node node; /* the execution: all of its steps */
	VEC(struct pop_plan)
	plans;                /* the last one is next: the deepest one, as it has the longest
				     * beginning in common with what was run */
	VEC(uint32_t) clocks; /* of plans, clock_size entries each */
};

/* Make @to equal to @from; memory is reused. */
void pop_node_copy(struct pop_node *to, const struct pop_node *from);
void pop_node_clear(struct pop_node *node);
void pop_node_release(struct pop_node *node);

void pop_frame_clear(struct pop_frame *frame);
void pop_frame_release(struct pop_frame *frame);

/* Bring the plans into their order. */
void pop_frame_sort(struct pop_frame *frame);

/**
 * pop_frame_node() - the node that @plan tells.
 * @clock_size: entries of a clock
 * @node: overwritten
 */
void pop_frame_node(const struct pop_frame *frame, const struct pop_plan *plan, size_t clock_size,
		    const struct dpor_outcomes *outcomes, struct pop_node *node);

#endif
