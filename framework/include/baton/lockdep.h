/* SPDX-License-Identifier: MIT */
/*
 * lockdep.h - are locks taken in their order, and does nobody sleep who must not?
 *
 * What a deadlock search finds, this finds in executions that get away with it. Each
 * CPU has a list of the locks that it holds, and each lock may have a class. A lock may
 * be taken under others only if
 *
 *	- the rank of its class is higher than theirs, or, of two classes with the same
 *	  rank, it was not yet the outer one in this execution;
 *	- a lock of its own class is held with a smaller subclass only (spin_lock_nested());
 *	- it does not sleep, where a spinlock is held or interrupts are off.
 *
 * One call breaks one rule at most: sleeping comes first. A trylock waits for nobody: it
 * may be taken anywhere. All this is kept in one struct,
 * which a model makes part of its state; so the answers depend on the execution only.
 *
 * Layer: public. May include: baton/kernel.h.
 */
#ifndef BATON_LOCKDEP_H
#define BATON_LOCKDEP_H

#include "baton/kernel.h"

BATON_BEGIN

/* Locks of a class are alike: which one of them it is does not matter for the order. */
struct lock_class {
	const char *name;  /* "pte lock"; static */
	unsigned int rank; /* outer locks have the smaller one; 0: no order at all */
	bool sleeps;       /* who waits for it sleeps */
	bool in_ipi;       /* what smp_call_function_many() runs takes it */
};

/* What can be wrong. */
enum lockdep_rule {
	LOCKDEP_ORDER,         /* taken against the order of classes */
	LOCKDEP_SLEEP,         /* may sleep under a spinlock, or with interrupts off */
	LOCKDEP_IPI_IRQS_OFF,  /* waits for other CPUs with interrupts off */
	LOCKDEP_IPI_LOCK,      /* waits for other CPUs under a lock that they take for it */
	LOCKDEP_NOT_HELD,      /* a lock is given up that is not held */
	LOCKDEP_RETURN_LOCKED, /* back to user mode with a lock, or with interrupts off */
	LOCKDEP_RULES,
};

/* The names of findings: "lock_order", "sleep_in_atomic", "ipi_with_irqs_off",
 * "ipi_under_lock", "lock_not_held", "return_with_lock". */
const char *lockdep_rule_name(enum lockdep_rule rule);

/* Locks that a CPU holds at once, and pairs of classes of equal rank. */
#define LOCKDEP_HELD 10
#define LOCKDEP_PAIRS 12

struct lockdep_held {
	const struct lockdep_map *lock;
	const struct baton_point *here; /* where it was taken */
};

struct lockdep_cpu {
	struct lockdep_held held[LOCKDEP_HELD]; /* outermost first */
	uint8_t subclass[LOCKDEP_HELD];
	uint8_t count;
};

/* Two classes of the same rank were taken in this order. */
struct lockdep_pair {
	const struct lock_class *outer, *inner;
	const struct baton_point *outer_here, *inner_here;
};

/* All that is known; without pointers to the heap. The last CPU is that of struct smp. */
struct lockdep {
	struct lockdep_pair pairs[LOCKDEP_PAIRS];
	uint8_t pair_count;
	struct lockdep_cpu cpu[NR_CPUS + 1];
};

/**
 * lockdep_init() - nobody holds a lock, and from now on everything is looked at.
 * @storage: in use until the next lockdep_init(); NULL: look no more
 * @report: told what is wrong, in the step in which it happens, and each time; the call
 *          that is wrong goes on (a lock that is not held stays as it is). NULL: it is a
 *          finding of that name, by baton_fail().
 *
 * Without it, LOCKDEP_NOT_HELD and LOCKDEP_IPI_IRQS_OFF are findings, and nothing else is
 * looked at.
 */
void lockdep_init(struct lockdep *storage, void (*report)(enum lockdep_rule rule, const char *why));

/* @lock belongs to @class: static, and not to change while the lock is held. */
#define lockdep_set_class(lock, its_class) ((void)((lock)->dep_map.lock_class = (its_class)))

/* See might_sleep(). */
void might_sleep_at(const struct baton_point *here);

/* The caller may sleep here: it waits for a device, or for memory. Not an access. */
#define might_sleep() might_sleep_at(BATON_HERE("might_sleep()"))

/* This CPU returns to user mode: an operation of its program is over. Not an access. */
void lockdep_sys_exit(void);

BATON_END

#endif
