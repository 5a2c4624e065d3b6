/* SPDX-License-Identifier: MIT */
/*
 * workers_test.c - what happens to workers, and what happens in them.
 */
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include <unistd.h>

#include "engine/death.h"
#include "explore/log_test.h"

TestSuite(workers, .timeout = 60);

static int *deaths_left; /* shared with the workers */

/* Only in a worker: this process runs the first slice, and that is short. */
static bool die(void *arg, enum sim_end end, uint64_t number)
{
	if (number >= 30 && *deaths_left > 0) {
		--*deaths_left;
		raise(SIGKILL);
	}
	return log_execution(arg, end, number);
}

/* Return: as explore_run(). */
static int explore_dying(int deaths, struct log *log)
{
	const struct explore_judge judge = { .execution = die,
					     .arg = log,
					     .gatherers = &log->gatherer };
	struct explore_search search = search_with(EXPLORE_DFS);
	struct explore_result result;
	int status;

	deaths_left =
		mmap(NULL, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	cr_assert_neq(deaths_left, MAP_FAILED);
	*deaths_left = deaths;
	search.slice_steps = 30;
	search.jobs = 2;
	cr_assert_eq(sim_init(&program, &err), 0);
	status = explore_run(&search, NULL, &judge, &result, &err);
	sim_release();
	cr_expect_eq(waitpid(-1, NULL, WNOHANG), -1, "a worker is left");
	return status;
}

Test(workers, a_worker_that_dies_is_replaced)
{
	struct log log = LOG_INIT(0);
	struct explore_search search = search_with(EXPLORE_DFS);
	struct explore_result result;
	char *expected = explore(&search, 0, &result);

	cr_assert_eq(explore_dying(1, &log), 0, "%s", err.text.bytes);
	cr_expect_eq(*deaths_left, 0);
	cr_expect_str_eq(log.text.bytes, expected);
	text_release(&log.text);
	free(expected);
}

Test(workers, a_part_that_kills_every_worker)
{
	struct log log = LOG_INIT(0);

	cr_assert_eq(explore_dying(1000, &log), -1);
	cr_expect_not_null(strstr(err.text.bytes, "died at the same part of the search, 'dfs "),
			   "%s", err.text.bytes);
	cr_expect_not_null(strstr(err.text.bytes, "was killed by signal 9 (Killed)"), "%s",
			   err.text.bytes);
	text_release(&log.text);
}

/* A worker that loops for ever between two points has its own watchdog. */
static void loops(void *arg)
{
	(void)arg;
	baton_access(BATON_HERE("x"), &x, BATON_RMW);
	while (x > 20)
		__asm__ volatile("");
}

Test(workers, endless_loops_in_workers)
{
	static const struct baton_cpu_program looping[] = { { "a", twice, (void *)1, -1 },
							    { "b", twice, (void *)2, -1 },
							    { "d", loops, NULL, -1 } };
	static const struct baton_program endless = { .name = "loops",
						      .cpus = looping,
						      .cpu_count = 3,
						      .setup = setup };
	struct explore_search search = search_with(EXPLORE_DFS);
	struct explore_result result;
	char *log;

	search.jobs = 2;
	search.slice_steps = 1;
	log = explore_program(&endless, &search, 0, &result);
	cr_expect_not_null(strstr(log, "finding"));
	free(log);
}

/* One that ends the process each time has as many deaths as can be learned, and then no more. */
static void ends_process(void *arg)
{
	(void)arg;
	baton_access(BATON_HERE("x"), &x, BATON_RMW);
	_exit(3);
}

Test(workers, too_many_deaths_cut_the_search)
{
	static const struct baton_cpu_program dying[] = { { "a", twice, (void *)1, -1 },
							  { "b", twice, (void *)2, -1 },
							  { "d", ends_process, NULL, -1 } };
	static const struct baton_program deadly = { .name = "deadly",
						     .cpus = dying,
						     .cpu_count = 3,
						     .setup = setup };
	struct explore_search search = search_with(EXPLORE_DFS);
	struct explore_result result;
	char *log;

	search.contained = true;
	death_max(5);
	log = explore_program(&deadly, &search, 0, &result);
	cr_expect_eq(result.strength, STRENGTH_CUT);
	cr_expect_str_eq(result.bounds, "deaths>5");
	cr_expect(result.executions == 5, "%llu", (unsigned long long)result.executions);
	free(log);
}
