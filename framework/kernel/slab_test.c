/* SPDX-License-Identifier: MIT */
/*
 * slab_test.c - what is wrong with memory and counts is found, and what is right is not.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "baton/explore.h"
#include "baton/malloc.h"
#include "baton/refcount.h"
#include "baton/slab.h"

TestSuite(slab, .timeout = 30);

static char *object;
static refcount_t refs;

/* Return: what the only execution of one CPU that runs @code finds; "" for nothing. */
static const char *found(void (*code)(void *))
{
	static char finding[200];
	const struct baton_cpu_program cpus[] = { { "a", code, NULL, -1 } };
	const struct baton_program program = { .name = "one", .cpus = cpus, .cpu_count = 1 };
	struct baton_result result;

	cr_assert_eq(baton_explore(&program, NULL, &result), 0, "%s", result.finding);
	(void)snprintf(finding, sizeof(finding), "%s", result.finding ? result.finding : "");
	baton_result_release(&result);
	return finding;
}

static void use_all(void *arg)
{
	char *grown;

	(void)arg;
	object = malloc(5000);
	memset(object, 1, 5000);
	grown = realloc(object, 9000);
	cr_assert(grown && grown[4999] == 1);
	free(grown);
	object = calloc(3, 8);
	cr_assert(object && !object[0] && !object[23]);
	free(object);
	free(NULL);
}

static void read_freed(void *arg)
{
	(void)arg;
	object = kmalloc(24, GFP_KERNEL);
	kfree(object);
	*(volatile char *)object = 1;
}

static void write_behind(void *arg)
{
	(void)arg;
	object = kmalloc(32, GFP_ATOMIC);
	((volatile char *)object)[32] = 1;
}

/* Less than the alignment behind it: seen when it is freed. */
static void write_just_behind(void *arg)
{
	(void)arg;
	object = kmalloc(30, GFP_ATOMIC);
	((volatile char *)object)[30] = 1;
	kfree(object);
}

static void free_twice(void *arg)
{
	(void)arg;
	object = kzalloc(1, GFP_ATOMIC);
	kfree(object);
	kfree(object);
}

static void free_inside(void *arg)
{
	(void)arg;
	object = kzalloc(64, GFP_ATOMIC);
	kfree(object + 16);
}

static void lose(void *arg)
{
	(void)arg;
	object = kzalloc(1, GFP_ATOMIC);
	object = kzalloc(2, GFP_ATOMIC);
}

Test(slab, findings)
{
	cr_expect_str_eq(found(use_all), "");
	cr_expect_str_eq(found(read_freed),
			 "use_after_free: read or write of an object of 24 bytes that was freed");
	cr_expect_str_eq(found(write_behind),
			 "out_of_bounds: read or write outside an object of 32 bytes");
	cr_expect_str_eq(found(write_just_behind),
			 "out_of_bounds: an object of 30 bytes was written behind its end");
	cr_expect_str_eq(found(free_twice), "double_free: an object of 1 byte is freed again");
	cr_expect_str_eq(found(free_inside), "bad_free: an object of 64 bytes is freed at another "
					     "address than its first");
	cr_expect_str_eq(found(lose),
			 "memory_leak: an object of 1 byte, and 1 more, are never freed");
}

/* More than a CPU has. */
static void exhaust(void *arg)
{
	(void)arg;
	cr_assert(!malloc((size_t)17 << 20));
	object = malloc((size_t)15 << 20);
	cr_assert(object && !malloc((size_t)1 << 20));
	free(object);
}

Test(slab, sixteen_mebibytes)
{
	cr_expect_str_eq(found(exhaust), "");
}

/* What another CPU frees is one object with what this one looks into. */
static void make(void *arg)
{
	(void)arg;
	object = kzalloc(64, GFP_KERNEL);
}

static void look_inside(void *arg)
{
	(void)arg;
	(void)READ_ONCE(object[40]);
}

static void drop(void *arg)
{
	(void)arg;
	kfree(object);
}

Test(slab, a_use_and_a_free_are_tried_in_both_orders)
{
	static const struct baton_cpu_program cpus[] = { { "a", look_inside, NULL, -1 },
							 { "b", drop, NULL, -1 } };
	static const struct baton_program program = { .name = "two",
						      .cpus = cpus,
						      .cpu_count = 2,
						      .setup = make };
	struct baton_result result;

	cr_assert_eq(baton_explore(&program, NULL, &result), 0, "%s", result.finding);
	cr_expect_eq(result.findings, 1);
	cr_expect_eq(result.executions, 2);
	cr_expect(result.finding && strstr(result.finding, "use_after_free"));
	baton_result_release(&result);
}

static void underflow(void *arg)
{
	(void)arg;
	refcount_set(&refs, 2);
	cr_assert(!refcount_dec_and_test(&refs));
	refcount_inc(&refs);
	refcount_dec(&refs);
	cr_assert(refcount_dec_and_test(&refs));
	cr_assert(!refcount_inc_not_zero(&refs));
	(void)refcount_dec_and_test(&refs);
}

static void revive(void *arg)
{
	(void)arg;
	refcount_set(&refs, 0);
	refcount_inc(&refs);
}

static void leak_last(void *arg)
{
	(void)arg;
	refcount_set(&refs, 1);
	refcount_dec(&refs);
}

static void overflow(void *arg)
{
	(void)arg;
	refcount_set(&refs, INT_MAX);
	(void)refcount_inc_not_zero(&refs);
}

Test(refcount, findings)
{
	cr_expect_str_eq(found(underflow),
			 "refcount: underflow: a reference is given back that nobody has");
	cr_expect_str_eq(found(revive), "refcount: addition on 0: the object is free, or will be");
	cr_expect_str_eq(found(leak_last), "refcount: decrement hit 0: the last reference leaks");
	cr_expect_str_eq(found(overflow), "refcount: saturated: the count was wrong before, or "
					  "has no room left");
}

/* Outside a simulation they are the C library's. */
Test(slab, outside)
{
	object = malloc(10);
	cr_assert(object);
	object = realloc(object, 20);
	cr_assert(object);
	free(object);
}
