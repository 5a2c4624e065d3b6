/* SPDX-License-Identifier: MIT */
/*
 * program.h - what is explored: CPUs with a common beginning and end.
 *
 * Layer: public. May include: baton/sim.h.
 */
#ifndef BATON_PROGRAM_H
#define BATON_PROGRAM_H

#include <stddef.h>

#include "baton/sim.h"

struct baton_cpu_program {
	const char *name; /* unique; letters, digits, '_'; does not begin with a digit */
	void (*run)(void *arg);
	void *arg;
	int host; /* -1; for an interrupt context the index of the CPU that it interrupts */
};

/* A value that reports show beside the steps: one column, changed values only. */
struct baton_watch {
	const char *name; /* column heading, at most 8 characters */
	long (*get)(void *arg);
	void *arg;
};

/*
 * Memory that the CPUs share. Declared memory is watched in some executions: a warning
 * says where two CPUs change the same byte in steps that no announced access orders.
 */
struct baton_region {
	const char *name; /* "struct page 3", for the warning */
	const void *address;
	size_t size; /* bytes */
};

/*
 * Each execution runs setup alone, then all CPUs interleaved, then finally alone.
 * Setup must bring all state that the CPUs share to the same values every time:
 * an execution is a function of its choices only if it does. Setup and finally
 * run on a simulated CPU of their own, so that a crash there is a finding too.
 */
struct baton_program {
	const char *name;
	const struct baton_cpu_program *cpus;
	unsigned int cpu_count;     /* 1..BATON_CPUS_MAX - 1 */
	void (*setup)(void *arg);   /* may be NULL */
	void (*finally)(void *arg); /* may be NULL */
	/* After every step behind setup, on the stack of the CPU that made it: checks what must
	 * always hold with baton_fail(). Must not reach a point. May be NULL. */
	void (*step)(void *arg);
	void *arg;
	const struct baton_watch *watches; /* may be NULL */
	unsigned int watch_count;
	const struct baton_region *regions; /* may be NULL */
	unsigned int region_count;
};

#endif
