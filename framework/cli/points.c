/* SPDX-License-Identifier: MIT */
#include "cli/points.h"

#include <string.h>

#include "base/vec.h"
#include "baton/point.h"

#define NAME_COLUMN 2

void points_row(const struct points_page *page, const char *name, const char *help)
{
	struct text line = TEXT_INIT;

	text_add(&line, name);
	if (help) {
		text_add(&line, "  ");
		text_pad(&line, POINTS_HELP_COLUMN - NAME_COLUMN, ' ');
		text_add(&line, help);
	}
	format_paragraph(line.bytes, NAME_COLUMN, POINTS_HELP_COLUMN, &page->options, page->text);
	text_release(&line);
}

static int compare(const void *a, const void *b)
{
	const struct baton_point *first = *(const struct baton_point *const *)a;
	const struct baton_point *second = *(const struct baton_point *const *)b;
	int order = strcmp(first->name, second->name);

	if (!order)
		order = strcmp(first->file, second->file);
	return order ? order : (first->line > second->line) - (first->line < second->line);
}

/* Behind them, as they are good for old files only. */
static void put_aliases(const struct points_page *page)
{
	const struct baton_point_alias *alias = NULL;

	while ((alias = baton_alias_next(alias))) {
		struct text now = TEXT_INIT;

		text_addf(&now, "%s, old name of %s", alias->old, alias->now);
		points_row(page, now.bytes, NULL);
		text_release(&now);
	}
}

void points_text(const struct points_page *page)
{
	VEC(const struct baton_point *) points = { 0 };

	for (const struct baton_point *point = baton_point_next(NULL); point;
	     point = baton_point_next(point))
		if (point->labelled)
			vec_push(&points, point);
	if (points.count)
		qsort(points.items, points.count, sizeof(*points.items), compare);
	text_add(page->text, "points\n");
	for (size_t i = 0; i < points.count; i++) {
		struct text place = TEXT_INIT;

		text_addf(&place, "%s:%u", points.items[i]->file, points.items[i]->line);
		points_row(page, points.items[i]->name, place.bytes);
		text_release(&place);
	}
	vec_release(&points);
	put_aliases(page);
}

static const char *type_name(enum model_type type)
{
	static const char *const names[] = {
		[MODEL_VOID] = "nothing",    [MODEL_INT] = "number", [MODEL_FLAG] = "flag",
		[MODEL_ADDRESS] = "address", [MODEL_PAGE] = "page",  [MODEL_PROCESS] = "process",
		[MODEL_FILE] = "file",
	};

	return names[type];
}

/* "gup_fast(address, flags = 0)": what may be left out says what it is then. */
static void put_params(const struct model_param *params, struct text *text)
{
	text_add_char(text, '(');
	for (unsigned int i = 0; i < MODEL_PARAMS_MAX && params[i].name; i++) {
		text_addf(text, "%s%s", i ? ", " : "", params[i].name);
		if (params[i].type == MODEL_FLAG)
			text_add(text, "?");
		else if (params[i].optional)
			text_addf(text, " = %ld", params[i].missing);
	}
	text_add_char(text, ')');
}

static void put_callable(const struct points_page *page, const char *name,
			 const struct model_param *params, enum model_type result, const char *help)
{
	struct text call = TEXT_INIT;

	if (result != MODEL_VOID)
		text_addf(&call, "%s = ", type_name(result));
	text_add(&call, name);
	put_params(params, &call);
	points_row(page, call.bytes, help);
	text_release(&call);
}

static void put_operations(const struct points_page *page, unsigned int place, const char *heading)
{
	text_addf(page->text, "\n%s\n", heading);
	for (const struct model_op *op = page->model->ops; op->name; op++)
		if (op->places & place)
			put_callable(page, op->name, op->params, op->result, op->help);
}

static void put_observables(const struct points_page *page)
{
	text_add(page->text, "\nobservables, in predicates and invariants\n");
	for (const struct model_observable *item = page->model->observables; item->name; item++)
		put_callable(page, item->name, item->params, item->result, item->help);
}

static void put_constants(const struct points_page *page)
{
	text_add(page->text, "\nconstants\n");
	for (const struct model_constant *item = page->model->constants; item->name; item++) {
		struct text value = TEXT_INIT;

		text_addf(&value, "%ld", item->value);
		points_row(page, item->name, value.bytes);
		text_release(&value);
	}
}

static void put_oracles(const struct points_page *page)
{
	text_add(page->text, "\noracles, checked after every step\n");
	for (const struct model_oracle *item = page->model->oracles; item->name; item++) {
		struct text help = TEXT_INIT;

		text_addf(&help, "%s%s%s", item->id ? item->id : "", item->id ? " " : "",
			  item->help ? item->help : "");
		points_row(page, item->name, help.bytes);
		text_release(&help);
	}
}

void points_model(const struct points_page *page)
{
	put_operations(page, MODEL_IN_SETUP, "operations in setup");
	put_operations(page, MODEL_ON_CPU, "operations on a cpu and in finally");
	put_observables(page);
	put_constants(page);
	put_oracles(page);
	points_faults(page);
}
