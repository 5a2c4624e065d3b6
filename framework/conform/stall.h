/* SPDX-License-Identifier: MIT */
/*
 * stall.h - half-way states: a system call was held in its middle while others ran.
 *
 * A line is "KIND CALL MEANWHILE OUTCOME", columns filled with blanks:
 *
 *     U odirect   fork+write       stalled@B+0x1000 ret=8192 parent B=65 child B=1
 *
 * KIND is what held the call: U a fault in its second page that userfaultfd kept, F a FUSE server
 * that did not answer; M is writeback of a page that a device holds, and holds no call. Before an F
 * can stand what pagemap said, as "pre{-S-}". OUTCOME is what was seen, in words; "<== WORDS" in
 * it is a remark of who recorded it.
 *
 * Layer: conform. May include: base.
 */
#ifndef CONFORM_STALL_H
#define CONFORM_STALL_H

#include "conform/script.h"

#define STALL_OPS 3
#define STALL_MEANWHILES 5

/* What ran while a call was held: operations of A on the first of its pages. */
extern const struct stall_meanwhile {
	const char *name;
	unsigned int count;
	struct conform_op ops[STALL_OPS];
} stall_meanwhiles[STALL_MEANWHILES];

struct stall {
	unsigned int line; /* in its file, from 1 */
	char kind;         /* U, F, M */
	/* Of kind U: */
	enum conform_what call; /* CONFORM_SPLICE, CONFORM_ODR, CONFORM_REG */
	unsigned int meanwhile; /* index into stall_meanwhiles */
	char *name;             /* "U odirect fork+write" */
	char *seen;             /* the outcome: words with one blank between them, no remarks */
};

struct stalls {
	VEC(struct stall) list;
};

/* Is a text one of such lines? The first one that is not empty and not a comment says it. */
bool stalls_are(const char *text);

/**
 * stalls_parse() - all lines of a text; empty ones and those that begin with # are none.
 * @stalls: all zero; filled with those without mistakes. Release it in any case.
 * @err: all mistakes, as "path:line:column: error: ..."
 *
 * Return: 0, or -1 if there were mistakes.
 */
int stalls_parse(struct stalls *stalls, const char *path, const char *text, struct err *err);

void stalls_release(struct stalls *stalls);

/* Does one of what runs meanwhile make the process B? */
bool stall_forks(const struct stall *stall);

#endif
