/* SPDX-License-Identifier: MIT */
/*
 * strategy.h - who decides: the interface that explore/ implements.
 *
 * The engine calls begin, then pick for every step and every other choice with
 * more than one option, then end. A strategy that wraps another one narrows
 * choice.options before it passes the choice on.
 *
 * Layer: engine. May include: base.
 */
#ifndef ENGINE_STRATEGY_H
#define ENGINE_STRATEGY_H

#include <stdbool.h>
#include <stdint.h>

#include "baton/sim.h"

struct choice {
	enum baton_choice_kind kind;
	uint64_t options; /* bit i: option i may be picked; never 0 */
	/* The options there would be without limits on failures (fault.h): how many failed
	 * before depends on the order of the CPUs, and this does not. */
	uint64_t unlimited;
	unsigned int rule; /* of a planned fault: its number in the plan, from 1; else 0 */
	int current;       /* CPU that made the last step, -1 at the first step */
	unsigned int step; /* steps made so far */
	const char *name;  /* what is chosen; NULL for a CPU */
};

/* Answer of pick: end this execution, it is not wanted. */
#define STRATEGY_STOP UINT32_MAX

struct strategy {
	void (*begin)(struct strategy *strategy);
	/* An option whose bit is set, or STRATEGY_STOP. Called on a CPU's stack: keep it small. */
	uint32_t (*pick)(struct strategy *strategy, const struct choice *choice);
	/* Return: true if there is another execution to run. */
	bool (*end)(struct strategy *strategy);
	struct strategy *inner; /* of a wrapper, else NULL */
};

/* Lowest set bit of a set of options. */
static inline uint32_t options_first(uint64_t options)
{
	return (uint32_t)__builtin_ctzll(options);
}

/* How many there are. There are few, mostly: a loop is faster than the function that gcc calls. */
static inline uint32_t options_count(uint64_t options)
{
	uint32_t count = 0;

	for (; options; options &= options - 1)
		count++;
	return count;
}

static inline bool options_has(uint64_t options, uint32_t option)
{
	return options >> option & 1;
}

/* Can the CPU that made the last step go on, as far as @options let it? */
static inline bool choice_goes_on(const struct choice *choice, uint64_t options)
{
	return choice->current >= 0 && options_has(options, (uint32_t)choice->current);
}

/* Where nothing speaks for another of @options: the CPU goes on, or the first one does; nothing
 * fails. */
static inline uint32_t choice_default(const struct choice *choice, uint64_t options)
{
	if (choice->kind == BATON_CHOICE_CPU && choice_goes_on(choice, options))
		return (uint32_t)choice->current;
	return options_first(options);
}

#endif
