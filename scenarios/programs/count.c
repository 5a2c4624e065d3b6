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

static int usage(void)
{
	fputs("usage: count [--dpor] PROGRAM SIZE [PREEMPTIONS]\n", stderr);
	for (const struct program_entry *entry = program_table; entry->name; entry++)
		fprintf(stderr, "       %-10s of size %u to %u\n", entry->name, entry->least,
			entry->most);
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
	const struct program_entry *entry;
	unsigned int size;

	if (argc > 1 && !strcmp(argv[1], "--dpor")) {
		strategy = BATON_DPOR;
		argc--;
		argv++;
	}
	if (argc < 3)
		return usage();
	entry = program_find(argv[1]);
	size = (unsigned int)strtoul(argv[2], NULL, 10);
	if (!entry || size < entry->least || size > entry->most)
		return usage();
	return count(entry->make(size), argc > 3 ? (int)strtol(argv[3], NULL, 10) : -1, strategy);
}
