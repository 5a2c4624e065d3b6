/* SPDX-License-Identifier: MIT */
/*
 * coverage_pairs.c - what was gathered, for the reader.
 */
#include <string.h>

#include "explore/coverage.h"

static int core_of(const struct coverage *coverage, uint8_t cpu)
{
	int host = coverage->program->cpus[cpu].host;

	return host < 0 ? cpu : host;
}

static bool is_pair(const struct coverage *coverage, size_t a, size_t b)
{
	const struct coverage_place *places = coverage->places.items;

	return core_of(coverage, places[a].cpu) != core_of(coverage, places[b].cpu) &&
	       (coverage_has(coverage_before(coverage, a), b) ||
		coverage_has(coverage_before(coverage, b), a));
}

static void add_pair(const struct coverage *coverage, size_t a, size_t b,
		     struct coverage_result *result)
{
	const struct coverage_place *places = coverage->places.items;
	size_t both[2] = { a, b };
	struct coverage_pair pair;

	if (places[a].cpu > places[b].cpu) {
		both[0] = b;
		both[1] = a;
	}
	for (int i = 0; i < 2; i++) {
		pair.sides[i].cpu = coverage->program->cpus[places[both[i]].cpu].name;
		pair.sides[i].point = baton_point_next(NULL) + places[both[i]].point;
		pair.sides[i].cpu_index = places[both[i]].cpu;
		pair.first[i] = coverage_has(coverage_before(coverage, both[!i]), both[i]);
	}
	vec_push(&result->pairs, pair);
}

static int compare_points(const struct baton_point *a, const struct baton_point *b)
{
	int order = strcmp(a->name, b->name);

	if (!order)
		order = strcmp(a->file, b->file);
	return order ? order : (int)a->line - (int)b->line;
}

static int compare_sides(const struct coverage_side *a, const struct coverage_side *b)
{
	if (a->cpu_index != b->cpu_index)
		return a->cpu_index < b->cpu_index ? -1 : 1;
	return compare_points(a->point, b->point);
}

static int compare_by_sides(const void *a, const void *b)
{
	const struct coverage_pair *x = a, *y = b;
	int order = compare_sides(&x->sides[0], &y->sides[0]);

	return order ? order : compare_sides(&x->sides[1], &y->sides[1]);
}

static int compare_for_reader(const void *a, const void *b)
{
	const struct coverage_pair *x = a, *y = b;
	bool x_both = x->first[0] && x->first[1], y_both = y->first[0] && y->first[1];

	return x_both == y_both ? compare_by_sides(a, b) : x_both ? 1 : -1;
}

/* One pair for those that differ only in what was done at their points. */
static void unite(struct coverage_result *result)
{
	size_t kept = 0;

	for (size_t i = 0; i < result->pairs.count; i++) {
		struct coverage_pair *pair = &result->pairs.items[i];
		struct coverage_pair *last = &result->pairs.items[kept ? kept - 1 : 0];

		if (kept && !compare_by_sides(last, pair)) {
			last->first[0] |= pair->first[0];
			last->first[1] |= pair->first[1];
		} else {
			result->pairs.items[kept++] = *pair;
		}
	}
	result->pairs.count = kept;
}

void coverage_pairs(const struct coverage *coverage, struct coverage_result *result)
{
	for (size_t a = 0; a < coverage->places.count; a++)
		for (size_t b = 0; b < a; b++)
			if (is_pair(coverage, a, b))
				add_pair(coverage, a, b, result);
	if (!result->pairs.count)
		return;
	qsort(result->pairs.items, result->pairs.count, sizeof(*result->pairs.items),
	      compare_by_sides);
	unite(result);
	qsort(result->pairs.items, result->pairs.count, sizeof(*result->pairs.items),
	      compare_for_reader);
}
