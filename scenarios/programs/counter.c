/* SPDX-License-Identifier: MIT */
#include "scenarios/programs/programs.h"

#include "baton/kernel.h"

static spinlock_t lock;
static atomic_t value;
static int locked;

static void setup(void *arg)
{
	(void)arg;
	spin_lock_init(&lock, "lock");
	atomic_set(&value, 0);
	locked = 0;
}

static void run_locked(void *arg)
{
	(void)arg;
	spin_lock(&lock);
	locked++;
	spin_unlock(&lock);
}

static void run_result(void *arg)
{
	(void)arg;
	atomic_inc_return(&value);
}

static void run_blind(void *arg)
{
	(void)arg;
	atomic_inc(&value);
}

static const struct baton_program *program_of(const char *name, unsigned int count,
					      void (*run)(void *arg))
{
	static struct program_cpus storage;
	struct baton_program *program = program_of_cpus(&storage, name, count, run);

	program->setup = setup;
	return program;
}

const struct baton_program *counter_program(unsigned int count)
{
	return program_of("counter", count, run_locked);
}

const struct baton_program *inc_return_program(unsigned int count)
{
	return program_of("inc_return", count, run_result);
}

const struct baton_program *inc_program(unsigned int count)
{
	return program_of("inc", count, run_blind);
}
