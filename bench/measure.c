/* SPDX-License-Identifier: MIT */
#include "bench/measure.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/bare.h"
#include "bench/rate.h"
#include "bench/survey.h"

static uint64_t memory_bytes(void)
{
	struct rusage self, children;

	getrusage(RUSAGE_SELF, &self);
	getrusage(RUSAGE_CHILDREN, &children);
	if (children.ru_maxrss > self.ru_maxrss)
		self = children;
	return (uint64_t)self.ru_maxrss * 1024;
}

/* One execution takes about a microsecond. */
#define BARE_SECONDS_MIN 0.02

/* ---- The search ------------------------------------------------------------------------- */

struct search {
	const struct row *row;
	const struct limits *limits;
	struct measurement *result;
	struct err *err;
};

static uint64_t search_once(void *arg)
{
	const struct search *search = arg;
	struct measurement *result = search->result;
	struct explore_search wanted = EXPLORE_ALL;
	struct explore_result explored;

	wanted.strategy = search->row->strategy;
	wanted.depth = search->row->depth;
	wanted.executions_max = search->limits->executions_max;
	wanted.jobs = search->limits->jobs;
	if (explore_run(&wanted, NULL, NULL, &explored, search->err))
		return 0;
	result->executions = explored.executions;
	result->blocked = explored.pruned;
	result->through = explored.strength != STRENGTH_CUT;
	return explored.executions;
}

static int search(const struct row *row, const struct limits *limits, struct measurement *result,
		  struct err *err)
{
	struct search search = { row, limits, result, err };

	result->executions_per_second = rate_best(
		search_once, &search, limits->jobs > 1 ? rate_clock_seconds : rate_cpu_seconds,
		limits->seconds);
	result->memory_bytes = memory_bytes();
	return result->executions_per_second > 0 ? 0 : -1;
}

static int look_at(const struct row *row, const struct limits *limits, struct measurement *result,
		   struct err *err)
{
	struct schedule typical = { { NULL, 0, 0 } };

	(void)err;
	survey(row, limits, result, &typical);
	result->bare_per_second = bare_rate(
		&typical, limits->seconds > BARE_SECONDS_MIN ? limits->seconds : BARE_SECONDS_MIN);
	schedule_release(&typical);
	return 0;
}

/* ---- In a process of its own ------------------------------------------------------------ */

typedef int (*work_fn)(const struct row *row, const struct limits *limits,
		       struct measurement *result, struct err *err);

static const struct baton_program *program_of(const struct row *row)
{
	pin_set_commuting(row->commuting);
	return row->program->make(row->size);
}

/* Of the new process. */
static void run(work_fn work, const struct row *row, const struct limits *limits,
		struct measurement *result)
{
	struct err err = ERR_INIT;
	int status = sim_init(program_of(row), &err);

	if (!status) {
		status = work(row, limits, result, &err);
		sim_release();
	}
	if (status)
		snprintf(result->error, sizeof(result->error), "%s", err.text.bytes);
	err_release(&err);
}

static void receive(int from, struct measurement *result)
{
	size_t have = 0;
	ssize_t n = 1;

	while (have < sizeof(*result) && n > 0) {
		n = read(from, (char *)result + have, sizeof(*result) - have);
		have += n > 0 ? (size_t)n : 0;
	}
	if (have < sizeof(*result))
		*result = (struct measurement){ .error = "the process that measures has died" };
}

static void run_apart(work_fn work, const struct row *row, const struct limits *limits,
		      struct measurement *result)
{
	int ends[2];
	pid_t child;

	if (result->error[0])
		return;
	if (pipe(ends) || (child = fork()) < 0) {
		snprintf(result->error, sizeof(result->error), "cannot start a process: %s",
			 strerror(errno));
		return;
	}
	if (!child) {
		run(work, row, limits, result);
		_exit(write(ends[1], result, sizeof(*result)) != sizeof(*result));
	}
	close(ends[1]);
	receive(ends[0], result);
	close(ends[0]);
	waitpid(child, NULL, 0);
}

void measure(const struct row *row, const struct limits *limits, struct measurement *result)
{
	*result = (struct measurement){ .executions = 0 };
	run_apart(search, row, limits, result);
	run_apart(look_at, row, limits, result);
}
