/* SPDX-License-Identifier: MIT */
/*
 * scout.h - a crash comes back as data, but may have spoilt the process all the same.
 *
 * A library crashes with its lock held, or in the middle of a list; what was in the way of a
 * wild pointer is something else now. So a process that searches sends a scout, a fork() of
 * itself, and waits:
 *
 *	no crash   the scout goes on to the end of the slice and answers instead
 *	a crash    the scout notes in which execution and where, in memory that they share, and
 *		   what it was; and ends. Who waits makes the same executions up to that place.
 *		   There the execution ends, before the code runs, with what was noted. Then it
 *		   sends another scout, from behind that execution
 *	a death    who waits ends in the same way: see death.h
 *
 * So whatever is gathered was gathered by a process in which nothing has crashed, and each
 * execution is made twice at most. A scout costs a fork() per slice: the slices of a search are
 * made without one until something has crashed in its program. Who meets that crash without a
 * scout ends, and its slice is made again by another process, which sends one.
 *
 * Layer: engine. May include: base.
 */
#ifndef ENGINE_SCOUT_H
#define ENGINE_SCOUT_H

#include <stdbool.h>

struct finding;

/* This process has just called death_enter(), and sends none yet. */
void scout_enter(void);

/* A slice begins, in a process that has called death_enter(); otherwise no scouts are sent, nor
 * are they before something has crashed. */
void scout_begin(void);

/**
 * scout_send() - an execution of the slice is about to begin: if it is time, send a scout.
 *
 * Context: not on a CPU; a simulation is open.
 * Return: true: go on, as the scout or with what it has noted. false: the scout has answered,
 *	   and there is nothing left to do.
 */
bool scout_send(void);

/* All executions of the slice are made. */
void scout_end(void);

/*
 * Whatever this process does from now on is the slice, and ends with its answer: scouts are sent
 * where executions begin, without scout_send(). Of what is done twice nobody else may see
 * anything before the last execution is over. Context: behind death_enter().
 */
void scout_begin_all(void);

/* Is this process a scout? Then it ends with scout_answered(), when it has answered. */
bool scout_is(void);
_Noreturn void scout_answered(void);

/* ---- For the engine ----------------------------------------------------------------------- */

/* An execution begins. Who waits for a scout that has answered does not return. */
void scout_execution(void);

/* The execution has ended with @finding. If that was a crash, a scout does not return. */
void scout_note(const struct finding *finding);

/* Is this the execution that a scout has crashed in? */
bool scout_watches(void);

struct ending;

/* How the scout's execution ended where the code is about to run on now; NULL: not here. */
const struct ending *scout_at(void);

#endif
