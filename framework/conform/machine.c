/* SPDX-License-Identifier: MIT */
/* machine.c - processes, and which function an operation is. */
#include "conform/machine.h"

#include <errno.h>
#include <string.h>

#include "mm/model.h"

/* The highest page that is named, and one more. */
static unsigned int pages_of(const struct conform_script *script)
{
	unsigned int pages = 1;

	for (size_t i = 0; i < script->ops.count; i++) {
		const struct conform_op *op = &script->ops.items[i];

		for (int arg = 0; arg < CONFORM_ARGS; arg++)
			if (conform_kinds[op->what].args[arg] == CONFORM_ARG_PAGE &&
			    op->arg[arg] >= pages)
				pages = op->arg[arg] + 1u;
	}
	return pages;
}

void conform_machine_init(struct conform_machine *machine, const struct conform_script *script)
{
	memset(machine, 0, sizeof(*machine));
	machine->pages = pages_of(script);
	for (unsigned int block = 0; block < CONFORM_BLOCKS; block++)
		conform_fill(machine->disk[block], CONFORM_BLOCK_VALUE(block));
	machine->processes[0].mm = mm_alloc(NULL);
}

static long call_fork(const struct conform_call *call)
{
	struct conform_process *child = &call->machine->processes[call->op->arg[0]];

	child->mm = dup_mm(call->mm);
	child->parent = call->op->process;
	return child->mm ? 0 : -ENOMEM;
}

/* A ring lives on while a child has it: its page stays pinned, and nobody can tell. */
static long call_exit(const struct conform_call *call)
{
	call->process->ended = true;
	mmput(call->mm);
	return 0;
}

static long call_reap(const struct conform_call *call)
{
	struct conform_process *child = &call->machine->processes[call->op->arg[0]];

	if (child->parent != call->op->process || !child->ended || child->reaped)
		return -ECHILD;
	child->reaped = true;
	return 0;
}

/* Looking changes nothing. */
static long call_st(const struct conform_call *call)
{
	(void)call;
	return 0;
}

static const conform_function process_calls[CONFORM_WHATS] = {
	[CONFORM_FORK] = call_fork,
	[CONFORM_EXIT] = call_exit,
	[CONFORM_REAP] = call_reap,
	[CONFORM_ST] = call_st,
};

static conform_function function_of(unsigned int what)
{
	static const conform_function *const tables[] = {
		process_calls,
		conform_memory_calls,
		conform_device_calls,
		conform_file_calls,
	};

	for (size_t i = 0; i < ARRAY_SIZE(tables); i++)
		if (tables[i][what])
			return tables[i][what];
	return NULL;
}

long conform_call(struct conform_machine *machine, const struct conform_op *op)
{
	struct conform_call call = { .machine = machine, .op = op };
	conform_function function = function_of(op->what);
	long answer;

	if (!function)
		return -ENOSYS;
	if (op->process != CONFORM_DRIVER) {
		call.process = &machine->processes[op->process];
		call.mm = call.process->mm;
	}
	answer = function(&call);
	mm_model.op_done();
	return answer;
}
