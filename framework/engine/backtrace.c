/* SPDX-License-Identifier: MIT */
/*
 * backtrace.c - which frames of a stack are shown.
 */
#include "engine/backtrace.h"

#define UNW_LOCAL_ONLY
#include <libunwind.h>
#include <stdlib.h>
#include <string.h>

#include "engine/symbol.h"
#include "engine/unwind.h"

/* Borrowed from symbol.c, innermost first. */
struct frames {
	VEC(const struct symbol_frame *) list;
};

/* Is @frame baton's own machinery, which is of no interest to whoever tests with it? */
static bool is_machinery(const struct symbol_frame *frame)
{
	static const char *const folders[] = {
		"framework/engine/",  "framework/explore/", "framework/scenario/",
		"framework/include/", "framework/posix/",   "framework/tsan/",
		"injectors/",
	};

	if (!frame->file || strstr(frame->file, "_test.c"))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(folders); i++)
		if (!strncmp(frame->file, folders[i], strlen(folders[i])))
			return true;
	return false;
}

/*
 * What calls the first function of a fiber: assembly, whose file not all assemblers name
 * as they should, or the C library.
 */
static bool is_entry(const struct symbol_frame *frame)
{
	return is_machinery(frame) || !strcmp(frame->function, "fiber_first") ||
	       frame->function[0] == '[' || frame->function[0] == '?';
}

/* Several frames in a row in one library say no more than one. */
static bool repeats_library(const struct frames *frames, const struct symbol_frame *next)
{
	const struct symbol_frame *last;

	if (!frames->list.count || next->function[0] != '[')
		return false;
	last = frames->list.items[frames->list.count - 1];
	return !strcmp(last->function, next->function);
}

static void symbolise(const struct unwind *unwind, struct frames *frames)
{
	for (size_t i = 0; i < unwind->pcs.count; i++) {
		const struct symbol *symbol = symbol_find(unwind->pcs.items[i]);

		for (size_t j = 0; j < symbol->frames.count; j++)
			if (!repeats_library(frames, &symbol->frames.items[j]))
				vec_push(&frames->list, &symbol->frames.items[j]);
	}
}

static void show_frame(const struct symbol_frame *frame, struct trace_stack *stack)
{
	struct trace_frame shown = {
		.function = xstrdup(frame->function),
		.file = frame->file ? xstrdup(frame->file) : NULL,
		.line = frame->line,
	};

	vec_push(&stack->frames, shown);
}

/* Without the machinery at both ends, and not too many. */
static void show(const struct frames *frames, struct trace_stack *stack)
{
	static char dots[] = "...";
	static const struct symbol_frame gap = { .function = dots };
	size_t first = 0, end = frames->list.count;
	size_t hidden;

	while (first < end && is_machinery(frames->list.items[first]))
		first++;
	while (end > first && is_entry(frames->list.items[end - 1]))
		end--;
	hidden = end - first > BACKTRACE_FRAMES_MAX ? end - first - BACKTRACE_FRAMES_MAX + 1 : 0;
	for (size_t i = first; i < end; i++) {
		if (hidden && i == end - BACKTRACE_OUTERMOST - hidden) {
			show_frame(&gap, stack);
			i += hidden;
		}
		show_frame(frames->list.items[i], stack);
	}
}

static void trace_registers(const struct fiber *fiber, const struct fiber_registers *registers,
			    bool interrupted, struct trace_stack *stack)
{
	struct unwind unwind = { 0 };
	struct frames frames = { 0 };

	unwind_stack(fiber, registers, interrupted, &unwind);
	symbolise(&unwind, &frames);
	show(&frames, stack);
	vec_release(&frames.list);
	vec_release(&unwind.pcs);
}

void backtrace_suspended(const struct fiber *fiber, struct trace_stack *stack)
{
	struct fiber_registers registers;

	fiber_registers(fiber, &registers);
	trace_registers(fiber, &registers, false, stack);
}

void backtrace_crashed(const struct crash_report *report, struct trace_stack *stack)
{
	trace_registers(report->fiber, &report->registers, !report->jump, stack);
}

void backtrace_here(struct backtrace_pcs *pcs)
{
	int count = unw_backtrace(pcs->pcs, BACKTRACE_PCS_MAX);

	pcs->count = count > 0 ? (unsigned int)count : 0;
}

void backtrace_pcs(const struct backtrace_pcs *pcs, struct trace_stack *stack)
{
	struct unwind unwind = { 0 };
	struct frames frames = { 0 };

	for (unsigned int i = 0; i < pcs->count; i++)
		vec_push(&unwind.pcs, (unsigned long)pcs->pcs[i] - 1);
	symbolise(&unwind, &frames);
	show(&frames, stack);
	vec_release(&frames.list);
	vec_release(&unwind.pcs);
}

#define TEXT_FRAMES_MAX 4u

/* A primitive that noticed what its caller did. */
static bool is_primitive(const struct trace_frame *frame)
{
	return frame->file && !strncmp(frame->file, "framework/kernel/", 17) &&
	       !strstr(frame->file, "_test.c");
}

static bool same_frames(const struct trace_frame *a, const struct trace_frame *b)
{
	return a->line == b->line && !strcmp(a->function, b->function);
}

void backtrace_text(const struct trace_stack *stack, struct text *text)
{
	const struct trace_frame *frames = stack->frames.items;
	size_t count = stack->frames.count, i = 0, shown = 0;

	while (i + 1 < count && is_primitive(&frames[i]))
		i++;
	for (; i < count && shown < TEXT_FRAMES_MAX; i++) {
		if (shown && same_frames(&frames[i], &frames[i - 1]))
			continue; /* a recursion */
		text_addf(text, "%s%s", shown++ ? " < " : "", frames[i].function);
		if (frames[i].file)
			text_addf(text, " (%s:%u)", frames[i].file, frames[i].line);
	}
	if (i < count)
		text_addf(text, " < ... %s", frames[count - 1].function);
}
