/* SPDX-License-Identifier: MIT */
/*
 * fault.h - should this point fail?
 *
 * A plan says which fault points may fail, and how often in one execution. Whether
 * an eligible point does fail is a choice like any other, so a search covers every
 * way to spend the budget. Where no more may fail, the choice has one option. Without a
 * plan nothing fails and nothing is chosen.
 *
 * Layer: engine. May include: base.
 */
#ifndef ENGINE_FAULT_H
#define ENGINE_FAULT_H

#include <stdbool.h>
#include <stdint.h>

struct fault_rule {
	const char *point;  /* "mm/alloc_page" */
	unsigned int first; /* passes of the point that may fail, counted from 1 in each... */
	unsigned int last;  /* ...execution, of each CPU by itself; last >= first */
	unsigned int times; /* failures per execution, all CPUs together */
	int error;          /* errno that it fails with */
	int cpu;            /* baton_cpu() that may fail; only its passes count. -1: any */
};

#define FAULT_RULES_MAX 16

struct fault_plan {
	const struct fault_rule *rules; /* FAULT_RULES_MAX at most */
	unsigned int count;
	unsigned int budget; /* failures per execution, all rules together */
};

/**
 * fault_set_plan() - from the next execution on.
 * @plan: used, not copied; NULL: nothing fails
 */
void fault_set_plan(const struct fault_plan *plan);

/* How often the point of rule @index was passed since the plan was set, all executions. */
unsigned long fault_passes(unsigned int index);

/* The plan; NULL if there is none. */
const struct fault_plan *fault_plan(void);

/* A new execution: counts start over. Called by the engine. */
void fault_begin(void);

/**
 * fault_decide() - ask the plan, and if it allows a failure, the strategy.
 * @point: name of the fault point
 *
 * Context: on a CPU. Does not switch.
 * Return: 0 to go on, or the errno to fail with.
 */
int fault_decide(const char *point);

/**
 * fault_set_source() - route baton_fault() through an injector.
 * @fails: answers for a fault point, normally by way of fault_decide(); NULL: fault_decide()
 */
void fault_set_source(bool (*fails)(const char *point));

#endif
