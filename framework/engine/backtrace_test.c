/* SPDX-License-Identifier: MIT */
#include "engine/backtrace.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

TestSuite(backtrace, .timeout = 60);

#define NOINLINE __attribute__((noinline))

static struct fiber scheduler;
static struct fiber fiber;
static struct fiber *running;
static unsigned long progress;
static struct crash_report report;
static const struct crash_target target = { &running, &scheduler, &progress, &report };
static struct trace_stack stack;

/* Do @action, and remember its line. */
#define AT(line, action)         \
	do {                     \
		line = __LINE__; \
		action;          \
	} while (0)

static unsigned int line_inner, line_middle, line_outer;

static volatile int zero;
static volatile uintptr_t wild;

static void init(void)
{
	struct err err = ERR_INIT;

	fiber_init_thread(&scheduler);
	cr_assert_eq(fiber_init(&fiber), 0);
	cr_assert_eq(crash_init(&target, &err), 0, "%s", err.text.bytes);
}

static void run(void (*entry)(void *arg))
{
	fiber_prepare(&fiber, entry, NULL);
	running = &fiber;
	fiber_switch(&scheduler, &fiber);
}

/* Also where a fiber that is never resumed ends. */
static void leave(void)
{
	running = NULL;
	fiber_switch(&fiber, &scheduler);
}

static const struct trace_frame *frame(size_t index)
{
	cr_assert(index < stack.frames.count, "%zu frames only", stack.frames.count);
	return &stack.frames.items[index];
}

static void expect_frame(size_t index, const char *function, unsigned int line)
{
	cr_expect_str_eq(frame(index)->function, function, "frame %zu is %s, not %s", index,
			 frame(index)->function, function);
	if (!line)
		return;
	cr_assert_not_null(frame(index)->file);
	cr_expect_str_eq(frame(index)->file, "framework/engine/backtrace_test.c", "frame %zu: %s",
			 index, frame(index)->file);
	cr_expect_eq(frame(index)->line, line, "frame %zu: line %u, not %u", index,
		     frame(index)->line, line);
}

NOINLINE static void inner(void (*action)(void))
{
	AT(line_inner, action());
	zero = 0; /* no tail call */
}

NOINLINE static void middle(void (*action)(void))
{
	AT(line_middle, inner(action));
	zero = 0;
}

NOINLINE static void suspend_in_function(void *arg)
{
	(void)arg;
	AT(line_outer, middle(leave));
	zero = 0;
}

Test(backtrace, suspended, .init = init)
{
	run(suspend_in_function);
	backtrace_suspended(&fiber, &stack);
	expect_frame(0, "leave", 0);
	expect_frame(1, "inner", line_inner);
	expect_frame(2, "middle", line_middle);
	expect_frame(3, "suspend_in_function", line_outer);
	cr_expect_eq(stack.frames.count, 4);
}

Test(backtrace, never_started, .init = init)
{
	fiber_prepare(&fiber, suspend_in_function, NULL);
	backtrace_suspended(&fiber, &stack);
	cr_expect_eq(stack.frames.count, 0, "%s", frame(0)->function);
}

static unsigned int line_fault;

/* What is done wrong here, is done on purpose. */
#define WRONG __attribute__((noinline, no_sanitize("undefined")))

WRONG static void write_null(void)
{
	AT(line_fault, *(volatile int *)wild = 1);
}

static void crash_in_function(void *arg)
{
	(void)arg;
	AT(line_outer, middle(write_null));
	zero = 0;
}

Test(backtrace, crashed, .init = init)
{
	run(crash_in_function);
	backtrace_crashed(&report, &stack);
	expect_frame(0, "write_null", line_fault);
	expect_frame(1, "inner", line_inner);
	expect_frame(2, "middle", line_middle);
	expect_frame(3, "crash_in_function", line_outer);
	cr_expect_eq(stack.frames.count, 4);
}

WRONG static void call_null(void)
{
	void (*function)(void) = (void (*)(void))wild;

	AT(line_fault, function());
	zero = 0;
}

static void call_null_in_function(void *arg)
{
	(void)arg;
	AT(line_outer, middle(call_null));
	zero = 0;
}

Test(backtrace, call_through_a_null_pointer, .init = init)
{
	run(call_null_in_function);
	backtrace_crashed(&report, &stack);
	expect_frame(0, "call_null", line_fault);
	expect_frame(1, "inner", line_inner);
	expect_frame(2, "middle", line_middle);
	expect_frame(3, "call_null_in_function", line_outer);
	cr_expect_eq(stack.frames.count, 4);
}

static void call_abort(void)
{
	abort();
}

static void abort_in_function(void *arg)
{
	(void)arg;
	middle(call_abort);
	zero = 0;
}

/* The C library's frames are one, and it hides no caller. */
Test(backtrace, through_a_library, .init = init)
{
	run(abort_in_function);
	backtrace_crashed(&report, &stack);
	expect_frame(0, "[libc.so.6]", 0);
	cr_expect_null(frame(0)->file);
	expect_frame(stack.frames.count - 3, "inner", line_inner);
	expect_frame(stack.frames.count - 1, "abort_in_function", 0);
	cr_expect_leq(stack.frames.count, 5);
}

__attribute__((always_inline)) static inline void write_inlined(void)
{
	AT(line_fault, *(volatile int *)wild = 1);
}

__attribute__((always_inline)) static inline void call_inlined(void)
{
	AT(line_inner, write_inlined());
}

WRONG static void crash_inlined(void *arg)
{
	(void)arg;
	AT(line_outer, call_inlined());
}

Test(backtrace, inlined_functions_have_frames, .init = init)
{
	run(crash_inlined);
	backtrace_crashed(&report, &stack);
	expect_frame(0, "write_inlined", line_fault);
	expect_frame(1, "call_inlined", line_inner);
	expect_frame(2, "crash_inlined", line_outer);
	cr_expect_eq(stack.frames.count, 3);
}

NOINLINE static int recurse(int depth)
{
	volatile char bytes[100];

	bytes[0] = (char)depth;
	return zero ? bytes[0] : recurse(depth + 1) + bytes[0];
}

static void overflow(void *arg)
{
	(void)arg;
	zero = recurse(0);
}

Test(backtrace, long_stacks_lose_their_middle, .init = init)
{
	run(overflow);
	cr_assert(report.overflow);
	backtrace_crashed(&report, &stack);
	cr_assert_eq(stack.frames.count, BACKTRACE_FRAMES_MAX);
	expect_frame(0, "recurse", 0);
	expect_frame(BACKTRACE_FRAMES_MAX - BACKTRACE_OUTERMOST - 1, "...", 0);
	expect_frame(BACKTRACE_FRAMES_MAX - 2, "recurse", 0);
	expect_frame(BACKTRACE_FRAMES_MAX - 1, "overflow", 0);
}

/* Overwrite everything from here up to the end of the stack, and crash. */
__attribute__((noinline, no_sanitize("address", "undefined"))) static void smash(void)
{
	uintptr_t *word = (uintptr_t *)__builtin_frame_address(0);
	uintptr_t *end = (uintptr_t *)(void *)(fiber.stack + fiber.size);

	while (word < end)
		*word++ = wild;
	*(volatile int *)(uintptr_t)zero = 1;
}

static void smash_in_function(void *arg)
{
	(void)arg;
	middle(smash);
}

Test(backtrace, overwritten_stacks_end_the_trace, .init = init)
{
	static const uintptr_t values[] = { 0, 0x5a5a5a5a5a5a5a5a, 0x123456789abc, 64 };

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		wild = values[i];
		run(smash_in_function);
		backtrace_crashed(&report, &stack);
	}
	wild = (uintptr_t)fiber.stack;
	run(smash_in_function);
	backtrace_crashed(&report, &stack);
	wild = (uintptr_t)middle;
	run(smash_in_function);
	backtrace_crashed(&report, &stack);
	cr_expect_str_eq(frame(0)->function, "smash");
}

/* Only the caller's frame pointer is overwritten, as by a buffer that is one word too short. */
__attribute__((noinline, no_sanitize("address", "undefined"))) static void smash_frame_pointer(void)
{
	*(volatile uintptr_t *)__builtin_frame_address(0) = 0x123456789ab8;
	*(volatile int *)wild = 1;
}

NOINLINE static void depend_on_frame_pointer(void)
{
	volatile char *bytes = __builtin_alloca((size_t)zero + 16);

	bytes[0] = 0;
	smash_frame_pointer();
	bytes[0] = 1;
}

static void smash_frame_pointer_in_function(void *arg)
{
	(void)arg;
	middle(depend_on_frame_pointer);
}

Test(backtrace, wild_frame_pointers_end_the_trace, .init = init)
{
	run(smash_frame_pointer_in_function);
	backtrace_crashed(&report, &stack);
	expect_frame(0, "smash_frame_pointer", 0);
	expect_frame(1, "depend_on_frame_pointer", 0);
}

/* Two looks give the same words, and a suspended fiber goes on afterwards. */
static bool finished;

static void suspend_and_go_on(void *arg)
{
	(void)arg;
	middle(leave);
	finished = true;
	leave();
}

Test(backtrace, changes_nothing, .init = init)
{
	size_t count;

	run(suspend_and_go_on);
	backtrace_suspended(&fiber, &stack);
	count = stack.frames.count;
	backtrace_suspended(&fiber, &stack);
	cr_assert_eq(stack.frames.count, 2 * count);
	for (size_t i = 0; i < count; i++)
		cr_expect_str_eq(frame(i)->function, frame(count + i)->function);
	running = &fiber;
	fiber_switch(&scheduler, &fiber);
	cr_expect(finished);
}
