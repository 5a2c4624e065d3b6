/* SPDX-License-Identifier: MIT */
/*
 * fault.h - should this point fail?
 *
 * A plan is a list of rules. Each says which passes of which points may fail; whether one that
 * may does is a choice like any other, so a search covers every way to spend the budget.
 * Where no more may fail, the choice has one option. Without a plan nothing fails and nothing
 * is chosen.
 *
 * Which passes may fail depends on nothing that another CPU does: a rule counts the passes of
 * each point on each CPU by itself (an interrupt context is one of its own). So
 * steps that are independent stay so, and every strategy is offered the same choices.
 *
 * Layer: engine. May include: base.
 */
#ifndef ENGINE_FAULT_H
#define ENGINE_FAULT_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/model.h"

/*
 * What is 0 or NULL was not asked for. The attributes are those of Linux's fault injection, and
 * apply in this order: cpu and function say which passes are counted; space passes are let go;
 * of those behind them first to last may fail; of these every interval-th; of these so many
 * percent as probability says.
 */
struct fault_rule {
	const char *point;        /* "mm/alloc_page"; "mm/" and '*': all that begin so */
	unsigned int first, last; /* counted from 1 behind the space; last >= first */
	unsigned int times;       /* failures per execution, all points and CPUs together */
	int error;                /* errno that it fails with; 0: the point's */
	int cpu;                  /* baton_cpu() that may fail; -1: any */
	unsigned int interval;    /* 2: the second of those passes, the fourth... */
	unsigned int space;
	unsigned int probability; /* percent, at most 100; drawn under the plan's seed */
	const char *function;     /* that has called the point, directly or not */
};

#define FAULT_RULES_MAX 64

struct fault_plan {
	const struct fault_rule *rules; /* FAULT_RULES_MAX at most */
	unsigned int count;
	unsigned int budget; /* failures per execution, all rules together */
	uint64_t seed;
	/* For the errno of points whose rule says none; ends with a NULL name. NULL: each is 1. */
	const struct model_fault *points;
};

/* A failure in the execution that runs, or ran last. */
struct fault_taken {
	const char *point;
	unsigned int rule; /* index in the plan */
	unsigned int cpu;  /* index of the CPU, or interrupt context, in the program */
	unsigned int pass; /* which of the passes that the rule counted there, from 1 */
};

/**
 * fault_set_plan() - from the next execution on.
 * @plan: used, not copied; NULL: nothing fails
 */
void fault_set_plan(const struct fault_plan *plan);

/* The plan; NULL if there is none. */
const struct fault_plan *fault_plan(void);

/* Does @pattern, which may end in '*', stand for the point of this name? */
bool fault_matches(const char *pattern, const char *name);

/* How far a rule has come, at most, since the plan was set. */
enum fault_level {
	FAULT_UNREACHED,
	FAULT_ELSEWHERE, /* its points were passed, but not on its CPU or not in its function */
	FAULT_PASSED,    /* it counted passes, but none that its nth, space and interval let fail */
	FAULT_SELECTED,  /* some of those, but its probability has drawn none of them */
	FAULT_DRAWN,     /* it would have let some fail, but each time an earlier rule did */
	FAULT_ASKED,     /* it has let a pass fail: whether it does was chosen */
};

struct fault_reach {
	enum fault_level level;
	unsigned int passes; /* that it counted at most, of a point on a CPU in an execution */
};

/* Of rule @index of the plan; valid until the next plan. */
const struct fault_reach *fault_reach(unsigned int index);

/* Forget how far the rules have come. */
void fault_reach_restart(void);

/* Let @reach be as far as @other, too. */
void fault_reach_merge(struct fault_reach *reach, const struct fault_reach *other);

/* Let all FAULT_RULES_MAX be as far as they were in another process. */
void fault_reach_set(const struct fault_reach *reach);

/* For the scheduler: the planned fault that is chosen now happens. */
void fault_note(void);

/* Those that failed: @index is below fault_taken_count(). Valid until the next execution. */
unsigned int fault_taken_count(void);
const struct fault_taken *fault_taken(unsigned int index);

/* A new execution: counts start over. Called by the engine. */
void fault_begin(void);

/**
 * fault_decide() - ask the plan, and if it allows a failure, the strategy.
 * @point: name of the fault point
 *
 * The first rule, in the order of the plan, that lets this pass fail asks; no other one does.
 *
 * Context: on a CPU. Does not switch.
 * Return: 0 to go on, or the errno to fail with. In setup and finally: 0.
 */
int fault_decide(const char *point);

#endif
