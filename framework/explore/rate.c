/* SPDX-License-Identifier: MIT */
#include "explore/rate.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "engine/death.h"

static void add_bound(struct explore_result *result, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void add_bound(struct explore_result *result, const char *format, ...)
{
	size_t length = strlen(result->bounds);
	const char *between = strstr(result->bounds, "<=") ? ", " : " within ";
	va_list args;

	if (length)
		length += (size_t)snprintf(result->bounds + length, sizeof(result->bounds) - length,
					   "%s", between);
	va_start(args, format);
	vsnprintf(result->bounds + length, sizeof(result->bounds) - length, format, args);
	va_end(args);
}

static void name_sampler(const struct explore_search *search, struct explore_result *result)
{
	if (search->strategy == EXPLORE_PCT)
		add_bound(result, "pct:%u", search->depth);
	else
		add_bound(result, search->strategy == EXPLORE_POS ? "pos" : "random");
}

/* The bounds that withheld something; others weaken no verdict. */
static void name_bounds(const struct slice_counts *counts, const struct explore_search *search,
			struct explore_result *result)
{
	if (counts->preemptions_reached)
		add_bound(result, "preemptions<=%d", search->preemptions_max);
	if (counts->faults_reached)
		add_bound(result, "faults<=%d", search->faults_max);
	if (counts->switches_reached)
		add_bound(result, "switches<=%u", search->switches_bound);
	if (result->cut)
		add_bound(result, "steps<=%u", search->steps_bound);
}

static void name_limit(enum spent spent, const struct explore_search *search,
		       struct explore_result *result)
{
	if (spent == SPENT_TIME)
		add_bound(result, "after %u s", search->seconds_max);
	else if (spent == SPENT_MEMORY)
		add_bound(result, "memory>%u MiB", search->memory_max);
	else if (spent == SPENT_DEATHS)
		add_bound(result, "deaths>%u", death_max(0));
	else
		add_bound(result, "after %llu execution%s", (unsigned long long)result->executions,
			  result->executions == 1 ? "" : "s");
}

void rate(struct explore_result *result, const struct slicer *slicer, enum rate_end end)
{
	const struct explore_search *search = slicer->explorer.search;
	const struct slice_counts *counts = &slicer->counts;

	*result = (struct explore_result){
		.executions = counts->executions,
		.cut = counts->cut,
		.pruned = counts->pruned,
		.steps_max = counts->steps_max,
		.preemptions_reached = counts->preemptions_reached,
	};
	if (explorer_samples(&slicer->explorer)) {
		name_sampler(search, result);
		result->strength = STRENGTH_SAMPLED;
	} else if (end != RATE_THROUGH) {
		name_limit(slicer->spent, search, result);
		result->strength = STRENGTH_CUT;
	}
	name_bounds(counts, search, result);
	if (end == RATE_THROUGH && !explorer_samples(&slicer->explorer))
		result->strength = *result->bounds ? STRENGTH_BOUNDED : STRENGTH_EXHAUSTIVE;
}
