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
	static const char *const names[] = { "a", "b", "c", "d", "e", "f", "g", "h" };
	static struct baton_cpu_program programs[PROGRAM_CPUS_MAX];
	static struct baton_program program = {
		.name = "mutex",
		.cpus = programs,
		.setup = setup,
		.finally = finally,
		.arg = &program,
	};

	program.cpu_count = count;
	for (unsigned int i = 0; i < count; i++)
		programs[i] = (struct baton_cpu_program){ names[i], run, NULL, -1 };
	return &program;
}
