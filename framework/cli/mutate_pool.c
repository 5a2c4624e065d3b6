/* SPDX-License-Identifier: MIT */
/*
 * mutate_pool.c - searches in processes of their own: a mutant may do anything.
 *
 * The answer is in memory that parent and child share. A child that ends without one
 * has crashed where the engine could not catch it, or used up its CPU time.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/vec.h"
#include "cli/code.h"
#include "cli/mutate.h"

/* Seconds that a process may need beside its search. */
#define SECONDS_SPARE 30u

struct slot {
	pid_t child; /* 0: free */
	struct mutate_task task;
	struct mutate_answer *answer;
};

/* Without some of the mutants there is no result. */
static _Noreturn void stop(const char *what)
{
	fprintf(stderr, "baton: error: %s: %s\n", what, strerror(errno));
	exit(CODE_ERROR);
}

static size_t answer_bytes(const struct mutation *mutation)
{
	return sizeof(struct mutate_answer) + mutation->place_count * sizeof(bool);
}

/* The first verdict that is not as expected. */
static void describe(const struct variant_result *result, struct mutate_answer *answer)
{
	for (size_t i = 0; i < result->verdicts.count; i++) {
		const struct verdict *verdict = &result->verdicts.items[i];

		if (verdict->outcome != OUTCOME_FAIL)
			continue;
		(void)snprintf(answer->what, sizeof(answer->what), "%s", verdict->predicate);
		return;
	}
}

static void search(const struct mutation *mutation, const struct mutate_task *task,
		   struct mutate_answer *answer)
{
	const struct run_options options = {
		.preemptions_max = -1,
		.seconds_max = task->mutant ? mutation->seconds : 0,
		.stops = task->mutant != NULL,
		.command = "baton",
	};
	struct run_coverage coverage = { 0 };
	struct variant_result result;
	struct err err = ERR_INIT;

	variant_result_init(&result);
	baton_mutate(task->mutant ? task->mutant->place : NULL,
		     task->mutant ? NULL : answer->reached);
	if (run_variant(&task->which->which, &options, &coverage, &result, &err)) {
		/* Such as: not a function of its choices any more. */
		answer->outcome = err.bug ? OUTCOME_FAIL : OUTCOME_NONE;
		(void)snprintf(answer->what, sizeof(answer->what), "%.*s",
			       (int)strcspn(err.text.bytes, "\n"), err.text.bytes);
		return;
	}
	describe(&result, answer);
	answer->executions = result.executions;
	answer->cut = result.strength == STRENGTH_CUT;
	answer->outcome = result.outcome;
}

static _Noreturn void be_child(const struct mutation *mutation, const struct slot *slot)
{
	rlim_t seconds = mutation->seconds + SECONDS_SPARE;
	struct rlimit limit = { .rlim_cur = seconds, .rlim_max = seconds };
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (slot->task.mutant)
		setrlimit(RLIMIT_CPU, &limit);
	dup2(nowhere, STDOUT_FILENO);
	dup2(nowhere, STDERR_FILENO);
	search(mutation, &slot->task, slot->answer);
	_exit(0);
}

static void start(struct mutation *mutation, struct slot *slot)
{
	memset(slot->answer, 0, answer_bytes(mutation));
	slot->answer->outcome = OUTCOME_NONE;
	fflush(NULL);
	slot->child = fork();
	if (slot->child < 0)
		stop("no process for a mutant");
	if (!slot->child)
		be_child(mutation, slot);
}

/* A process that did not get to its answer, and why. */
static void note_death(struct mutate_answer *answer, int status)
{
	if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL)) {
		answer->outcome = OUTCOME_INCONCLUSIVE;
		answer->cut = true;
		return;
	}
	answer->outcome = OUTCOME_FAIL;
	if (WIFSIGNALED(status))
		(void)snprintf(answer->what, sizeof(answer->what), "ended by signal %d",
			       WTERMSIG(status));
	else
		(void)snprintf(answer->what, sizeof(answer->what), "BUG");
}

static void finish(struct mutation *mutation, const struct mutate_work *work, struct slot *slot,
		   int status)
{
	if (!WIFEXITED(status) || WEXITSTATUS(status))
		note_death(slot->answer, status);
	slot->child = 0;
	work->end(mutation, &slot->task, slot->answer);
}

/* Wait for one of the children. Return: false if there is none. */
static bool collect(struct mutation *mutation, const struct mutate_work *work, struct slot *slots)
{
	int status;
	pid_t child;

	do
		child = wait(&status);
	while (child < 0 && errno == EINTR);
	for (unsigned int i = 0; i < mutation->jobs; i++)
		if (child > 0 && slots[i].child == child)
			finish(mutation, work, &slots[i], status);
	return child > 0;
}

static bool fill(struct mutation *mutation, const struct mutate_work *work, struct slot *slots)
{
	bool busy = false;

	for (unsigned int i = 0; i < mutation->jobs; i++) {
		if (!slots[i].child && work->begin(mutation, &slots[i].task))
			start(mutation, &slots[i]);
		busy |= slots[i].child != 0;
	}
	return busy;
}

void mutate_pool(struct mutation *mutation, const struct mutate_work *work)
{
	struct slot *slots = xcalloc(mutation->jobs, sizeof(*slots));
	size_t bytes = answer_bytes(mutation);

	for (unsigned int i = 0; i < mutation->jobs; i++) {
		slots[i].answer = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
				       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
		if (slots[i].answer == MAP_FAILED)
			stop("no memory for the answers");
	}
	while (fill(mutation, work, slots) && collect(mutation, work, slots))
		;
	for (unsigned int i = 0; i < mutation->jobs; i++)
		munmap(slots[i].answer, bytes);
	free(slots);
}
