/* SPDX-License-Identifier: MIT */
#include "engine/scout.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "engine/death_state.h"

static enum {
	NO_SCOUTS,
	NOT_YET, /* until something crashes */
	TO_SEND, /* one, before the next execution */
	FOLLOWS, /* what the last one has done, up to its crash */
	IS_SCOUT,
} state;

static uint64_t attempt; /* executions that have begun in this slice */
static bool all;         /* of this process are its slice */

void scout_enter(void)
{
	state = NO_SCOUTS;
	all = false;
}

void scout_begin(void)
{
	state = NO_SCOUTS;
	/* Who is careful and ends is taken for dead. */
	if (death_own)
		state = death_may_crash() || death_is_careful() ? TO_SEND : NOT_YET;
	attempt = 0;
}

void scout_end(void)
{
	if (state != IS_SCOUT)
		state = NO_SCOUTS;
	attempt = UINT64_MAX; /* nobody follows any more */
}

void scout_begin_all(void)
{
	scout_begin();
	if (state == NOT_YET)
		state = TO_SEND;
	all = true;
}

bool scout_is(void)
{
	return state == IS_SCOUT;
}

void scout_answered(void)
{
	death_own->answered = true;
	_exit(0);
}

/* ---- The scout ---------------------------------------------------------------------------- */

/* It goes when the one that has sent it does. */
static void become_scout(void)
{
#ifdef __linux__
	prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
	state = IS_SCOUT;
	death_forked();
	sim_forked();
}

void scout_note(const struct finding *finding)
{
	struct noted *noted = &death_own->noted;

	if ((state != IS_SCOUT && state != NOT_YET) || attempt == UINT64_MAX || sim.known ||
	    !finding_is_crash(finding))
		return;
	if (state == NOT_YET) {
		death_crashes();
		_exit(0);
	}
	if (death_is_copy())
		_exit(0);
	/* What has spoilt the process may be longer ago: then it is a death, not this crash. */
	death_check();
	noted->attempt = attempt;
	noted->place = death_place();
	noted->ending = (struct ending){ .kind = finding->kind, .name = finding->name };
	(void)snprintf(noted->ending.text, sizeof(noted->ending.text), "%s", finding->text.bytes);
	for (unsigned int i = 0; i < FAULT_RULES_MAX; i++)
		noted->reach[i] = *fault_reach(i);
	noted->is = true;
	_exit(0);
}

/* ---- Who waits ---------------------------------------------------------------------------- */

static _Noreturn void die_alike(int status)
{
	if (WIFSIGNALED(status)) {
		(void)signal(WTERMSIG(status), SIG_DFL);
		(void)raise(WTERMSIG(status));
		(void)raise(SIGKILL);
	}
	_exit(WEXITSTATUS(status));
}

static int wait_for(pid_t scout)
{
	int status = 0;

	while (waitpid(scout, &status, 0) < 0 && errno != ECHILD)
		;
	death_own->scout = 0;
	return status;
}

/* Without a process for it, executions are made here. */
static bool send(void)
{
	pid_t scout;
	int status;

	death_own->noted.is = death_own->answered = false;
	scout = fork();
	if (scout < 0)
		state = NO_SCOUTS;
	if (!scout)
		become_scout();
	if (scout <= 0)
		return true;
	death_own->scout = scout;
	status = wait_for(scout);
	if (death_own->answered)
		return false;
	if (!death_own->noted.is)
		die_alike(status);
	state = FOLLOWS;
	return true;
}

bool scout_send(void)
{
	if (state == FOLLOWS && attempt >= death_own->noted.attempt)
		state = TO_SEND;
	if (state == TO_SEND && !send())
		return false;
	attempt++;
	return true;
}

void scout_execution(void)
{
	if (all && !scout_send())
		_exit(0);
}

bool scout_watches(void)
{
	return state == FOLLOWS && attempt == death_own->noted.attempt;
}

const struct ending *scout_at(void)
{
	struct place here;

	if (!scout_watches())
		return NULL;
	here = death_place();
	if (!death_same_place(&here, &death_own->noted.place))
		return NULL;
	fault_reach_set(death_own->noted.reach);
	return &death_own->noted.ending;
}
