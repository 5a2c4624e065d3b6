/* SPDX-License-Identifier: MIT */
/*
 * moment.h - where the execution stands, for what looks at each access of the code under test.
 *
 * That is asked in front of each plain access: a call that answers would take longer than what is
 * done with the answer, so these are inline, and the engine's state can be seen here.
 *
 * Layer: engine. May include: base.
 */
#ifndef ENGINE_MOMENT_H
#define ENGINE_MOMENT_H

#include "engine/sim_state.h"

/* Of the CPU that runs. */
struct sim_moment {
	unsigned int cpu;        /* baton_cpu() */
	unsigned int steps;      /* that were made */
	unsigned long execution; /* baton_execution() */
	bool recording;          /* is this execution recorded? */
};

/* Return: false if no CPU runs, or not in the main phase. */
static inline bool sim_moment(struct sim_moment *moment)
{
	if (!sim.current || sim.phase != TRACE_MAIN)
		return false;
	moment->cpu = (unsigned int)sim.current->number;
	moment->steps = (unsigned int)sim.made.count;
	moment->execution = sim_execution;
	moment->recording = sim.trace != NULL;
	return true;
}

/* Does a CPU run? */
static inline bool sim_on_cpu(void)
{
	return sim.current != NULL;
}

/* Is the execution recorded? Then what takes time may be looked at for the finding. */
static inline bool sim_is_recorded(void)
{
	return sim.trace != NULL;
}

/* Is the main phase on, and not setup or finally? Context: on a CPU; elsewhere it says anything. */
static inline bool sim_is_main(void)
{
	return sim.phase == TRACE_MAIN;
}

/* Say what the step that this CPU has just made orders, to those who ask by sim_made(). Context: on
 * a CPU; in setup and finally it does nothing. */
static inline void sim_order_last(uint8_t order)
{
	if (sim.phase == TRACE_MAIN)
		sim.made.items[sim.made.count - 1].order = order;
}

#endif
