/* SPDX-License-Identifier: MIT */
#include "explore/result.h"

#include <stdlib.h>

const char *strength_name(enum strength strength)
{
	static const char *const names[] = {
		[STRENGTH_EXHAUSTIVE] = "exhaustive",
		[STRENGTH_BOUNDED] = "bounded",
		[STRENGTH_SAMPLED] = "sampled",
		[STRENGTH_CUT] = "cut",
	};

	return names[strength];
}

const char *expectation_name(enum expectation expected)
{
	static const char *const names[] = {
		[EXPECT_NEVER] = "never",
		[EXPECT_SOMETIMES] = "sometimes",
		[EXPECT_ALWAYS] = "always",
	};

	return names[expected];
}

const char *outcome_name(enum outcome outcome)
{
	static const char *const names[] = {
		[OUTCOME_OK] = "ok",
		[OUTCOME_FAIL] = "FAIL",
		[OUTCOME_INCONCLUSIVE] = "?",
		[OUTCOME_NONE] = "none",
	};

	return names[outcome];
}

void verdict_release(struct verdict *verdict)
{
	schedule_release(&verdict->schedule);
	if (verdict->trace)
		trace_release(verdict->trace);
	free(verdict->trace);
	free(verdict->ending);
	free(verdict->message);
	free(verdict->replay);
	free(verdict->explain);
	free(verdict->html);
	verdict->trace = NULL;
	verdict->ending = NULL;
	verdict->message = NULL;
	verdict->replay = NULL;
}

void variant_result_init(struct variant_result *result)
{
	*result = (struct variant_result){ .outcome = OUTCOME_NONE };
	text_init(&result->notes);
}

void variant_result_release(struct variant_result *result)
{
	for (size_t i = 0; i < result->verdicts.count; i++)
		verdict_release(&result->verdicts.items[i]);
	vec_release(&result->verdicts);
	vec_release(&result->coverage.pairs);
	for (size_t i = 0; i < result->faults.rows.count; i++)
		vec_release(&result->faults.rows.items[i].shown);
	vec_release(&result->faults.rows);
	free(result->bounds);
	result->bounds = NULL;
	text_release(&result->notes);
	if (result->owner_release)
		result->owner_release(result->owner);
	result->owner_release = NULL;
}
