/* SPDX-License-Identifier: MIT */
/* script.c - operations as a table, and scripts as text again. */
#include "conform/script.h"

#include <stdlib.h>

#define BY_PROCESS .process = true
#define BY_DRIVER .driver = true
#define PAGE CONFORM_ARG_PAGE

const struct conform_kind conform_kinds[CONFORM_WHATS] = {
	[CONFORM_MAP] = { "map", { CONFORM_ARG_BACKING }, 0, BY_PROCESS },
	[CONFORM_W] = { "w", { CONFORM_ARG_VALUE, PAGE }, 1, BY_PROCESS },
	[CONFORM_WB] = { "wb", { CONFORM_ARG_VALUE, PAGE }, 1, BY_PROCESS },
	[CONFORM_R] = { "r", { PAGE }, 0, BY_PROCESS, .value = true },
	[CONFORM_FORK] = { "fork", { CONFORM_ARG_PROCESS }, 1, BY_PROCESS },
	[CONFORM_EXIT] = { "exit", { 0 }, 0, BY_PROCESS },
	[CONFORM_REAP] = { "reap", { CONFORM_ARG_PROCESS }, 1, BY_PROCESS },
	[CONFORM_SPLICE] = { "splice", { CONFORM_ARG_PIPE, PAGE }, 1, BY_PROCESS },
	[CONFORM_PIPE] = { "pipe", { CONFORM_ARG_PIPE }, 1, BY_DRIVER, .value = true },
	[CONFORM_REG] = { "reg", { PAGE }, 0, BY_PROCESS },
	[CONFORM_UNREG] = { "unreg", { 0 }, 0, BY_PROCESS },
	[CONFORM_WFIX] = { "wfix", { 0 }, 0, BY_PROCESS, .value = true },
	[CONFORM_RFIX] = { "rfix", { CONFORM_ARG_VALUE }, 1, BY_PROCESS },
	[CONFORM_ODR] = { "odr", { CONFORM_ARG_BLOCK, PAGE }, 1, BY_PROCESS },
	[CONFORM_ODW] = { "odw", { CONFORM_ARG_BLOCK, PAGE }, 1, BY_PROCESS },
	[CONFORM_PVR] = { "pvr", { CONFORM_ARG_PROCESS, PAGE }, 1, BY_PROCESS, .value = true },
	[CONFORM_PVW] = { "pvw", { CONFORM_ARG_PROCESS, CONFORM_ARG_VALUE }, 2, BY_PROCESS },
	[CONFORM_MEM] = { "mem", { CONFORM_ARG_VALUE, PAGE }, 1, BY_PROCESS },
	[CONFORM_PAGEOUT] = { "pageout", { PAGE }, 0, BY_PROCESS },
	[CONFORM_WILLNEED] = { "willneed", { PAGE }, 0, BY_PROCESS },
	[CONFORM_DONTNEED] = { "dontneed", { PAGE }, 0, BY_PROCESS },
	[CONFORM_FREE] = { "free", { PAGE }, 0, BY_PROCESS },
	[CONFORM_DONTFORK] = { "dontfork", { PAGE }, 0, BY_PROCESS },
	[CONFORM_UNMAP] = { "unmap", { PAGE }, 0, BY_PROCESS },
	[CONFORM_RO] = { "ro", { PAGE }, 0, BY_PROCESS },
	[CONFORM_RW] = { "rw", { PAGE }, 0, BY_PROCESS },
	[CONFORM_MLOCK] = { "mlock", { PAGE }, 0, BY_PROCESS },
	[CONFORM_MSYNC] = { "msync", { PAGE }, 0, BY_PROCESS },
	[CONFORM_FSYNC] = { "fsync", { 0 }, 0, BY_PROCESS },
	[CONFORM_RFP] = { "rfp", { PAGE, PAGE }, 2, BY_PROCESS },
	[CONFORM_FR] = { "fr", { PAGE }, 0, BY_PROCESS, BY_DRIVER, .value = true },
	[CONFORM_FW] = { "fw", { CONFORM_ARG_VALUE, PAGE }, 1, BY_PROCESS },
	[CONFORM_ST] = { "st", { PAGE }, 0, BY_PROCESS },
};

bool conform_op_expects(const struct conform_op *op, long answer)
{
	for (unsigned int i = 0; i < op->expected_n; i++)
		if (op->expected[i] == answer)
			return true;
	return !op->expected_n && !answer;
}

static void print_args(const struct conform_op *op, struct text *text)
{
	for (unsigned int i = 0; i < op->args; i++) {
		if (conform_kinds[op->what].args[i] == CONFORM_ARG_PROCESS)
			text_addf(text, ":%c", 'A' + op->arg[i]);
		else
			text_addf(text, ":%u", op->arg[i]);
	}
}

void conform_op_print(const struct conform_op *op, struct text *text)
{
	text_addf(text, "%c.%s", 'A' + op->process, conform_kinds[op->what].name);
	print_args(op, text);
	for (unsigned int i = 0; i < op->expected_n; i++)
		text_addf(text, "%c%d", i ? '|' : '=', op->expected[i]);
	if (!op->has_seen)
		return;
	text_addf(text, "->%d", op->seen);
	if (op->expected_n && !conform_op_expects(op, op->seen))
		text_add(text, "(!!)");
}

void conform_script_print(const struct conform_script *script, struct text *text)
{
	text_addf(text, "%s :", script->name);
	for (size_t i = 0; i < script->ops.count; i++) {
		text_add_char(text, ' ');
		conform_op_print(&script->ops.items[i], text);
	}
}

void conform_script_release(struct conform_script *script)
{
	free(script->name);
	script->name = NULL;
	vec_release(&script->ops);
}

void conform_scripts_release(struct conform_scripts *scripts)
{
	for (size_t i = 0; i < scripts->list.count; i++)
		conform_script_release(&scripts->list.items[i]);
	vec_release(&scripts->list);
}
