/* SPDX-License-Identifier: MIT */
/*
 * fiber_x86_64.c - frames of switched-out fibers, for fiber_x86_64.S.
 */
#include "engine/fiber_machine.h"

#include <stdint.h>
#include <string.h>
#include <ucontext.h>

/* What lies at fiber->sp. Known to fiber_x86_64.S by offsets. */
struct fiber_frame {
	uint32_t mxcsr;
	uint16_t x87_control;
	uint16_t unused;
	uint64_t r15, r14, r13, r12, rbx, rbp;
	uint64_t rip;
};

_Static_assert(offsetof(struct fiber, sp) == 0, "fiber_swap() takes sp from the first member");
_Static_assert(offsetof(struct fiber_frame, rip) == 56, "fiber_x86_64.S counts on it");
_Static_assert(sizeof(struct fiber_frame) == 64, "fiber_x86_64.S counts on it");

/* The state of a new process: all exceptions masked, round to nearest, 64-bit mantissa. */
#define MXCSR_INITIAL 0x1f80
#define X87_CONTROL_INITIAL 0x37f

/* In fiber_x86_64.S; both are entered by a jump. */
void fiber_entry(void);
void fiber_resume(void);

void fiber_machine_prepare(struct fiber *fiber, void (*entry)(void *arg), void *arg)
{
	char *top = fiber->stack + fiber->size - FIBER_TOP_BYTES;
	struct fiber_frame *frame = (void *)(top - sizeof(*frame));

	*frame = (struct fiber_frame){
		.mxcsr = MXCSR_INITIAL,
		.x87_control = X87_CONTROL_INITIAL,
		.r12 = (uintptr_t)entry,
		.r13 = (uintptr_t)arg,
		.rip = (uintptr_t)fiber_entry,
	};
	fiber->sp = frame;
}

void fiber_machine_init(struct fiber *fiber)
{
	fiber->context = NULL;
}

void fiber_machine_release(struct fiber *fiber)
{
	(void)fiber;
}

void fiber_registers(const struct fiber *fiber, struct fiber_registers *registers)
{
	const struct fiber_frame *frame = fiber->sp;

	memset(registers, 0, sizeof(*registers));
	registers->pc = frame->rip;
	registers->sp = (uintptr_t)(frame + 1);
	registers->fp = frame->rbp;
	registers->saved[0] = frame->rbx;
	registers->saved[1] = frame->r12;
	registers->saved[2] = frame->r13;
	registers->saved[3] = frame->r14;
	registers->saved[4] = frame->r15;
}

void fiber_machine_resume(struct fiber *to, void *ucontext)
{
	ucontext_t *context = ucontext;

	context->uc_mcontext.gregs[REG_RSP] = (greg_t)(uintptr_t)to->sp;
	context->uc_mcontext.gregs[REG_RIP] = (greg_t)(uintptr_t)fiber_resume;
}
