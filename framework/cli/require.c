/* SPDX-License-Identifier: MIT */
#include "cli/require.h"

static enum outcome judge_unseen(const struct verdict *verdict, bool strong)
{
	if (verdict->expected == EXPECT_SOMETIMES || verdict->outcome == OUTCOME_FAIL)
		return verdict->outcome;
	return strong ? OUTCOME_OK : OUTCOME_INCONCLUSIVE;
}

static enum outcome worse(enum outcome a, enum outcome b)
{
	if (a == OUTCOME_FAIL || b == OUTCOME_FAIL)
		return OUTCOME_FAIL;
	return a == OUTCOME_INCONCLUSIVE ? a : b;
}

void require_strength(struct variant_result *result, enum strength require)
{
	bool strong = result->strength <= require;

	if (!result->executions)
		return;
	result->outcome = OUTCOME_OK;
	for (size_t i = 0; i < result->verdicts.count; i++) {
		struct verdict *verdict = &result->verdicts.items[i];

		verdict->outcome = judge_unseen(verdict, strong);
		result->outcome = worse(result->outcome, verdict->outcome);
	}
}
