/* SPDX-License-Identifier: MIT */
/*
 * fiber_registers.c - registers of interrupted code, by machine.
 */
#include "engine/fiber.h"

#include <string.h>
#include <ucontext.h>

#if defined(__x86_64__)

void fiber_registers_from_signal(const void *ucontext, struct fiber_registers *registers)
{
	static const int saved[] = { REG_RBX, REG_R12, REG_R13, REG_R14, REG_R15 };
	const ucontext_t *context = ucontext;
	const greg_t *gregs = context->uc_mcontext.gregs;

	memset(registers, 0, sizeof(*registers));
	registers->pc = (unsigned long)gregs[REG_RIP];
	registers->sp = (unsigned long)gregs[REG_RSP];
	registers->fp = (unsigned long)gregs[REG_RBP];
	for (size_t i = 0; i < sizeof(saved) / sizeof(saved[0]); i++)
		registers->saved[i] = (unsigned long)gregs[saved[i]];
}

/* The call has pushed the return address, and nothing else has happened. */
bool fiber_registers_undo_call(const struct fiber *fiber, struct fiber_registers *registers)
{
	unsigned long lowest = (unsigned long)fiber->stack;

	if (registers->sp < lowest || registers->sp > lowest + fiber->size - sizeof(long))
		return false;
	memcpy(&registers->pc, fiber->stack + (registers->sp - lowest), sizeof(registers->pc));
	registers->sp += sizeof(registers->pc);
	return true;
}

#elif defined(__aarch64__)

#define LINK_REGISTER 10 /* index in saved */

void fiber_registers_from_signal(const void *ucontext, struct fiber_registers *registers)
{
	const ucontext_t *context = ucontext;
	const mcontext_t *machine = &context->uc_mcontext;

	memset(registers, 0, sizeof(*registers));
	registers->pc = machine->pc;
	registers->sp = machine->sp;
	registers->fp = machine->regs[29];
	for (size_t i = 0; i < 10; i++)
		registers->saved[i] = machine->regs[19 + i];
	registers->saved[LINK_REGISTER] = machine->regs[30];
}

bool fiber_registers_undo_call(const struct fiber *fiber, struct fiber_registers *registers)
{
	(void)fiber;
	registers->pc = registers->saved[LINK_REGISTER];
	return true;
}

#else

void fiber_registers_from_signal(const void *ucontext, struct fiber_registers *registers)
{
	(void)ucontext;
	memset(registers, 0, sizeof(*registers));
}

bool fiber_registers_undo_call(const struct fiber *fiber, struct fiber_registers *registers)
{
	(void)fiber;
	(void)registers;
	return false;
}

#endif
