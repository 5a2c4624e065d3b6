/* SPDX-License-Identifier: MIT */
#include "scenarios/programs/programs.h"

#include "baton/kernel.h"

static int x;

static void run(void *arg)
{
	if (arg)
		(void)READ_ONCE(x);
	else
		WRITE_ONCE(x, 42);
}

static void setup(void *arg)
{
	(void)arg;
	x = 0;
}

const struct baton_program *readers_program(unsigned int count)
{
	static struct program_cpus storage;
	struct baton_program *program = program_of_cpus(&storage, "readers", count + 1, run);

	program->setup = setup;
	return program;
}
