/* SPDX-License-Identifier: MIT */
/*
 * mutable.h - calls that can be left out on purpose, to see whether anybody notices.
 *
 * A mutant of a program is the program without one of its locks, flushes, rechecks,
 * references...: the call at one place of the source does nothing. Scenarios that
 * expect "never" should notice; "baton mutate" runs them. Each place is a static
 * record in the linker section "baton_mutables", so all mutants are known without
 * running anything. Locks and local_irq_disable() of baton/kernel.h are such places
 * wherever they are used; other calls become one by the macros below.
 *
 * As long as nobody asks for a mutant, each place costs one test of a flag.
 *
 * Layer: public. May include: baton/point.h.
 */
#ifndef BATON_MUTABLE_H
#define BATON_MUTABLE_H

#include "baton/point.h"

BATON_BEGIN

struct baton_mutable {
	const struct baton_point *point; /* of the call; its name is the call's text */
	const char *kind;                /* "lock", "flush", "recheck", ... */
	const char *function;            /* that it is in */
};

#define BATON_MUTABLE_(id, record, what, text)                                                 \
	(__extension__({                                                                       \
		static const struct baton_point id BATON_LISTED_(                              \
			"baton_points", struct baton_point) = { text, __FILE__, __LINE__, 0 }; \
		static const struct baton_mutable record BATON_LISTED_(                        \
			"baton_mutables", struct baton_mutable) = { &id, what, __func__ };     \
		&id;                                                                           \
	}))

/* As BATON_HERE(), for a call of kind @kind that can be left out. */
#define BATON_MUTABLE(kind, text)                            \
	BATON_MUTABLE_(BATON_JOIN(baton_here_, __COUNTER__), \
		       BATON_JOIN(baton_mutable_, __COUNTER__), kind, text)

/* Is the call at @here, a BATON_MUTABLE(), to be left out? */
#define BATON_LEFT_OUT(here) (__builtin_expect(baton_mutating, 0) && baton_leaves_out(here))

/* The value of @call, or of @instead in the mutant. For a macro of the function's name. */
#define BATON_UNLESS_LEFT_OUT(kind, call, instead) \
	(BATON_LEFT_OUT(BATON_MUTABLE(kind, #call)) ? (instead) : (call))

/* Has changed what was looked at before? A mutant does not look again, and says no. */
#define BATON_RECHECK(changed) (!BATON_LEFT_OUT(BATON_MUTABLE("recheck", #changed)) && (changed))

/*
 * Are places counted, or is one left out? Only baton_mutate() sets it. What is left out may
 * be the lock that keeps something to its holder: so what is no step because of a lock is
 * one then (baton_access_locked()), also where places are only counted. That is how it is
 * seen that these steps alone show nothing.
 */
extern bool baton_mutating;

/* What BATON_LEFT_OUT() expands to. Context: anywhere. Does not switch. */
bool baton_leaves_out(const struct baton_point *here);

/**
 * baton_mutate() - leave out one call from now on, and count which are reached.
 * @left_out: the call; NULL for none
 * @reached: set to true, by baton_mutable_index(), for each place that is come by;
 *           storage of the caller, in use until the next call. NULL: nothing is
 *           counted, and without @left_out either, all is as if nobody had asked
 *
 * Context: not in a simulation.
 */
void baton_mutate(const struct baton_mutable *left_out, bool *reached);

/**
 * baton_mutable_next() - iterate over all places of the program, in link order.
 * @previous: NULL to start
 *
 * Context: anywhere. Does not switch.
 * Return: the next place, or NULL after the last.
 */
const struct baton_mutable *baton_mutable_next(const struct baton_mutable *previous);

/* Which one in that order, from 0. Context: anywhere. */
unsigned int baton_mutable_index(const struct baton_mutable *place);

BATON_END

#endif
