/* SPDX-License-Identifier: MIT */
/*
 * points_faults.c - the catalogue of fault points.
 */
#include <string.h>

#include "baton/sim.h"
#include "cli/points.h"
#include "reports/json_tree.h"

struct places {
	VEC(const struct baton_point *) list;
};

static int compare(const void *a, const void *b)
{
	const struct baton_point *first = *(const struct baton_point *const *)a;
	const struct baton_point *second = *(const struct baton_point *const *)b;
	int order = strcmp(first->file, second->file);

	return order ? order : (first->line > second->line) - (first->line < second->line);
}

static bool is_same(const struct baton_point *a, const struct baton_point *b)
{
	return a->line == b->line && !strcmp(a->file, b->file);
}

/* Where the program passes the point; a macro of a header is a place wherever it is used. */
static struct places find_places(const char *point)
{
	struct places all = { 0 };
	size_t kept = 0;

	for (const struct baton_point *place = baton_fault_next(NULL); place;
	     place = baton_fault_next(place))
		if (!strcmp(place->name, point))
			vec_push(&all.list, place);
	if (all.list.count)
		qsort(all.list.items, all.list.count, sizeof(*all.list.items), compare);
	for (size_t i = 0; i < all.list.count; i++)
		if (!kept || !is_same(all.list.items[kept - 1], all.list.items[i]))
			all.list.items[kept++] = all.list.items[i];
	all.list.count = kept;
	return all;
}

static void put_below(const struct points_page *page, const char *heading, const char *help)
{
	struct text line = TEXT_INIT;

	text_addf(&line, "%s: %s", heading, help);
	format_paragraph(line.bytes, POINTS_HELP_COLUMN, POINTS_HELP_COLUMN, &page->options,
			 page->text);
	text_release(&line);
}

static void put_places(const struct points_page *page, const char *point)
{
	struct places places = find_places(point);
	struct text line = TEXT_INIT;

	for (size_t i = 0; i < places.list.count; i++)
		text_addf(&line, "%s%s:%u", i ? ", " : "", places.list.items[i]->file,
			  places.list.items[i]->line);
	put_below(page, "passed in", line.length ? line.bytes : "no place that is known");
	text_release(&line);
	vec_release(&places.list);
}

static void put_fault(const struct points_page *page, const struct model_fault *fault)
{
	struct text help = TEXT_INIT;

	model_fault_add_errors(fault, &help);
	text_addf(&help, ", %s%s%s", model_fault_effect_name(fault->effect),
		  fault->help ? ": " : "", fault->help ? fault->help : "");
	points_row(page, fault->name, help.bytes);
	if (fault->in_linux)
		put_below(page, "Linux", fault->in_linux);
	put_places(page, fault->name);
	text_release(&help);
}

void points_faults(const struct points_page *page)
{
	text_add(page->text, "\nfault points\n");
	for (const struct model_fault *fault = page->model->faults; fault && fault->name; fault++)
		put_fault(page, fault);
}

static json_t *make_places(const char *point)
{
	struct places places = find_places(point);
	json_t *list = json_array();

	for (size_t i = 0; i < places.list.count; i++) {
		json_t *place = json_object();

		json_tree_set(place, "file", json_tree_string(places.list.items[i]->file));
		json_tree_set(place, "line", json_integer(places.list.items[i]->line));
		json_tree_append(list, place);
	}
	vec_release(&places.list);
	return list;
}

json_t *points_faults_json(const struct model *model)
{
	json_t *list = json_array();

	for (const struct model_fault *fault = model->faults; fault && fault->name; fault++) {
		json_t *object = json_object();

		json_tree_set(object, "name", json_tree_string(fault->name));
		json_tree_set(object, "errno", json_tree_string(fault->error));
		json_tree_set(object, "effect",
			      json_tree_string(model_fault_effect_name(fault->effect)));
		json_tree_set(object, "help", json_tree_string(fault->help));
		json_tree_set(object, "linux", json_tree_string(fault->in_linux));
		json_tree_set(object, "places", make_places(fault->name));
		json_tree_append(list, object);
	}
	return list;
}
