/* SPDX-License-Identifier: MIT */
/*
 * fiber_aarch64.c - frames of switched-out fibers, for fiber_aarch64.S.
 */
#include "engine/fiber_machine.h"

#include <stdint.h>
#include <string.h>
#include <ucontext.h>

/* What lies at fiber->sp. Known to fiber_aarch64.S by offsets. */
struct fiber_frame {
	uint64_t x19_x28[10];
	uint64_t x29, x30;
	uint64_t d8_d15[8];
	uint64_t fpcr;
	uint64_t unused;
};

_Static_assert(offsetof(struct fiber, sp) == 0, "fiber_swap() takes sp from the first member");
_Static_assert(offsetof(struct fiber_frame, x30) == 88, "fiber_aarch64.S counts on it");
_Static_assert(sizeof(struct fiber_frame) == 176, "fiber_aarch64.S counts on it");

/* In fiber_aarch64.S; both are entered by a jump. */
void fiber_entry(void);
void fiber_resume(void);

void fiber_machine_prepare(struct fiber *fiber, void (*entry)(void *arg), void *arg)
{
	char *top = fiber->stack + fiber->size - FIBER_TOP_BYTES;
	struct fiber_frame *frame = (void *)(top - sizeof(*frame));

	*frame = (struct fiber_frame){
		.x19_x28 = { (uintptr_t)entry, (uintptr_t)arg },
		.x30 = (uintptr_t)fiber_entry,
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
	registers->pc = frame->x30;
	registers->sp = (uintptr_t)(frame + 1);
	registers->fp = frame->x29;
	memcpy(registers->saved, frame->x19_x28, sizeof(frame->x19_x28));
	registers->saved[10] = frame->x30;
}

void fiber_machine_resume(struct fiber *to, void *ucontext)
{
	ucontext_t *context = ucontext;

	context->uc_mcontext.sp = (uintptr_t)to->sp;
	context->uc_mcontext.pc = (uintptr_t)fiber_resume;
}
