/* SPDX-License-Identifier: MIT */
/*
 * sim_state.h - the state of the simulation, shared by the files of the engine.
 *
 * CPUs are numbered as in the program; the solo CPU has the number after the last.
 * In the sets below bit i stands for CPU i, and at any scheduling point:
 *
 *	ready    announced an access that cannot block
 *	waiting  announced one that can; its predicate is asked at each step
 *	frozen   hosts of interrupt contexts that are busy
 *	held     interrupt contexts whose host takes no interrupts: baton_irq_hold()
 *	alive    must come to an end before the phase is over: neither finished nor idle
 *	         (baton_idle())
 *
 *	retrying announced another iteration, for which somebody must write first
 *
 * ready, waiting and retrying are disjoint; a CPU in none has finished or is not started.
 *
 * Layer: engine, private to it.
 */
#ifndef ENGINE_SIM_STATE_H
#define ENGINE_SIM_STATE_H

#include <pthread.h>

#include "engine/crash.h"
#include "engine/fiber.h"
#include "engine/sim.h"
#include "engine/spin.h"

/* Objects that an iteration can look at and be waited for: baton_retry(). */
#define RETRY_OBJECTS_MAX 8

struct cpu {
	struct fiber fiber;
	const struct baton_point *label; /* of POINT(), for the next access */
	const struct baton_point *point; /* announced; NULL before the first and after the last */
	const void *object;
	enum baton_access_kind kind;
	const struct baton_wait *wait;         /* NULL if it cannot block */
	uint64_t bit;                          /* in the sets of struct sim */
	int number;                            /* what baton_cpu() answers */
	int host;                              /* index of the CPU that it interrupts, -1 */
	unsigned int accesses;                 /* announced in this iteration: baton_retry() */
	unsigned int iteration;                /* steps that there were when it began */
	bool retries;                          /* announced the end of one */
	const struct baton_point *retry_point; /* where it began; NULL: where the CPU did */
	unsigned int awaited_count;            /* of the objects that it looked at */
	const void *awaited[RETRY_OBJECTS_MAX];
	struct spin spin; /* what may be a loop that waits */
};

struct sim {
	const struct baton_program *program;
	unsigned int cpu_count; /* of the program */
	struct cpu cpus[BATON_CPUS_MAX];
	pthread_t thread;       /* the OS thread that all of it runs on */
	struct fiber scheduler; /* its own stack */
	struct fiber *running;  /* NULL while the scheduler runs */
	struct cpu *current;    /* the CPU that runs; NULL while the scheduler runs */
	int last;               /* CPU that made the last step of this phase, -1 */
	enum trace_phase phase;
	bool careful;                    /* death_watches() */
	bool watched;                    /* something is to be done after each step */
	bool known;                      /* fail_known() */
	bool checking;                   /* the program's step callback runs */
	bool awaits_several;             /* see sim_awaits_several() */
	unsigned int started, start_end; /* CPUs [started, start_end) are yet to start */
	uint64_t ready, waiting, retrying, frozen, held, alive;
	unsigned int steps, steps_max; /* of the main phase */
	unsigned int steps_bound;      /* of sim_bound_steps() */
	unsigned int steps_end;        /* the smaller one of the two */
	unsigned int preemptions;      /* of the main phase */
	unsigned int solo_steps;       /* of setup and finally */
	uint64_t seen;                 /* see sim_saw() */
	VEC(struct sim_step) made;     /* steps of the main phase */
	unsigned long progress;        /* never reset: the watchdog looks at it */
	struct strategy *strategy;
	enum sim_end end;
	struct finding finding;
	struct schedule schedule;
	size_t entries_before; /* of the schedule of the last execution */
	bool repeats;          /* it has begun like this one, which is not recorded */
	struct trace *trace;   /* NULL: not recording */
	struct {
		struct cpu *cpu; /* has switched to the scheduler to have this done there */
		void (*run)(void *arg);
		void *arg;
	} errand;
	void (*describe)(struct text *details); /* see sim_describe() */
	struct crash_report crash;
	bool open;
};

extern struct sim sim;

/* See baton_execution(). Not in struct sim: another simulation goes on counting. */
extern unsigned long sim_execution;

static inline int sim_index(const struct cpu *cpu)
{
	return (int)(cpu - sim.cpus);
}

static inline uint64_t sim_bit(const struct cpu *cpu)
{
	return cpu->bit;
}

/* step.c: what a CPU's fiber runs; @cpu is its struct cpu. */
void step_entry(void *cpu);
/* @cpu will make this access next. */
void step_announce(struct cpu *cpu, const struct baton_point *here, const void *object,
		   enum baton_access_kind kind);
/* @cpu has announced; returns when it was picked. */
void step_reschedule(struct cpu *cpu);

/* retry.c: CPU @picked makes its step in the main phase. */
static inline void retry_note(const struct cpu *picked)
{
	const struct sim_step step = { picked->object, (uint8_t)sim_index(picked),
				       (uint8_t)picked->kind, 0 };

	vec_push(&sim.made, step);
}
/* @cpu is about to make an access again, in the state in which it was when there were @first steps:
 * if it has changed nothing since, it waits. Return: so it is. */
bool retry_loop(struct cpu *cpu, const struct baton_point *here, unsigned int first);
/* Somebody retries, and CPU @picked makes its step: those that wait for it can go on. */
void retry_wake(const struct cpu *picked);

/* Start the prepared CPUs [first, end), and run until the phase is over. */
void step_phase(unsigned int first, unsigned int end);
/* Ask the strategy, on a CPU. In setup and finally, and outside: 0. */
unsigned int step_choose(struct choice *choice);
/* CPUs that can be picked now. */
uint64_t step_enabled(void);

/* fail.c: fill sim.finding from the state. None of them returns to the code under test. */
void fail_deadlock(void);
void fail_livelock(void);
void fail_crash(void);
struct ending;

/* The current CPU is about to run on, and it is known how the execution ends then. */
void fail_known(const struct ending *ending);
/* All CPUs are through: is memory left that nobody has freed? Only if so, fill it. */
bool fail_leak(void);

/* record.c: build sim.trace; only called when there is one. */
void record_begin(void);
/* Where gdb stops, before CPU @cpu makes step @step of a recorded execution: gdb-baton.py. */
void baton_gdb_step(unsigned int step, int cpu);
void record_step(int cpu, bool preempts, uint64_t enabled);
void record_after_step(void);
void record_choice(enum baton_choice_kind kind, unsigned int option, const char *name);
void record_end(void);
/* record_state.c: what the program shows differs after @event, a step or the beginning. */
void record_state(struct trace_event *event);
void record_state_begin(void);
/* The entry of the trace for what is at @address. */
unsigned int record_object(const void *address);
/* A number that stands for @address in this execution. */
unsigned int record_location(const void *address);
/* The stacks of all CPUs; on the scheduler's stack, so that every CPU is switched out. */
void record_stacks(void);

#endif
