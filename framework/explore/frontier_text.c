/* SPDX-License-Identifier: MIT */
/*
 * frontier_text.c - a frontier as lines.
 *
 *	parts 1 0
 *	done 0 1200 dfs 0
 *	explored 1200 0 11 0
 *	.
 *	todo 0 dfs 1 0 1 3 0
 *
 * The number of parts of the cut, and whether the search was ended early. Then the pieces
 * in order: the index of a part, executions, the part that was explored ("-": several);
 * behind what is done, what was gathered, up to a dot.
 */
#include <string.h>

#include "explore/frontier.h"

static void save_piece(const struct piece *piece, struct text *text)
{
	bool done = piece->state == PIECE_DONE && !piece->unfinished;

	text_addf(text, "%s %u ", done ? "done" : "todo", piece->index);
	if (done)
		text_addf(text, "%llu ", (unsigned long long)piece->executions);
	/* Of a file that was broken, a part may be anything. */
	fields_add(text, piece->part ? piece->part : "-");
	text_add_char(text, '\n');
	if (!done)
		return;
	text_add_bytes(text, piece->gathered.bytes, piece->gathered.length);
	text_add(text, ".\n");
}

void frontier_save(const struct frontier *frontier, struct text *text)
{
	text_addf(text, "parts %u %d\n", frontier->parts, frontier->cut);
	for (size_t i = 0; i < frontier->pieces.count; i++)
		save_piece(frontier->pieces.items[i], text);
}

/* The rest of the line must be a part, or "-" where that is allowed. */
static int read_part(struct fields *fields, char **part, bool none, struct err *err)
{
	struct text rest = TEXT_INIT;

	if (!fields_more(fields))
		return fields_fail(fields, err, "the line ends where a part is expected");
	if (fields_rest(fields, &rest, err)) {
		text_release(&rest);
		return -1;
	}
	if (none && !strcmp(rest.bytes, "-"))
		text_release(&rest);
	else
		*part = text_detach(&rest);
	return 0;
}

static int read_index(struct frontier *frontier, struct fields *fields, struct piece *piece,
		      struct err *err)
{
	const struct piece *last =
		frontier->pieces.count ? frontier->pieces.items[frontier->pieces.count - 1] : NULL;
	const struct fields before = *fields;
	uint64_t index = 0;

	if (fields_number(fields, frontier->parts - 1, &index, err))
		return -1;
	if (last && index < last->index)
		return fields_fail(&before, err, "part %llu cannot come behind part %u",
				   (unsigned long long)index, last->index);
	piece->index = (uint32_t)index;
	return 0;
}

/* Up to the dot, as it stands: the gatherers read it. */
static int read_gathered(struct fields *fields, struct piece *piece, struct err *err)
{
	piece->path = xstrdup(fields->path);
	piece->line = fields->line;
	while (!fields_take(fields, ".")) {
		if (fields_over(fields))
			return fields_fail(fields, err, "'.' is missing behind what was gathered");
		fields_skip(fields);
		text_add_bytes(&piece->gathered, fields->begin,
			       (size_t)(fields->next - fields->begin));
	}
	return fields_end(fields, err);
}

static int read_piece(struct frontier *frontier, struct fields *fields, struct err *err)
{
	bool done = fields_take(fields, "done");
	struct piece *piece;

	if (!done && fields_expect(fields, "todo", err))
		return -1;
	frontier_add(frontier, 0, NULL);
	piece = vec_pop(&frontier->pieces);
	if (read_index(frontier, fields, piece, err) ||
	    (done && fields_number(fields, UINT64_MAX / 2, &piece->executions, err)) ||
	    read_part(fields, &piece->part, done, err) ||
	    (done && read_gathered(fields, piece, err))) {
		vec_push(&frontier->pieces, piece);
		return -1;
	}
	piece->state = done ? PIECE_DONE : PIECE_TODO;
	vec_push(&frontier->pieces, piece);
	return 0;
}

int frontier_load(struct frontier *frontier, struct fields *fields, struct err *err)
{
	uint64_t parts = 0;

	if (fields_expect(fields, "parts", err) || fields_number(fields, UINT32_MAX, &parts, err) ||
	    gather_read_flags(fields, &frontier->cut, 1, err) || fields_end(fields, err))
		return -1;
	if (!parts)
		return fields_fail(fields, err, "a search has one part at least");
	frontier->parts = (uint32_t)parts;
	while (fields_is(fields, "done") || fields_is(fields, "todo"))
		if (read_piece(frontier, fields, err)) {
			frontier_release(frontier);
			return -1;
		}
	return 0;
}
