/* SPDX-License-Identifier: MIT */
#include "scenario/build.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "scenario/expr.h"

struct name build_no_name(struct span at)
{
	return (struct name){ NULL, at };
}

long build_number(struct diagnostics *diagnostics, struct name number)
{
	const char *text = number.text;
	long value;

	if (text[0] == '0' && strspn(text, "0123456789") > 1) {
		diagnostics_error(diagnostics, number.at,
				  "there are no octal numbers; write it without the leading 0");
		return 0;
	}
	errno = 0;
	value = strtol(text, NULL, 0);
	if (errno) {
		diagnostics_error(diagnostics, number.at, "number is too large; at most %ld",
				  LONG_MAX);
		return 0;
	}
	return value;
}

struct expr *build_literal(struct parse *parse, struct name number)
{
	long value = build_number(parse->diagnostics, number);
	struct expr *expr = expr_number(&parse->scenario->pool, number.at, value);

	expr->literal = true;
	return expr;
}

void build_header(struct parse *parse, struct name name, struct name title)
{
	parse->scenario->name = name;
	parse->scenario->title = title.text;
}

/* true: this is the first one. */
static bool first(struct parse *parse, struct span *at, struct name keyword)
{
	if (at->end) {
		diagnostics_error(parse->diagnostics, keyword.at,
				  "a second '%s'; the first is on line %u", keyword.text,
				  diagnostics_line(parse->diagnostics, *at));
		return false;
	}
	*at = keyword.at;
	return true;
}

void build_once(struct parse *parse, struct span *at, struct name keyword)
{
	first(parse, at, keyword);
}

void build_use(struct parse *parse, struct name model)
{
	struct name *used = &parse->scenario->model_name;

	if (used->text)
		diagnostics_error(parse->diagnostics, model.at,
				  "a second 'use'; the first is on line %u",
				  diagnostics_line(parse->diagnostics, used->at));
	else
		*used = model;
}

void build_block(struct parse *parse, struct block *to, struct block block, struct name keyword)
{
	if (!first(parse, &to->at, keyword))
		return;
	*to = block;
}

void build_finally(struct parse *parse, struct name in, struct block block, struct name keyword)
{
	if (!first(parse, &parse->scenario->finally.at, keyword))
		return;
	parse->scenario->finally = block;
	parse->scenario->finally_in = in;
}

void build_cpu(struct parse *parse, struct name name, struct name in, struct block block)
{
	struct cpu cpu = { .name = name, .in = in, .process = -1, .host = -1, .block = block };

	pool_push(&parse->scenario->pool, &parse->scenario->cpus, cpu);
}

void build_irq(struct parse *parse, struct name name, struct name in, struct name times,
	       struct block block)
{
	struct cpu cpu = { .name = name,
			   .in = in,
			   .irq = true,
			   .times = times,
			   .process = -1,
			   .host = -1,
			   .block = block };

	pool_push(&parse->scenario->pool, &parse->scenario->cpus, cpu);
}

void build_predicate(struct parse *parse, struct name name, struct expr *expr, bool invariant)
{
	struct predicate predicate = { name, invariant, expr, false };

	pool_push(&parse->scenario->pool, &parse->scenario->predicates, predicate);
}

struct ref build_ref(struct parse *parse, struct ref ref, struct name occurrence, struct span at)
{
	long value = occurrence.text ? build_number(parse->diagnostics, occurrence) : 1;

	ref.at = at;
	ref.occurrence_name = occurrence;
	ref.occurrence = value > 0 && value <= INT_MAX ? (unsigned int)value : 0;
	ref.kind = strchr(ref.name.text, '/') ? REF_POINT : REF_LABEL;
	return ref;
}

struct constraint build_before(struct ref first, struct ref second, struct span at)
{
	return (struct constraint){ .kind = CONSTRAINT_BEFORE,
				    .at = at,
				    .cpu_name = build_no_name(at),
				    .first = first,
				    .second = second };
}

static struct constraint build_answer(struct ref ref, enum baton_choice_kind choice, long answer,
				      struct span at)
{
	ref.kind = REF_CHOICE;
	return (struct constraint){ .kind = CONSTRAINT_ANSWER,
				    .at = at,
				    .cpu_name = build_no_name(at),
				    .first = ref,
				    .second = ref,
				    .choice = choice,
				    .answer = answer };
}

struct constraint build_outcome(struct ref ref, bool works, struct span at)
{
	return build_answer(ref, BATON_CHOICE_FAULT, !works, at);
}

struct constraint build_value(struct parse *parse, struct ref ref, struct name answer,
			      struct span at)
{
	struct constraint constraint =
		build_answer(ref, BATON_CHOICE_VALUE, build_number(parse->diagnostics, answer), at);

	constraint.answer_at = answer.at;
	return constraint;
}

void build_permutation(struct parse *parse, struct permutation permutation, struct name title,
		       struct name keyword)
{
	permutation.title = title;
	permutation.at = keyword.at;
	pool_push(&parse->scenario->pool, &parse->scenario->permutations, permutation);
}

void build_budget(struct parse *parse, struct name number)
{
	struct name *budget = &parse->scenario->faults.budget_name;

	if (budget->text)
		diagnostics_error(parse->diagnostics, number.at,
				  "a second 'budget'; the first is on line %u",
				  diagnostics_line(parse->diagnostics, budget->at));
	else
		*budget = number;
}

static const char *title_of(struct pool *pool, const struct variant *variant)
{
	static const char *const
		signs[] = { [CHANGE_ADD] = " + ", [CHANGE_REMOVE] = " - ", [CHANGE_RULE] = " + " };
	struct text text = TEXT_INIT;
	char *title;

	text_add(&text, variant->base.text);
	for (size_t i = 0; i < variant->changes.count; i++) {
		const struct change *change = &variant->changes.items[i];

		text_addf(&text, "%s%s", signs[change->kind], change->name.text);
		if (change->kind == CHANGE_RULE)
			text_addf(&text, "=%s", change->value.text);
	}
	title = pool_copy(pool, text.bytes, text.length);
	text_release(&text);
	return title;
}

struct variant build_heading(struct parse *parse, struct name base, struct variant changes,
			     struct name help, struct variant verdicts)
{
	struct variant variant = changes;

	variant.base = base;
	variant.at = (struct span){ base.at.begin,
				    changes.changes.count ? changes.at.end : base.at.end };
	variant.title = title_of(&parse->scenario->pool, &variant);
	variant.help = help.text;
	variant.verdicts.items = verdicts.verdicts.items;
	variant.verdicts.count = verdicts.verdicts.count;
	return variant;
}

void build_variant(struct parse *parse, struct variant variant)
{
	pool_push(&parse->scenario->pool, &parse->scenario->variants, variant);
}

void build_axis(struct parse *parse, struct name rule, struct axis axis)
{
	axis.name = rule;
	pool_push(&parse->scenario->pool, &parse->scenario->matrix, axis);
}

void build_axis_value(struct parse *parse, struct axis *axis, struct name value)
{
	struct axis_value entry = { value, 0 };

	pool_push(&parse->scenario->pool, &axis->values, entry);
}

void build_search(struct parse *parse, struct name key, struct search_setting setting)
{
	setting.key = key;
	pool_push(&parse->scenario->pool, &parse->scenario->search.settings, setting);
}
