/* SPDX-License-Identifier: MIT */
#include "explain/hitting.h"

#include <limits.h>

/* Ways to choose that are tried before the search is given up. */
#define WAYS_MAX 300000u

bool hitting_is_empty(const struct hitting_set *set)
{
	for (size_t i = 0; i < HITTING_WORDS; i++)
		if (set->words[i])
			return false;
	return true;
}

unsigned int hitting_count(const struct hitting_set *set)
{
	unsigned int count = 0;

	for (size_t i = 0; i < HITTING_WORDS; i++)
		count += (unsigned int)__builtin_popcountll(set->words[i]);
	return count;
}

bool hitting_meets(const struct hitting_set *a, const struct hitting_set *b)
{
	for (size_t i = 0; i < HITTING_WORDS; i++)
		if (a->words[i] & b->words[i])
			return true;
	return false;
}

static bool is_within(const struct hitting_set *inner, const struct hitting_set *outer)
{
	for (size_t i = 0; i < HITTING_WORDS; i++)
		if (inner->words[i] & ~outer->words[i])
			return false;
	return true;
}

bool hitting_add(struct hitting *hitting, const struct hitting_set *set)
{
	size_t kept = 0;

	for (size_t i = 0; i < hitting->sets.count; i++)
		if (is_within(&hitting->sets.items[i], set))
			return false;
	for (size_t i = 0; i < hitting->sets.count; i++)
		if (!is_within(set, &hitting->sets.items[i]))
			hitting->sets.items[kept++] = hitting->sets.items[i];
	hitting->sets.count = kept;
	vec_push(&hitting->sets, *set);
	return true;
}

void hitting_release(struct hitting *hitting)
{
	vec_release(&hitting->sets);
}

/* ---- The search: take an element of the smallest set that is not hit, then the next -------- */

struct solving {
	const struct hitting *hitting;
	struct hitting_set best;
	unsigned int size;   /* that is looked for */
	unsigned int weight; /* of best; UINT_MAX: none yet */
	unsigned int ways;
};

static const struct hitting_set *smallest_missed(const struct hitting *hitting,
						 const struct hitting_set *chosen)
{
	const struct hitting_set *smallest = NULL;

	for (size_t i = 0; i < hitting->sets.count; i++) {
		const struct hitting_set *set = &hitting->sets.items[i];

		if (!hitting_meets(set, chosen) &&
		    (!smallest || hitting_count(set) < hitting_count(smallest)))
			smallest = set;
	}
	return smallest;
}

static void choose(struct solving *solving, struct hitting_set chosen, unsigned int count,
		   unsigned int weight)
{
	const struct hitting_set *missed;

	if (weight >= solving->weight || solving->ways++ >= WAYS_MAX)
		return;
	missed = smallest_missed(solving->hitting, &chosen);
	if (!missed) {
		solving->best = chosen;
		solving->weight = weight;
		return;
	}
	if (count == solving->size)
		return;
	for (unsigned int i = 0; i < HITTING_ELEMENTS_MAX; i++) {
		struct hitting_set more = chosen;

		if (!hitting_has(missed, i))
			continue;
		hitting_put(&more, i);
		choose(solving, more, count + 1, weight + solving->hitting->weights[i]);
	}
}

/* Of the sets that are missed, the element that is in most of them. */
static unsigned int commonest(const struct hitting *hitting, const struct hitting_set *chosen)
{
	unsigned int best = 0, most = 0;

	for (unsigned int i = 0; i < HITTING_ELEMENTS_MAX; i++) {
		unsigned int count = 0;

		for (size_t j = 0; j < hitting->sets.count; j++)
			count += hitting_has(&hitting->sets.items[j], i) &&
				 !hitting_meets(&hitting->sets.items[j], chosen);
		if (count > most) {
			most = count;
			best = i;
		}
	}
	return best;
}

static void drop_needless(const struct hitting *hitting, struct hitting_set *chosen)
{
	for (unsigned int i = 0; i < HITTING_ELEMENTS_MAX; i++) {
		struct hitting_set less = *chosen;

		if (!hitting_has(chosen, i))
			continue;
		less.words[i / 64] &= ~(UINT64_C(1) << (i % 64));
		if (!smallest_missed(hitting, &less))
			*chosen = less;
	}
}

static void take_commonest(const struct hitting *hitting, struct hitting_set *best)
{
	*best = (struct hitting_set){ { 0 } };
	while (smallest_missed(hitting, best))
		hitting_put(best, commonest(hitting, best));
	drop_needless(hitting, best);
}

bool hitting_solve(const struct hitting *hitting, struct hitting_set *best)
{
	struct solving solving = { .hitting = hitting, .weight = UINT_MAX };
	const struct hitting_set none = { { 0 } };

	while (solving.weight == UINT_MAX && solving.ways < WAYS_MAX) {
		choose(&solving, none, 0, 0);
		solving.size++;
	}
	if (solving.weight == UINT_MAX || solving.ways >= WAYS_MAX) {
		take_commonest(hitting, best);
		return false;
	}
	*best = solving.best;
	return true;
}
