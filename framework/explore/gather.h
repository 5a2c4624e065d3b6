/* SPDX-License-Identifier: MIT */
/*
 * gather.h - what is gathered over the executions of a search, in a form that can be put
 * together from parts.
 *
 * A search may be run in parts: by several processes, before and after a kill, on several
 * machines. Whoever keeps something over its executions (counts, the simplest execution,
 * which points were passed) is a gatherer. For each part it is told to start again, and
 * afterwards asked for what it has; in the end the parts are added to each other in the
 * order of the search, so that the sum is what one run of the whole would have gathered,
 * to the byte. Adding is associative: parts may be added to each other first.
 *
 * The parts are run in another process, as a rule: what is not saved is lost.
 *
 * Layer: explore. May include: base.
 */
#ifndef EXPLORE_GATHER_H
#define EXPLORE_GATHER_H

#include "base/fields.h"

struct gatherer {
	/* As if no execution had been seen yet. */
	void (*restart)(struct gatherer *gatherer);
	/* Append what was seen since, in lines as in fields.h; no line must begin like those of
	 * another gatherer. */
	void (*save)(const struct gatherer *gatherer, struct text *text);
	/* Add what save() wrote, of executions that come behind all that are known. The text may
	 * be from a broken file: check it. Return: 0; -1 on error, and all is void. */
	int (*merge)(struct gatherer *gatherer, struct fields *fields, struct err *err);
	struct gatherer *next; /* NULL: the last one */
};

/* Of all gatherers of the list that begins with @first, which may be NULL. */
void gather_restart(struct gatherer *first);
void gather_save(const struct gatherer *first, struct text *text);
int gather_merge(struct gatherer *first, struct fields *fields, struct err *err);

/* A set of @count flags as one word of 0 and 1 (no flags: "-"). */
void gather_add_flags(struct text *text, const bool *flags, size_t count);

/**
 * gather_read_flags() - read such a word, and set in @flags what it has set.
 *
 * Return: 0, or -1 if it is not @count flags.
 */
int gather_read_flags(struct fields *fields, bool *flags, size_t count, struct err *err);

#endif
