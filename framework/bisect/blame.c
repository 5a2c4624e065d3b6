/* SPDX-License-Identifier: MIT */
#include "bisect/blame.h"

#include <string.h>

#include "scenario/rules.h"

/* One change between two variants. */
struct difference {
	const struct model_patch *patch; /* NULL: a rule */
	bool taken_out;                  /* the later state lacks the patch that the earlier has */
	const struct change *change;     /* of the rule, in the later state */
};

struct differences {
	VEC(struct difference) list;
};

static bool has_patch(const struct patch_list *patches, const struct model_patch *patch)
{
	for (size_t i = 0; i < patches->list.count; i++)
		if (patches->list.items[i] == patch)
			return true;
	return false;
}

static bool has_rule(const struct variant *variant, const struct change *rule)
{
	for (size_t i = 0; i < variant->changes.count; i++) {
		const struct change *change = &variant->changes.items[i];

		if (change->kind == CHANGE_RULE && change->rule == rule->rule &&
		    change->rule_value == rule->rule_value)
			return true;
	}
	return false;
}

static void add_missing(struct differences *differences, const struct patch_list *from,
			const struct patch_list *in, bool taken_out)
{
	for (size_t i = 0; i < from->list.count; i++) {
		const struct difference difference = { from->list.items[i], taken_out, NULL };

		if (!has_patch(in, from->list.items[i]))
			vec_push(&differences->list, difference);
	}
}

static void find_differences(struct differences *differences, const struct scenario *scenario,
			     const struct variant *before, const struct variant *after)
{
	struct patch_list then = { 0 }, now = { 0 };

	variant_patches(scenario->model, before, &then);
	variant_patches(scenario->model, after, &now);
	add_missing(differences, &now, &then, false);
	add_missing(differences, &then, &now, true);
	for (size_t i = 0; i < after->changes.count; i++) {
		const struct difference difference = { .change = &after->changes.items[i] };

		if (difference.change->kind == CHANGE_RULE && !has_rule(before, difference.change))
			vec_push(&differences->list, difference);
	}
	vec_release(&then.list);
	vec_release(&now.list);
}

static void add_change(const struct change *change, struct text *title)
{
	text_addf(title, " %c %s", change->kind == CHANGE_REMOVE ? '-' : '+', change->name.text);
	if (change->kind == CHANGE_RULE)
		text_addf(title, "=%s", change->value.text);
}

static bool is_about(const struct change *change, const struct difference *difference)
{
	if (difference->patch)
		return change->kind != CHANGE_RULE && change->patch == difference->patch;
	return change->kind == CHANGE_RULE && change->rule == difference->change->rule;
}

/* @variant with the difference made, or without it. */
static char *title_with(const struct variant *variant, const struct difference *difference,
			bool made)
{
	struct text title = TEXT_INIT;
	bool written = false;

	text_add(&title, variant->base.text);
	for (size_t i = 0; i < variant->changes.count; i++) {
		if (is_about(&variant->changes.items[i], difference))
			written = true;
		else
			add_change(&variant->changes.items[i], &title);
	}
	if (!difference->patch && made)
		add_change(difference->change, &title);
	else if (difference->patch && !written)
		text_addf(&title, " %c %s", made != difference->taken_out ? '+' : '-',
			  difference->patch->id);
	return text_detach(&title);
}

static char *name_of(const struct difference *difference)
{
	struct text text = TEXT_INIT;

	if (difference->patch)
		text_addf(&text, "%s%s", difference->taken_out ? "- " : "", difference->patch->id);
	else
		text_addf(&text, "%s=%s", difference->change->name.text,
			  difference->change->value.text);
	return text_detach(&text);
}

/* What the checker of scenarios has against a variant, without its place. */
static char *cut_reason(const struct err *err)
{
	const char *what = strstr(err->text.bytes, "error: ");
	struct text text = TEXT_INIT;

	what = what ? what + strlen("error: ") : err->text.bytes;
	text_add_bytes(&text, what, strcspn(what, "\n"));
	return text_detach(&text);
}

/* Return: 0, also where there is no such variant; -1. */
static int try_title(struct blame *blame, struct blame_trial *trial, const char *title,
		     enum bisect_answer *answer, struct err *err)
{
	struct series *series = blame->prober->series;
	struct err refused = ERR_INIT;
	const struct probe *probe;
	int state = series_add(series, title, &refused), status = 0;

	*answer = BISECT_UNKNOWN;
	if (state < 0) {
		free(trial->why);
		trial->why = cut_reason(&refused);
	} else {
		status = prober_look(blame->prober, (size_t)state, &probe, err);
		if (!status)
			*answer = probe_answer(probe, series->scenario, blame->name);
	}
	err_release(&refused);
	return status;
}

/* All titles first: to try one replaces the scenario. */
static void plan(struct blame *blame, const struct scenario *scenario, size_t before, size_t after)
{
	const struct variant *variants = scenario->variants.items;
	struct differences differences = { 0 };

	find_differences(&differences, scenario, &variants[before], &variants[after]);
	for (size_t i = 0; i < differences.list.count; i++) {
		const struct difference *difference = &differences.list.items[i];
		const struct blame_trial trial = {
			.change = name_of(difference),
			.patch = difference->patch,
			.without_title = title_with(&variants[after], difference, false),
			.alone_title = title_with(&variants[before], difference, true),
		};

		vec_push(&blame->trials, trial);
	}
	vec_release(&differences.list);
}

int blame_run(struct blame *blame, size_t before, size_t after, struct err *err)
{
	plan(blame, blame->prober->series->scenario, before, after);
	for (size_t i = 0; i < blame->trials.count; i++) {
		struct blame_trial *trial = &blame->trials.items[i];

		if (try_title(blame, trial, trial->without_title, &trial->without, err) ||
		    try_title(blame, trial, trial->alone_title, &trial->alone, err))
			return -1;
	}
	return 0;
}

void blame_release(struct blame *blame)
{
	for (size_t i = 0; i < blame->trials.count; i++) {
		free(blame->trials.items[i].change);
		free(blame->trials.items[i].without_title);
		free(blame->trials.items[i].alone_title);
		free(blame->trials.items[i].why);
	}
	vec_release(&blame->trials);
}

bool blame_is_it(const struct blame_trial *trial, enum bisect_answer before,
		 enum bisect_answer after)
{
	return trial->without == before && trial->alone == after;
}
