/* SPDX-License-Identifier: MIT */
#include "base/bug.h"
#include "cli/list.h"

static void set(json_t *object, const char *key, json_t *value)
{
	BUG_ON(json_object_set_new(object, key, value));
}

static void append(json_t *array, json_t *value)
{
	BUG_ON(json_array_append_new(array, value));
}

/* The file may hold any bytes in its strings. */
static json_t *string(const char *text)
{
	json_t *value = text ? json_string(text) : json_null();

	return value ? value : json_string("(not UTF-8)");
}

static json_t *take_string(struct text *text)
{
	json_t *value = string(text->bytes);

	text_release(text);
	return value;
}

static json_t *make_cpus(const struct scenario *scenario)
{
	json_t *cpus = json_array();

	for (size_t i = 0; i < scenario->cpus.count + scenario->irq_count; i++) {
		const struct cpu *cpu = &scenario->cpus.items[i];
		json_t *object = json_object();

		set(object, "name", string(cpu->name.text));
		set(object, "irq", json_boolean(cpu->irq));
		append(cpus, object);
	}
	return cpus;
}

static json_t *make_predicates(const struct scenario *scenario)
{
	json_t *predicates = json_array();

	for (size_t i = 0; i < scenario->predicates.count; i++) {
		json_t *object = json_object();

		set(object, "name", string(scenario->predicates.items[i].name.text));
		set(object, "invariant", json_boolean(scenario->predicates.items[i].invariant));
		append(predicates, object);
	}
	return predicates;
}

static json_t *make_variant(const struct variant *variant)
{
	json_t *object = json_object(), *verdicts = json_array();

	for (size_t i = 0; i < variant->verdicts.count; i++) {
		const struct expected *expected = &variant->verdicts.items[i];
		json_t *verdict = json_object();

		set(verdict, "expected", string(expectation_name(expected->word)));
		set(verdict, "predicate", string(expected->name.text));
		append(verdicts, verdict);
	}
	set(object, "title", string(variant->title));
	set(object, "help", string(variant->help));
	set(object, "verdicts", verdicts);
	return object;
}

static json_t *make_variants(const struct scenario *scenario)
{
	json_t *variants = json_array();

	for (size_t i = 0; i < scenario->variants.count; i++)
		append(variants, make_variant(&scenario->variants.items[i]));
	return variants;
}

static json_t *make_cells(const struct scenario *scenario)
{
	json_t *cells = json_array();

	for (unsigned int i = 0; scenario->matrix.count && i < scenario_cell_count(scenario); i++) {
		struct text name = TEXT_INIT;

		scenario_cell_name(scenario, i, &name);
		append(cells, take_string(&name));
	}
	return cells;
}

static json_t *make_permutations(const struct scenario *scenario)
{
	json_t *permutations = json_array();

	for (size_t i = 0; i < scenario->permutations.count; i++) {
		const struct permutation *permutation = &scenario->permutations.items[i];
		struct text items = TEXT_INIT;
		json_t *object = json_object();

		list_permutation(scenario, permutation, &items);
		set(object, "title", string(permutation->title.text));
		set(object, "items", take_string(&items));
		append(permutations, object);
	}
	return permutations;
}

json_t *list_json(const struct scenario *scenario)
{
	json_t *object = json_object();

	set(object, "path", string(scenario->source.path));
	set(object, "scenario", string(scenario->name.text));
	set(object, "title", string(scenario->title));
	set(object, "model", string(scenario->model->name));
	set(object, "cpus", make_cpus(scenario));
	set(object, "predicates", make_predicates(scenario));
	set(object, "variants", make_variants(scenario));
	set(object, "cells", make_cells(scenario));
	set(object, "permutations", make_permutations(scenario));
	return object;
}
