/* SPDX-License-Identifier: MIT */
/*
 * sim.h - one execution of a program under a strategy.
 *
 * There is one simulation per process. Its CPUs are fibers; besides the program's
 * own there is the solo CPU, which runs setup and finally. The life of a CPU in
 * the main phase:
 *
 *	start     it runs up to its first access and announces that (no step: nothing
 *	          shared is touched yet, so the order of starts is no choice)
 *	a step    it is picked, performs the access that it announced, and runs on up
 *	          to its next one
 *	exit      it returns from its function; that is not a step either
 *
 * The CPU that has just announced asks the strategy on its own stack and switches
 * only if another one is picked: most steps cost no switch.
 *
 * Layer: engine. May include: base.
 */
#ifndef ENGINE_SIM_H
#define ENGINE_SIM_H

#include "base/err.h"
#include "baton/program.h"
#include "engine/finding.h"
#include "engine/schedule.h"
#include "engine/strategy.h"
#include "engine/trace.h"

/* Steps of one execution before it counts as a livelock. */
#define SIM_STEPS_MAX_DEFAULT 10000u

enum sim_end {
	SIM_DONE,    /* all CPUs ran to their end */
	SIM_FINDING, /* sim_finding() says what */
	SIM_STOPPED, /* the strategy did not want it (STRATEGY_STOP) */
	SIM_CUT,     /* it has made as many steps as sim_bound_steps() allows, and could go on */
};

/**
 * sim_init() - get ready to run @program.
 * @program: must outlive the simulation
 * @err: why not: bad CPU names or hosts, too many CPUs, no memory for stacks
 *
 * Catches signals of the code under test from now on.
 *
 * Context: not on a CPU, no other simulation is open.
 * Return: 0, or -1.
 */
int sim_init(const struct baton_program *program, struct err *err);

/**
 * sim_forked() - have the simulation go on in the child of a fork().
 *
 * Context: in the child, before the next execution.
 */
void sim_forked(void);

/* Unmap the stacks and put the signal handlers back. */
void sim_release(void);

/**
 * sim_execute() - run one execution from setup to finally.
 * @strategy: makes the choices; its begin was called, its end is the caller's
 * @steps_max: steps of the main phase before it is a livelock; 0: SIM_STEPS_MAX_DEFAULT
 * @trace: filled if not NULL; its old contents are dropped. Stacks start out filled
 *         with one byte then, so that uninitialised reads are the same every time.
 *
 * Context: not on a CPU.
 */
enum sim_end sim_execute(struct strategy *strategy, unsigned int steps_max, struct trace *trace);

/**
 * sim_bound_steps() - end executions after so many steps of the main phase.
 * @steps: 0: no bound, as after sim_init()
 *
 * From the next execution on. What is cut has no end state, and finally is not run; what has
 * just come to its end, or cannot go on, is not cut.
 *
 * Context: a simulation is open, not on a CPU.
 */
void sim_bound_steps(unsigned int steps);

/* What the open simulation runs; NULL if there is none. */
const struct baton_program *sim_program(void);

/* Of the last execution; valid until the next. */
enum sim_end sim_ended(void);
const struct finding *sim_finding(void);
const struct schedule *sim_schedule(void);
unsigned int sim_steps(void);
unsigned int sim_preemptions(void);

/**
 * sim_repeats() - is the state one that the last execution has passed after as many steps?
 *
 * So it is while both have made the same choices. A step callback has seen it before, then,
 * and need not look again. False while an execution is recorded.
 *
 * Context: in a program's step callback.
 */
bool sim_repeats(void);

/* What a CPU has announced and not yet done. */
struct sim_access {
	const struct baton_point *point;
	const void *object;
	enum baton_access_kind kind;
	const struct baton_wait *wait; /* NULL if it cannot block */
	bool retries;                  /* baton_retry(); several objects: kind is BATON_LOCAL */
	bool retried;                  /* and somebody has written since */
	bool frozen;                   /* an interrupt context of this CPU is busy */
	bool idle;                     /* it waits for work: baton_idle() */
	bool held;                     /* an interrupt context whose host takes no interrupts */
};

/**
 * sim_pending() - the announced access of a CPU.
 * @cpu: index in the program
 *
 * Context: in a strategy's pick, or after the execution.
 * Return: its access; point is NULL for a CPU that has finished.
 */
struct sim_access sim_pending(int cpu);

/**
 * sim_awaits_several() - did a CPU wait with baton_retry() for one of several objects?
 *
 * Such a step is BATON_LOCAL: once it can be made, its order does not matter. But whether it
 * can be made depends on steps that it is said not to depend on.
 *
 * Context: during or after an execution.
 */
bool sim_awaits_several(void);

/* CPUs that have not finished, idle ones too. Context: as sim_pending(). */
uint64_t sim_unfinished(void);

/*
 * Has a finding ended the execution where CPUs had not finished? Idle ones do not count. (In
 * finally a finding stops nothing: the steps are all made.) Context: after the execution.
 */
bool sim_cut_short(void);

/**
 * sim_stacks() - record where all CPUs stand now, and not at the end of the execution.
 *
 * For what is wrong and yet does not end the execution. The first call counts; does
 * nothing unless the execution is recorded and in its main phase.
 *
 * Context: on a CPU, or in a program's step callback.
 */
void sim_stacks(void);

/**
 * sim_on_large_stack() - call @run(@arg) where there is room for what a fiber has none for.
 *
 * As a CPU's call it is part of its step: it must not reach a point.
 *
 * Context: anywhere.
 */
void sim_on_large_stack(void (*run)(void *arg), void *arg);

/* A step that was made: CPU @cpu has made an access of @kind to @object. */
struct sim_step {
	const void *object;
	uint8_t cpu, kind;
	uint8_t order; /* moment.h's sim_order_last(); 0: nothing was said */
};

/**
 * sim_made() - the steps of the main phase of this execution, so far.
 * @count: how many
 *
 * Context: on a CPU. Return: valid until the next step.
 */
const struct sim_step *sim_made(size_t *count);

/**
 * sim_describe() - say more of the finding that is about to be made.
 * @describe: appends lines to @details; called when a recorded execution has ended, on a large
 *	      stack; not called if it is not recorded
 *
 * Context: on a CPU.
 */
void sim_describe(void (*describe)(struct text *details));

/**
 * sim_saw() - a step callback has seen something that counts to the end of the execution.
 * @what: any number; at most once per execution
 *
 * Ways to one state can differ in what was seen on them. A strategy that does not go on
 * where an execution was before must tell them apart, by sim_seen().
 *
 * Context: in a program's step callback.
 */
void sim_saw(unsigned int what);

/* A number for the set of all that was seen in this execution; 0: nothing. */
uint64_t sim_seen(void);

/**
 * sim_wait_text() - why CPU @cpu does not run: "waits for ptl(P) held by dio".
 *
 * Appends nothing if it is not blocked.
 */
void sim_wait_text(int cpu, struct text *text);

#endif
