/* SPDX-License-Identifier: MIT */
#include "scenario/core_scn.h"

#include <string.h>

#include "explain/story.h"
#include "scenario/run.h"

/* What a variant can be expected to show is settled after so many runs. */
#define RUNS_MAX 4

/* What the variant expects. */
struct word {
	const char *name;
	enum expectation word;
};

struct words {
	VEC(struct word) list;
	VEC(bool) gone; /* 'fail' lines: no execution of the core gets there */
};

/* Bytes of the source that something else stands for, or nothing. */
struct cut {
	struct span span;
	const char *instead;
};

struct cuts {
	VEC(struct cut) list;
};

/* ---- The text ------------------------------------------------------------------------------ */

/* Behind the block whose keyword is at @at, and its line end. */
static uint32_t block_end(const char *text, uint32_t at)
{
	unsigned int depth = 0;

	for (; text[at]; at++) {
		if (text[at] == '#')
			at += (uint32_t)strcspn(text + at, "\n") - 1;
		else if (text[at] == '"')
			at += (uint32_t)strcspn(text + at + 1, "\"\n") + 1;
		else if (text[at] == '{')
			depth++;
		else if (text[at] == '}' && --depth == 0)
			break;
	}
	at += text[at] != '\0';
	return at + (text[at] == '\n');
}

/* The comment right above belongs to what is cut. */
static uint32_t with_comment(const char *text, uint32_t at)
{
	while (at > 0) {
		uint32_t line = at - 1;

		while (line > 0 && text[line - 1] != '\n')
			line--;
		if (text[line] != '#')
			break;
		at = line;
	}
	return at;
}

static void cut_block(struct cuts *cuts, const char *text, struct span keyword, const char *instead)
{
	struct span span = { keyword.begin, block_end(text, keyword.begin) };

	if (!keyword.end)
		return;
	if (!instead)
		span.begin = with_comment(text, span.begin);
	vec_push(&cuts->list, ((struct cut){ span, instead }));
}

/* "fail mm/alloc_page nth 2;", with what is before it on its line. */
static void cut_fault(struct cuts *cuts, const struct scenario *scenario, const struct fault *fault)
{
	const char *text = scenario->source.text;
	struct span span = fault->name.at;

	while (span.begin > 0 && !strchr("{;\n", text[span.begin - 1]))
		span.begin--;
	span.end += (uint32_t)strcspn(text + span.end, ";") + 1;
	span.end += (uint32_t)strspn(text + span.end, " \t");
	if (text[span.end] == '#')
		span.end += (uint32_t)strcspn(text + span.end, "\n");
	span.end += text[span.end] == '\n' && span.begin > 0 && text[span.begin - 1] == '\n';
	vec_push(&cuts->list, ((struct cut){ span, NULL }));
}

static void cut_faults(struct cuts *cuts, const struct scenario *scenario,
		       const struct words *words)
{
	size_t gone = 0;

	for (size_t i = 0; i < words->gone.count; i++)
		gone += words->gone.items[i];
	if (gone && gone == scenario->faults.list.count) {
		cut_block(cuts, scenario->source.text, scenario->faults.at, NULL);
		return;
	}
	for (size_t i = 0; i < words->gone.count; i++)
		if (words->gone.items[i] && !scenario->faults.list.items[i].option)
			cut_fault(cuts, scenario, &scenario->faults.list.items[i]);
}

static int is_behind(const void *a, const void *b)
{
	const struct cut *x = a, *y = b;

	return (x->span.begin > y->span.begin) - (x->span.begin < y->span.begin);
}

static void apply(struct cuts *cuts, const struct source *source, struct text *text)
{
	uint32_t at = 0;

	qsort(cuts->list.items, cuts->list.count, sizeof(*cuts->list.items), is_behind);
	for (size_t i = 0; i < cuts->list.count; i++) {
		const struct cut *cut = &cuts->list.items[i];

		text_add_bytes(text, source->text + at, cut->span.begin - at);
		if (cut->instead)
			text_add(text, cut->instead);
		at = cut->span.end;
	}
	text_add(text, source->text + at);
}

/* What the scenario's own order block says, without its braces. */
static void add_own_orders(const struct scenario *scenario, struct text *text)
{
	const char *source = scenario->source.text;
	uint32_t at = scenario->order_at.begin, end = block_end(source, at);

	if (!scenario->order_at.end)
		return;
	at += (uint32_t)strcspn(source + at, "{") + 1;
	while (end > at && source[end - 1] != '}')
		end--;
	text_add(text, "\t# Of the scenario:");
	text_add_bytes(text, source + at, end - 1 - at);
	text_add(text, "\t" CORE_SCN_OWN_END "\n");
}

static void add_order(const struct core_scn *wanted, struct text *text)
{
	text_addf(text, "# %s needs this (baton explain).\n", wanted->failure);
	text_add(text, "order {\n");
	add_own_orders(wanted->which->scenario, text);
	story_orders(wanted->core, wanted->program, "\t", text);
	text_add(text, "}\n\n");
}

void core_scn_title(const struct run_case *which, struct text *text)
{
	struct text cell = TEXT_INIT;

	text_add(text, which->scenario->variants.items[which->variant].title);
	scenario_cell_name(which->scenario, which->cell, &cell);
	for (const char *rule = cell.bytes; *rule; rule += strspn(rule, " ")) {
		text_addf(text, " + %.*s", (int)strcspn(rule, " "), rule);
		rule += strcspn(rule, " ");
	}
	text_release(&cell);
}

static void add_variant(const struct core_scn *wanted, const struct words *words, struct text *text)
{
	text_add(text, "variants {\n\t");
	core_scn_title(wanted->which, text);
	for (size_t i = 0; i < words->list.count; i++)
		text_addf(text, "%s\n\t\t%s %s", i ? "," : "",
			  expectation_name(words->list.items[i].word), words->list.items[i].name);
	text_add(text, ";\n}\n");
}

static void compose(const struct core_scn *wanted, const struct words *words, struct text *text)
{
	const struct scenario *scenario = wanted->which->scenario;
	const char *source = scenario->source.text;
	struct text middle = TEXT_INIT, name = TEXT_INIT;
	struct cuts cuts = { .list = { 0 } };

	text_addf(&name, "%s-core", scenario->name.text);
	add_order(wanted, &middle);
	add_variant(wanted, words, &middle);
	vec_push(&cuts.list, ((struct cut){ scenario->name.at, name.bytes }));
	cut_block(&cuts, source, scenario->variants_at, middle.bytes);
	cut_block(&cuts, source, scenario->order_at, NULL);
	cut_block(&cuts, source, scenario->matrix_at, NULL);
	cut_faults(&cuts, scenario, words);
	for (size_t i = 0; i < scenario->permutations.count; i++)
		cut_block(&cuts, source, scenario->permutations.items[i].at, NULL);
	apply(&cuts, &scenario->source, text);
	vec_release(&cuts.list);
	text_release(&middle);
	text_release(&name);
}

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
		*changed = learn(words, &result, wanted->which->scenario);
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
		compose(wanted, words, text);
		if (run_once(wanted, words, text, &changed, err))
			return -1;
	}
	return 0;
}

/* ---- The whole ----------------------------------------------------------------------------- */

/* Append why no scenario can say @candidate, and what to do; nothing if one can. */
static void add_unspeakable(const struct core_scn *wanted, const struct core_candidate *candidate,
			    struct text *why)
{
	const struct condition *condition = &candidate->condition;
	const struct place *place = &condition->first;
	struct text said = TEXT_INIT;

	if (condition->kind == CONDITION_ANSWER && condition->answer.kind != BATON_CHOICE_FAULT) {
		condition_format(condition, wanted->program, &said);
		text_addf(why,
			  "of answers, an order block can hold faults, and not '%s'; save the "
			  "schedule (baton shrink -o FILE.sched)",
			  said.bytes);
	} else if (!candidate->named) {
		if (place->point->labelled)
			place = &condition->second;
		place_format(place, wanted->program, &said);
		text_addf(why,
			  "'%s' has no name that a scenario can use: put POINT(\"...\") before "
			  "%s:%u, and explain it again",
			  said.bytes, place->point->file, place->point->line);
	}
	text_release(&said);
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
	return !why->length;
}

int core_scn_write(const struct core_scn *wanted, struct text *text, struct text *why,
		   struct err *err)
{
	const struct variant *variant;
	struct words words = { .list = { 0 } };
	struct text file = TEXT_INIT;
	int status;

	if (!is_speakable(wanted, why))
		return 1;
	variant = &wanted->which->scenario->variants.items[wanted->which->variant];
	add_word(&words, wanted->failure);
	for (size_t i = 0; i < variant->verdicts.count; i++)
		add_word(&words, variant->verdicts.items[i].name.text);
	for (size_t i = 0; i < wanted->which->scenario->faults.list.count; i++)
		vec_push(&words.gone, false);
	status = settle(wanted, &words, &file, err);
	text_add(text, file.bytes);
	text_release(&file);
	vec_release(&words.list);
	vec_release(&words.gone);
	return status;
}
