/* SPDX-License-Identifier: MIT */
/*
 * death.h - code under test that ends the process, or spoils it, is a finding like any other.
 *
 * A crash comes back as data (crash.h). What does not: _exit(), a signal that cannot be caught,
 * an overwritten heap of the explorer's, a signal mask or a file descriptor that is not as it
 * was. So executions are made in a process that may die, and the one that has started it learns
 * where, in three steps:
 *
 *	it dies    what it did is begun again in a fresh process, which is careful: before
 *		   code under test runs on, the place is written to its journal, in memory that
 *		   both processes share; and the state of the process is looked at
 *	it dies    again, as it makes the same choices. The place in its journal becomes a known
 *		   death
 *	it lives   in the third process the execution ends at that place, before the code there
 *		   runs, with the finding `death`; and all goes on behind it
 *
 * So nothing is lost and nothing counts twice, whatever strategy makes the choices, and where
 * nothing dies it costs nothing. Known deaths are shared by all processes that are forked
 * after death_init(); so an execution that is recorded ends there, too.
 *
 * A BUG of baton's own in that process ends it, too: bug.h. The process says which, and looks
 * at itself: if the code has spoilt it, that is a death. Otherwise the finding is `bug`.
 *
 * A place is where the scheduler hands over to the code: what came before in the execution.
 *
 * Layer: engine. May include: base.
 */
#ifndef ENGINE_DEATH_H
#define ENGINE_DEATH_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/text.h"
#include "engine/finding.h"

/* In memory that is shared with the parent. */
struct journal;

/* After so many deaths in one program nothing more is learned: its search is cut. */
#define DEATHS_MAX 1000u

/* Nothing more is learned after @deaths, for tests; 0: as it is. Return: how many it is. */
unsigned int death_max(unsigned int deaths);

/* How an execution ends at a known place. */
#define ENDING_BYTES 300u

struct ending {
	enum finding_kind kind;
	const char *name; /* static storage */
	char text[ENDING_BYTES];
};

/* Known deaths from now on are shared with forks. Return: 0; -1 if there is no memory. */
int death_init(void);

/* Deaths that are learned and looked for are those of this program: any number. */
void death_key(uint64_t key);

/* Something has crashed in this program; has it, in any process since death_init()? */
void death_crashes(void);
bool death_may_crash(void);

/* For a process that is to be forked. Return: NULL if there is no memory. */
struct journal *journal_new(void);
void journal_free(struct journal *journal);
/* Forget what a process that has ended wrote. */
void journal_clear(struct journal *journal);

/**
 * death_enter() - this process is the one that may die.
 * @journal: its own
 * @socket: that its parent listens to, -1: none
 */
void death_enter(struct journal *journal, int socket);

/* Be careful from the next execution on, or no longer. Without death_enter(): nothing. */
void death_careful(bool careful);
bool death_is_careful(void);
/* Careful, but the process is looked at now and then: a death says that there is one, and where is
 * for the next process to learn. */
void death_scan(bool scans);

/* How far this process has come, for who waits for it. */
void death_count(uint64_t executions);
uint64_t journal_executions(const struct journal *journal);

/* Who is at work in place of the process that this is the journal of: 0: itself. See scout.h. */
pid_t journal_scout(const struct journal *journal);

/* The BUG that the process has met, of which the code under test is not known to be the cause:
 * "engine/step.c:12: condition"; empty: none. */
const char *journal_bug(const struct journal *journal);

/* Why baton itself could not go on there, whatever the code under test did: "out of memory"; empty:
 * it could. */
const char *journal_gave_up(const struct journal *journal);

/* Give up if this is not the OS thread that sim_init() was called on. Context: a CPU has
 * run. */
void death_check_thread(void);

/* The code under test is about to run, or does not any more. */
void death_executes(bool executes);
bool journal_executes(const struct journal *journal);

/* What the code under test is blocked by: for who has seen it, before crash_ask(); told there. */
void journal_block(struct journal *journal, const char *why);
const char *death_blocked(void);

/* Called by the watchdog: signals are delivered. */
void death_tick(void);
uint64_t journal_ticks(const struct journal *journal);

/* If the process is not as death_enter() found it, die. Context: not on a CPU. */
void death_check(void);

/**
 * death_learn() - a process has died.
 * @why: how: "was killed by signal 9 (Killed)"
 *
 * Memory that was written to may show when that execution is over: then the place is where it
 * was last. If that turns out not to help, it is the choice before that, and so on.
 *
 * Return: DEATH_LEARNED: it is known now. DEATH_UNKNOWN: the process was not careful, had not
 *	   begun an execution, or gave up. DEATH_TOO_MANY: as many are known of its program as
 *	   can be.
 */
enum death_lesson {
	DEATH_UNKNOWN,
	DEATH_LEARNED,
	DEATH_TOO_MANY,
} death_learn(const struct journal *journal, const char *why);

/* ---- For the engine ----------------------------------------------------------------------- */

/* Is the place of each handover to be looked at? */
bool death_watches(void);

/* An execution begins, or has ended. */
void death_begin(void);
void death_end(void);

/* The code under test has run. Has it spoilt the process? */
void death_look(void);

/**
 * death_at() - the code under test is about to run on.
 *
 * Return: how it is known to end here; NULL: it is not.
 */
const struct ending *death_at(void);

#endif
