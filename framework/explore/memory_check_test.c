/* SPDX-License-Identifier: MIT */
/*
 * memory_check_test.c - memory that two CPUs change is told of if nothing orders the changes,
 * and only then.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "baton/explore.h"
#include "explore/memory_check.h"

TestSuite(memory_check, .timeout = 60);

static struct {
	int x, y;
	bool locked;
} shared;

static void setup(void *arg)
{
	(void)arg;
	memset(&shared, 0, sizeof(shared));
}

static bool is_free(const void *object)
{
	return !*(const bool *)object;
}

static void lock(void)
{
	static const struct baton_wait wait = { is_free, NULL, NULL };

	POINT("test/lock");
	baton_block(BATON_HERE("lock"), &shared.locked, BATON_LOCK, &wait);
	shared.locked = true;
}

static void unlock(void)
{
	POINT("test/unlock");
	baton_access(BATON_HERE("unlock"), &shared.locked, BATON_UNLOCK);
	shared.locked = false;
}

static void change_x(int by, enum baton_access_kind kind)
{
	POINT("test/x");
	baton_access(BATON_HERE("x"), &shared.x, kind);
	shared.x += by;
}

static void pause_a_step(void)
{
	POINT("test/pause");
	baton_access(BATON_HERE("pause"), NULL, BATON_LOCAL);
}

static struct text notes = TEXT_INIT;

/* Two CPUs that make @run, CPU i with i + 1 as argument, do this. */
static void with_two(void (*run)(void *arg), void (*act)(const struct baton_program *program))
{
	const struct baton_cpu_program cpus[] = { { "a", run, (void *)1, -1 },
						  { "b", run, (void *)2, -1 } };
	const struct baton_region regions[] = {
		{ "x", &shared.x, sizeof(shared.x) },
		{ "the rest", &shared.y, sizeof(shared) - sizeof(shared.x) },
	};
	const struct baton_program program = { .name = "memory",
					       .cpus = cpus,
					       .cpu_count = 2,
					       .setup = setup,
					       .regions = regions,
					       .region_count = 2 };

	act(&program);
}

static void check_program(const struct baton_program *program)
{
	const struct explore_search search = EXPLORE_ALL;
	struct err err = ERR_INIT;

	cr_assert_eq(memory_check(program, &search, &notes, &err), 0, "%s", err.text.bytes);
}

/* Return: what was told. */
static const char *check(void (*run)(void *arg))
{
	with_two(run, check_program);
	return notes.bytes;
}

static void release(void)
{
	text_release(&notes);
}

static void announces(void *arg)
{
	change_x((int)(uintptr_t)arg, BATON_RMW);
}

Test(memory_check, announced, .fini = release)
{
	cr_expect_str_eq(check(announces), "");
}

static void changes_x_twice(void *arg)
{
	(void)arg;
	change_x(1, BATON_RMW);
	change_x(1, BATON_RMW);
}

/* It is alone, so nobody has to order what it does, announced or not. */
static void check_with_finally(const struct baton_program *program)
{
	struct baton_program finishing = *program;

	finishing.finally = changes_x_twice;
	check_program(&finishing);
}

static void pauses(void *arg)
{
	if (arg == (void *)1)
		change_x(1, BATON_RMW);
	else
		pause_a_step();
}

Test(memory_check, finally_is_alone, .fini = release)
{
	with_two(pauses, check_with_finally);
	cr_expect_str_eq(notes.bytes, "");
}

static void under_lock(void *arg)
{
	lock();
	shared.y += (int)(uintptr_t)arg;
	unlock();
}

/* y itself is never announced; the lock orders its changes. */
Test(memory_check, ordered_by_a_lock, .fini = release)
{
	cr_expect_str_eq(check(under_lock), "");
}

static void adds(void *arg)
{
	change_x((int)(uintptr_t)arg, BATON_ADD);
}

Test(memory_check, additions_commute, .fini = release)
{
	cr_expect_str_eq(check(adds), "");
}

static void behind_the_lock(void *arg)
{
	under_lock(arg);
	shared.y += (int)(uintptr_t)arg; /* in the step of the unlock: still ordered */
	pause_a_step();
	shared.y += (int)(uintptr_t)arg;
}

Test(memory_check, not_announced, .fini = release)
{
	const char *told = check(behind_the_lock);

	cr_expect_eq(strncmp(told, "byte 0 of the rest is changed by ", 33), 0, "%s", told);
	cr_expect_not_null(strstr(told, "a at test/pause ("));
	cr_expect_not_null(strstr(told, "b at test/pause ("));
}

static void as_a_read(void *arg)
{
	change_x((int)(uintptr_t)arg, BATON_READ);
}

/* Announced as what it is not. */
Test(memory_check, announced_as_a_read, .fini = release)
{
	const char *told = check(as_a_read);

	cr_expect_not_null(strstr(told, "byte 0 of x is changed by "), "%s", told);
	cr_expect_eq(strchr(told, '\n'), told + strlen(told) - 1, "one pair of points, one line");
}

static void explore_program(const struct baton_program *program)
{
	struct baton_result result;

	cr_assert_eq(baton_explore(program, NULL, &result), 0, "%s", result.finding);
	if (result.warnings)
		text_add(&notes, result.warnings);
	baton_result_release(&result);
}

/* Who explores a program in C is told too. */
Test(memory_check, public, .fini = release)
{
	with_two(announces, explore_program);
	cr_expect_str_eq(notes.bytes, "");
	with_two(as_a_read, explore_program);
	cr_expect_not_null(strstr(notes.bytes, "byte 0 of x is changed by "), "%s", notes.bytes);
}
