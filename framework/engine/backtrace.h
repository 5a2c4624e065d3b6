/* SPDX-License-Identifier: MIT */
/*
 * backtrace.h - where a CPU stands: the functions on its stack, innermost first.
 *
 * The frames of baton's own machinery are left out at both ends, so that what is
 * shown begins and ends with the code under test. Of a long stack the middle is
 * replaced by one frame "...". No frame holds an address.
 *
 * Layer: engine. May include: base.
 */
#ifndef ENGINE_BACKTRACE_H
#define ENGINE_BACKTRACE_H

#include "engine/crash.h"
#include "engine/fiber.h"
#include "engine/trace.h"

/* Frames shown of one stack, "..." included: the innermost, and the last few. */
#define BACKTRACE_FRAMES_MAX 64u
#define BACKTRACE_OUTERMOST 15u

/**
 * backtrace_suspended() - the stack of a fiber that has switched away.
 * @fiber: prepared, and not running; if it never ran, there are no frames
 * @stack: the frames are appended
 *
 * Context: the scheduler's fiber.
 */
void backtrace_suspended(const struct fiber *fiber, struct trace_stack *stack);

/**
 * backtrace_crashed() - the stack of a fiber at the moment when it crashed.
 * @report: of the crash; its fiber was not prepared again since
 * @stack: the frames are appended
 *
 * The stack may hold anything: the trace ends where it makes no sense.
 *
 * Context: the scheduler's fiber.
 */
void backtrace_crashed(const struct crash_report *report, struct trace_stack *stack);

/* Return addresses, innermost first: cheap to take, and looked up when they are shown. */
#define BACKTRACE_PCS_MAX 24

struct backtrace_pcs {
	unsigned int count;
	void *pcs[BACKTRACE_PCS_MAX];
};

/* Who has called the caller of this. Context: on a CPU. */
void backtrace_here(struct backtrace_pcs *pcs);

/* The frames of @pcs are appended to @stack. Context: the scheduler's fiber. */
void backtrace_pcs(const struct backtrace_pcs *pcs, struct trace_stack *stack);

/* Append "make (a.c:30) < publish (a.c:44)"; nothing if there are no frames. */
void backtrace_text(const struct trace_stack *stack, struct text *text);

#endif
