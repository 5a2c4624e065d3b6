/* SPDX-License-Identifier: MIT */
/*
 * ideal.h - what an ideal kernel would answer: no processes see each other's private memory,
 * and who reads or writes a page by a reference sees the page that its owner sees, until the
 * owner gives the page up.
 *
 * It has no pages, only values, and so none of what makes kernels differ. A pipe has a set: a
 * reference of it may be to the page as it was, or as its owner made it since.
 *
 * Layer: conform. May include: conform, base.
 */
#ifndef CONFORM_IDEAL_H
#define CONFORM_IDEAL_H

#include "conform/script.h"

#define IDEAL_OBJECTS 4 /* number 0 is the file; others are shared anonymous memory */
#define IDEAL_MIXED (-1000)

enum ideal_state {
	IDEAL_UNMAPPED,
	IDEAL_OWN,    /* the process's: .value */
	IDEAL_OBJECT, /* what .object has at .pgoff; unless .shared, a store makes it one's own */
};

struct ideal_page {
	uint8_t state; /* enum ideal_state */
	uint8_t object, pgoff;
	bool shared;
	bool anonymous; /* the mapping; not a file's */
	bool read_only, locked, dontfork;
	bool lazy; /* by MADV_FREE: may be 0 as well, until it is stored to */
	int16_t value;
};

/* A page that something refers to: a process's, or an object's. */
struct ideal_ref {
	bool held;
	bool gone;         /* the owner has given it up: .value is all there is */
	bool own;          /* of a process's own; else an object's */
	uint8_t who, page; /* process, or object and pgoff */
	bool lazy;
	int16_t value;
};

struct ideal_pipe {
	struct ideal_ref ref;
	uint8_t owner;
	uint8_t count; /* values; more than CONFORM_EXPECTED_MAX: not known any more */
	int16_t values[CONFORM_EXPECTED_MAX];
};

struct ideal_process {
	bool begun, ended, reaped;
	uint8_t parent;
	struct ideal_page pages[CONFORM_PAGES];
	struct ideal_ref buffer;
};

struct ideal {
	struct ideal_process processes[CONFORM_PROCESSES];
	struct ideal_pipe pipes[CONFORM_PIPES];
	int16_t objects[IDEAL_OBJECTS][CONFORM_PAGES];
	unsigned int object_count;
	int16_t blocks[CONFORM_BLOCKS];
};

void ideal_init(struct ideal *ideal);

/* Is it something that a script can do now, and that has an answer? */
bool ideal_can(const struct ideal *ideal, const struct conform_op *op);

/* Do it, and write down in @op what it is expected to answer. */
void ideal_do(struct ideal *ideal, struct conform_op *op);

/* Number of the argument that is a page of the caller's memory; CONFORM_ARGS: none. */
unsigned int ideal_page_arg(const struct conform_op *op);

/* ---- Of ideal.c, for ideal_ops.c. */

/* The page's value changes: also for those who refer to it. */
void ideal_store(struct ideal *ideal, uint8_t process, uint8_t page, int16_t value);
/* By a reference. */
void ideal_store_ref(struct ideal *ideal, uint8_t process, int16_t value);
/* The process gives up what is mapped there. */
void ideal_drop(struct ideal *ideal, uint8_t process, uint8_t page);
/* What is mapped there becomes the process's own, as by a store of the same value. */
void ideal_break(struct ideal *ideal, uint8_t process, uint8_t page);
struct ideal_ref ideal_get(const struct ideal *ideal, uint8_t process, uint8_t page);
int16_t ideal_value(const struct ideal *ideal, const struct ideal_page *page);
int16_t ideal_ref_value(const struct ideal *ideal, const struct ideal_ref *ref);
void ideal_fill_pipe(struct ideal *ideal, uint8_t process, uint8_t pipe, uint8_t page);
void ideal_store_object(struct ideal *ideal, uint8_t object, uint8_t pgoff, int16_t value);

#endif
