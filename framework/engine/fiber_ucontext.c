/* SPDX-License-Identifier: MIT */
/*
 * fiber_ucontext.c - switching by the C library, where there is no assembly.
 *
 * Correct everywhere, but each switch makes two system calls to save and set the
 * signal mask.
 */
#include "baton/sim.h"
#include "engine/fiber_machine.h"

#include <stdint.h>
#include <string.h>
#include <ucontext.h>

#include "base/bug.h"
#include "base/vec.h"

/* makecontext() passes ints, so the pointers go through the upper end of the stack. */
struct fiber_call {
	void (*entry)(void *arg);
	void *arg;
};

void fiber_machine_init(struct fiber *fiber)
{
	fiber->context = xcalloc(1, sizeof(ucontext_t));
}

void fiber_machine_release(struct fiber *fiber)
{
	free(fiber->context);
	fiber->context = NULL;
}

/* The pointer to the call, cut into two halves. */
static void begin(unsigned int high, unsigned int low)
{
	const struct fiber_call *call = (void *)((uintptr_t)high << 32 | low);

	call->entry(call->arg);
}

void fiber_machine_prepare(struct fiber *fiber, void (*entry)(void *arg), void *arg)
{
	ucontext_t *context = fiber->context;
	char *top = fiber->stack + fiber->size - FIBER_TOP_BYTES;
	struct fiber_call *call = (void *)(top - sizeof(*call));
	uint64_t address = (uintptr_t)call;

	*call = (struct fiber_call){ entry, arg };
	fiber->sp = call;
	BUG_ON(getcontext(context));
	context->uc_stack.ss_sp = fiber->stack;
	context->uc_stack.ss_size = (size_t)((char *)call - fiber->stack);
	context->uc_link = NULL;
	makecontext(context, (void (*)(void))begin, 2, (unsigned int)(address >> 32),
		    (unsigned int)address);
}

void fiber_swap(struct fiber *from, struct fiber *to)
{
	from->sp = from->context; /* it has started */
	BUG_ON(swapcontext(from->context, to->context));
}

void fiber_registers(const struct fiber *fiber, struct fiber_registers *registers)
{
	if (fiber->sp == fiber->context)
		fiber_registers_from_signal(fiber->context, registers);
	else
		memset(registers, 0, sizeof(*registers));
}

void fiber_machine_resume(struct fiber *to, void *ucontext)
{
	(void)ucontext;
	setcontext(to->context);
}

/* There is no way here to know the registers: loops that wait must say so. */
void baton_atomic(const struct baton_point *here, const void *object, enum baton_access_kind kind)
{
	baton_access(here, object, kind);
}
