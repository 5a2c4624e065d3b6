/* SPDX-License-Identifier: MIT */
/*
 * unwind.c - drives libunwind.
 *
 * A crashed fiber may have overwritten its own stack, and libunwind does not check all
 * that it reads (and what it checks, by writing it to a pipe). So its access to memory is
 * replaced while it works for us.
 */
#define UNW_LOCAL_ONLY
#include "engine/unwind.h"

#include <libunwind.h>
#include <stdint.h>
#include <string.h>

#include "engine/crash.h"

#if defined(__x86_64__)

static bool load_context(unw_context_t *context, const struct fiber_registers *registers)
{
	static const int saved[] = { REG_RBX, REG_R12, REG_R13, REG_R14, REG_R15 };
	greg_t *gregs = context->uc_mcontext.gregs;

	memset(context, 0, sizeof(*context));
	gregs[REG_RIP] = (greg_t)registers->pc;
	gregs[REG_RSP] = (greg_t)registers->sp;
	gregs[REG_RBP] = (greg_t)registers->fp;
	for (size_t i = 0; i < ARRAY_SIZE(saved); i++)
		gregs[saved[i]] = (greg_t)registers->saved[i];
	return true;
}

#elif defined(__aarch64__)

static bool load_context(unw_context_t *context, const struct fiber_registers *registers)
{
	memset(context, 0, sizeof(*context));
	context->uc_mcontext.pc = registers->pc;
	context->uc_mcontext.sp = registers->sp;
	context->uc_mcontext.regs[29] = registers->fp;
	for (size_t i = 0; i < 10; i++)
		context->uc_mcontext.regs[19 + i] = registers->saved[i];
	context->uc_mcontext.regs[30] = registers->saved[10];
	return true;
}

#else

static bool load_context(unw_context_t *context, const struct fiber_registers *registers)
{
	(void)context;
	(void)registers;
	return false;
}

#endif

/* What libunwind may read: the stack, and the registers that it starts with. */
static const struct fiber *walked;
static unw_context_t walked_context;

/*
 * Of the code at pc it asks whether a signal handler returns there, on aarch64 before each step.
 * The answer is no. Without an answer it would take the link register for pc, which loses the
 * caller of a function that has none of its own.
 */
static unw_word_t walked_pc;

static bool is_code(unw_word_t address)
{
	return address == walked_pc || address == walked_pc + sizeof(unw_word_t);
}

static bool is_inside(unw_word_t address, const void *start, size_t size)
{
	return address >= (uintptr_t)start &&
	       address - (uintptr_t)start <= size - sizeof(unw_word_t);
}

__attribute__((no_sanitize("address"))) static int
read_word(unw_addr_space_t space, unw_word_t address, unw_word_t *value, int write, void *arg)
{
	(void)space;
	(void)arg;
	if (write)
		return -UNW_EINVAL;
	if (is_code(address)) {
		*value = 0;
		return 0;
	}
	if (address % sizeof(*value))
		return -UNW_EINVAL;
	if (!is_inside(address, walked->stack, walked->size) &&
	    !is_inside(address, &walked_context, sizeof(walked_context)))
		return -UNW_EINVAL;
	*value = *(const unw_word_t *)address;
	return 0;
}

struct walk {
	bool interrupted;
	struct unwind *unwind;
};

static void walk(void *arg)
{
	const char *end = walked->stack + walked->size;
	struct walk *walk = arg;
	unw_word_t sp, last = 0;
	unw_cursor_t cursor;

	if (unw_init_local2(&cursor, &walked_context,
			    walk->interrupted ? UNW_INIT_SIGNAL_FRAME : 0))
		return;
	do {
		if (unw_get_reg(&cursor, UNW_REG_IP, &walked_pc) ||
		    unw_get_reg(&cursor, UNW_REG_SP, &sp))
			return;
		/* Each caller's frame lies above, on the same stack. */
		if (!walked_pc || (last && (sp < last || sp > (uintptr_t)end)))
			return;
		vec_push(&walk->unwind->pcs, walk->interrupted ? walked_pc : walked_pc - 1);
		walk->interrupted = false;
		last = sp;
	} while (unw_step(&cursor) > 0);
}

void unwind_stack(const struct fiber *fiber, const struct fiber_registers *registers,
		  bool interrupted, struct unwind *unwind)
{
	unw_accessors_t *accessors = unw_get_accessors(unw_local_addr_space);
	unw_accessors_t before = *accessors;

	if (!load_context(&walked_context, registers))
		return;
	/* There is one thread; a cache for several is locked, at four system calls per frame. */
	unw_set_caching_policy(unw_local_addr_space, UNW_CACHE_PER_THREAD);
	walked = fiber;
	accessors->access_mem = read_word;
	/* On aarch64, libunwind 1.6 reads the stack itself. */
	crash_try(walk, &(struct walk){ interrupted, unwind });
	*accessors = before;
}

unsigned int unwind_here(void **returns, unsigned int max)
{
	int count = unw_backtrace(returns, (int)max);

	return count > 0 ? (unsigned int)count : 0;
}
