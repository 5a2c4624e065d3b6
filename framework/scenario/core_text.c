/* SPDX-License-Identifier: MIT */
#include "scenario/core_text.h"

#include <string.h>

#include "explain/story.h"

/* ---- Cuts ---------------------------------------------------------------------------------- */

/* Bytes of the source that something else stands for, or nothing. */
struct cut {
	struct span span;
	const char *instead;
};

struct cuts {
	VEC(struct cut) list;
};

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
	if (!instead) {
		span.begin = with_comment(text, span.begin);
		span.end += text[span.end] == '\n';
	}
	vec_push(&cuts->list, ((struct cut){ span, instead }));
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
	text_addf(text, "# %s needs this (baton explain).\n", wanted->failing->name);
	text_add(text, "order {\n");
	add_own_orders(wanted->failing->which.scenario, text);
	story_orders(wanted->core, wanted->failing->subject.program, "\t", text);
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
	core_scn_title(&wanted->failing->which, text);
	for (size_t i = 0; i < words->list.count; i++)
		text_addf(text, "%s\n\t\t%s %s", i ? "," : "",
			  expectation_name(words->list.items[i].word), words->list.items[i].name);
	text_add(text, ";\n}\n");
}

/* ---- Faults: those that the searches for the core had, and that its executions get to ------- */

static void add_setting(const struct fault_setting *setting, const struct fault_rule *rule,
			const struct source *source, struct text *text)
{
	text_add_char(text, ' ');
	if (setting->attr == FAULT_TIMES)
		text_addf(text, "times %u", rule->times);
	else
		text_add_bytes(text, source->text + setting->at.begin,
			       setting->at.end - setting->at.begin);
}

static void add_fault(const struct fault *fault, const struct fault_rule *rule,
		      const struct source *source, struct text *text)
{
	text_addf(text, "\tfail %s", fault->name.text);
	for (size_t i = 0; i < fault->settings.count; i++)
		add_setting(&fault->settings.items[i], rule, fault->option ? fault->option : source,
			    text);
	text_add(text, ";\n");
}

static void add_faults(const struct core_scn *wanted, const struct words *words, struct text *text)
{
	const struct scenario *scenario = wanted->failing->which.scenario;
	const struct fault_plan *plan = &wanted->failing->runner->fault_plan;
	struct text lines = TEXT_INIT;

	for (size_t i = 0; i < scenario->faults.list.count; i++)
		if (!words->gone.items[i])
			add_fault(&scenario->faults.list.items[i], &plan->rules[i],
				  &scenario->source, &lines);
	if (lines.length && plan->budget == 1)
		text_addf(text, "faults {\n%s}\n\n", lines.bytes);
	else if (lines.length)
		text_addf(text, "faults {\n\tbudget %u;\n%s}\n\n", plan->budget, lines.bytes);
	text_release(&lines);
}

/* ---- The whole ----------------------------------------------------------------------------- */

void core_text_compose(const struct core_scn *wanted, const struct words *words, struct text *text)
{
	const struct scenario *scenario = wanted->failing->which.scenario;
	const char *source = scenario->source.text;
	struct text middle = TEXT_INIT, name = TEXT_INIT;
	struct cuts cuts = { .list = { 0 } };

	text_addf(&name, "%s-core", scenario->name.text);
	add_faults(wanted, words, &middle);
	add_order(wanted, &middle);
	add_variant(wanted, words, &middle);
	vec_push(&cuts.list, ((struct cut){ scenario->name.at, name.bytes }));
	cut_block(&cuts, source, scenario->variants_at, middle.bytes);
	cut_block(&cuts, source, scenario->order_at, NULL);
	cut_block(&cuts, source, scenario->matrix_at, NULL);
	cut_block(&cuts, source, scenario->faults.at, NULL);
	for (size_t i = 0; i < scenario->permutations.count; i++)
		cut_block(&cuts, source, scenario->permutations.items[i].at, NULL);
	apply(&cuts, &scenario->source, text);
	vec_release(&cuts.list);
	text_release(&middle);
	text_release(&name);
}
