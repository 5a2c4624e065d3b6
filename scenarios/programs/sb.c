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
	static const char *const names[] = { "a", "b", "c", "d", "e", "f", "g", "h" };
	static struct baton_cpu_program programs[PROGRAM_CPUS_MAX];
	static struct baton_program program = { .name = "sb", .cpus = programs, .setup = setup };

	cpus = program.cpu_count = count;
	for (unsigned int i = 0; i < count; i++)
		programs[i] = (struct baton_cpu_program){ names[i], run, (void *)(uintptr_t)i, -1 };
	return &program;
}
