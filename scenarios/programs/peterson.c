/* SPDX-License-Identifier: MIT */
/*
 * peterson.c - two CPUs that raise a flag and give way, and enter if the other does not want
 * to or has given way last.
 *
 * Nobody waits: who may not enter goes on to the next round.
 */
#include "scenarios/programs/programs.h"

#include "baton/kernel.h"

static unsigned int rounds;
static int flag[2], turn;

static void run(void *arg)
{
	unsigned int i = (unsigned int)(uintptr_t)arg;

	for (unsigned int round = 0; round < rounds; round++) {
		WRITE_ONCE(flag[i], 1);
		WRITE_ONCE(turn, (int)(1 - i));
		if (READ_ONCE(flag[1 - i]))
			(void)READ_ONCE(turn); /* i: enter */
		WRITE_ONCE(flag[i], 0);
	}
}

static void setup(void *arg)
{
	(void)arg;
	flag[0] = flag[1] = turn = 0;
}

const struct baton_program *peterson_program(unsigned int count)
{
	static struct program_cpus storage;
	struct baton_program *program = program_of_cpus(&storage, "peterson", 2, run);

	rounds = count;
	program->setup = setup;
	return program;
}
