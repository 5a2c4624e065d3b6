/* SPDX-License-Identifier: MIT */
#include "explain/condition.h"

#include <string.h>

bool place_is(const struct place *a, const struct place *b)
{
	return a->cpu == b->cpu && baton_point_same(a->point, b->point) && a->nth == b->nth;
}

static bool answer_is(const struct answer *a, const struct answer *b)
{
	return a->kind == b->kind && a->cpu == b->cpu && a->nth == b->nth && a->value == b->value &&
	       !strcmp(a->name, b->name);
}

bool condition_is(const struct condition *a, const struct condition *b)
{
	if (a->kind != b->kind)
		return false;
	if (a->kind == CONDITION_ANSWER)
		return answer_is(&a->answer, &b->answer);
	return place_is(&a->first, &b->first) && place_is(&a->second, &b->second);
}

void place_format_point(const struct place *place, struct text *text)
{
	text_add(text, place->point->name);
	if (place->nth > 1)
		text_addf(text, "@%u", place->nth);
}

void place_format(const struct place *place, const struct baton_program *program, struct text *text)
{
	text_addf(text, "%s:", program->cpus[place->cpu].name);
	place_format_point(place, text);
}

static void format_answer(const struct answer *answer, const struct baton_program *program,
			  struct text *text)
{
	text_addf(text, "%s:%s", program->cpus[answer->cpu].name, answer->name);
	if (answer->nth > 1)
		text_addf(text, "@%u", answer->nth);
	if (answer->kind == BATON_CHOICE_FAULT)
		text_add(text, answer->value ? " fails" : " works");
	else
		text_addf(text, " is %u", answer->value);
}

void condition_format(const struct condition *condition, const struct baton_program *program,
		      struct text *text)
{
	if (condition->kind == CONDITION_ANSWER) {
		format_answer(&condition->answer, program, text);
		return;
	}
	place_format(&condition->first, program, text);
	text_add(text, " before ");
	place_format(&condition->second, program, text);
}

/* Where it is; of baton's own source that says nothing. */
static void add_line(const struct baton_point *point, struct text *text)
{
	if (point->labelled == 2)
		text_add(text, point->name);
	else
		text_addf(text, "%s:%u", point->file, point->line);
}

void condition_format_lines(const struct condition *condition, struct text *text)
{
	const struct baton_point *first = condition->first.point;
	const struct baton_point *second = condition->second.point;

	if (condition->kind != CONDITION_ORDER)
		return;
	text_add(text, "     ");
	add_line(first, text);
	text_add(text, ", then ");
	add_line(second, text);
	text_add_char(text, '\n');
}
