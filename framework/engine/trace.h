/* SPDX-License-Identifier: MIT */
/*
 * trace.h - everything that happened in one recorded execution.
 *
 * Only the second look at an execution records; the search pass has no trace. A
 * trace holds no addresses, so two recordings of one schedule are equal byte for
 * byte: objects are known by the name of their wait, frames by function and line.
 *
 * Events are in the order of execution. TRACE_STEP is a scheduling step: the
 * access that was announced at point. Notes and choices that follow belong to the
 * step before them. values[] are the program's watches after the step.
 *
 * Layer: engine. May include: base.
 */
#ifndef ENGINE_TRACE_H
#define ENGINE_TRACE_H

#include <stdint.h>

#include "base/vec.h"
#include "baton/program.h"
#include "engine/finding.h"

enum trace_type {
	TRACE_STEP,   /* cpu, point, kind, values, preempts, blocked */
	TRACE_CALL,   /* cpu, text: a call begins (baton_call_begin) */
	TRACE_RETURN, /* cpu: the innermost call ends */
	TRACE_NOTE,   /* cpu, text: belongs to the last step of this cpu */
	TRACE_CHOICE, /* cpu, text: name of the choice; choice_kind, option */
};

/* In which part of the execution an event happened. */
enum trace_phase {
	TRACE_SETUP,
	TRACE_MAIN,
	TRACE_FINALLY,
};

struct trace_event {
	enum trace_type type;
	enum trace_phase phase;
	int cpu;           /* -1: the CPU of setup and finally */
	unsigned int step; /* number of the step in its phase, from 1; 0 before the first */
	const struct baton_point *point;
	enum baton_access_kind kind;
	bool preempts;    /* another CPU made the step before this one and could have gone on */
	uint64_t blocked; /* CPUs that could not run at this step */
	enum baton_choice_kind choice_kind;
	unsigned int option;
	char *text;
	long *values; /* watch_count values, NULL where not sampled */
};

struct trace_frame {
	char *function; /* "try_to_unmap_one"; "[libc.so.6]" for a frame outside the program */
	char *file;     /* relative to the project; NULL where unknown */
	unsigned int line;
};

/* The stack of one CPU at the end of the execution, innermost frame first. */
struct trace_stack {
	/* "failed here", "next: pte_read", "waits for ptl(P) held by dio", "finished" */
	const char *state;
	char *state_text; /* owns it */
	VEC(struct trace_frame) frames;
};

struct trace {
	const struct baton_program *program;
	VEC(struct trace_event) events;
	struct trace_stack *stacks; /* one per CPU, program->cpu_count */
	unsigned int stacks_step;   /* after which they were taken; 0: at the end */
	struct finding finding;     /* FINDING_NONE if the execution ended well */
	unsigned int steps;
	unsigned int preemptions;
	unsigned int faults; /* fault choices answered with 1 */
	uint64_t hash;       /* of all events, for comparing two recordings */
};

/* @program must outlive the trace. */
void trace_init(struct trace *trace, const struct baton_program *program);
void trace_release(struct trace *trace);
/* Forget all events, stacks and the finding, and keep the program. */
void trace_clear(struct trace *trace);

/**
 * trace_add() - append an event.
 * @event: its text (malloc'ed or NULL) and values (malloc'ed, one per watch of the
 *	   program, or NULL) belong to the trace from now on
 *
 * Return: the event in the trace; it moves when another one is added.
 */
struct trace_event *trace_add(struct trace *trace, struct trace_event event);

/**
 * trace_add_frame() - append a frame to the stack of a CPU, innermost first.
 * @cpu: 0..cpu_count - 1
 * @function: copied
 * @file: copied; NULL where unknown
 */
void trace_add_frame(struct trace *trace, unsigned int cpu, const char *function, const char *file,
		     unsigned int line);

/**
 * trace_set_state() - say what a CPU was doing at the end.
 * @state: "next: pte_read"; malloc'ed, belongs to the trace from now on
 */
void trace_set_state(struct trace *trace, unsigned int cpu, char *state);

/**
 * trace_hash() - a number that two traces share if nothing in them differs.
 *
 * Covers events, points' names and lines, texts, values, counts, stacks and the
 * finding; not trace->hash, where the caller keeps it. It is the same on every
 * run of one build, and means nothing to another version of baton.
 */
uint64_t trace_hash(const struct trace *trace);

#endif
