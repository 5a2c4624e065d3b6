/* SPDX-License-Identifier: MIT */
/* Variants: versions, patches, rules. */
#include <string.h>

#include "scenario/check.h"
#include "scenario/rules.h"

/* Index of @value in the values of @rule, or -1. */
static int find_value(const struct model_rule *rule, const char *value)
{
	for (int i = 0; rule->values[i]; i++)
		if (!strcmp(rule->values[i], value))
			return i;
	return -1;
}

int check_rule(struct check *check, struct name rule)
{
	const struct model_rule *found = model_find(check->model->rules, rule.text);
	struct names names = { 0 };

	if (found)
		return (int)(found - check->model->rules);
	names_add_rows(&names, check->model->rules);
	names_unknown(check->diagnostics, "rule", rule, &names);
	return -1;
}

int check_value(struct check *check, const struct model_rule *rule, struct name value)
{
	int found = find_value(rule, value.text);
	struct names names = { 0 };
	struct text what = TEXT_INIT;

	if (found >= 0)
		return found;
	for (size_t i = 0; rule->values[i]; i++)
		names_add(&names, rule->values[i]);
	text_addf(&what, "value of rule '%s':", rule->name);
	names_unknown(check->diagnostics, what.bytes, value, &names);
	text_release(&what);
	return -1;
}

static void check_rule_change(struct check *check, struct change *change)
{
	int rule = check_rule(check, change->name);
	int value;

	if (rule < 0)
		return;
	value = check_value(check, &check->model->rules[rule], change->value);
	if (value < 0)
		return;
	change->rule = (unsigned int)rule;
	change->rule_value = (unsigned int)value;
}

static void unknown_patch(struct check *check, const struct change *change)
{
	const char *name = change->name.text;
	const struct model_rule *rule = model_find(check->model->rules, name);
	struct names names = { 0 };

	if (rule) {
		diagnostics_error(check->diagnostics, change->name.at,
				  "'%s' is a rule: write + %s=VALUE, for example %s=%s", name, name,
				  name, rule->values[0]);
		return;
	}
	for (size_t i = 0; check->model->patches && check->model->patches[i].id; i++)
		names_add(&names, check->model->patches[i].id);
	names_unknown(check->diagnostics, "patch", change->name, &names);
}

static bool version_has(const struct model *model, const struct model_version *version,
			const char *id)
{
	struct model_patch_list list = { 0 };

	model_version_patches(model, version, &list);
	for (size_t i = 0; i < list.count; i++)
		if (!strcmp(list.items[i]->id, id))
			return true;
	return false;
}

static void check_patch_change(struct check *check, const struct variant *variant,
			       struct change *change)
{
	bool has;

	change->patch = model_find(check->model->patches, change->name.text);
	if (!change->patch) {
		unknown_patch(check, change);
		return;
	}
	if (!variant->version)
		return;
	has = version_has(check->model, variant->version, change->name.text);
	if (change->kind == CHANGE_ADD && has)
		diagnostics_error(check->diagnostics, change->name.at,
				  "patch '%s' is in version '%s' already", change->name.text,
				  variant->version->name);
	if (change->kind == CHANGE_REMOVE && !has)
		diagnostics_error(check->diagnostics, change->name.at,
				  "patch '%s' is not in version '%s'", change->name.text,
				  variant->version->name);
}

/* The same patch or rule changed twice. */
static void check_change_once(struct check *check, const struct variant *variant, size_t index)
{
	const struct change *change = &variant->changes.items[index];

	for (size_t i = 0; i < index; i++)
		if (!strcmp(variant->changes.items[i].name.text, change->name.text)) {
			diagnostics_error(check->diagnostics, change->name.at,
					  "'%s' is changed twice", change->name.text);
			return;
		}
}

static bool in_force(const struct patch_list *patches, const char *id)
{
	for (size_t i = 0; i < patches->list.count; i++)
		if (!strcmp(patches->list.items[i]->id, id))
			return true;
	return false;
}

static void check_needs(struct check *check, const struct variant *variant)
{
	struct patch_list patches = { 0 };

	variant_patches(check->model, variant, &patches);
	for (size_t i = 0; i < patches.list.count; i++) {
		const struct model_patch *patch = patches.list.items[i];

		if (patch->needs && !in_force(&patches, patch->needs))
			diagnostics_error(check->diagnostics, variant->at,
					  "patch '%s' needs patch '%s', which is not in force",
					  patch->id, patch->needs);
	}
	vec_release(&patches.list);
}

static void check_version(struct check *check, struct variant *variant)
{
	struct names names = { 0 };

	variant->version = model_find(check->model->versions, variant->base.text);
	if (variant->version)
		return;
	names_add_rows(&names, check->model->versions);
	names_unknown(check->diagnostics, "version", variant->base, &names);
}

static void check_variant(struct check *check, struct variant *variant)
{
	unsigned int errors = check->diagnostics->errors;

	variant->changes.count = check_limit(check, variant->changes.count, SCENARIO_ENTRIES_MAX,
					     variant->at, "changes of a variant");
	check_version(check, variant);
	for (size_t i = 0; i < variant->changes.count; i++) {
		struct change *change = &variant->changes.items[i];

		check_change_once(check, variant, i);
		if (change->kind == CHANGE_RULE)
			check_rule_change(check, change);
		else
			check_patch_change(check, variant, change);
	}
	if (check->diagnostics->errors == errors)
		check_needs(check, variant);
}

static void check_variant_once(struct check *check, size_t index)
{
	const struct variant *list = check->scenario->variants.items;

	for (size_t i = 0; i < index; i++)
		if (!strcmp(list[i].title, list[index].title)) {
			diagnostics_error(check->diagnostics, list[index].at,
					  "variant '%s' is already on line %u", list[index].title,
					  check_line(check, list[i].at));
			return;
		}
}

void check_variants(struct check *check)
{
	struct scenario *scenario = check->scenario;

	if (!scenario->variants.count && !check->incomplete)
		diagnostics_error(check->diagnostics, scenario->name.at,
				  "no 'variants { ... }': nothing is expected of anything");
	scenario->variants.count = check_limit(check, scenario->variants.count,
					       SCENARIO_ENTRIES_MAX, scenario->variants_at,
					       "variants");
	for (size_t i = 0; i < scenario->variants.count; i++) {
		check_variant_once(check, i);
		if (check->model)
			check_variant(check, &scenario->variants.items[i]);
	}
}
