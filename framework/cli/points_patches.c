/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli/points.h"

/* Where what belongs to a patch or a version begins. */
#define INDENT 6

bool points_sets(const struct model_patch *patch, const char *rule, const char *value)
{
	for (unsigned int i = 0; i < MODEL_SETTINGS_MAX && patch->settings[i].rule; i++)
		if (!strcmp(patch->settings[i].rule, rule) &&
		    !strcmp(patch->settings[i].value, value))
			return true;
	return false;
}

unsigned int points_patch_count(const struct model_version *version)
{
	unsigned int count = 0;

	while (count < MODEL_PATCHES_MAX && version->patches[count])
		count++;
	return count;
}

const struct model_version *points_first_version(const struct model *model, const char *patch)
{
	for (const struct model_version *version = model->versions; version->name; version++)
		for (unsigned int i = 0; i < points_patch_count(version); i++)
			if (!strcmp(version->patches[i], patch))
				return version;
	return NULL;
}

/* Does @version begin with all patches of @base, in their order? */
static bool is_based_on(const struct model_version *version, const struct model_version *base)
{
	unsigned int count = points_patch_count(base);

	if (count > points_patch_count(version))
		return false;
	for (unsigned int i = 0; i < count; i++)
		if (strcmp(version->patches[i], base->patches[i]) != 0)
			return false;
	return true;
}

/* The version above @version in the table that says most of it; NULL if there is none. */
static const struct model_version *find_base(const struct model *model,
					     const struct model_version *version)
{
	const struct model_version *best = NULL;

	for (const struct model_version *base = model->versions; base < version; base++)
		if (is_based_on(version, base) &&
		    (!best || points_patch_count(base) > points_patch_count(best)))
			best = base;
	return best;
}

static void put_lines(const struct points_page *page, size_t indent, struct text *line)
{
	format_paragraph(line->bytes, indent, indent + 2, &page->options, page->text);
	text_clear(line);
}

/* What makes the value be in force, in the words of a scenario. */
static void put_value(const struct points_page *page, const struct model_rule *rule,
		      const char *value)
{
	struct text name = TEXT_INIT, patches = TEXT_INIT;

	text_addf(&name, "  %s", value);
	if (value == rule->values[0])
		text_add(&patches, "(default)");
	for (const struct model_patch *patch = page->model->patches; patch->id; patch++)
		if (points_sets(patch, rule->name, value))
			text_addf(&patches, "%s%s", patches.length ? ", " : "", patch->id);
	if (!patches.length)
		text_addf(&patches, "no patch: + %s=%s", rule->name, value);
	points_row(page, name.bytes, patches.bytes);
	text_release(&name);
	text_release(&patches);
}

static void put_rules(const struct points_page *page)
{
	text_add(page->text, "\nrules, and which patches set their values, the oldest first\n");
	for (const struct model_rule *rule = page->model->rules; rule->name; rule++) {
		points_row(page, rule->name, rule->help);
		for (const char *const *value = rule->values; *value; value++)
			put_value(page, rule, *value);
	}
}

/* One of the lines below a patch, if there is something to say. */
static void put_part(const struct points_page *page, const char *name, const char *value)
{
	struct text line = TEXT_INIT;

	text_addf(&line, "%s%s", name, value ? value : "");
	if (value)
		put_lines(page, INDENT, &line);
	text_release(&line);
}

static void put_settings(const struct points_page *page, const struct model_patch *patch)
{
	struct text line = TEXT_INIT;

	for (unsigned int i = 0; i < MODEL_SETTINGS_MAX && patch->settings[i].rule; i++)
		text_addf(&line, "%s%s=%s", i ? ", " : "", patch->settings[i].rule,
			  patch->settings[i].value);
	put_part(page, "sets ", line.bytes);
	text_release(&line);
}

static void put_patches(const struct points_page *page)
{
	text_add(page->text, "\npatches\n");
	for (const struct model_patch *patch = page->model->patches; patch->id; patch++) {
		const struct model_version *first = points_first_version(page->model, patch->id);
		struct text line = TEXT_INIT;

		text_addf(&line, "%s  %s", patch->id, patch->date ? patch->date : "-");
		if (patch->author && *patch->author)
			text_addf(&line, "  %s", patch->author);
		put_lines(page, 2, &line);
		put_part(page, "", patch->what);
		put_settings(page, patch);
		put_part(page, "needs ", patch->needs);
		put_part(page, "first in ", first ? first->name : "no version");
		put_part(page, "source: ", patch->source);
		text_release(&line);
	}
}

static void put_versions(const struct points_page *page)
{
	text_add(page->text, "\nversions\n");
	for (const struct model_version *version = page->model->versions; version->name;
	     version++) {
		const struct model_version *base = find_base(page->model, version);
		unsigned int said = base ? points_patch_count(base) : 0;
		struct text line = TEXT_INIT;

		points_row(page, version->name, version->help);
		if (base)
			text_add(&line, base->name);
		for (unsigned int i = said; i < points_patch_count(version); i++)
			text_addf(&line, "%s%s", i || base ? " + " : "", version->patches[i]);
		if (!line.length)
			text_add(&line, "no patches");
		put_lines(page, INDENT, &line);
		text_release(&line);
	}
}

void points_patches(const struct points_page *page)
{
	put_rules(page);
	put_patches(page);
	put_versions(page);
}
