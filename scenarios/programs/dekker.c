/* SPDX-License-Identifier: MIT */
/*
 * dekker.c - two CPUs that raise a flag, and enter if the other's is down.
 *
 * Nobody waits: who finds the other's flag raised goes on to the next round.
 */
#include "scenarios/programs/programs.h"

#include "baton/kernel.h"

static unsigned int rounds;
static int flag[2];

static void run(void *arg)
{
	unsigned int i = (unsigned int)(uintptr_t)arg;

	for (unsigned int round = 0; round < rounds; round++) {
		WRITE_ONCE(flag[i], 1);
		(void)READ_ONCE(flag[1 - i]); /* 0: enter */
		WRITE_ONCE(flag[i], 0);
	}
}

static void setup(void *arg)
{
	(void)arg;
	flag[0] = flag[1] = 0;
}

const struct baton_program *dekker_program(unsigned int count)
{
	static struct program_cpus storage;
	struct baton_program *program = program_of_cpus(&storage, "dekker", 2, run);

	rounds = count;
	program->setup = setup;
	return program;
}
