/* SPDX-License-Identifier: MIT */
/* ideal_can.c - which operations make sense now. */
#include "conform/ideal.h"

unsigned int ideal_page_arg(const struct conform_op *op)
{
	const struct conform_kind *kind = &conform_kinds[op->what];
	unsigned int i = 0;

	if (op->what == CONFORM_FR || op->what == CONFORM_FW || op->what == CONFORM_PVR)
		return CONFORM_ARGS;
	while (i < CONFORM_ARGS && kind->args[i] != CONFORM_ARG_PAGE)
		i++;
	return i;
}

static bool can_reach(const struct ideal *ideal, const struct conform_op *op)
{
	const struct ideal_process *other = &ideal->processes[op->arg[0]];

	switch (op->what) {
	case CONFORM_FORK:
		return !other->begun;
	case CONFORM_REAP:
		return other->ended && !other->reaped && other->parent == op->process;
	default:
		return other->begun && !other->ended;
	}
}

static bool can_do(const struct ideal *ideal, const struct conform_op *op)
{
	const struct ideal_process *process = &ideal->processes[op->process];
	unsigned int at = ideal_page_arg(op);

	switch (op->what) {
	case CONFORM_MAP:
		return op->arg[0] != CONFORM_ANON_SHARED || ideal->object_count < IDEAL_OBJECTS;
	case CONFORM_EXIT:
		return op->process != 0;
	case CONFORM_SPLICE:
		return !ideal->pipes[op->arg[0]].ref.held;
	case CONFORM_REG:
		return !process->buffer.held;
	case CONFORM_UNREG:
	case CONFORM_WFIX:
	case CONFORM_RFIX:
		return process->buffer.held;
	case CONFORM_ODW: /* a block has one value */
		return !process->pages[op->arg[at]].lazy &&
		       ideal_value(ideal, &process->pages[op->arg[at]]) != IDEAL_MIXED;
	default:
		return true;
	}
}

bool ideal_can(const struct ideal *ideal, const struct conform_op *op)
{
	const struct ideal_pipe *pipe = &ideal->pipes[op->arg[0] % CONFORM_PIPES];

	if (op->process == CONFORM_DRIVER)
		return op->what != CONFORM_PIPE ||
		       (pipe->ref.held && pipe->count <= CONFORM_EXPECTED_MAX);
	if (!ideal->processes[op->process].begun || ideal->processes[op->process].ended)
		return false;
	if (conform_kinds[op->what].args[0] == CONFORM_ARG_PROCESS)
		return can_reach(ideal, op);
	return can_do(ideal, op);
}
