/* SPDX-License-Identifier: MIT */
/*
 * indexer.c - CPUs put values into one hash table with cmpxchg.
 *
 * The hash keeps up to 11 CPUs apart; each one more collides with one of them, in three
 * slots. In a slot that two CPUs want, one cmpxchg fails at most, so it makes no
 * difference that a failed one is announced as a read-write here.
 */
#include "scenarios/programs/programs.h"

#include "baton/kernel.h"

#define SLOTS (4 * INDEXER_CPUS_MAX)

static int table[SLOTS];

static void run(void *arg)
{
	int t = (int)(uintptr_t)arg;

	for (int m = 1; m <= 4; m++) {
		int value = m * 11 + t;
		int slot = value * 7 % SLOTS;

		while (cmpxchg(&table[slot], 0, value))
			slot = (slot + 1) % SLOTS;
	}
}

static void setup(void *arg)
{
	(void)arg;
	for (int i = 0; i < SLOTS; i++)
		table[i] = 0;
}

const struct baton_program *indexer_program(unsigned int count)
{
	static struct program_cpus storage;
	struct baton_program *program = program_of_cpus(&storage, "indexer", count, run);

	program->setup = setup;
	return program;
}
