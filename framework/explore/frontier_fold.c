/* SPDX-License-Identifier: MIT */
/*
 * frontier_fold.c - what was gathered, put together.
 */
#include <string.h>

#include "explore/frontier.h"

static int merge(const struct piece *piece, struct gatherer *gatherers, struct err *err)
{
	struct fields fields;

	fields_init(&fields, piece->path ? piece->path : "gathered", piece->gathered.bytes);
	fields.line = piece->line;
	if (gather_merge(gatherers, &fields, err))
		return -1;
	if (fields_over(&fields))
		return 0;
	return fields_expect(&fields, ".", err);
}

int frontier_gather(const struct frontier *frontier, struct gatherer *gatherers, struct err *err)
{
	for (size_t i = 0; i < frontier->pieces.count; i++) {
		const struct piece *piece = frontier->pieces.items[i];

		if (piece->state == PIECE_DONE && merge(piece, gatherers, err))
			return -1;
	}
	return 0;
}

/* Pieces from @from on that can be one: done, and of one part. Return: the end. */
static size_t run_end(const struct frontier *frontier, size_t from)
{
	struct piece *const *items = frontier->pieces.items;
	size_t end = from;

	while (end < frontier->pieces.count && items[end]->state == PIECE_DONE &&
	       !items[end]->unfinished && items[end]->index == items[from]->index)
		end++;
	return end;
}

static void remove_pieces(struct frontier *frontier, size_t from, size_t end)
{
	struct piece **items = frontier->pieces.items;

	for (size_t i = from; i < end; i++)
		piece_free(items[i]);
	memmove(items + from, items + end, (frontier->pieces.count - end) * sizeof(struct piece *));
	frontier->pieces.count -= end - from;
}

/* Make pieces [from, end) one. */
static int fold(struct frontier *frontier, size_t from, size_t end, struct gatherer *gatherers,
		struct err *err)
{
	struct piece **items = frontier->pieces.items, *into = items[from];

	gather_restart(gatherers);
	for (size_t i = from; i < end; i++)
		if (merge(items[i], gatherers, err))
			return -1;
	text_clear(&into->gathered);
	gather_save(gatherers, &into->gathered);
	free(into->path);
	into->path = NULL;
	into->line = 0;
	free(into->part);
	into->part = NULL;
	for (size_t i = from + 1; i < end; i++)
		into->executions += items[i]->executions;
	remove_pieces(frontier, from + 1, end);
	return 0;
}

static size_t count_done(const struct frontier *frontier)
{
	size_t count = 0;

	for (size_t i = 0; i < frontier->pieces.count; i++)
		count += frontier->pieces.items[i]->state == PIECE_DONE;
	return count;
}

int frontier_fold(struct frontier *frontier, struct gatherer *gatherers, size_t most,
		  struct err *err)
{
	if (count_done(frontier) <= most)
		return 0;
	for (size_t i = 0; i < frontier->pieces.count; i++) {
		size_t end = run_end(frontier, i);

		if (end > i + 1 && fold(frontier, i, end, gatherers, err))
			return -1;
		/* Under a limit, one that has others before it may have to be undone. */
		if (frontier->executions_max && frontier->pieces.items[i]->state != PIECE_DONE)
			return 0;
	}
	return 0;
}
