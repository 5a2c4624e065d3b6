/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli/points.h"

static void put_rules(const struct model *model, struct text *text)
{
	text_add(text, "\nrules and their values, the oldest first\n");
	for (const struct model_rule *rule = model->rules; rule->name; rule++) {
		struct text name = TEXT_INIT;

		text_addf(&name, "%s =", rule->name);
		for (const char *const *value = rule->values; *value; value++)
			text_addf(&name, " %s%s", *value, value[1] ? "," : "");
		points_row(name.bytes, NULL, text);
		if (rule->help)
			text_addf(text, "      %s\n", rule->help);
		text_release(&name);
	}
}

/* A part of a patch's second line, if there is one. */
static void put_part(const char *name, const char *value, struct text *text)
{
	if (value)
		text_addf(text, "      %s%s\n", name, value);
}

static void put_settings(const struct model_patch *patch, struct text *text)
{
	text_add(text, "      sets ");
	for (unsigned int i = 0; i < MODEL_SETTINGS_MAX && patch->settings[i].rule; i++)
		text_addf(text, "%s%s=%s", i ? ", " : "", patch->settings[i].rule,
			  patch->settings[i].value);
	text_add_char(text, '\n');
}

static void put_patches(const struct model *model, struct text *text)
{
	text_add(text, "\npatches\n");
	for (const struct model_patch *patch = model->patches; patch->id; patch++) {
		text_addf(text, "  %s  %s  %s\n", patch->id, patch->date ? patch->date : "-",
			  patch->author ? patch->author : "-");
		put_part("", patch->what, text);
		put_settings(patch, text);
		put_part("needs ", patch->needs, text);
		put_part("source: ", patch->source, text);
	}
}

static void put_versions(const struct model *model, struct text *text)
{
	text_add(text, "\nversions\n");
	for (const struct model_version *version = model->versions; version->name; version++) {
		points_row(version->name, version->help, text);
		text_add(text, "      ");
		if (!version->patches[0])
			text_add(text, "no patches");
		for (unsigned int i = 0; i < MODEL_PATCHES_MAX && version->patches[i]; i++)
			text_addf(text, "%s%s", i ? ", " : "", version->patches[i]);
		text_add_char(text, '\n');
	}
}

void points_patches(const struct model *model, struct text *text)
{
	put_rules(model, text);
	put_patches(model, text);
	put_versions(model, text);
}
