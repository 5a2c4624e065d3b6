/* SPDX-License-Identifier: MIT */
/*
 * count.c - how many interleavings, or with --dpor traces, has a program, and how fast
 * are they run?
 *
 *	count [--dpor] PROGRAM SIZE [PREEMPTIONS]
 *
 * Prints the number of executions, of those that break a rule, and the first of
 * these as a schedule. For throughput run it under time(1).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "baton/explore.h"
#include "scenarios/programs/programs.h"

static const struct {
	const char *name;
	const struct baton_program *(*program)(unsigned int count);
	unsigned int least, most;
} programs[] = {
	{ "sb", sb_program, 2, PROGRAM_CPUS_MAX },
	{ "mutex", mutex_program, 1, PROGRAM_CPUS_MAX },
	{ "pin", pin_program, 1, PROGRAM_CPUS_MAX - 1 },
	{ "pinbug", pinbug_program, 1, PROGRAM_CPUS_MAX - 1 },
	{ "counter", counter_program, 1, PROGRAM_MANY_CPUS_MAX },
	{ "readers", readers_program, 1, PROGRAM_MANY_CPUS_MAX - 1 },
	{ "lastzero", lastzero_program, 1, PROGRAM_MANY_CPUS_MAX - 1 },
	{ "indexer", indexer_program, 1, PROGRAM_MANY_CPUS_MAX },
	{ "filesystem", filesystem_program, 1, PROGRAM_MANY_CPUS_MAX },
	{ "inc", inc_program, 1, PROGRAM_MANY_CPUS_MAX },
	{ "inc_return", inc_return_program, 1, PROGRAM_MANY_CPUS_MAX },
};

static int usage(void)
{
	fputs("usage: count [--dpor] PROGRAM SIZE [PREEMPTIONS]\n", stderr);
	for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++)
		fprintf(stderr, "       %-10s of size %u to %u\n", programs[i].name,
			programs[i].least, programs[i].most);
	return 2;
}

static int count(const struct baton_program *program, int preemptions, enum baton_strategy strategy)
{
	struct baton_search search = { .preemptions_max = preemptions, .strategy = strategy };
	struct baton_result result;
	int status = baton_explore(program, &search, &result);

	if (status) {
		fputs(result.finding, stderr);
	} else {
		printf("%s, %u CPUs: %llu executions (%s), %llu with a finding\n", program->name,
		       program->cpu_count, (unsigned long long)result.executions,
		       result.exhaustive ? "exhaustive" : "bounded",
		       (unsigned long long)result.findings);
		if (result.findings)
			printf("first: %s  %s\n", result.schedule, result.finding);
	}
	baton_result_release(&result);
	return status ? 2 : 0;
}

int main(int argc, char **argv)
{
	enum baton_strategy strategy = BATON_DFS;
	unsigned int size;

	if (argc > 1 && !strcmp(argv[1], "--dpor")) {
		strategy = BATON_DPOR;
		argc--;
		argv++;
	}
	size = argc > 2 ? (unsigned int)strtoul(argv[2], NULL, 10) : 0;

	for (size_t i = 0; argc > 2 && i < sizeof(programs) / sizeof(programs[0]); i++)
		if (!strcmp(programs[i].name, argv[1]) && size >= programs[i].least &&
		    size <= programs[i].most)
			return count(programs[i].program(size),
				     argc > 3 ? (int)strtol(argv[3], NULL, 10) : -1, strategy);
	return usage();
}
