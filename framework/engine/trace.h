/* SPDX-License-Identifier: MIT */
/*
 * trace.h - everything that happened in one recorded execution.
 *
 * Only the second look at an execution records; the search pass has no trace. A
 * trace holds no addresses, so two recordings of one schedule are equal byte for
 * byte: objects are known by the name of their wait, frames by function and line.
 *
 * This is the one stream of events that all reports are made from. Events are in the
 * order of execution. TRACE_STEP is a scheduling step: the access that was announced
 * at point. Notes and choices that follow belong to the step before them. values[] are
 * the program's watches after the step; changes, what differs then in the state that the
 * program shows (program.h). What steps share stands in tables: places on stacks, objects,
 * their fields. Entry 0 of each table means "none".
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
	TRACE_STATE,  /* values, changes: how the main phase begins; before its first step */
	TRACE_STEP,   /* cpu, point, kind, place, object, values, changes, preempts */
	TRACE_CALL,   /* cpu, text: a call begins (baton_call_begin) */
	TRACE_RETURN, /* cpu: the innermost call ends */
	TRACE_NOTE,   /* cpu, text: belongs to the last step of this cpu */
	TRACE_CHOICE, /* cpu, text: name of the choice; choice_kind, option */
	TRACE_WAIT,   /* cpu, text: for what, and who holds it; it cannot make this step */
	TRACE_READY,  /* cpu: from this step on it could go on */
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
	bool preempts;       /* another CPU made the step before this one and could have gone on */
	unsigned int place;  /* where the access is made: in places */
	unsigned int object; /* what it is to: in objects */
	unsigned int location;     /* of it: equal numbers, and only these, are the same address */
	size_t first_change;       /* in changes */
	unsigned int change_count; /* of the state, by this step */
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

/* A frame of a stack, and who called it: steps share those that their stacks have in common. */
struct trace_place {
	struct trace_frame frame;
	unsigned int caller;             /* 0: it is the outermost */
	unsigned int depth;              /* 1: the outermost */
	unsigned int first_callee, next; /* those of one caller are a list */
};

/* Something that the program shows, or what else an access is known to be to. */
struct trace_object {
	char *kind;         /* "page"; "memory" where only a region is known (program.h) */
	char *name;         /* "A" */
	unsigned int next;  /* of its chain; 0: the last one */
	unsigned int field; /* of it: found or made last; 0: it has none */
};

struct trace_field {
	unsigned int object;
	char *name;        /* "refcount" */
	unsigned int next; /* the fields of an object are a ring */
};

struct trace_change {
	unsigned int field;
	char *value; /* NULL: it is no longer shown */
};

/* The stack of one CPU at the end of the execution, innermost frame first. */
struct trace_stack {
	/* "failed here", "next: pte_read", "waits for ptl(P) held by dio", "finished" */
	const char *state;
	char *state_text; /* owns it */
	VEC(struct trace_frame) frames;
};

/* Objects are found by chains, each with those of one hash. */
#define TRACE_CHAINS 256u

struct trace {
	const struct baton_program *program;
	VEC(struct trace_event) events;
	VEC(struct trace_place) places;
	VEC(struct trace_object) objects;
	unsigned int chains[TRACE_CHAINS]; /* the first object of each */
	VEC(struct trace_field) fields;
	VEC(struct trace_change) changes;
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

/* The frames and the state, and not what holds them. */
void trace_stack_release(struct trace_stack *stack);

/**
 * trace_place() - the entry for a frame below @caller, made if there is none.
 * @caller: in places; 0: the frame is an outermost one
 * @frame: copied
 */
unsigned int trace_place(struct trace *trace, unsigned int caller, const struct trace_frame *frame);

/**
 * trace_object() - the entry for an object, made if there is none.
 * @kind: copied, as is @name
 */
unsigned int trace_object(struct trace *trace, const char *kind, const char *name);

/* The entry for a field of @object; as trace_object(). The one behind the last is found first. */
unsigned int trace_field(struct trace *trace, unsigned int object, const char *name);

/**
 * trace_change() - a field has another value after the last TRACE_STEP or TRACE_STATE.
 * @event: that one
 * @value: malloc'ed, belongs to the trace from now on; NULL: the field is no longer shown
 */
void trace_change(struct trace *trace, struct trace_event *event, unsigned int field, char *value);

/**
 * trace_hash() - a number that two traces share if nothing in them differs.
 *
 * Covers events, points' names and lines, texts, values, counts, stacks and the
 * finding; not trace->hash, where the caller keeps it. It is the same on every
 * run of one build, and means nothing to another version of baton.
 */
uint64_t trace_hash(const struct trace *trace);

#endif
