/* SPDX-License-Identifier: MIT */
/*
 * litmus.c - the smallest programs that memory models are told apart with.
 *
 * One line per CPU: "Wx Ry" writes x and reads y.
 */
#include "scenarios/programs/programs.h"

#include <string.h>

#include "baton/kernel.h"

#define LITMUS_CPUS_MAX 4

static const struct litmus {
	const char *name;
	const char *cpus[LITMUS_CPUS_MAX];
} tests[] = {
	{ "SB", { "Wx Ry", "Wy Rx" } },
	{ "MP", { "Wx Wy", "Ry Rx" } },
	{ "LB", { "Rx Wy", "Ry Wx" } },
	{ "2+2W", { "Wx Wy", "Wy Wx" } },
	{ "IRIW", { "Wx", "Wy", "Rx Ry", "Ry Rx" } },
};

static const struct litmus *running;
static int x[2];

static void run(void *arg)
{
	const char *op = running->cpus[(uintptr_t)arg];

	for (; op; op = strchr(op, ' ') ? strchr(op, ' ') + 1 : NULL) {
		if (op[0] == 'W')
			WRITE_ONCE(x[op[1] - 'x'], 1);
		else
			(void)READ_ONCE(x[op[1] - 'x']);
	}
}

static void setup(void *arg)
{
	(void)arg;
	x[0] = x[1] = 0;
}

const struct baton_program *litmus_program(const char *name)
{
	static struct program_cpus storage;
	struct baton_program *program;
	unsigned int count = 0;

	running = NULL;
	for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++)
		if (!strcmp(tests[i].name, name))
			running = &tests[i];
	if (!running)
		return NULL;
	while (count < LITMUS_CPUS_MAX && running->cpus[count])
		count++;
	program = program_of_cpus(&storage, name, count, run);
	program->setup = setup;
	return program;
}
