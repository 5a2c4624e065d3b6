/* SPDX-License-Identifier: MIT */
/*
 * lastzero.c - one CPU looks for the last zero of an array that the others fill.
 *
 * How many accesses the reader makes depends on what it sees.
 */
#include "scenarios/programs/programs.h"

#include "baton/kernel.h"

static int a[PROGRAM_CPUS_MAX];
static unsigned int writers;

static void run(void *arg)
{
	unsigned int i = (unsigned int)(uintptr_t)arg;

	if (i) {
		WRITE_ONCE(a[i], READ_ONCE(a[i - 1]) + 1);
		return;
	}
	i = writers;
	while (READ_ONCE(a[i]))
		i--;
}

static void setup(void *arg)
{
	(void)arg;
	for (unsigned int i = 0; i <= writers; i++)
		a[i] = 0;
}

const struct baton_program *lastzero_program(unsigned int count)
{
	static struct program_cpus storage;
	struct baton_program *program = program_of_cpus(&storage, "lastzero", count + 1, run);

	writers = count;
	program->setup = setup;
	return program;
}
