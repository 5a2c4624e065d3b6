/* SPDX-License-Identifier: MIT */
/*
 * crash.c - signal handlers that leave a fiber for the scheduler.
 *
 * They run on a stack of their own, for the fiber's may be used up, and do not jump:
 * they change the interrupted context, so that returning from the handler resumes
 * the scheduler and the kernel puts the signal mask back.
 */
#include "engine/crash.h"

#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/time.h>
#include <ucontext.h>

#include "base/bug.h"
#include "base/vec.h"
#include "engine/death.h"

#define HANDLER_STACK_BYTES (64u * 1024)

/*
 * A loop is two ticks in a row without a step. That is at least 50 ms of processor
 * time: a thousand times what the longest sensible code between two points needs, so
 * the verdict does not depend on the speed of the machine.
 */
#define TICK_USEC 50000
#define TICKS_MAX 2u

static const int signals[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGVTALRM };

#define SIGNAL_COUNT ARRAY_SIZE(signals)

static const struct crash_target *target; /* NULL: nothing is caught */
static char handler_stack[HANDLER_STACK_BYTES] __attribute__((aligned(16)));

/* What crash_release() puts back. */
static struct sigaction actions_before[SIGNAL_COUNT];
static stack_t stack_before;
static struct itimerval timer_before;
static sigset_t mask;

/* What crash_try() runs, may fault; where it goes on then. */
static volatile sig_atomic_t trying;
static sigjmp_buf fault_return;

/* What the watchdog saw at the last tick. */
static unsigned long progress_seen;
static unsigned int ticks;

bool crash_in_fiber(void)
{
	return target && *target->running;
}

/* Let @context go on in the scheduler. */
static void resume_scheduler(ucontext_t *context)
{
	/* The kernel knows 64 signals; the C library's set is larger than its frame. */
	memcpy(&context->uc_sigmask, &mask, sizeof(uint64_t));
	*target->running = NULL;
	fiber_resume_from_signal(target->scheduler, context);
}

/* Does the signal tell the address of a fault? The others tell none, or that of the instruction. */
static bool is_fault(int signal)
{
	return signal == SIGSEGV || signal == SIGBUS;
}

/*
 * Did the processor fetch an instruction where there is none? Then the fault is at pc
 * (SIGBUS: a file ends before it, or aarch64 has no instruction at an address like that);
 * or pc is an address that no process can have, for which x86-64 gives no address.
 */
static bool is_wild_jump(const struct crash_report *report)
{
	if (!is_fault(report->signal))
		return false;
	if (report->code == SI_KERNEL)
		return report->registers.pc >> 47;
	return report->registers.pc == (uintptr_t)report->address;
}

static void fill_report(const struct fiber *fiber, const siginfo_t *info, const void *context)
{
	struct crash_report *report = target->report;

	*report = (struct crash_report){
		.signal = info->si_signo,
		.code = info->si_code,
		.fiber = fiber,
	};
	if (is_fault(info->si_signo)) {
		report->address = info->si_addr;
		report->overflow = fiber_is_guard(fiber, info->si_addr);
	}
	fiber_registers_from_signal(context, &report->registers);
	if (is_wild_jump(report))
		report->jump = fiber_registers_undo_call(fiber, &report->registers);
}

/* Hand the signal to whoever would have had it without us. */
static void pass_on(const siginfo_t *info)
{
	for (size_t i = 0; i < SIGNAL_COUNT; i++)
		if (signals[i] == info->si_signo)
			sigaction(signals[i], &actions_before[i], NULL);
	/* A fault happens again when the handler returns; a signal that was sent does not. */
	if (info->si_code <= 0)
		raise(info->si_signo);
}

static void handle_crash(int signal, siginfo_t *info, void *context)
{
	if (trying && is_fault(signal))
		siglongjmp(fault_return, 1);
	if (!crash_in_fiber()) {
		pass_on(info);
		return;
	}
	fill_report(*target->running, info, context);
	resume_scheduler(context);
}

void crash_ask(pid_t process)
{
	(void)sigqueue(process, SIGVTALRM, (union sigval){ .sival_int = 0 });
}

/* The watchdog, or crash_ask(). */
static void stop_fiber(const siginfo_t *info, void *context)
{
	bool asked = info->si_code == SI_QUEUE;

	ticks = 0;
	*target->report = (struct crash_report){
		.signal = info->si_signo,
		.code = info->si_code,
		.loop = !asked,
		.blocked = asked,
		.fiber = *target->running,
	};
	fiber_registers_from_signal(context, &target->report->registers);
	resume_scheduler(context);
}

static void handle_tick(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	if (info->si_code == SI_QUEUE) {
		if (crash_in_fiber())
			stop_fiber(info, context);
		return;
	}
	death_tick();
	if (!crash_in_fiber() || progress_seen != *target->progress) {
		if (target)
			progress_seen = *target->progress;
		ticks = 0;
		return;
	}
	if (++ticks == TICKS_MAX)
		stop_fiber(info, context);
}

static int install_handlers(struct err *err)
{
	struct sigaction action = { .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART };

	/* None of them interrupts another: the handlers share a stack and the report. */
	for (size_t i = 0; i < SIGNAL_COUNT; i++)
		sigaddset(&action.sa_mask, signals[i]);
	for (size_t i = 0; i < SIGNAL_COUNT; i++) {
		action.sa_sigaction = signals[i] == SIGVTALRM ? handle_tick : handle_crash;
		if (sigaction(signals[i], &action, &actions_before[i]))
			return err_add(err, "cannot catch signal %d: %s", signals[i],
				       strerror(errno));
	}
	return 0;
}

static int set_timer(struct itimerval *before)
{
	const struct timeval tick = { .tv_usec = TICK_USEC };
	const struct itimerval timer = { tick, tick };

	return setitimer(ITIMER_VIRTUAL, &timer, before);
}

void crash_forked(void)
{
	set_timer(NULL);
}

int crash_init(const struct crash_target *new_target, struct err *err)
{
	const stack_t stack = { .ss_sp = handler_stack, .ss_size = sizeof(handler_stack) };

	BUG_ON(target);
	if (sigprocmask(SIG_SETMASK, NULL, &mask) || sigaltstack(&stack, &stack_before))
		return err_add(err, "no stack for signal handlers: %s", strerror(errno));
	if (install_handlers(err))
		return -1;
	target = new_target;
	death_tick(); /* the next one is a tick from now */
	if (set_timer(&timer_before))
		return err_add(err, "no timer for the watchdog: %s", strerror(errno));
	return 0;
}

bool crash_try(void (*work)(void *arg), void *arg)
{
	if (sigsetjmp(fault_return, 0)) {
		trying = false;
		sigprocmask(SIG_SETMASK, &mask, NULL);
		return false;
	}
	trying = true;
	work(arg);
	trying = false;
	return true;
}

static bool handlers_are_ours(void)
{
	struct sigaction action;

	for (size_t i = 0; i < SIGNAL_COUNT; i++)
		/* What cannot be asked is nobody's fault. */
		if (!sigaction(signals[i], NULL, &action) &&
		    action.sa_sigaction != (signals[i] == SIGVTALRM ? handle_tick : handle_crash))
			return false;
	return true;
}

const char *crash_changed(void)
{
	struct itimerval timer;
	sigset_t now;
	stack_t stack;

	if (!target)
		return NULL;
	if (sigprocmask(SIG_SETMASK, NULL, &now) || memcmp(&now, &mask, sizeof(uint64_t)) != 0)
		return "changed the signal mask";
	if (!handlers_are_ours() || sigaltstack(NULL, &stack) || stack.ss_sp != handler_stack)
		return "changed a signal handler of baton's";
	if (getitimer(ITIMER_VIRTUAL, &timer) || !timer.it_interval.tv_usec)
		return "changed the timer of the watchdog";
	return NULL;
}

void crash_release(void)
{
	if (!target)
		return;
	setitimer(ITIMER_VIRTUAL, &timer_before, NULL);
	target = NULL;
	for (size_t i = 0; i < SIGNAL_COUNT; i++)
		sigaction(signals[i], &actions_before[i], NULL);
	sigaltstack(&stack_before, NULL);
}
