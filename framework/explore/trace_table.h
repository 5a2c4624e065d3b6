/* SPDX-License-Identifier: MIT */
/*
 * trace_table.h - the traces that a search ran, each with what it left behind.
 *
 * A trace is known by its fingerprint, what it left behind by a hash. Memory grows with
 * the number of traces: it is for checking searches, no search needs it.
 *
 * Layer: explore. May include: base.
 */
#ifndef EXPLORE_TRACE_TABLE_H
#define EXPLORE_TRACE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct trace_entry {
	uint64_t trace; /* 0: the slot is free */
	uint64_t state;
	bool seen; /* by the other search */
};

struct trace_table {
	struct trace_entry *slots; /* open addressing */
	size_t slot_count;         /* a power of 2, or 0 */
	size_t count;
};

void trace_table_release(struct trace_table *table);

/* The entry of @trace, NULL if there is none; valid until the next one is added. */
struct trace_entry *trace_table_find(const struct trace_table *table, uint64_t trace);

/* Return: false if @trace is there already; then its state stays. */
bool trace_table_add(struct trace_table *table, uint64_t trace, uint64_t state);

/* Some entry that the other search has not seen, NULL if there is none. */
const struct trace_entry *trace_table_unseen(const struct trace_table *table);

#endif
