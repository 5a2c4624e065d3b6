/* SPDX-License-Identifier: MIT */
#include "bench/reference.h"

#include <string.h>

static uint64_t power(uint64_t base, unsigned int exponent)
{
	uint64_t product = 1;

	while (exponent--)
		product *= base;
	return product;
}

static uint64_t factorial(unsigned int n)
{
	return n > 1 ? n * factorial(n - 1) : 1;
}

/* ---- Traces of any size ----------------------------------------------------------------- */

/* All orders of reads and writes in a circle, without the impossible one. */
static uint64_t sb_traces(unsigned int n)
{
	return power(2, n) - 1;
}

/* The order in which the lock is taken, two times by each. */
static uint64_t mutex_traces(unsigned int n)
{
	return factorial(2 * n) / power(2, n);
}

static uint64_t readers_traces(unsigned int n)
{
	return power(2, n);
}

static uint64_t lastzero_traces(unsigned int n)
{
	return n > 1 ? (n + 3) * power(2, n - 2) : 2;
}

static uint64_t indexer_traces(unsigned int n)
{
	return n <= 11 ? 1 : power(8, n - 11);
}

static uint64_t filesystem_traces(unsigned int n)
{
	return n <= 13 ? 1 : power(2, n - 13);
}

static uint64_t one(unsigned int n)
{
	(void)n;
	return 1;
}

static const struct formula {
	const char *program;
	uint64_t (*traces)(unsigned int size);
	unsigned int most; /* above this it does not hold, or is too large */
} formulas[] = {
	{ "sb", sb_traces, 63 },
	{ "mutex", mutex_traces, 10 },
	{ "readers", readers_traces, 63 },
	{ "lastzero", lastzero_traces, 59 },
	{ "counter", factorial, 20 },
	{ "indexer", indexer_traces, 15 },
	{ "inc_return", factorial, 20 },
	{ "filesystem", filesystem_traces, 26 },
	{ "inc", one, 63 },
};

/* ---- Numbers that were measured --------------------------------------------------------- */

/* 0, NULL: not known. Others: executions per second of CPU time. */
static const struct known {
	const char *program;
	unsigned int size;
	uint64_t interleavings, traces, commuting;
	const char *exhaustive, *random;
} known[] = {
	{ "sb", 2, 6, 0, 0, NULL, NULL },
	{ "sb", 3, 90, 0, 0, NULL, NULL },
	{ "sb", 4, 2520, 0, 0, NULL, NULL },
	{ "mutex", 2, 6, 0, 0, NULL, NULL },
	{ "mutex", 3, 90, 0, 0, NULL, NULL },
	{ "mutex", 4, 2520, 0, 0, "GenMC 13 k, Nidhugg 5-8 k, CDSChecker 34 k",
	  "Relacy 880 k, Shuttle 130 k" },
	{ "pin", 1, 16, 6, 6, NULL, NULL },
	{ "pin", 2, 2732, 87, 48, NULL, NULL },
	{ "pin", 3, 1968480, 2236, 414, "GenMC 18-35 k, Nidhugg 8-11 k, CDSChecker 25 k",
	  "Relacy 1,390 k, Shuttle 170 k" },
	{ "pinbug", 1, 5, 3, 0, NULL, NULL },
	{ "pinbug", 2, 66, 13, 0, NULL, NULL },
	{ "pinbug", 3, 1752, 79, 0, NULL, NULL },
	{ "readers", 2, 0, 0, 0, NULL, NULL },
	{ "readers", 8, 0, 0, 0, NULL, NULL },
	{ "readers", 13, 0, 0, 0, NULL, NULL },
	{ "readers", 16, 0, 0, 0, "GenMC 150 k, Nidhugg 6.5 k", NULL },
	{ "lastzero", 5, 0, 0, 0, NULL, NULL },
	{ "lastzero", 10, 0, 0, 0, NULL, NULL },
	{ "counter", 6, 0, 0, 0, NULL, NULL },
	{ "counter", 8, 0, 0, 0, "GenMC 13 k, Nidhugg 5-8 k, CDSChecker 34 k", NULL },
	{ "indexer", 12, 0, 0, 0, NULL, NULL },
	{ "filesystem", 14, 0, 0, 0, NULL, NULL },
	{ "filesystem", 16, 0, 0, 0, NULL, NULL },
	{ "filesystem", 18, 0, 0, 0, NULL, NULL },
	{ "filesystem", 19, 0, 0, 0, NULL, NULL },
	{ "dekker", 3, 0, 0, 0, NULL, NULL },
	{ "peterson", 1, 222, 14, 0, NULL, NULL },
	{ "peterson", 2, 130686, 654, 0, NULL, NULL },
};

static const struct known *find(const struct row *row)
{
	for (size_t i = 0; i < ARRAY_SIZE(known); i++)
		if (!strcmp(known[i].program, row->program->name) && known[i].size == row->size)
			return &known[i];
	return NULL;
}

static uint64_t traces_by_formula(const struct row *row)
{
	for (size_t i = 0; i < ARRAY_SIZE(formulas); i++)
		if (!strcmp(formulas[i].program, row->program->name) &&
		    row->size <= formulas[i].most)
			return formulas[i].traces(row->size);
	return 0;
}

uint64_t reference_executions(const struct row *row)
{
	const struct known *numbers = find(row);

	if (row->strategy == EXPLORE_DFS)
		return numbers ? numbers->interleavings : 0;
	if (row->strategy != EXPLORE_DPOR)
		return 0;
	if (!strcmp(row->program->name, "pin") || !strcmp(row->program->name, "pinbug"))
		return !numbers ? 0 : row->commuting ? numbers->commuting : numbers->traces;
	return traces_by_formula(row);
}

const char *reference_others(const struct row *row)
{
	const struct known *numbers = find(row);
	const char *others = NULL;

	if (numbers && row->strategy == EXPLORE_DPOR && !row->commuting)
		others = numbers->exhaustive;
	if (numbers && row->strategy == EXPLORE_RANDOM)
		others = numbers->random;
	return others ? others : "";
}

/* ---- The usual rows --------------------------------------------------------------------- */

static void add(struct rows *rows, const char *program, unsigned int size,
		enum explore_strategy strategy, bool commuting)
{
	struct row row = { program_find(program), size, strategy, 3, commuting };

	vec_push(&rows->list, row);
}

void reference_rows(struct rows *rows)
{
	for (size_t i = 0; i < ARRAY_SIZE(known); i++)
		add(rows, known[i].program, known[i].size, EXPLORE_DPOR, false);
	for (unsigned int size = 1; size <= 3; size++)
		add(rows, "pin", size, EXPLORE_DPOR, true);
	add(rows, "pin", 3, EXPLORE_RANDOM, false);
	add(rows, "mutex", 4, EXPLORE_RANDOM, false);
	add(rows, "pin", 3, EXPLORE_DFS, false);
}
