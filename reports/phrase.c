/* SPDX-License-Identifier: MIT */
#include "reports/phrase.h"

#include <string.h>

static uint64_t judged(const struct verdict *verdict)
{
	return verdict->holds + verdict->fails;
}

static void next_phrase(struct text *text)
{
	if (text->length)
		text_add(text, "; ");
}

/* "Never" and what is to be added where the search was not exhaustive. */
static void add_never(const struct variant_result *result, struct text *text)
{
	switch (result->strength) {
	case STRENGTH_EXHAUSTIVE:
		text_add(text, "never");
		break;
	case STRENGTH_BOUNDED:
		text_addf(text, "never within %s", result->bounds ? result->bounds : "the bounds");
		break;
	case STRENGTH_SAMPLED:
		text_add(text, "not seen");
		break;
	case STRENGTH_CUT:
		text_add(text, "not found before the limit");
		break;
	}
}

static void add_always(const struct variant_result *result, struct text *text)
{
	switch (result->strength) {
	case STRENGTH_EXHAUSTIVE:
		text_add(text, "always");
		break;
	case STRENGTH_BOUNDED:
		text_addf(text, "always within %s", result->bounds ? result->bounds : "the bounds");
		break;
	case STRENGTH_SAMPLED:
		text_add(text, "always seen");
		break;
	case STRENGTH_CUT:
		text_add(text, "held until the limit");
		break;
	}
}

static void add_share(uint64_t part, uint64_t whole, struct text *text)
{
	text_add_count(text, part);
	text_add(text, " of ");
	text_add_count(text, whole);
}

/* "lost_dma sometimes (87 of 4,159), expected never" */
static void add_unexpected(const struct variant_result *result, const struct verdict *verdict,
			   struct text *text)
{
	text_addf(text, "%s ", verdict->predicate);
	if (verdict->implied && verdict->holds) {
		text_add(text, "in ");
		add_share(verdict->holds, judged(verdict), text);
		return;
	}
	if (!verdict->holds) {
		add_never(result, text);
	} else if (!verdict->fails) {
		add_always(result, text);
	} else {
		text_add(text, "sometimes (");
		add_share(verdict->holds, judged(verdict), text);
		text_add_char(text, ')');
	}
	text_addf(text, ", expected %s", expectation_name(verdict->expected));
}

/* "never pin_lost" and "always pinned" are said in groups, as are those that a search did not
 * reach; everything else by itself. */
static bool is_grouped(const struct verdict *verdict)
{
	if (verdict->outcome == OUTCOME_INCONCLUSIVE)
		return verdict->expected == EXPECT_NEVER && !verdict->holds;
	return verdict->outcome == OUTCOME_OK;
}

static void add_single(const struct variant_result *result, enum outcome outcome, struct text *text)
{
	for (size_t i = 0; i < result->verdicts.count; i++) {
		const struct verdict *verdict = &result->verdicts.items[i];

		if (verdict->outcome != outcome || is_grouped(verdict))
			continue;
		next_phrase(text);
		add_unexpected(result, verdict, text);
	}
}

static void begin_group(const struct variant_result *result, enum expectation expected,
			struct text *text)
{
	next_phrase(text);
	if (expected == EXPECT_SOMETIMES)
		text_add(text, "sometimes ");
	else if (expected == EXPECT_NEVER)
		add_never(result, text);
	else
		add_always(result, text);
	if (expected != EXPECT_SOMETIMES)
		text_add(text, result->strength == STRENGTH_EXHAUSTIVE ? " " : ": ");
}

/* "never pin_lost, lost_dma", "sometimes lost_dma (87 of 4,159)" */
static void add_group(const struct variant_result *result, enum expectation expected,
		      struct text *text)
{
	bool any = false;

	for (size_t i = 0; i < result->verdicts.count; i++) {
		const struct verdict *verdict = &result->verdicts.items[i];

		if (!is_grouped(verdict) || verdict->expected != expected || verdict->implied)
			continue;
		if (any)
			text_add(text, ", ");
		else
			begin_group(result, expected, text);
		any = true;
		text_add(text, verdict->predicate);
		if (expected != EXPECT_SOMETIMES)
			continue;
		text_add(text, " (");
		add_share(verdict->holds, judged(verdict), text);
		text_add_char(text, ')');
	}
}

static bool oracle_violated(const struct variant_result *result)
{
	for (size_t i = 0; i < result->verdicts.count; i++)
		if (result->verdicts.items[i].implied && result->verdicts.items[i].holds)
			return true;
	return false;
}

static void add_no_oracle(const struct variant_result *result, struct text *text)
{
	next_phrase(text);
	text_add(text, "no oracle violated");
	if (result->strength == STRENGTH_BOUNDED)
		text_addf(text, " within %s", result->bounds ? result->bounds : "the bounds");
	else if (result->strength == STRENGTH_SAMPLED)
		text_add(text, " in what was seen");
	else if (result->strength == STRENGTH_CUT)
		text_add(text, " before the limit");
}

void phrase_verdicts(const struct variant_result *result, bool oracles, struct text *text)
{
	struct text all = TEXT_INIT;

	add_single(result, OUTCOME_FAIL, &all);
	add_single(result, OUTCOME_INCONCLUSIVE, &all);
	add_group(result, EXPECT_NEVER, &all);
	add_group(result, EXPECT_SOMETIMES, &all);
	add_group(result, EXPECT_ALWAYS, &all);
	if (result->outcome == OUTCOME_NONE)
		text_add(&all, "nothing ran");
	else if ((oracles || !all.length) && !oracle_violated(result))
		add_no_oracle(result, &all);
	text_add(text, all.bytes);
	text_release(&all);
}

static void add_bounds(const struct variant_result *result, struct text *text)
{
	const char *bounds = result->bounds;

	if (bounds)
		text_addf(text, "%s%s", strncmp(bounds, "after ", 6) ? ": " : " ", bounds);
	/* A limit on executions says already how many there were. */
	if (bounds && strstr(bounds, "execution"))
		return;
	text_add(text, bounds ? "; " : ", ");
	text_add_counted(text, result->executions, "execution", "executions");
}

void phrase_strength(const struct variant_result *result, struct text *text)
{
	text_addf(text, "(%s", strength_name(result->strength));
	add_bounds(result, text);
	if (result->cut) {
		text_add(text, ", ");
		text_add_count(text, result->cut);
		text_add(text, " cut");
	}
	if (result->pruned) {
		text_add(text, ", ");
		text_add_count(text, result->pruned);
		text_add(text, " more forbidden or known");
	}
	if (result->redundant) {
		text_add(text, ", ");
		text_add_count(text, result->redundant);
		text_add(text, " redundant");
	}
	if (result->strength == STRENGTH_SAMPLED && result->seed)
		text_addf(text, ", seed %llu", (unsigned long long)result->seed);
	text_add_char(text, ')');
}

const char *phrase_observed(const struct verdict *verdict)
{
	if (!verdict->holds)
		return "Never";
	return verdict->fails ? "Sometimes" : "Always";
}
