/* SPDX-License-Identifier: MIT */
/*
 * frontier.h - how far a search has come: what is explored, and the parts that are not.
 *
 * A list of pieces in the order of the search. Each is yet to be explored, or with a
 * worker, or done; then it has what was gathered. The rest that a slice leaves takes the
 * place behind what it has done. When all are done, what was gathered is put together from
 * first to last.
 *
 * A limit of executions ends the search where that many were made in this order, not in
 * the order of time: if a piece has made more than are left for it, it is explored again.
 *
 * For shards the search is first cut into numbered parts; every piece belongs to one.
 *
 * Layer: explore. May include: base.
 */
#ifndef EXPLORE_FRONTIER_H
#define EXPLORE_FRONTIER_H

#include "explore/gather.h"
#include "explore/slice.h"

enum piece_state {
	PIECE_TODO,
	PIECE_RUNNING,
	PIECE_DONE,
};

struct piece {
	enum piece_state state;
	uint32_t index; /* of the part of the cut that it belongs to; 0 without shards */
	char *part;     /* to be explored, or that was; NULL once it is several */
	/* If it is done: */
	uint64_t executions;
	bool unfinished; /* there was more, which cannot be told: once kept, it is to be done */
	struct text gathered;
	char *path;        /* of the file that gathered is from, for messages; NULL: of none */
	unsigned int line; /* in that file, of what was gathered */
	/* Otherwise: */
	unsigned int deaths; /* of workers that explored it */
	uint64_t survived;   /* executions before a death that is one too many; 0: all */
	bool dropped; /* with a worker, and nobody wants it any more; no longer in the list */
};

struct frontier {
	VEC(struct piece *) pieces;
	uint32_t parts;          /* of the cut: the whole search has pieces of all of them */
	uint64_t executions_max; /* 0: no limit */
	uint64_t running;        /* executions that workers have made of what is with them */
	enum spent spent;        /* that has ended a slice, or the search */
	bool cut;                /* a limit or the judge has ended it, and there was more */
};

void piece_free(struct piece *piece);

/* Nothing is explored, and nothing is known. */
void frontier_init(struct frontier *frontier);
void frontier_release(struct frontier *frontier);

/* Is it as frontier_init() left it? */
bool frontier_is_empty(const struct frontier *frontier);

/* Add a part behind the others; the string is taken over. */
void frontier_add(struct frontier *frontier, uint32_t index, char *part);

/* Is all explored? */
bool frontier_is_over(const struct frontier *frontier);

/**
 * frontier_next() - the first piece that can be explored now.
 * @slice: gets its part, and the limit of executions
 *
 * Return: it, to be given back to frontier_finish() or frontier_drop(); NULL: none, as long
 *	   as no other one is given back.
 */
struct piece *frontier_next(struct frontier *frontier, struct slice *slice);

/* What came out of @piece. @result is taken apart. */
void frontier_finish(struct frontier *frontier, struct piece *piece, struct slice_result *result);

/* Nobody has explored @piece: it is to be explored still. */
void frontier_drop(struct frontier *frontier, struct piece *piece);

/* Executions of all that is done. */
uint64_t frontier_executions(const struct frontier *frontier);

/**
 * frontier_fold() - put what is done and stands together into one piece each.
 * @gatherers: used, and left with something
 * @most: fold only if there are more pieces than this that are done
 *
 * Return: 0, or -1 if what was gathered is malformed (it came from a file).
 */
int frontier_fold(struct frontier *frontier, struct gatherer *gatherers, size_t most,
		  struct err *err);

/* Add what was gathered of all that is done to @gatherers. Return: as frontier_fold(). */
int frontier_gather(const struct frontier *frontier, struct gatherer *gatherers, struct err *err);

/**
 * frontier_save() - append it as lines that frontier_load() reads.
 *
 * What workers have now is saved as yet to be explored.
 */
void frontier_save(const struct frontier *frontier, struct text *text);

/**
 * frontier_load() - read what frontier_save() wrote, up to a line that begins otherwise.
 * @frontier: as frontier_init() left it; released on error
 *
 * What was gathered, and the parts, are checked when they are used.
 *
 * Return: 0, or -1 if it is malformed.
 */
int frontier_load(struct frontier *frontier, struct fields *fields, struct err *err);

#endif
