/* SPDX-License-Identifier: MIT */
/*
 * fiber.h - stacks that are switched by hand.
 *
 * A fiber is a stack with a guard below it and, while it does not run, the saved
 * stack pointer of its register frame. Switching saves the callee-saved registers,
 * the floating-point control words and errno on the old stack and nothing else: the
 * signal mask is shared by all fibers, which must all be used by one OS thread, and
 * so are thread-local variables, which tls.h puts in place for CPUs.
 *
 * There are three ways to switch: assembly for x86-64 and aarch64, and ucontext
 * elsewhere or with -DBATON_FIBER_UCONTEXT=ON (thirty times slower).
 *
 * Layer: engine. May include: base.
 */
#ifndef ENGINE_FIBER_H
#define ENGINE_FIBER_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Usable bytes of one stack, and of the inaccessible guard below it. */
#define FIBER_STACK_BYTES (64u * 1024)
#define FIBER_GUARD_BYTES (64u * 1024)

/* Does the address sanitizer have to be told of every switch? */
#if defined(__SANITIZE_ADDRESS__)
#define FIBER_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FIBER_SANITIZED 1
#endif
#endif
#ifndef FIBER_SANITIZED
#define FIBER_SANITIZED 0
#endif

struct fiber {
	void *sp;      /* saved frame; meaningless while the fiber runs. First: the assembly */
	char *stack;   /* lowest usable byte; NULL for the fiber of the OS thread itself */
	size_t size;   /* usable bytes */
	int error;     /* errno while switched out */
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

/*
 * Overwrite the whole stack with @byte, so that an uninitialised read is the same every
 * time. The fiber must be prepared afterwards.
 */
void fiber_fill(struct fiber *fiber, unsigned char byte);

/* The switch of this machine, without errno and without telling a sanitizer. */
void fiber_swap(struct fiber *from, struct fiber *to);

/**
 * fiber_switch() - save the running fiber in @from and resume @to.
 * @from: the fiber that calls this
 * @to: another one, prepared or switched out
 *
 * Returns when something switches back to @from.
 */
#if FIBER_SANITIZED
void fiber_switch(struct fiber *from, struct fiber *to);
#else
/*
 * The swap comes last: then @from resumes in the caller of whoever calls this last. Each
 * return on a stack that was just switched to is one that the processor mispredicts.
 */
static inline void fiber_switch(struct fiber *from, struct fiber *to)
{
	from->error = errno;
	errno = to->error;
	fiber_swap(from, to);
}
#endif

/* Is @address in @fiber's stack? */
static inline bool fiber_is_on(const struct fiber *fiber, const void *address)
{
	return (uintptr_t)address - (uintptr_t)fiber->stack < fiber->size;
}

/* Is @address in the guard below @fiber's stack? */
bool fiber_is_guard(const struct fiber *fiber, const void *address);

/* The registers that an unwinder needs. */
struct fiber_registers {
	unsigned long pc, sp, fp;
	unsigned long saved[16]; /* x86-64: rbx, r12..r15; aarch64: x19..x28, lr */
};

/**
 * fiber_registers() - where a switched-out fiber will resume.
 * @registers: filled; pc is a return address. All 0 if the fiber has not started and
 *             there is no assembly for the machine.
 */
void fiber_registers(const struct fiber *fiber, struct fiber_registers *registers);

/**
 * fiber_registers_from_signal() - where the code was that a signal interrupted.
 * @ucontext: third argument of the handler
 * @registers: filled; pc is the instruction itself. All 0 on machines that have no
 *             assembly here.
 *
 * Async-signal-safe.
 */
void fiber_registers_from_signal(const void *ucontext, struct fiber_registers *registers);

/**
 * fiber_registers_undo_call() - step back from a function to its caller.
 * @fiber: whose stack it is
 * @registers: taken in the first instruction of the function; pc becomes the return address
 *
 * Async-signal-safe.
 * Return: true, or false with @registers unchanged if there is no way to know.
 */
bool fiber_registers_undo_call(const struct fiber *fiber, struct fiber_registers *registers);

/**
 * fiber_resume_from_signal() - leave a signal handler by resuming a switched-out fiber.
 * @to: resumed when the handler returns, as though the running fiber had switched to it
 * @ucontext: third argument of the handler; changed. Its signal mask is kept.
 *
 * The interrupted fiber is abandoned. The handler must run on its own stack
 * (SA_ONSTACK), and must return at once: with ucontext the call itself does not
 * return. Async-signal-safe.
 */
void fiber_resume_from_signal(struct fiber *to, void *ucontext);

#endif
