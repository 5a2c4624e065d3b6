/* SPDX-License-Identifier: MIT */
#include "explore/stuck.h"

#include <stdio.h>
#include <string.h>

#include "base/asleep.h"
#include "base/clock.h"
#include "engine/crash.h"
#include "engine/death.h"

/*
 * The watchdog in the process ticks while signals are delivered there. So much processor time
 * without a tick, many times what ticks are apart, and it is stuck.
 */
#define LOOP_MILLISECONDS 1000

/* So long in one system call, of which nothing is expected any more; and how often one looks. */
#define SLEEP_MILLISECONDS 2000
#define LOOK_MILLISECONDS 50

static bool is_loop(struct stuck *stuck, uint64_t ticks, uint64_t used_ms)
{
	if (ticks == stuck->ticks && stuck->used_ms && used_ms >= stuck->used_ms)
		return used_ms > stuck->used_ms + LOOP_MILLISECONDS;
	stuck->ticks = ticks;
	stuck->used_ms = used_ms;
	return false;
}

/* Return: what it has slept in, all the time; NULL: it has not. */
static const char *sleeps_in(struct stuck *stuck, const struct journal *journal, pid_t process,
			     uint64_t used_ms)
{
	uint64_t now = clock_ms();
	const char *in;

	if (stuck->looked_ms && now - stuck->looked_ms < LOOK_MILLISECONDS)
		return NULL;
	in = journal_executes(journal) ? asleep_in(process) : NULL;
	/* Of a time in which nobody looked nothing is known. */
	if (!in || !stuck->slept_ms || used_ms != stuck->slept_used_ms ||
	    now - stuck->looked_ms > SLEEP_MILLISECONDS / 2) {
		stuck->slept_ms = in ? now : 0;
		stuck->slept_used_ms = used_ms;
	}
	stuck->looked_ms = now;
	return in && now - stuck->slept_ms > SLEEP_MILLISECONDS ? in : NULL;
}

static const char *remedy(const char *call)
{
	if (!strcmp(call, "futex"))
		return "a lock or a thread that is not baton's: compile all of the code with its "
		       "<pthread.h>";
	if (strstr(call, "nanosleep"))
		return "no time need pass: compile all of the code with baton's <unistd.h> and "
		       "<time.h>";
	return "use a condition variable or a semaphore instead";
}

/* It is asked to say where, and has as long for that as a loop has. */
static bool is_blocked(struct stuck *stuck, struct journal *journal, pid_t process,
		       uint64_t used_ms)
{
	const char *call = sleeps_in(stuck, journal, process, used_ms);
	char why[200];

	if (stuck->asked_ms)
		return clock_ms() - stuck->asked_ms > LOOP_MILLISECONDS;
	if (!call)
		return false;
	(void)snprintf(why, sizeof(why), "in a system call%s%s%s: %s", *call ? ", " : "", call,
		       *call ? "()" : "", remedy(call));
	journal_block(journal, why);
	stuck->asked_ms = clock_ms();
	crash_ask(process);
	return false;
}

bool stuck_look(struct stuck *stuck, struct journal *journal, pid_t process)
{
	uint64_t used_ms = clock_used_ms(process);

	if (is_loop(stuck, journal_ticks(journal), used_ms))
		stuck->why = "ran without reaching a point, with signals blocked";
	else if (is_blocked(stuck, journal, process, used_ms))
		stuck->why = "was blocked in a system call, with signals blocked";
	return stuck->why;
}
