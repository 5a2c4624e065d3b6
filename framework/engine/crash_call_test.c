/* SPDX-License-Identifier: MIT */
/*
 * crash_call_test.c - calls of what is no function: the crash is the caller's.
 */
#include <sys/mman.h>

#include "engine/crash_test.h"

TestSuite(crash_call, .timeout = 60);

static void call(uintptr_t address)
{
	void (*function)(void) = (void (*)(void))address;

	function();
	zero = 0; /* no tail call */
}

static void call_null(void *arg)
{
	(void)arg;
	call(wild + 0x10);
}

static void call_non_canonical(void *arg)
{
	(void)arg;
	call(wild + 0x5a5a5a5a5a5a5a58);
}

static void call_stack(void *arg)
{
	(void)arg;
	call((uintptr_t)fiber.stack + 64);
}

Test(crash_call, through_a_null_pointer, .init = init)
{
	expect_crashes(call_null, 1000, SIGSEGV, "SIGSEGV: call through a null pointer");
	cr_expect(report.jump);
	cr_expect_neq(report.registers.pc, 0x10);
}

Test(crash_call, of_data, .init = init)
{
	expect_crashes(call_stack, 1000, SIGSEGV, "SIGSEGV: call through a wild pointer");
	cr_expect(report.jump);
}

static void *beyond_file;

static void call_beyond_file(void *arg)
{
	(void)arg;
	call((uintptr_t)beyond_file);
}

Test(crash_call, beyond_the_end_of_a_file, .init = init)
{
	int file = memfd_create("empty", 0);

	beyond_file = mmap(NULL, 1, PROT_READ | PROT_EXEC, MAP_PRIVATE, file, 0);
	cr_assert_neq(beyond_file, MAP_FAILED);
	expect_crashes(call_beyond_file, 1000, SIGBUS, "SIGBUS: call through a wild pointer");
	cr_expect(report.jump);
	cr_expect_neq(report.registers.pc, (uintptr_t)beyond_file);
}

#if defined(__aarch64__)

static void call_between_instructions(void *arg)
{
	(void)arg;
	call((uintptr_t)leave + 2);
}

Test(crash_call, between_instructions, .init = init)
{
	expect_crashes(call_between_instructions, 1000, SIGBUS,
		       "SIGBUS: call through a wild pointer");
	cr_expect(report.jump);
	cr_expect_neq(report.registers.pc, (uintptr_t)leave + 2);
}

#endif

/* Some processors fault at the call, and some at the address. */
Test(crash_call, through_a_non_canonical_pointer, .init = init)
{
	for (int i = 0; i < 1000; i++) {
		run(call_non_canonical);
		cr_assert_eq(report.signal, SIGSEGV);
		cr_assert_eq(report.registers.pc >> 47, 0);
	}
}
