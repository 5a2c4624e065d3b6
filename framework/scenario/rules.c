/* SPDX-License-Identifier: MIT */
#include "scenario/rules.h"

#include <string.h>

#include "scenario/names.h"

static bool is_removed(const struct variant *variant, const char *id)
{
	for (size_t i = 0; i < variant->changes.count; i++) {
		const struct change *change = &variant->changes.items[i];

		if (change->kind == CHANGE_REMOVE && !strcmp(change->name.text, id))
			return true;
	}
	return false;
}

void variant_patches(const struct model *model, const struct variant *variant,
		     struct patch_list *list)
{
	struct model_patch_list version = { 0 };

	model_version_patches(model, variant->version, &version);
	for (size_t i = 0; i < version.count; i++)
		if (!is_removed(variant, version.items[i]->id))
			vec_push(&list->list, version.items[i]);
	for (size_t i = 0; i < variant->changes.count; i++)
		if (variant->changes.items[i].kind == CHANGE_ADD)
			vec_push(&list->list, variant->changes.items[i].patch);
}

static int find_value(const struct model_rule *rule, const char *value)
{
	for (int i = 0; rule->values[i]; i++)
		if (!strcmp(rule->values[i], value))
			return i;
	return -1;
}

static int apply_setting(const struct model *model, const struct model_setting *setting,
			 unsigned int *rules)
{
	const struct model_rule *rule = model_find(model->rules, setting->rule);
	int value = rule ? find_value(rule, setting->value) : -1;

	if (value < 0)
		return -1;
	rules[rule - model->rules] = (unsigned int)value;
	return 0;
}

static int apply_patch(const struct model *model, const struct model_patch *patch,
		       unsigned int *rules)
{
	if (!patch)
		return -1;
	for (size_t i = 0; i < MODEL_SETTINGS_MAX && patch->settings[i].rule; i++)
		if (apply_setting(model, &patch->settings[i], rules))
			return -1;
	return 0;
}

int variant_rules(const struct model *model, const struct variant *variant,
		  const struct matrix_cell *cell, unsigned int *rules)
{
	struct patch_list patches = { 0 };
	int result = 0;

	memset(rules, 0, MODEL_RULES_MAX * sizeof(*rules));
	variant_patches(model, variant, &patches);
	for (size_t i = 0; i < patches.list.count && !result; i++)
		result = apply_patch(model, patches.list.items[i], rules);
	vec_release(&patches.list);
	for (size_t i = 0; i < variant->changes.count; i++)
		if (variant->changes.items[i].kind == CHANGE_RULE)
			rules[variant->changes.items[i].rule] =
				variant->changes.items[i].rule_value;
	for (unsigned int i = 0; cell && i < cell->count; i++)
		rules[cell->settings[i].rule] = cell->settings[i].value;
	return result;
}
