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

struct model_patch_list points_version(const struct model *model,
				       const struct model_version *version)
{
	struct model_patch_list list = { 0 };

	model_version_patches(model, version, &list);
	return list;
}

const struct model_version *points_first_version(const struct model *model, const char *patch)
{
	for (const struct model_version *version = model->versions; version->name; version++) {
		struct model_patch_list list = points_version(model, version);

		for (size_t i = 0; i < list.count; i++)
			if (!strcmp(list.items[i]->id, patch))
				return version;
	}
	return NULL;
}

/* Does @version begin with all patches of @base, in their order? */
static bool is_based_on(const struct model_patch_list *version, const struct model_patch_list *base)
{
	if (base->count > version->count)
		return false;
	for (size_t i = 0; i < base->count; i++)
		if (version->items[i] != base->items[i])
			return false;
	return true;
}

/* The version above @version in the table that says most of it; NULL if there is none. */
static const struct model_version *find_base(const struct model *model,
					     const struct model_version *version)
{
	struct model_patch_list list = points_version(model, version);
	const struct model_version *best = NULL;
	size_t most = 0;

	for (const struct model_version *base = model->versions; base < version; base++) {
		struct model_patch_list other = points_version(model, base);

		if (!is_based_on(&list, &other) || (best && other.count <= most))
			continue;
		best = base;
		most = other.count;
	}
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

/* Who wrote it, and when. */
static void put_origin(const struct points_page *page, const struct model_patch *patch)
{
	static const char *const notes[] = {
		[MODEL_FROM_MEMORY] = "  (from memory)",
		[MODEL_DATE_FROM_MEMORY] = "  (date from memory)",
		[MODEL_LOOKED_UP] = "",
		[MODEL_MADE_UP] = "  (made up)",
	};
	struct text line = TEXT_INIT;

	text_add(&line, patch->id);
	if (patch->date)
		text_addf(&line, "  %s", patch->date);
	if (patch->author)
		text_addf(&line, "  %s", patch->author);
	text_add(&line, notes[patch->known]);
	put_lines(page, 2, &line);
	text_release(&line);
}

static void put_patches(const struct points_page *page)
{
	text_add(page->text, "\npatches\n");
	for (const struct model_patch *patch = page->model->patches; patch->id; patch++) {
		const struct model_version *first = points_first_version(page->model, patch->id);

		put_origin(page, patch);
		put_part(page, "", patch->what);
		put_settings(page, patch);
		put_part(page, "needs ", patch->needs);
		put_part(page, "first in ", first ? first->name : "no version");
		put_part(page, "source: ", patch->source);
	}
}

static void put_versions(const struct points_page *page)
{
	text_add(page->text, "\nversions\n");
	for (const struct model_version *version = page->model->versions; version->name;
	     version++) {
		const struct model_version *base = find_base(page->model, version);
		struct model_patch_list list = points_version(page->model, version);
		struct text line = TEXT_INIT;

		points_row(page, version->name, version->help);
		if (base)
			text_add(&line, base->name);
		for (size_t i = base ? points_version(page->model, base).count : 0; i < list.count;
		     i++)
			text_addf(&line, "%s%s", line.length ? " + " : "", list.items[i]->id);
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
