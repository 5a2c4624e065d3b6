/* SPDX-License-Identifier: MIT */
#include "scenarios/programs/programs.h"

#include "baton/kernel.h"

static spinlock_t lock;
static int counter;

static void run(void *arg)
{
	(void)arg;
	for (int round = 0; round < 2; round++) {
		spin_lock(&lock);
		WRITE_ONCE(counter, READ_ONCE(counter) + 1);
		spin_unlock(&lock);
	}
}

static void setup(void *arg)
{
	(void)arg;
	spin_lock_init(&lock, "lock");
	counter = 0;
}

static void finally(void *arg)
{
	const struct baton_program *program = arg;

	if (counter != 2 * (int)program->cpu_count)
		baton_fail("lost_update", "the counter is %d", counter);
}

const struct baton_program *mutex_program(unsigned int count)
{
	static struct program_cpus storage;
	struct baton_program *program = program_of_cpus(&storage, "mutex", count, run);

	program->setup = setup;
	program->finally = finally;
	program->arg = program;
	return program;
}
