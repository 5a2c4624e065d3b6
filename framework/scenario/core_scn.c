/* SPDX-License-Identifier: MIT */
#include "scenario/core_scn.h"

#include <string.h>

#include "scenario/core_text.h"
#include "scenario/run.h"

/* What a variant can be expected to show is settled after so many runs. */
#define RUNS_MAX 4

/* ---- What to expect ------------------------------------------------------------------------ */

static struct word *find_word(struct words *words, const char *name)
{
	for (size_t i = 0; i < words->list.count; i++)
		if (!strcmp(words->list.items[i].name, name))
			return &words->list.items[i];
	return NULL;
}

static void add_word(struct words *words, const char *name)
{
	if (!find_word(words, name))
		vec_push(&words->list, ((struct word){ name, EXPECT_SOMETIMES }));
}

static enum expectation seen(const struct verdict *verdict)
{
	if (!verdict->holds)
		return EXPECT_NEVER;
	return verdict->fails ? EXPECT_SOMETIMES : EXPECT_ALWAYS;
}

/* @name outlives the scenario that was run, unless it is an invariant's. */
static const char *lasting_name(const struct scenario *scenario, const char *name)
{
	for (size_t i = 0; i < scenario->predicates.count; i++)
		if (!strcmp(scenario->predicates.items[i].name.text, name))
			return scenario->predicates.items[i].name.text;
	return name;
}

/* Return: whether anything changed. */
static bool learn(struct words *words, const struct variant_result *result,
		  const struct scenario *scenario)
{
	bool changed = false;

	for (size_t i = 0; i < result->verdicts.count; i++) {
		const struct verdict *verdict = &result->verdicts.items[i];
		struct word *word = find_word(words, verdict->predicate);
		bool surprises =
			verdict->implied &&
			(verdict->expected == EXPECT_NEVER ? verdict->holds : verdict->fails) != 0;

		if (word) {
			changed |= word->word != seen(verdict);
			word->word = seen(verdict);
		} else if (surprises) {
			add_word(words, lasting_name(scenario, verdict->predicate));
			changed = true;
		}
	}
	return changed;
}

/* Return: whether any line that is left lets nothing fail, which would be an error. */
static bool learn_faults(struct words *words, const struct run_coverage *coverage)
{
	bool changed = false;
	size_t next = 0;

	for (size_t i = 0; i < words->gone.count; i++) {
		if (words->gone.items[i])
			continue;
		if (next < coverage->faults.count &&
		    coverage->faults.items[next++].level < FAULT_SELECTED)
			changed = words->gone.items[i] = true;
	}
	return changed;
}

static int run_once(const struct core_scn *wanted, struct words *words, const struct text *text,
		    bool *changed, struct err *err)
{
	const struct run_options options = { .preemptions_max = -1,
					     .executions_max = wanted->limit,
					     .command = "baton" };
	struct run_coverage coverage = { .refs = { 0 } };
	struct variant_result result;
	struct scenario *scenario =
		scenario_parse("core", text->bytes, text->length, wanted->models, err);
	struct run_case which = { scenario, 0, 0 };
	int status;

	if (!scenario)
		return -1;
	variant_result_init(&result);
	status = run_variant(&which, &options, &coverage, &result, err);
	if (!status) {
		*changed = learn(words, &result, wanted->failing->which.scenario);
		*changed |= learn_faults(words, &coverage);
	}
	variant_result_release(&result);
	run_coverage_release(&coverage);
	scenario_free(scenario);
	return status ? -1 : 0;
}

static int settle(const struct core_scn *wanted, struct words *words, struct text *text,
		  struct err *err)
{
	bool changed = true;

	for (int i = 0; i < RUNS_MAX && changed; i++) {
		text_clear(text);
		core_text_compose(wanted, words, text);
		if (run_once(wanted, words, text, &changed, err))
			return -1;
	}
	return 0;
}

/* ---- The whole ----------------------------------------------------------------------------- */

/* Is @name one that a scenario can write? */
static bool is_writable(const char *name)
{
	static const char parts[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

	for (;; name++) {
		size_t part = strspn(name, parts);

		name += part;
		if (!part || !*name)
			return part != 0;
		if (!strchr("-./", *name))
			return false;
	}
}

/* Append why no scenario can say @candidate, and what to do; nothing if one can. */
static void add_unspeakable(const struct core_scn *wanted, const struct core_candidate *candidate,
			    struct text *why)
{
	const struct baton_program *program = wanted->failing->subject.program;
	const struct condition *condition = &candidate->condition;
	const struct place *place = &condition->first;
	struct text said = TEXT_INIT;

	if (condition->kind == CONDITION_ANSWER) {
		if (!is_writable(condition->answer.name))
			text_addf(why,
				  "'%s' is no name that a scenario can write: give the choice "
				  "another, as 'pool/slot', and explain it again",
				  condition->answer.name);
	} else if (!candidate->named) {
		if (place->point->labelled)
			place = &condition->second;
		place_format(place, program, &said);
		text_addf(why,
			  "'%s' has no name that a scenario can use: put POINT(\"...\") before "
			  "%s:%u, and explain it again",
			  said.bytes, place->point->file, place->point->line);
	}
	text_release(&said);
}

/* Append why a scenario would let other passes fail; nothing if it would not. */
static void add_other_seed(const struct failing *failing, struct text *why)
{
	const struct fault_plan *plan = &failing->runner->fault_plan;
	bool drawn = false;

	for (unsigned int i = 0; i < plan->count; i++)
		drawn |= plan->rules[i].probability != 0;
	if (drawn && plan->seed != (uint64_t)failing->which.scenario->search.seed)
		text_addf(why,
			  "which passes may fail was drawn under another seed: write 'seed %llu;' "
			  "in the 'search' block of the scenario, and explain it again",
			  (unsigned long long)plan->seed);
}

/* Return: whether a scenario can say all of it; else why not is appended. */
static bool is_speakable(const struct core_scn *wanted, struct text *why)
{
	const struct core *core = wanted->core;

	if (hitting_is_empty(&core->members))
		text_add(why, "nothing is to be held: it fails always");
	for (size_t i = 0; i < core->candidates.count && !why->length; i++)
		if (core->candidates.items[i].role == CORE_NEEDED)
			add_unspeakable(wanted, &core->candidates.items[i], why);
	if (!why->length)
		add_other_seed(wanted->failing, why);
	return !why->length;
}

/* What is to be seen again, and comes first in @words, was not: something else keeps it away. */
static int check_shown(const struct failing *failing, const struct words *words, struct text *why)
{
	enum expectation hidden = failing->always || failing->inverted ? EXPECT_ALWAYS :
									 EXPECT_NEVER;

	if (words->list.items[0].word != hidden)
		return 0;
	text_addf(why,
		  "with its order block the scenario does not show %s within the bounds of its "
		  "'search' block: widen these, and explain it again",
		  failing->name);
	return 1;
}

int core_scn_write(const struct core_scn *wanted, struct text *text, struct text *why,
		   struct err *err)
{
	const struct run_case *which = &wanted->failing->which;
	const struct variant *variant;
	struct words words = { .list = { 0 } };
	struct text file = TEXT_INIT;
	int status;

	if (!is_speakable(wanted, why))
		return 1;
	variant = &which->scenario->variants.items[which->variant];
	add_word(&words, wanted->failing->name);
	for (size_t i = 0; i < variant->verdicts.count; i++)
		add_word(&words, variant->verdicts.items[i].name.text);
	for (size_t i = 0; i < which->scenario->faults.list.count; i++)
		vec_push(&words.gone, false);
	status = settle(wanted, &words, &file, err);
	if (!status)
		status = check_shown(wanted->failing, &words, why);
	if (!status)
		text_add(text, file.bytes);
	text_release(&file);
	vec_release(&words.list);
	vec_release(&words.gone);
	return status;
}
