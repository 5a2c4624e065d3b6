/* SPDX-License-Identifier: MIT */
/* mutable_test.c - a call that is left out does nothing, and nothing else changes. */
#include <string.h>

#include <criterion/criterion.h>

#include "baton/explore.h"
#include "baton/kernel.h"

static void begin(void);
static void end(void);

TestSuite(mutable, .init = begin, .fini = end, .timeout = 20);

static spinlock_t lock;
static struct rw_semaphore sem;
static bool *reached;
static int inside;

static const struct baton_mutable *place_in(const char *function)
{
	const struct baton_mutable *place = NULL;

	while ((place = baton_mutable_next(place)))
		if (!strcmp(place->function, function))
			return place;
	cr_assert_fail("no place in %s()", function);
	return NULL;
}

static void reset(void *arg)
{
	(void)arg;
	spin_lock_init(&lock, "lock");
	init_rwsem(&sem, "sem");
	inside = 0;
}

static void begin(void)
{
	unsigned int count = 0;
	const struct baton_mutable *place = NULL;

	while ((place = baton_mutable_next(place)))
		count++;
	cr_assert(count);
	reached = calloc(count, sizeof(*reached));
	reset(NULL);
}

static void end(void)
{
	baton_mutate(NULL, NULL);
	free(reached);
}

static void enter(void)
{
	BATON_ASSERT(inside == 0);
	inside++;
	baton_access(BATON_HERE("inside"), &inside, BATON_WRITE);
	inside--;
}

static void spin(void *arg)
{
	(void)arg;
	spin_lock(&lock);
	enter();
	spin_unlock(&lock);
}

static void spin_too(void *arg)
{
	(void)arg;
	spin_lock(&lock);
	enter();
	spin_unlock(&lock);
}

static void try_to_spin(void *arg)
{
	(void)arg;
	if (!spin_trylock(&lock))
		return;
	enter();
	spin_unlock(&lock);
}

static void write_side(void *arg)
{
	(void)arg;
	down_write(&sem);
	enter();
	up_write(&sem);
}

static void read_side(void *arg)
{
	(void)arg;
	down_read(&sem);
	enter();
	up_read(&sem);
}

/* How many of all executions of the two end with a finding? */
static uint64_t findings(void (*a)(void *), void (*b)(void *))
{
	const struct baton_cpu_program cpus[] = { { "a", a, NULL, -1 }, { "b", b, NULL, -1 } };
	const struct baton_program program = { .name = "mutable",
					       .cpus = cpus,
					       .cpu_count = 2,
					       .setup = reset };
	struct baton_result result;
	uint64_t count;

	cr_assert(!baton_explore(&program, NULL, &result) && result.exhaustive);
	count = result.findings;
	baton_result_release(&result);
	return count;
}

static void expect_noticed(void (*a)(void *), void (*b)(void *), const char *function)
{
	baton_mutate(NULL, NULL);
	cr_expect_eq(findings(a, b), 0);
	baton_mutate(place_in(function), NULL);
	cr_expect_gt(findings(a, b), 0, "%s() without its lock", function);
}

Test(mutable, each_lock_can_be_left_out)
{
	expect_noticed(spin, spin_too, "spin");
	expect_noticed(spin, spin_too, "spin_too");
	expect_noticed(spin, try_to_spin, "try_to_spin");
	expect_noticed(write_side, read_side, "write_side");
	expect_noticed(write_side, read_side, "read_side");
}

/* What the lock keeps to its holder: a sum that is read, and written back. */
static void add_locked(void)
{
	int sum;

	baton_access_locked(&inside, BATON_READ);
	sum = inside;
	baton_access_locked(&inside, BATON_WRITE);
	BATON_ASSERT(inside == sum);
	inside = sum + 1;
}

static void add_one(void *arg)
{
	(void)arg;
	spin_lock(&lock);
	add_locked();
	spin_unlock(&lock);
}

static void add_another(void *arg)
{
	add_one(arg);
}

Test(mutable, what_a_lock_makes_private_is_a_step_without_it)
{
	expect_noticed(add_one, add_another, "add_one");
	baton_mutate(NULL, reached);
	cr_expect_eq(findings(add_one, add_another), 0, "counted only: the lock is there");
}

static void pretend_and_give_up(void)
{
	spin_lock(&lock);
	cr_expect(spin_is_locked(&lock));
	spin_unlock(&lock);
}

Test(mutable, who_left_it_out_gives_up_nothing)
{
	baton_mutate(place_in("pretend_and_give_up"), NULL);
	pretend_and_give_up();
	cr_expect(!spin_is_locked(&lock));
	spin_lock(&lock);
	pretend_and_give_up();
	cr_expect(spin_is_locked(&lock), "the lock of another");
	spin_unlock(&lock);
	cr_expect(!spin_is_locked(&lock));
}

static void irqs_off(void)
{
	local_irq_disable();
}

Test(mutable, interrupts_stay_on)
{
	smp_init(NULL, 1);
	baton_mutate(place_in("irqs_off"), NULL);
	irqs_off();
	cr_expect(!irqs_disabled_on(smp_processor_id()));
	baton_mutate(NULL, NULL);
	irqs_off();
	cr_expect(irqs_disabled_on(smp_processor_id()));
}

static bool look_again(int value)
{
	return BATON_RECHECK(value != 1);
}

static int add(int value)
{
	return BATON_UNLESS_LEFT_OUT("add", value + 1, value);
}

Test(mutable, a_call_and_a_recheck)
{
	cr_expect(look_again(2));
	cr_expect_eq(add(1), 2);
	baton_mutate(place_in("look_again"), NULL);
	cr_expect(!look_again(2));
	cr_expect_eq(add(1), 2);
	baton_mutate(place_in("add"), NULL);
	cr_expect(look_again(2));
	cr_expect_eq(add(1), 1);
}

Test(mutable, what_was_reached)
{
	baton_mutate(NULL, reached);
	cr_expect_eq(add(1), 2);
	cr_expect(reached[baton_mutable_index(place_in("add"))]);
	cr_expect(!reached[baton_mutable_index(place_in("look_again"))]);
	cr_expect_str_eq(place_in("add")->kind, "add");
	cr_expect_str_eq(place_in("add")->point->name, "value + 1");
}
