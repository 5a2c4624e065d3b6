/* SPDX-License-Identifier: MIT */
/*
 * condition.h - what can be said of an execution without the numbers of its steps: which of
 * two places came first, and how a choice was answered.
 *
 * Layer: explain. May include: explore, engine, base.
 */
#ifndef EXPLAIN_CONDITION_H
#define EXPLAIN_CONDITION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "base/vec.h"
#include "baton/program.h"

/* A CPU at a point, the nth time that it passes it. */
struct place {
	uint32_t cpu; /* index in the program */
	const struct baton_point *point;
	unsigned int nth; /* from 1 */
};

/* The nth choice of that name on a CPU. */
struct answer {
	enum baton_choice_kind kind; /* a fault or a value */
	int cpu;                     /* baton_cpu() where it is made */
	const char *name;
	unsigned int nth;   /* from 1 */
	unsigned int value; /* the answer */
};

enum condition_kind {
	CONDITION_ORDER,  /* second does not begin before first is passed */
	CONDITION_ANSWER, /* if that choice is made, that is the answer */
};

struct condition {
	enum condition_kind kind;
	struct place first, second;
	struct answer answer;
};

struct conditions {
	VEC(struct condition) list;
};

bool place_is(const struct place *a, const struct place *b);
bool condition_is(const struct condition *a, const struct condition *b);

/* Append "gup_fast/ref_taken", with "@2" for the second time. */
void place_format_point(const struct place *place, struct text *text);

/* Append "dio:gup_fast/ref_taken@2". */
void place_format(const struct place *place, const struct baton_program *program,
		  struct text *text);

/* Append "dio:a/b before user:c/d@2", "dio:mm/alloc_page@2 fails" or "dio:slot is 1". */
void condition_format(const struct condition *condition, const struct baton_program *program,
		      struct text *text);

/* Append "     a.c:300, then b.c:152\n", where an order's places are; nothing for an answer. */
void condition_format_lines(const struct condition *condition, struct text *text);

#endif
