/* SPDX-License-Identifier: MIT */
/*
 * injector.h - failures of a library's own points as choices of the search.
 *
 * A library that asks "does this fail?" by a function of its own is explored without a change if
 * that function asks here. baton's injector for libfiu is one of these: link it
 * (`pkg-config --libs baton-fiu`; in CMake baton::fiu), and fiu_return_on(), fiu_do_on() and
 * fiu_fail() are choices. What you write yourself needs baton_fault() of baton/sim.h only; this
 * is for what wraps somebody else's function.
 *
 * Layer: public. May include: baton/sim.h.
 */
#ifndef BATON_INJECTOR_H
#define BATON_INJECTOR_H

#include "baton/sim.h"

BATON_BEGIN

/**
 * baton_fault_decide() - should this pass of a point fail, and with what?
 * @point: name of the fault point; used until the call returns
 * @caller: address in the code that asks, __builtin_return_address(0) of the wrapper: results name
 *	    its function and line
 *
 * As baton_fault(), and it says with what. Ask before any lock of the library is taken.
 *
 * Context: anywhere. Does not switch.
 * Return: 0 if it works: no rule lets it fail, the search has chosen so, or this is no CPU of a
 *	   running execution (outside, in setup, in finally); else the errno of the rule, or 1 if
 *	   the rule has none.
 */
int baton_fault_decide(const char *point, const void *caller);

/**
 * baton_fault_at() - baton_fault(), for a primitive: the place is its caller's.
 * @caller: as of baton_fault_decide()
 *
 * Context: as baton_fault().
 */
bool baton_fault_at(const char *point, const void *caller);

/* As of baton_fault(): a literal is known without being passed. */
#define baton_fault_at(point, caller)                                                          \
	((void)BATON_RECORD_("baton_faults", BATON_JOIN(baton_fault_, __COUNTER__), point, 1), \
	 baton_fault_at(point, caller))

/**
 * baton_fault_route() - have an injector answer for baton_fault(), too.
 * @answer: gets the point and what baton_fault_decide() has said about it; its answer is that of
 *	    baton_fault(). It runs on the CPU, and must reach no point. NULL: as at first, nobody
 *
 * For a library that keeps what failed last, so that it knows of all failures. There is one such
 * function in a program: the last call counts.
 *
 * Context: anywhere. Does not switch.
 */
void baton_fault_route(bool (*answer)(const char *point, int error));

/**
 * baton_execution() - the number of the execution that runs, or ran last, in this process.
 *
 * For what is kept per CPU and must not be taken for that of an earlier execution. It says
 * nothing about the order of a search: code under test that decides by it is no function of its
 * choices.
 *
 * Context: anywhere. Does not switch.
 * Return: from 1; 0 before the first.
 */
unsigned long baton_execution(void);

BATON_END

#endif
