/* SPDX-License-Identifier: MIT */
#include "cli/points.h"

#include <string.h>

#include "base/vec.h"
#include "baton/point.h"

/* Where help begins, if the name leaves room for it. */
#define HELP_COLUMN 36

void points_row(const char *name, const char *help, struct text *text)
{
	size_t start = text->length;

	text_addf(text, "  %s", name);
	if (help) {
		text_add(text, "  ");
		text_pad(text, start + HELP_COLUMN, ' ');
		text_add(text, help);
	}
	text_add_char(text, '\n');
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

void points_text(struct text *text)
{
	VEC(const struct baton_point *) points = { 0 };

	for (const struct baton_point *point = baton_point_next(NULL); point;
	     point = baton_point_next(point))
		if (point->labelled)
			vec_push(&points, point);
	if (points.count)
		qsort(points.items, points.count, sizeof(*points.items), compare);
	text_add(text, "points\n");
	for (size_t i = 0; i < points.count; i++) {
		struct text place = TEXT_INIT;

		text_addf(&place, "%s:%u", points.items[i]->file, points.items[i]->line);
		points_row(points.items[i]->name, place.bytes, text);
		text_release(&place);
	}
	vec_release(&points);
}

static const char *type_name(enum model_type type)
{
	static const char *const names[] = {
		[MODEL_VOID] = "nothing",    [MODEL_INT] = "number", [MODEL_FLAG] = "flag",
		[MODEL_ADDRESS] = "address", [MODEL_PAGE] = "page",  [MODEL_PROCESS] = "process",
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

static void put_callable(const char *name, const struct model_param *params, enum model_type result,
			 const char *help, struct text *text)
{
	struct text call = TEXT_INIT;

	if (result != MODEL_VOID)
		text_addf(&call, "%s = ", type_name(result));
	text_add(&call, name);
	put_params(params, &call);
	points_row(call.bytes, help, text);
	text_release(&call);
}

static void put_operations(const struct model *model, unsigned int place, const char *heading,
			   struct text *text)
{
	text_addf(text, "\n%s\n", heading);
	for (const struct model_op *op = model->ops; op->name; op++)
		if (op->places & place)
			put_callable(op->name, op->params, op->result, op->help, text);
}

static void put_observables(const struct model *model, struct text *text)
{
	text_add(text, "\nobservables, in predicates and invariants\n");
	for (const struct model_observable *item = model->observables; item->name; item++)
		put_callable(item->name, item->params, item->result, item->help, text);
}

static void put_constants(const struct model *model, struct text *text)
{
	text_add(text, "\nconstants\n");
	for (const struct model_constant *item = model->constants; item->name; item++) {
		struct text value = TEXT_INIT;

		text_addf(&value, "%ld", item->value);
		points_row(item->name, value.bytes, text);
		text_release(&value);
	}
}

static void put_oracles(const struct model *model, struct text *text)
{
	text_add(text, "\noracles, checked after every step\n");
	for (const struct model_oracle *item = model->oracles; item->name; item++) {
		struct text help = TEXT_INIT;

		text_addf(&help, "%s%s%s", item->id ? item->id : "", item->id ? " " : "",
			  item->help ? item->help : "");
		points_row(item->name, help.bytes, text);
		text_release(&help);
	}
}

static void put_faults(const struct model *model, struct text *text)
{
	text_add(text, "\nfault points\n");
	for (const struct model_fault *item = model->faults; item->name; item++) {
		struct text help = TEXT_INIT;

		text_addf(&help, "%s%s%s", item->error, item->help ? ": " : "",
			  item->help ? item->help : "");
		points_row(item->name, help.bytes, text);
		text_release(&help);
	}
}

void points_model(const struct model *model, struct text *text)
{
	put_operations(model, MODEL_IN_SETUP, "operations in setup", text);
	put_operations(model, MODEL_ON_CPU, "operations on a cpu and in finally", text);
	put_observables(model, text);
	put_constants(model, text);
	put_oracles(model, text);
	put_faults(model, text);
}
