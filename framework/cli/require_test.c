/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>

#include "cli/require.h"

TestSuite(require, .timeout = 10);

/* What becomes of one verdict. */
static enum outcome judge(enum expectation expected, enum outcome outcome, enum strength strength,
			  enum strength require)
{
	struct variant_result result;
	enum outcome judged;

	variant_result_init(&result);
	result.executions = 1;
	result.strength = strength;
	vec_push(&result.verdicts,
		 ((struct verdict){ .predicate = "p", .expected = expected, .outcome = outcome }));
	require_strength(&result, require);
	judged = result.verdicts.items[0].outcome;
	cr_expect_eq(result.outcome, judged);
	variant_result_release(&result);
	return judged;
}

Test(require, not_seen_is_ok_from_the_required_strength_on)
{
	for (enum strength require = STRENGTH_EXHAUSTIVE; require <= STRENGTH_SAMPLED; require++)
		for (enum strength is = STRENGTH_EXHAUSTIVE; is <= STRENGTH_CUT; is++) {
			enum outcome expected = is <= require ? OUTCOME_OK : OUTCOME_INCONCLUSIVE;

			cr_expect_eq(judge(EXPECT_NEVER, OUTCOME_OK, is, require), expected);
			cr_expect_eq(judge(EXPECT_ALWAYS, OUTCOME_INCONCLUSIVE, is, require),
				     expected);
		}
}

Test(require, seen_needs_no_strength)
{
	cr_expect_eq(judge(EXPECT_NEVER, OUTCOME_FAIL, STRENGTH_CUT, STRENGTH_EXHAUSTIVE),
		     OUTCOME_FAIL);
	cr_expect_eq(judge(EXPECT_SOMETIMES, OUTCOME_OK, STRENGTH_CUT, STRENGTH_EXHAUSTIVE),
		     OUTCOME_OK);
	cr_expect_eq(judge(EXPECT_SOMETIMES, OUTCOME_INCONCLUSIVE, STRENGTH_SAMPLED,
			   STRENGTH_SAMPLED),
		     OUTCOME_INCONCLUSIVE);
}

Test(require, a_result_without_executions_is_left_alone)
{
	struct variant_result result;

	variant_result_init(&result);
	result.outcome = OUTCOME_INCONCLUSIVE;
	require_strength(&result, STRENGTH_SAMPLED);
	cr_expect_eq(result.outcome, OUTCOME_INCONCLUSIVE);
	variant_result_release(&result);
}
