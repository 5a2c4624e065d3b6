/* SPDX-License-Identifier: MIT */
/*
 * fiber.h - stacks that are switched by hand.
 *
 * A fiber is a stack with a guard below it and, while it does not run, the saved
 * stack pointer of its register frame. Switching saves the callee-saved registers
 * and the floating-point control words on the old stack and nothing else: errno,
 * the signal mask and thread-local variables are shared by all fibers.
 *
 * Layer: engine. May include: base.
 */
#ifndef ENGINE_FIBER_H
#define ENGINE_FIBER_H

#include <stdbool.h>
#include <stddef.h>

/* Usable bytes of one stack, and of the inaccessible guard below it. */
#define FIBER_STACK_BYTES (64u * 1024)
#define FIBER_GUARD_BYTES (64u * 1024)

struct fiber {
	void *sp;      /* saved frame; meaningless while the fiber runs */
	char *stack;   /* lowest usable byte; NULL for the fiber of the OS thread itself */
	size_t size;   /* usable bytes */
	void *asan;    /* the sanitizer's fake stack while switched out */
	void *context; /* ucontext_t where there is no assembly for the machine */
};

/**
 * fiber_init() - map a stack with its guard.
 * Return: 0, or -1 with errno set if there is no memory for it.
 */
int fiber_init(struct fiber *fiber);

/**
 * fiber_init_thread() - the fiber that stands for the OS thread that calls it.
 */
void fiber_init_thread(struct fiber *fiber);

/* Unmap the stack. The fiber must not be running. */
void fiber_release(struct fiber *fiber);

/**
 * fiber_prepare() - make the next switch to @fiber call @entry(@arg) on a fresh stack.
 * @entry: must not return; it ends by switching away for good
 *
 * Whatever was on the stack is abandoned.
 */
void fiber_prepare(struct fiber *fiber, void (*entry)(void *arg), void *arg);

/* Overwrite the whole stack with @byte, so that an uninitialised read is the same every time. */
void fiber_fill(struct fiber *fiber, unsigned char byte);

/**
 * fiber_switch() - save the running fiber in @from and resume @to.
 *
 * Returns when something switches back to @from.
 */
void fiber_switch(struct fiber *from, struct fiber *to);

/* Is @address in the guard below @fiber's stack? */
bool fiber_is_guard(const struct fiber *fiber, const void *address);

/* The registers that an unwinder needs. */
struct fiber_registers {
	unsigned long pc, sp, fp;
	unsigned long saved[16]; /* callee-saved, in the machine's own order: see fiber.c */
};

/**
 * fiber_registers() - where a switched-out fiber will resume.
 */
void fiber_registers(const struct fiber *fiber, struct fiber_registers *registers);

/**
 * fiber_resume_from_signal() - leave a signal handler by resuming a switched-out fiber.
 * @to: resumed when the handler returns, as though the running fiber had switched to it
 * @ucontext: third argument of the handler; changed. Its signal mask is kept.
 *
 * The interrupted fiber is abandoned. The handler must run on its own stack
 * (SA_ONSTACK). Async-signal-safe.
 */
void fiber_resume_from_signal(struct fiber *to, void *ucontext);

#endif
