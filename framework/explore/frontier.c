/* SPDX-License-Identifier: MIT */
#include "explore/frontier.h"

#include <string.h>

#include "base/bug.h"

#define CAREFUL_STEPS 3000u

void frontier_init(struct frontier *frontier)
{
	*frontier = (struct frontier){ .parts = 1 };
}

void piece_free(struct piece *piece)
{
	free(piece->part);
	free(piece->path);
	text_release(&piece->gathered);
	free(piece);
}

void frontier_release(struct frontier *frontier)
{
	for (size_t i = 0; i < frontier->pieces.count; i++)
		piece_free(frontier->pieces.items[i]);
	vec_release(&frontier->pieces);
}

bool frontier_is_empty(const struct frontier *frontier)
{
	return !frontier->pieces.count;
}

static struct piece *new_piece(uint32_t index, char *part)
{
	struct piece *piece = xcalloc(1, sizeof(*piece));

	piece->index = index;
	piece->part = part;
	text_init(&piece->gathered);
	return piece;
}

void frontier_add(struct frontier *frontier, uint32_t index, char *part)
{
	vec_push(&frontier->pieces, new_piece(index, part));
}

bool frontier_is_over(const struct frontier *frontier)
{
	for (size_t i = 0; i < frontier->pieces.count; i++)
		if (frontier->pieces.items[i]->state != PIECE_DONE)
			return false;
	return true;
}

struct piece *frontier_next(struct frontier *frontier, struct slice *slice)
{
	uint64_t before = 0, max = frontier->executions_max;

	for (size_t i = 0; i < frontier->pieces.count; i++) {
		struct piece *piece = frontier->pieces.items[i];

		before += piece->state == PIECE_DONE ? piece->executions : 0;
		if (max && before >= max)
			return NULL;
		if (piece->state != PIECE_TODO)
			continue;
		piece->state = PIECE_RUNNING;
		slice->part = piece->part;
		slice->before = before;
		slice->careful = piece->deaths > 0;
		/* Not much is to be done again when the next one dies. */
		if (slice->careful && slice->steps_max > CAREFUL_STEPS)
			slice->steps_max = CAREFUL_STEPS;
		slice->executions_max = max ? max - before : 0;
		if (piece->survived && (!max || piece->survived < slice->executions_max))
			slice->executions_max = piece->survived;
		return piece;
	}
	return NULL;
}

static size_t index_of(const struct frontier *frontier, const struct piece *piece)
{
	size_t i = 0;

	while (frontier->pieces.items[i] != piece)
		BUG_ON(++i == frontier->pieces.count);
	return i;
}

/* Forget all pieces from index @from on. Whoever runs one of them frees it. */
static void cut_off(struct frontier *frontier, size_t from)
{
	while (frontier->pieces.count > from) {
		struct piece *piece = vec_pop(&frontier->pieces);

		frontier->cut = true;
		if (piece->state == PIECE_RUNNING)
			piece->dropped = true;
		else
			piece_free(piece);
	}
}

static void insert(struct frontier *frontier, size_t at, struct piece *piece)
{
	struct piece **items;

	vec_push(&frontier->pieces, piece);
	items = frontier->pieces.items;
	memmove(items + at + 1, items + at,
		(frontier->pieces.count - 1 - at) * sizeof(*frontier->pieces.items));
	items[at] = piece;
}

static void insert_rest(struct frontier *frontier, const struct piece *piece, struct parts *rest)
{
	size_t at = index_of(frontier, piece) + 1;

	for (size_t i = 0; i < rest->list.count; i++)
		insert(frontier, at + i, new_piece(piece->index, rest->list.items[i]));
	rest->list.count = 0;
}

/* It has made more executions than are left for it: again, with what is known now. */
static void undo(struct piece *piece)
{
	piece->state = PIECE_TODO;
	piece->executions = 0;
	text_release(&piece->gathered);
}

/* See to the limit, as far as all is done from the beginning on. */
static void apply_limit(struct frontier *frontier)
{
	uint64_t before = 0, max = frontier->executions_max;

	for (size_t i = 0; max && i < frontier->pieces.count; i++) {
		struct piece *piece = frontier->pieces.items[i];

		if (piece->state != PIECE_DONE)
			return;
		before += piece->executions;
		if (before < max)
			continue;
		cut_off(frontier, i + 1);
		if (before > max)
			undo(piece);
		return;
	}
}

/* Forget all that was explored: the search is what @rest says. */
static void begin_again(struct frontier *frontier, struct parts *rest)
{
	bool cut = frontier->cut;

	cut_off(frontier, 0);
	frontier->cut = cut;
	for (size_t i = 0; i < rest->list.count; i++)
		frontier_add(frontier, 0, rest->list.items[i]);
	rest->list.count = 0;
}

void frontier_finish(struct frontier *frontier, struct piece *piece, struct slice_result *result)
{
	if (piece->dropped) {
		piece_free(piece);
		return;
	}
	if (result->end == SLICE_DROPPED) {
		frontier_drop(frontier, piece);
		return;
	}
	piece->state = PIECE_DONE;
	if (result->end == SLICE_VOID) {
		begin_again(frontier, &result->rest);
		return;
	}
	piece->executions = result->executions;
	piece->gathered = result->gathered;
	text_init(&result->gathered);
	insert_rest(frontier, piece, &result->rest);
	piece->unfinished = result->end == SLICE_ENOUGH && result->spent;
	frontier->cut |= result->end == SLICE_ENOUGH && !piece->unfinished;
	if ((result->end == SLICE_ENOUGH && !piece->unfinished) || result->end == SLICE_LAST)
		cut_off(frontier, index_of(frontier, piece) + 1);
	apply_limit(frontier);
}

void frontier_drop(struct frontier *frontier, struct piece *piece)
{
	(void)frontier;
	if (piece->dropped)
		piece_free(piece);
	else
		piece->state = PIECE_TODO;
}

uint64_t frontier_executions(const struct frontier *frontier)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < frontier->pieces.count; i++)
		sum += frontier->pieces.items[i]->executions;
	return sum;
}
