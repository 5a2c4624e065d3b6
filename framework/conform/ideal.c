/* SPDX-License-Identifier: MIT */
/* ideal.c - values, who has them, and who refers to them. */
#include "conform/ideal.h"

static void pipe_add(struct ideal_pipe *pipe, int16_t value)
{
	for (unsigned int i = 0; i < pipe->count && i < CONFORM_EXPECTED_MAX; i++)
		if (pipe->values[i] == value)
			return;
	if (pipe->count < CONFORM_EXPECTED_MAX)
		pipe->values[pipe->count] = value;
	if (pipe->count <= CONFORM_EXPECTED_MAX)
		pipe->count++;
}

static bool refers(const struct ideal_ref *ref, bool own, uint8_t who, uint8_t page)
{
	return ref->held && !ref->gone && ref->own == own && ref->who == who && ref->page == page;
}

/* Pipes that have the page have the new value, or still the old one. */
static void pipes_see(struct ideal *ideal, bool own, const uint8_t place[2], int16_t value)
{
	for (unsigned int i = 0; i < CONFORM_PIPES; i++)
		if (refers(&ideal->pipes[i].ref, own, place[0], place[1]))
			pipe_add(&ideal->pipes[i], value);
}

void ideal_store_object(struct ideal *ideal, uint8_t object, uint8_t pgoff, int16_t value)
{
	ideal->objects[object][pgoff] = value;
	pipes_see(ideal, false, (const uint8_t[]){ object, pgoff }, value);
}

void ideal_break(struct ideal *ideal, uint8_t process, uint8_t page)
{
	struct ideal_page *mapped = &ideal->processes[process].pages[page];

	if (mapped->state != IDEAL_OBJECT || mapped->shared)
		return;
	mapped->value = ideal_value(ideal, mapped);
	mapped->state = IDEAL_OWN;
}

void ideal_store(struct ideal *ideal, uint8_t process, uint8_t page, int16_t value)
{
	struct ideal_page *mapped = &ideal->processes[process].pages[page];

	ideal_break(ideal, process, page);
	if (mapped->state == IDEAL_OBJECT) {
		ideal_store_object(ideal, mapped->object, mapped->pgoff, value);
		return;
	}
	mapped->value = value;
	mapped->lazy = false;
	pipes_see(ideal, true, (const uint8_t[]){ process, page }, value);
}

void ideal_store_ref(struct ideal *ideal, uint8_t process, int16_t value)
{
	struct ideal_ref *ref = &ideal->processes[process].buffer;

	/* A page in a pipe may be the one that the buffer has, given up or not. */
	for (unsigned int i = 0; i < CONFORM_PIPES; i++)
		if (ideal->pipes[i].ref.held && ideal->pipes[i].owner == process)
			pipe_add(&ideal->pipes[i], value);
	if (ref->gone)
		ref->value = value;
	else if (ref->own)
		ideal_store(ideal, ref->who, ref->page, value);
	else
		ideal_store_object(ideal, ref->who, ref->page, value);
	ref->lazy = false;
}

static void leave(struct ideal *ideal, struct ideal_ref *ref, uint8_t process, uint8_t page)
{
	if (!refers(ref, true, process, page))
		return;
	ref->value = ideal_ref_value(ideal, ref);
	ref->lazy = ideal->processes[process].pages[page].lazy;
	ref->gone = true;
}

void ideal_drop(struct ideal *ideal, uint8_t process, uint8_t page)
{
	for (unsigned int i = 0; i < CONFORM_PROCESSES; i++)
		leave(ideal, &ideal->processes[i].buffer, process, page);
	for (unsigned int i = 0; i < CONFORM_PIPES; i++)
		leave(ideal, &ideal->pipes[i].ref, process, page);
}

int16_t ideal_value(const struct ideal *ideal, const struct ideal_page *page)
{
	return page->state == IDEAL_OBJECT ? ideal->objects[page->object][page->pgoff] :
					     page->value;
}

int16_t ideal_ref_value(const struct ideal *ideal, const struct ideal_ref *ref)
{
	if (ref->gone)
		return ref->value;
	if (ref->own)
		return ideal_value(ideal, &ideal->processes[ref->who].pages[ref->page]);
	return ideal->objects[ref->who][ref->page];
}

struct ideal_ref ideal_get(const struct ideal *ideal, uint8_t process, uint8_t page)
{
	const struct ideal_page *mapped = &ideal->processes[process].pages[page];

	if (mapped->state == IDEAL_OBJECT)
		return (struct ideal_ref){ .held = true,
					   .who = mapped->object,
					   .page = mapped->pgoff };
	return (struct ideal_ref){ .held = true, .own = true, .who = process, .page = page };
}

void ideal_fill_pipe(struct ideal *ideal, uint8_t process, uint8_t pipe, uint8_t page)
{
	const struct ideal_page *mapped = &ideal->processes[process].pages[page];
	struct ideal_pipe *filled = &ideal->pipes[pipe];

	*filled = (struct ideal_pipe){ .ref = ideal_get(ideal, process, page), .owner = process };
	pipe_add(filled, ideal_value(ideal, mapped));
	if (mapped->lazy)
		pipe_add(filled, 0);
}

void ideal_init(struct ideal *ideal)
{
	*ideal = (struct ideal){ .object_count = 1 };
	ideal->processes[0].begun = true;
	for (int i = 0; i < CONFORM_PAGES; i++)
		ideal->objects[0][i] = (int16_t)CONFORM_FILE_VALUE(i);
	for (int i = 0; i < CONFORM_BLOCKS; i++)
		ideal->blocks[i] = (int16_t)CONFORM_BLOCK_VALUE(i);
}
