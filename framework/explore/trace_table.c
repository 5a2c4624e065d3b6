/* SPDX-License-Identifier: MIT */
#include "explore/trace_table.h"

#include "base/vec.h"

#define SLOTS_MIN 64u

void trace_table_release(struct trace_table *table)
{
	free(table->slots);
	*table = (struct trace_table){ 0 };
}

/* 0 stands for a free slot. */
static uint64_t key_of(uint64_t trace)
{
	return trace ? trace : 1;
}

/* Where the key is, or would be. The table has a free slot. */
static struct trace_entry *slot_of(const struct trace_table *table, uint64_t key)
{
	size_t mask = table->slot_count - 1, at = (size_t)key & mask;

	while (table->slots[at].trace && table->slots[at].trace != key)
		at = (at + 1) & mask;
	return &table->slots[at];
}

static void grow(struct trace_table *table)
{
	struct trace_table larger = { .count = table->count };

	larger.slot_count = table->slot_count ? 2 * table->slot_count : SLOTS_MIN;
	larger.slots = xcalloc(larger.slot_count, sizeof(*larger.slots));
	for (size_t i = 0; i < table->slot_count; i++)
		if (table->slots[i].trace)
			*slot_of(&larger, table->slots[i].trace) = table->slots[i];
	free(table->slots);
	*table = larger;
}

struct trace_entry *trace_table_find(const struct trace_table *table, uint64_t trace)
{
	struct trace_entry *slot;

	if (!table->slot_count)
		return NULL;
	slot = slot_of(table, key_of(trace));
	return slot->trace ? slot : NULL;
}

bool trace_table_add(struct trace_table *table, uint64_t trace, uint64_t state)
{
	struct trace_entry *slot;

	if (2 * (table->count + 1) > table->slot_count)
		grow(table);
	slot = slot_of(table, key_of(trace));
	if (slot->trace)
		return false;
	*slot = (struct trace_entry){ key_of(trace), state, false };
	table->count++;
	return true;
}

const struct trace_entry *trace_table_unseen(const struct trace_table *table)
{
	for (size_t i = 0; i < table->slot_count; i++)
		if (table->slots[i].trace && !table->slots[i].seen)
			return &table->slots[i];
	return NULL;
}
