/* SPDX-License-Identifier: MIT */
#include "base/bug.h"
#include "cli/points.h"
#include "scenario/rules.h"

static void set(json_t *object, const char *key, json_t *value)
{
	BUG_ON(json_object_set_new(object, key, value));
}

static void append(json_t *array, json_t *value)
{
	BUG_ON(json_array_append_new(array, value));
}

/* null where the table has nothing. */
static json_t *string(const char *text)
{
	return text && *text ? json_string(text) : json_null();
}

/* The patches that give this value to the rule. */
static json_t *make_value(const struct model *model, const char *rule, const char *value)
{
	json_t *object = json_object(), *patches = json_array();

	for (const struct model_patch *patch = model->patches; patch->id; patch++)
		if (points_sets(patch, rule, value))
			append(patches, string(patch->id));
	set(object, "name", string(value));
	set(object, "patches", patches);
	return object;
}

static json_t *make_rules(const struct model *model)
{
	json_t *rules = json_array();

	for (const struct model_rule *rule = model->rules; rule->name; rule++) {
		json_t *object = json_object(), *values = json_array();

		for (const char *const *value = rule->values; *value; value++)
			append(values, make_value(model, rule->name, *value));
		set(object, "name", string(rule->name));
		set(object, "help", string(rule->help));
		set(object, "values", values);
		append(rules, object);
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
		set(sets, patch->settings[i].rule, string(patch->settings[i].value));
	set(object, "id", string(patch->id));
	set(object, "date", string(patch->date));
	set(object, "author", string(patch->author));
	set(object, "source", string(patch->source));
	set(object, "known", string(known_name(patch->known)));
	set(object, "what", string(patch->what));
	set(object, "needs", string(patch->needs));
	set(object, "sets", sets);
	set(object, "first_version", string(first ? first->name : NULL));
	return object;
}

static json_t *make_patches(const struct model *model)
{
	json_t *patches = json_array();

	for (const struct model_patch *patch = model->patches; patch->id; patch++)
		append(patches, make_patch(model, patch));
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
		set(object, model->rules[i].name, string(model->rules[i].values[values[i]]));
	return object;
}

static json_t *make_versions(const struct model *model)
{
	json_t *versions = json_array();

	for (const struct model_version *version = model->versions; version->name; version++) {
		struct model_patch_list list = points_version(model, version);
		json_t *object = json_object(), *patches = json_array();

		for (size_t i = 0; i < list.count; i++)
			append(patches, string(list.items[i]->id));
		set(object, "name", string(version->name));
		set(object, "help", string(version->help));
		set(object, "patches", patches);
		set(object, "rules", make_in_force(model, version));
		append(versions, object);
	}
	return versions;
}

json_t *points_json(const struct model *model)
{
	json_t *object = json_object();

	set(object, "name", string(model->name));
	set(object, "release", string(model->release));
	set(object, "rules", make_rules(model));
	set(object, "patches", make_patches(model));
	set(object, "versions", make_versions(model));
	return object;
}
