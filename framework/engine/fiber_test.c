/* SPDX-License-Identifier: MIT */
#include "engine/fiber.h"

#include <criterion/criterion.h>
#include <fenv.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

TestSuite(fiber, .timeout = 30);

static struct fiber scheduler;
static struct fiber fibers[64];
static char events[256];

static void event(char c)
{
	size_t length = strlen(events);

	cr_assert(length + 1 < sizeof(events));
	events[length] = c;
	events[length + 1] = '\0';
}

/* @fiber calls @entry(@arg) when it is next switched to. */
static void begin(struct fiber *fiber, void (*entry)(void *arg), void *arg)
{
	if (!fiber->stack)
		cr_assert_eq(fiber_init(fiber), 0);
	fiber_prepare(fiber, entry, arg);
}

static void run(struct fiber *fiber)
{
	fiber_switch(&scheduler, fiber);
}

/* Hand back for good. */
static void leave(struct fiber *fiber)
{
	for (;;)
		fiber_switch(fiber, &scheduler);
}

static void init(void)
{
	fiber_init_thread(&scheduler);
	events[0] = '\0';
}

struct letters {
	struct fiber *self;
	char first;
	int count;
};

static void say_letters(void *arg)
{
	struct letters *letters = arg;

	for (int i = 0; i < letters->count; i++) {
		event((char)(letters->first + i));
		fiber_switch(letters->self, &scheduler);
	}
	leave(letters->self);
}

Test(fiber, switches_in_the_order_asked_for, .init = init)
{
	struct letters a = { &fibers[0], 'a', 3 };
	struct letters b = { &fibers[1], 'x', 3 };

	begin(a.self, say_letters, &a);
	begin(b.self, say_letters, &b);
	run(a.self);
	run(b.self);
	run(b.self);
	run(a.self);
	run(a.self);
	run(b.self);
	cr_expect_str_eq(events, "axybcz");
}

static void go_to_next(void *arg)
{
	struct fiber *self = arg;

	event('0' + (char)(self - fibers));
	fiber_switch(self, self == &fibers[2] ? &scheduler : self + 1);
	event('!');
	leave(self);
}

Test(fiber, switches_from_one_fiber_to_another, .init = init)
{
	for (int i = 0; i < 3; i++)
		begin(&fibers[i], go_to_next, &fibers[i]);
	run(&fibers[0]);
	run(&fibers[1]);
	cr_expect_str_eq(events, "012!");
}

Test(fiber, can_be_abandoned_and_prepared_again, .init = init)
{
	struct letters a = { &fibers[0], 'a', 3 };

	for (int i = 0; i < 3; i++) {
		begin(a.self, say_letters, &a);
		run(a.self);
		run(a.self);
	}
	cr_expect_str_eq(events, "ababab");
}

static unsigned int visits[64];

static void visit(void *arg)
{
	struct fiber *self = arg;

	for (;;) {
		visits[self - fibers]++;
		fiber_switch(self, &scheduler);
	}
}

Test(fiber, sixty_four_at_once, .init = init)
{
	for (int i = 0; i < 64; i++)
		begin(&fibers[i], visit, &fibers[i]);
	for (int round = 0; round < 100; round++)
		for (int i = 63; i >= 0; i--)
			run(&fibers[i]);
	for (int i = 0; i < 64; i++) {
		cr_expect_eq(visits[i], 100, "fiber %d ran %u times", i, visits[i]);
		fiber_release(&fibers[i]);
	}
}

/* Six live values across a switch occupy all callee-saved registers. */
static unsigned long mix(struct fiber *from, struct fiber *to, unsigned long seed)
{
	volatile unsigned long source = seed;
	unsigned long a = source * 3, b = source * 5, c = source * 7;
	unsigned long d = source * 11, e = source * 13, f = source * 17;
	/* A stack of unknown size occupies the frame pointer, too. */
	volatile char *bytes = __builtin_alloca(source % 64 + 1);

	bytes[source % 64] = 1;
	for (int i = 0; i < 1000; i++) {
		fiber_switch(from, to);
		a += b;
		b ^= c;
		c += d;
		d ^= e;
		e += f;
		f ^= a;
	}
	return a ^ b ^ c ^ d ^ e ^ f;
}

static unsigned long results[3];

static void mix_in_fiber(void *arg)
{
	struct fiber *self = arg;

	results[0] = mix(self, &scheduler, 1234567);
	leave(self);
}

static void do_nothing(void *arg)
{
	leave(arg);
}

Test(fiber, keeps_registers, .init = init)
{
	/* What the sums are where nobody else touches the registers. */
	begin(&fibers[1], do_nothing, &fibers[1]);
	results[1] = mix(&scheduler, &fibers[1], 1234567);
	results[2] = mix(&scheduler, &fibers[1], 987);
	begin(&fibers[0], mix_in_fiber, &fibers[0]);
	cr_expect_eq(mix(&scheduler, &fibers[0], 987), results[2]);
	run(&fibers[0]);
	cr_expect_eq(results[0], results[1]);
}

/* fegetround() looks at the x87 only: this depends on the other unit. */
static double third(void)
{
	volatile double one = 1, three = 3;

	return one / three;
}

static volatile double third_down, third_up;

static void round_upward(void *arg)
{
	struct fiber *self = arg;

	cr_expect_eq(fegetround(), FE_TONEAREST);
	fesetround(FE_UPWARD);
	third_up = third();
	fiber_switch(self, &scheduler);
	cr_expect_eq(fegetround(), FE_UPWARD);
	cr_expect(third() > third_down);
	leave(self);
}

Test(fiber, keeps_rounding_modes, .init = init)
{
	begin(&fibers[0], round_upward, &fibers[0]);
	fesetround(FE_DOWNWARD);
	third_down = third();
	run(&fibers[0]);
	cr_expect(third_up > third_down);
	cr_expect_eq(fegetround(), FE_DOWNWARD);
	cr_expect(third() < third_up);
	run(&fibers[0]);
	cr_expect_eq(fegetround(), FE_DOWNWARD);
}

static void set_errno(void *arg)
{
	struct fiber *self = arg;

	errno = ENOMEM;
	fiber_switch(self, &scheduler);
	cr_expect_eq(errno, ENOMEM);
	leave(self);
}

Test(fiber, keeps_errno, .init = init)
{
	begin(&fibers[0], set_errno, &fibers[0]);
	errno = EBUSY;
	run(&fibers[0]);
	cr_expect_eq(errno, EBUSY);
	run(&fibers[0]);
	cr_expect_eq(errno, EBUSY);
}

static char number[32];

static void print_number(void *arg)
{
	volatile double x = 2.5;

	snprintf(number, sizeof(number), "%.3f %.2Lf", x, (long double)x);
	leave(arg);
}

Test(fiber, floating_point_arguments_find_an_aligned_stack, .init = init)
{
	begin(&fibers[0], print_number, &fibers[0]);
	run(&fibers[0]);
	cr_expect_str_eq(number, "2.500 2.50");
}

static bool seen_byte;

/* Deep below anything that was used: what fiber_fill() wrote. */
__attribute__((noinline)) static void look_at_stack(struct fiber *self)
{
	const volatile unsigned char *byte = (unsigned char *)self->stack + self->size / 2;

	seen_byte = *byte == 0xa5;
}

static void look(void *arg)
{
	look_at_stack(arg);
	leave(arg);
}

Test(fiber, fill_reaches_the_whole_stack, .init = init)
{
	cr_assert_eq(fiber_init(&fibers[0]), 0);
	fiber_fill(&fibers[0], 0xa5);
	cr_expect_eq((unsigned char)fibers[0].stack[0], 0xa5);
	cr_expect_eq((unsigned char)fibers[0].stack[fibers[0].size - 1], 0xa5);
	begin(&fibers[0], look, &fibers[0]);
	run(&fibers[0]);
	cr_expect(seen_byte);
}

Test(fiber, knows_its_guard, .init = init)
{
	cr_assert_eq(fiber_init(&fibers[0]), 0);
	cr_expect(fiber_is_guard(&fibers[0], fibers[0].stack - 1));
	cr_expect(fiber_is_guard(&fibers[0], fibers[0].stack - FIBER_GUARD_BYTES));
	cr_expect_not(fiber_is_guard(&fibers[0], fibers[0].stack));
	cr_expect_not(fiber_is_guard(&fibers[0], fibers[0].stack - FIBER_GUARD_BYTES - 1));
	cr_expect_not(fiber_is_guard(&scheduler, NULL));
}

static stack_t handler_stack;
static char handler_bytes[64 * 1024];
static struct fiber_registers crashed;
static void *crash_address;

static void handle(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	crash_address = info->si_addr;
	fiber_registers_from_signal(context, &crashed);
	fiber_resume_from_signal(&scheduler, context);
}

static void crash(void *arg)
{
	volatile uintptr_t wild = 8;

	(void)arg;
	fesetround(FE_UPWARD);
	third_up = third();
	/* A full x87 stack, which sigreturn would hand on to the scheduler. */
#if defined(__x86_64__)
	__asm__ volatile("std; fld1; fld1; fld1; fld1; fld1; fld1; fld1; fld1" ::: "cc");
#endif
	errno = ENOMEM;
	*(volatile unsigned int *)wild = 1;
}

static void install_handler(void)
{
	struct sigaction action = { .sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_ONSTACK };

	handler_stack = (stack_t){ .ss_sp = handler_bytes, .ss_size = sizeof(handler_bytes) };
	cr_assert_eq(sigaltstack(&handler_stack, NULL), 0);
	cr_assert_eq(sigaction(SIGSEGV, &action, NULL), 0);
}

Test(fiber, a_signal_handler_can_leave_by_resuming_another, .init = init)
{
	unsigned long kept;

	install_handler();
	begin(&fibers[1], do_nothing, &fibers[1]);
	kept = mix(&scheduler, &fibers[1], 987);
	for (int i = 0; i < 1000; i++) {
		volatile long double sum = i;

		begin(&fibers[0], crash, NULL);
		errno = EBUSY;
		run(&fibers[0]);
		cr_assert_eq(errno, EBUSY);
		cr_assert_eq(fegetround(), FE_TONEAREST);
		cr_assert(third() < third_up);
		cr_assert(sum + 0.5L == (long double)i + 0.5L);
		cr_assert_neq(crashed.sp, 0);
		cr_assert((char *)crashed.sp > fibers[0].stack);
		cr_assert((char *)crashed.sp < fibers[0].stack + fibers[0].size);
	}
	cr_expect_eq(mix(&scheduler, &fibers[1], 987), kept);
}

static void write_below_stack(void *arg)
{
	struct fiber *self = arg;

	*(volatile char *)(self->stack - 1) = 1;
}

Test(fiber, guard_faults, .init = init)
{
	install_handler();
	begin(&fibers[0], write_below_stack, &fibers[0]);
	run(&fibers[0]);
	cr_expect(fiber_is_guard(&fibers[0], crash_address));
}

Test(fiber, tells_where_it_will_resume, .init = init)
{
	struct letters a = { &fibers[0], 'a', 3 };
	struct fiber_registers registers;

	begin(a.self, say_letters, &a);
	run(a.self);
	fiber_registers(a.self, &registers);
	cr_expect_neq(registers.pc, 0);
	cr_expect((char *)registers.sp > a.self->stack);
	cr_expect((char *)registers.sp <= a.self->stack + a.self->size);
}
