/* SPDX-License-Identifier: MIT */
#include "cli/list.h"
#include "reports/json_tree.h"

static json_t *take_string(struct text *text)
{
	json_t *value = json_tree_string(text->bytes);

	text_release(text);
	return value;
}

static json_t *make_cpus(const struct scenario *scenario)
{
	json_t *cpus = json_array();

	for (size_t i = 0; i < scenario->cpus.count + scenario->irq_count; i++) {
		const struct cpu *cpu = &scenario->cpus.items[i];
		json_t *object = json_object();

		json_tree_set(object, "name", json_tree_string(cpu->name.text));
		json_tree_set(object, "irq", json_boolean(cpu->irq));
		json_tree_append(cpus, object);
	}
	return cpus;
}

static json_t *make_predicates(const struct scenario *scenario)
{
	json_t *predicates = json_array();

	for (size_t i = 0; i < scenario->predicates.count; i++) {
		json_t *object = json_object();

		json_tree_set(object, "name",
			      json_tree_string(scenario->predicates.items[i].name.text));
		json_tree_set(object, "invariant",
			      json_boolean(scenario->predicates.items[i].invariant));
		json_tree_append(predicates, object);
	}
	return predicates;
}

static json_t *make_variant(const struct variant *variant)
{
	json_t *object = json_object(), *verdicts = json_array();

	for (size_t i = 0; i < variant->verdicts.count; i++) {
		const struct expected *expected = &variant->verdicts.items[i];
		json_t *verdict = json_object();

		json_tree_set(verdict, "expected",
			      json_tree_string(expectation_name(expected->word)));
		json_tree_set(verdict, "predicate", json_tree_string(expected->name.text));
		json_tree_append(verdicts, verdict);
	}
	json_tree_set(object, "title", json_tree_string(variant->title));
	json_tree_set(object, "help", json_tree_string(variant->help));
	json_tree_set(object, "verdicts", verdicts);
	return object;
}

static json_t *make_variants(const struct scenario *scenario)
{
	json_t *variants = json_array();

	for (size_t i = 0; i < scenario->variants.count; i++)
		json_tree_append(variants, make_variant(&scenario->variants.items[i]));
	return variants;
}

static json_t *make_cells(const struct scenario *scenario)
{
	json_t *cells = json_array();

	for (unsigned int i = 0; scenario->matrix.count && i < scenario_cell_count(scenario); i++) {
		struct text name = TEXT_INIT;

		scenario_cell_name(scenario, i, &name);
		json_tree_append(cells, take_string(&name));
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
		json_tree_set(object, "title", json_tree_string(permutation->title.text));
		json_tree_set(object, "items", take_string(&items));
		json_tree_append(permutations, object);
	}
	return permutations;
}

json_t *list_json(const struct scenario *scenario)
{
	json_t *object = json_object();

	json_tree_set(object, "path", json_tree_string(scenario->source.path));
	json_tree_set(object, "scenario", json_tree_string(scenario->name.text));
	json_tree_set(object, "title", json_tree_string(scenario->title));
	json_tree_set(object, "model", json_tree_string(scenario->model->name));
	json_tree_set(object, "cpus", make_cpus(scenario));
	json_tree_set(object, "predicates", make_predicates(scenario));
	json_tree_set(object, "variants", make_variants(scenario));
	json_tree_set(object, "cells", make_cells(scenario));
	json_tree_set(object, "permutations", make_permutations(scenario));
	return object;
}
