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

BATON_BEGIN

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
 * The state of a program as reports show it: objects, and their fields as text. It is asked
 * for after each step of an execution that is recorded, and never while searching.
 */
struct baton_shown;

/**
 * baton_show_object() - begin an object; its fields follow.
 * @kind: "page"
 * @name: "A"; where another object of this kind has it, this one is "A #2". Copied, as is @kind
 * @address: accesses to the @size bytes from there on are accesses to this object; where
 *	     objects lie in one another, to the smallest. NULL: none are
 *
 * Context: in the show callback of a program.
 */
void baton_show_object(struct baton_shown *shown, const char *kind, const char *name,
		       const void *address, size_t size);

/**
 * baton_show_field() - a field of the object that was begun last.
 * @name: "refcount"; copied
 * @format: of its value, at most 255 bytes; longer ones are cut
 *
 * Context: as baton_show_object().
 */
void baton_show_field(struct baton_shown *shown, const char *name, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * Each execution runs setup alone, then all CPUs interleaved, then finally alone.
 * Setup must bring all state that the CPUs share to the same values every time:
 * an execution is a function of its choices only if it does. Setup and finally
 * run on a simulated CPU of their own, so that a crash there is a finding too.
 */
struct baton_program {
	size_t size; /* sizeof(struct baton_program), of this header; 0: of version 0.1 */
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
	/* What reports show of the state: calls baton_show_object() and baton_show_field() for
	 * all of it, in the same order each time. Must not change anything, nor reach a point.
	 * The state may be one that a crash has left. May be NULL. */
	void (*show)(struct baton_shown *shown, void *arg);
};

BATON_END

#endif
