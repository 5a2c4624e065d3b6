/* SPDX-License-Identifier: MIT */
/*
 * fiber.c - stacks, and what a sanitizer must know about them.
 *
 * The address sanitizer keeps a shadow of every stack and must hear of each switch
 * twice: before it, on the old stack, and after it, on the new one.
 */
#include "engine/fiber.h"

#include <string.h>
#include <sys/mman.h>

#include "engine/fiber_machine.h"

/*
 * What a fiber uses of its stack would be at the same place of a page in all of them, and
 * more than a few of them would push each other out of the cache. So their stacks begin
 * at different places.
 */
#define COLOURS 16u
#define COLOUR_BYTES 576u /* nine lines of 64 bytes: all colours differ in a page */

static unsigned int made;

int fiber_init(struct fiber *fiber)
{
	size_t bytes = FIBER_GUARD_BYTES + FIBER_STACK_BYTES;
	char *map =
		mmap(NULL, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (map == MAP_FAILED)
		return -1;
	if (mprotect(map + FIBER_GUARD_BYTES, FIBER_STACK_BYTES, PROT_READ | PROT_WRITE)) {
		int saved = errno;

		munmap(map, bytes);
		errno = saved;
		return -1;
	}
	*fiber = (struct fiber){ .stack = map + FIBER_GUARD_BYTES,
				 .size = FIBER_STACK_BYTES - made++ % COLOURS * COLOUR_BYTES };
	fiber_machine_init(fiber);
	return 0;
}

void fiber_init_thread(struct fiber *fiber)
{
	*fiber = (struct fiber){ .sp = NULL };
	fiber_machine_init(fiber);
}

bool fiber_is_guard(const struct fiber *fiber, const void *address)
{
	const char *at = address;

	return fiber->stack && at < fiber->stack && at >= fiber->stack - FIBER_GUARD_BYTES;
}

#if FIBER_SANITIZED

#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>

/* At the upper end of a stack until its fiber has started. */
struct fiber_start {
	void (*entry)(void *arg);
	void *arg;
};

_Static_assert(sizeof(struct fiber_start) <= FIBER_TOP_BYTES, "it must fit above the first frame");

/* The fiber that was left last, and the OS thread's own stack once that was left. */
static const struct fiber *left;
static const void *thread_stack;
static size_t thread_size;

static void leave(const struct fiber *from, void **fake, const struct fiber *to)
{
	left = from;
	if (to->stack)
		__sanitizer_start_switch_fiber(fake, to->stack, to->size);
	else
		__sanitizer_start_switch_fiber(fake, thread_stack, thread_size);
}

static void arrive(void *fake)
{
	const void *stack;
	size_t size;

	__sanitizer_finish_switch_fiber(fake, &stack, &size);
	if (left && !left->stack) {
		thread_stack = stack;
		thread_size = size;
	}
}

void fiber_switch(struct fiber *from, struct fiber *to)
{
	from->error = errno;
	leave(from, &from->asan, to);
	errno = to->error;
	fiber_swap(from, to);
	arrive(from->asan);
}

static void start(void *arg)
{
	struct fiber_start *slot = arg;

	arrive(NULL);
	slot->entry(slot->arg);
}

/* Calls that never returned have left the stack's shadow poisoned. */
static void forget(struct fiber *fiber)
{
	__asan_unpoison_memory_region(fiber->stack, fiber->size);
}

void fiber_prepare(struct fiber *fiber, void (*entry)(void *arg), void *arg)
{
	struct fiber_start *slot = (void *)(fiber->stack + fiber->size - FIBER_TOP_BYTES);

	forget(fiber);
	fiber->error = 0;
	*slot = (struct fiber_start){ entry, arg };
	fiber_machine_prepare(fiber, start, slot);
}

void fiber_resume_from_signal(struct fiber *to, void *ucontext)
{
	leave(NULL, NULL, to);
	errno = to->error;
	fiber_machine_resume(to, ucontext);
}

#else

/* Of the address sanitizer, if the code under test is built with it. */
extern void __asan_unpoison_memory_region(const volatile void *address, size_t size)
	__attribute__((weak));

/* Calls that never returned have left the stack's shadow poisoned: for this file's memset(),
 * too. */
static void forget(struct fiber *fiber)
{
	if (__asan_unpoison_memory_region)
		__asan_unpoison_memory_region(fiber->stack, fiber->size);
}

void fiber_prepare(struct fiber *fiber, void (*entry)(void *arg), void *arg)
{
	forget(fiber);
	fiber->error = 0;
	fiber_machine_prepare(fiber, entry, arg);
}

void fiber_resume_from_signal(struct fiber *to, void *ucontext)
{
	errno = to->error;
	fiber_machine_resume(to, ucontext);
}

#endif

void fiber_fill(struct fiber *fiber, unsigned char byte)
{
	forget(fiber);
	memset(fiber->stack, byte, fiber->size);
}

void fiber_release(struct fiber *fiber)
{
	fiber_machine_release(fiber);
	if (!fiber->stack)
		return;
	forget(fiber);
	munmap(fiber->stack - FIBER_GUARD_BYTES, FIBER_STACK_BYTES + FIBER_GUARD_BYTES);
	*fiber = (struct fiber){ .sp = NULL };
}
