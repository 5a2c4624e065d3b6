/* SPDX-License-Identifier: MIT */
#include "scenarios/programs/programs.h"

#include "baton/kernel.h"

static unsigned int cpus;
static int x[PROGRAM_CPUS_MAX];

static void run(void *arg)
{
	unsigned int i = (unsigned int)(uintptr_t)arg;

	WRITE_ONCE(x[i], 1);
	(void)READ_ONCE(x[(i + 1) % cpus]);
}

static void setup(void *arg)
{
	(void)arg;
	for (unsigned int i = 0; i < cpus; i++)
		x[i] = 0;
}

const struct baton_program *sb_program(unsigned int count)
{
	static struct program_cpus storage;
	struct baton_program *program = program_of_cpus(&storage, "sb", count, run);

	cpus = count;
	program->setup = setup;
	return program;
}
