/* SPDX-License-Identifier: MIT */
#include "base/bug.h"
#include "cli/points.h"
#include "reports/json_tree.h"
#include "scenario/rules.h"

/* null where the table has nothing. */
static json_t *string(const char *text)
{
	return json_tree_string(text && *text ? text : NULL);
}

/* The patches that give this value to the rule. */
static json_t *make_value(const struct model *model, const char *rule, const char *value)
{
	json_t *object = json_object(), *patches = json_array();

	for (const struct model_patch *patch = model->patches; patch->id; patch++)
		if (points_sets(patch, rule, value))
			json_tree_append(patches, string(patch->id));
	json_tree_set(object, "name", string(value));
	json_tree_set(object, "patches", patches);
	return object;
}

static json_t *make_rules(const struct model *model)
{
	json_t *rules = json_array();

	for (const struct model_rule *rule = model->rules; rule->name; rule++) {
		json_t *object = json_object(), *values = json_array();

		for (const char *const *value = rule->values; *value; value++)
			json_tree_append(values, make_value(model, rule->name, *value));
		json_tree_set(object, "name", string(rule->name));
		json_tree_set(object, "help", string(rule->help));
		json_tree_set(object, "values", values);
		json_tree_append(rules, object);
	}
	return rules;
}

static const char *known_name(enum model_known known)
{
	static const char *const names[] = {
		[MODEL_FROM_MEMORY] = "from_memory",
		[MODEL_DATE_FROM_MEMORY] = "date_from_memory",
		[MODEL_LOOKED_UP] = "looked_up",
		[MODEL_MADE_UP] = "made_up",
	};

	return names[known];
}

static json_t *make_patch(const struct model *model, const struct model_patch *patch)
{
	const struct model_version *first = points_first_version(model, patch->id);
	json_t *object = json_object(), *sets = json_object();

	for (unsigned int i = 0; i < MODEL_SETTINGS_MAX && patch->settings[i].rule; i++)
		json_tree_set(sets, patch->settings[i].rule, string(patch->settings[i].value));
	json_tree_set(object, "id", string(patch->id));
	json_tree_set(object, "date", string(patch->date));
	json_tree_set(object, "author", string(patch->author));
	json_tree_set(object, "source", string(patch->source));
	json_tree_set(object, "known", string(known_name(patch->known)));
	json_tree_set(object, "what", string(patch->what));
	json_tree_set(object, "needs", string(patch->needs));
	json_tree_set(object, "sets", sets);
	json_tree_set(object, "first_version", string(first ? first->name : NULL));
	return object;
}

static json_t *make_patches(const struct model *model)
{
	json_t *patches = json_array();

	for (const struct model_patch *patch = model->patches; patch->id; patch++)
		json_tree_append(patches, make_patch(model, patch));
	return patches;
}

/* The value of every rule. */
static json_t *make_in_force(const struct model *model, const struct model_version *version)
{
	const struct variant variant = { .version = version };
	unsigned int values[MODEL_RULES_MAX];
	json_t *object = json_object();

	BUG_ON(variant_rules(model, &variant, NULL, values));
	for (unsigned int i = 0; model->rules[i].name; i++)
		json_tree_set(object, model->rules[i].name,
			      string(model->rules[i].values[values[i]]));
	return object;
}

static json_t *make_versions(const struct model *model)
{
	json_t *versions = json_array();

	for (const struct model_version *version = model->versions; version->name; version++) {
		struct model_patch_list list = points_version(model, version);
		json_t *object = json_object(), *patches = json_array();

		for (size_t i = 0; i < list.count; i++)
			json_tree_append(patches, string(list.items[i]->id));
		json_tree_set(object, "name", string(version->name));
		json_tree_set(object, "help", string(version->help));
		json_tree_set(object, "patches", patches);
		json_tree_set(object, "rules", make_in_force(model, version));
		json_tree_append(versions, object);
	}
	return versions;
}

json_t *points_json(const struct model *model)
{
	json_t *object = json_object();

	json_tree_set(object, "name", string(model->name));
	json_tree_set(object, "release", string(model->release));
	json_tree_set(object, "rules", make_rules(model));
	json_tree_set(object, "patches", make_patches(model));
	json_tree_set(object, "versions", make_versions(model));
	return object;
}
