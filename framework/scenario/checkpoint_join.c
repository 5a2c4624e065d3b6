/* SPDX-License-Identifier: MIT */
/*
 * checkpoint_join.c - are two checkpoints of one run; and shards as one.
 */
#include <string.h>

#include "scenario/checkpoint.h"

/* Several files are one option: a line each. */
static void add_value(const char *value, struct text *text)
{
	for (; *value; value++)
		text_add_char(text, *value == '\n' ? ' ' : *value);
}

static int tell_files(const struct checkpoint *then, const char *before, const char *after,
		      struct err *err)
{
	struct text was = TEXT_INIT, is = TEXT_INIT;

	add_value(before ? before : "", &was);
	add_value(after ? after : "", &is);
	err_add(err, "'%s' is of '%s', not of '%s'", then->path, was.bytes, is.bytes);
	text_release(&was);
	text_release(&is);
	return -1;
}

static int compare_option(const char *name, const struct checkpoint *then,
			  const struct checkpoint *now, struct err *err)
{
	const char *before = checkpoint_option(then, name);
	const char *after = checkpoint_option(now, name);

	if (before && after && !strcmp(before, after))
		return 0;
	if (!strcmp(name, CHECKPOINT_FILES))
		return tell_files(then, before, after, err);
	if (!before)
		return err_add(err, "'%s' was made without --%s%s%s", then->path, name,
			       after && *after ? "=" : "", after ? after : "");
	if (!after)
		return err_add(err, "'%s' was made with --%s%s%s, and it is not given now",
			       then->path, name, *before ? "=" : "", before);
	return err_add(err, "'%s' was made with --%s=%s, not --%s=%s", then->path, name, before,
		       name, after);
}

int checkpoint_compare(const struct checkpoint *then, const struct checkpoint *now,
		       const char *except, struct err *err)
{
	int status = 0;

	for (size_t i = 0; i < then->options.count; i++) {
		const char *name = then->options.items[i].name;

		if (!except || strcmp(name, except) != 0)
			status |= compare_option(name, then, now, err);
	}
	for (size_t i = 0; i < now->options.count; i++) {
		const char *name = now->options.items[i].name;

		if ((!except || strcmp(name, except) != 0) && !checkpoint_option(then, name))
			status |= compare_option(name, then, now, err);
	}
	return status;
}

void checkpoint_take(struct checkpoint *into, struct checkpoint *from)
{
	for (size_t i = 0; i < from->scenarios.count; i++)
		vec_push(&into->scenarios, from->scenarios.items[i]);
	for (size_t i = 0; i < from->searches.count; i++)
		vec_push(&into->searches, from->searches.items[i]);
	from->scenarios.count = from->searches.count = 0;
}

/* ---- Shards ------------------------------------------------------------------------------- */

static struct checkpoint_search *same_search(struct checkpoint *into, const struct checkpoint *from,
					     const struct checkpoint_search *search)
{
	const char *path = from->scenarios.items[search->scenario].path;

	for (size_t i = 0; i < into->searches.count; i++) {
		struct checkpoint_search *known = into->searches.items[i];

		if (known->variant == search->variant && known->cell == search->cell &&
		    !strcmp(into->scenarios.items[known->scenario].path, path))
			return known;
	}
	return NULL;
}

static int compare_pieces(const void *a, const void *b)
{
	uint32_t first = (*(struct piece *const *)a)->index;
	uint32_t second = (*(struct piece *const *)b)->index;

	return first < second ? -1 : first > second;
}

/* The pieces of one part are in one shard, and keep their order there. */
static void join_pieces(struct frontier *into, struct frontier *from)
{
	struct frontier joined = { .parts = into->parts };
	size_t a = 0, b = 0;

	while (a < into->pieces.count || b < from->pieces.count) {
		bool first = b == from->pieces.count ||
			     (a < into->pieces.count &&
			      compare_pieces(&into->pieces.items[a], &from->pieces.items[b]) < 0);

		vec_push(&joined.pieces, first ? into->pieces.items[a++] : from->pieces.items[b++]);
	}
	into->pieces.count = from->pieces.count = 0;
	vec_release(&into->pieces);
	*into = joined;
}

static int join_search(struct checkpoint *into, struct checkpoint *from,
		       struct checkpoint_search *search, struct err *err)
{
	struct checkpoint_search *known = same_search(into, from, search);

	if (!known)
		return err_add(err, "'%s' has begun a search that '%s' has not", from->path,
			       into->path);
	if (known->frontier.parts != search->frontier.parts)
		return err_add(err, "'%s' and '%s' have cut a search into %u and %u parts",
			       into->path, from->path, known->frontier.parts,
			       search->frontier.parts);
	join_pieces(&known->frontier, &search->frontier);
	return 0;
}

int checkpoint_join(struct checkpoint *into, struct checkpoint *from, struct err *err)
{
	if (checkpoint_compare(into, from, "shard", err))
		return -1;
	for (size_t i = 0; i < from->searches.count; i++)
		if (join_search(into, from, from->searches.items[i], err))
			return -1;
	return 0;
}
