/* SPDX-License-Identifier: MIT */
/*
 * stall.h - half-way states: a system call was held in its middle while others ran.
 *
 * A line is "KIND CALL MEANWHILE OUTCOME", columns filled with blanks:
 *
 *     U odirect   fork+write       stalled@B+0x1000 ret=8192 parent B=65 child B=1
 *
 * KIND is what held the call: U a fault in its second page that userfaultfd kept, F a FUSE server
 * that did not answer a direct read; M is the same with a page of a file, which is written back
 * meanwhile. Before an F can stand what pagemap said, as "pre{-S-}". OUTCOME is what was seen, in
 * words; "<== WORDS" in it is a remark of who recorded it.
 *
 * Layer: conform. May include: base.
 */
#ifndef CONFORM_STALL_H
#define CONFORM_STALL_H

#include "conform/script.h"

#define STALL_OPS 4
#define STALL_MEANWHILES 20

/* What kinds F and M do beside operations, in this order. */
enum stall_step {
	STALL_UNKNOWN = 1 << 0, /* nobody wrote down what was done */
	STALL_SWAPPED = 1 << 1, /* the page is swapped out before the call */
	STALL_STORE = 1 << 2,   /* to all of the page */
	STALL_MSYNC = 1 << 3,
	STALL_UNMAP = 1 << 4,
	STALL_DROP = 1 << 5,     /* drop_caches */
	STALL_TRUNCATE = 1 << 6, /* the file is cut to nothing, and made as long again */
};

/* What ran while a call was held: operations of A on the first of its pages. */
extern const struct stall_meanwhile {
	char kind;
	const char *name;
	unsigned int count;
	struct conform_op ops[STALL_OPS]; /* in kind F a store is to the other half of the page */
	unsigned int steps;               /* bits of enum stall_step */
} stall_meanwhiles[STALL_MEANWHILES];

struct stall {
	unsigned int line; /* in its file, from 1 */
	char kind;         /* U, F, M */
	/* CONFORM_SPLICE, CONFORM_ODR, CONFORM_REG; of F and M, which read(): CONFORM_ODR */
	enum conform_what call;
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
