/* SPDX-License-Identifier: MIT */
/*
 * tsan_test.c - data races, and what orders. This file is compiled with -fsanitize=thread, and
 * its atomic operations are those of the compiler.
 */
#include <pthread.h>
#include <stdatomic.h>

#include "baton/tsan.h"
#include "engine/sim.h"
#include "posix/posix_test.h"

static int data, other;
static char bytes[8];
static struct pair {
	long first[4], second[4];
} here, there;
static atomic_int flag, count;
static pthread_mutex_t mutex;
static memory_order stored, loaded;
static bool fenced_behind;

static void begin(void)
{
	data = other = 0;
	atomic_store(&flag, 0);
	atomic_store(&count, 0);
	mutex = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
}

static void run_two(void *(*first)(void *arg), void *(*second)(void *arg))
{
	pthread_t threads[2];

	begin();
	pthread_create(&threads[0], NULL, first, &bytes[0]);
	pthread_create(&threads[1], NULL, second, &bytes[1]);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	BATON_ASSERT(data >= 0 && other >= 0);
}

static void *add(void *arg)
{
	data++;
	return arg;
}

static void *read_data(void *arg)
{
	other = data;
	return arg;
}

static void *add_under_mutex(void *arg)
{
	pthread_mutex_lock(&mutex);
	data++;
	pthread_mutex_unlock(&mutex);
	return arg;
}

static void *write_byte(void *arg)
{
	*(char *)arg = 1;
	return arg;
}

static void *copy(void *arg)
{
	(void)arg;
	here = there;
	return &here;
}

static void *write_last(void *arg)
{
	there.second[3] = 1;
	return arg;
}

static void both_add(void *arg)
{
	(void)arg;
	run_two(add, add);
}

static void add_and_read(void *arg)
{
	(void)arg;
	run_two(add, read_data);
}

static int sum;

static void *read_only(void *arg)
{
	return data == 1 ? NULL : arg;
}

static void both_read(void *arg)
{
	(void)arg;
	run_two(read_only, read_only);
}

/* The read hides nothing of the write before it. */
static void *write_and_read(void *arg)
{
	*(volatile int *)&data = 1;
	sum = data;
	return arg;
}

static void write_and_read_only(void *arg)
{
	(void)arg;
	run_two(write_and_read, read_only);
}

static void both_lock(void *arg)
{
	(void)arg;
	run_two(add_under_mutex, add_under_mutex);
	BATON_ASSERT(data == 2);
}

static void one_locks(void *arg)
{
	(void)arg;
	run_two(add_under_mutex, add);
}

static void other_bytes(void *arg)
{
	(void)arg;
	run_two(write_byte, write_byte);
}

static void copy_and_write(void *arg)
{
	(void)arg;
	run_two(copy, write_last);
}

static void one_after_the_other(void *arg)
{
	pthread_t thread;

	(void)arg;
	begin();
	for (int i = 0; i < 2; i++) {
		data++;
		pthread_create(&thread, NULL, add, NULL);
		pthread_join(thread, NULL);
	}
	BATON_ASSERT(data == 4);
}

Test(tsan, locks_and_threads)
{
	posix_expect_finding(both_add, NULL, "of data at"); /* clang merges the read */
	posix_expect_finding(add_and_read, NULL, "data_race");
	posix_expect_finding(one_locks, NULL, "data_race");
	posix_expect_finding(write_and_read_only, NULL, "data_race");
	posix_expect_right(both_read, NULL, 1);
#ifdef __clang__ /* a structure is copied by memcpy(), which is not seen */
	posix_expect_right(copy_and_write, NULL, 1);
#else
	posix_expect_finding(copy_and_write, NULL, "there");
#endif
	posix_expect_right(both_lock, NULL, 2);
	posix_expect_right(other_bytes, NULL, 1);
	posix_expect_right(one_after_the_other, NULL, 1);
}

/* ---- Orders ------------------------------------------------------------------------------- */

static void *publish(void *arg)
{
	data = 1;
	atomic_store_explicit(&flag, 1, stored);
	return arg;
}

static void *look(void *arg)
{
	if (atomic_load_explicit(&flag, loaded))
		BATON_ASSERT(data == 1);
	return arg;
}

static void message(void *arg)
{
	(void)arg;
	run_two(publish, look);
}

static void expect_message(memory_order store, memory_order load, bool right)
{
	stored = store;
	loaded = load;
	if (right)
		posix_expect_right(message, NULL, 2);
	else
		posix_expect_finding(message, NULL, "data_race: a read of data");
}

Test(tsan, orders)
{
	expect_message(memory_order_release, memory_order_acquire, true);
	expect_message(memory_order_seq_cst, memory_order_seq_cst, true);
	expect_message(memory_order_relaxed, memory_order_acquire, false);
	expect_message(memory_order_release, memory_order_relaxed, false);
}

/* A fence behind the write publishes it, one in front of it does not. */
static void *publish_by_fence(void *arg)
{
	if (!fenced_behind)
		atomic_thread_fence(memory_order_release);
	data = 1;
	if (fenced_behind)
		atomic_thread_fence(memory_order_release);
	atomic_store_explicit(&flag, 1, memory_order_relaxed);
	return arg;
}

static void *look_and_fence(void *arg)
{
	if (atomic_load_explicit(&flag, memory_order_relaxed)) {
		atomic_thread_fence(memory_order_acquire);
		BATON_ASSERT(data == 1);
	}
	return arg;
}

static void message_by_fences(void *arg)
{
	(void)arg;
	run_two(publish_by_fence, look_and_fence);
}

Test(tsan, fences)
{
	fenced_behind = true;
	posix_expect_right(message_by_fences, NULL, 2);
	fenced_behind = false;
	posix_expect_finding(message_by_fences, NULL, "data_race");
}

/* A relaxed addition goes on with what was released before it, a relaxed store does not. */
static void *publish_and_pass_on(void *arg)
{
	data = 1;
	atomic_store_explicit(&flag, 1, memory_order_release);
	atomic_fetch_add_explicit(&flag, 1, memory_order_relaxed);
	return arg;
}

static void *publish_and_overwrite(void *arg)
{
	data = 1;
	atomic_store_explicit(&flag, 1, memory_order_release);
	atomic_store_explicit(&flag, 2, memory_order_relaxed);
	return arg;
}

static void *look_for_two(void *arg)
{
	if (atomic_load_explicit(&flag, memory_order_acquire) == 2)
		BATON_ASSERT(data == 1);
	return arg;
}

static void passed_on(void *arg)
{
	(void)arg;
	run_two(publish_and_pass_on, look_for_two);
}

static void overwritten(void *arg)
{
	(void)arg;
	run_two(publish_and_overwrite, look_for_two);
}

Test(tsan, release_sequences)
{
	posix_expect_right(passed_on, NULL, 3);
	posix_expect_finding(overwritten, NULL, "data_race");
}

/* ---- What is a step ----------------------------------------------------------------------- */

static void *operators(void *arg)
{
	count++;
	count += 2;
	return arg;
}

static void operators_are_steps(void *arg)
{
	(void)arg;
	run_two(operators, operators);
	BATON_ASSERT(count == 6);
}

static void lost_update(void *arg)
{
	(void)arg;
	run_two(add, add);
	BATON_ASSERT(data == 2);
}

/* 4 additions, 2 on each side: C(4, 2) orders. */
Test(tsan, operators)
{
	posix_expect_right(operators_are_steps, NULL, 6);
}

/* What a race leads to: without steps nothing comes between, with them an update is lost. */
Test(tsan, plain_points)
{
	baton_tsan_races(false);
	posix_expect_right(lost_update, NULL, 1);
	baton_tsan_plain_points(true);
	posix_expect_finding(lost_update, NULL, "data == 2");
	baton_tsan_plain_points(false);
	baton_tsan_races(true);
}

static void *write_data(void *arg)
{
	data = 1;
	return arg;
}

static void write_and_read_data(void *arg)
{
	(void)arg;
	run_two(write_data, read_only);
}

/* Plain steps order nothing: it is a race in either order. */
Test(tsan, plain_points_are_no_order)
{
	struct baton_result result;

	baton_tsan_plain_points(true);
	result = posix_explore(write_and_read_data, NULL);
	cr_expect_gt(result.executions, 1);
	cr_expect_eq(result.findings, result.executions);
	baton_result_release(&result);
	baton_tsan_plain_points(false);
}

/* ---- What is said of it ------------------------------------------------------------------- */

static uint32_t pick_first(struct strategy *strategy, const struct choice *choice)
{
	(void)strategy;
	return options_first(choice->options);
}

static struct strategy first = { .pick = pick_first };

/* t1 is through when t2 comes: what is said of its stack is from when it made its access. */
Test(tsan, both_stacks)
{
	static struct baton_threads threads;
	const struct baton_program *program =
		baton_threads_init(&threads, "test", add_and_read, NULL, TEST_THREADS);
	struct err err = ERR_INIT;
	struct trace trace;

	cr_assert_eq(sim_init(program, &err), 0);
	trace_init(&trace, program);
	cr_assert_eq(sim_execute(&first, 0, &trace), SIM_FINDING);
	cr_expect_str_eq(trace.finding.name, "data_race");
	cr_expect(strstr(trace.finding.details.bytes,
			 "written by t1 in add (framework/tsan/tsan_test.c:"),
		  "%s", trace.finding.details.bytes);
	trace_release(&trace);
	sim_release();
}
