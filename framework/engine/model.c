/* SPDX-License-Identifier: MIT */
/* model.c - which patches make up a version, and what faults may do. */
#include "engine/model.h"

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/errno_name.h"

#define PARTS 3

/* "v2.6.29" as numbers. Return: false if it is not the name of a release. */
static bool parse_release(const char *name, unsigned int *parts)
{
	const char *digits = name;
	char *end;

	memset(parts, 0, PARTS * sizeof(*parts));
	for (int i = 0; i < PARTS && *digits == (i ? '.' : 'v'); i++) {
		parts[i] = (unsigned int)strtoul(digits + 1, &end, 10);
		digits = end;
	}
	return digits != name && !*digits;
}

static int compare(const unsigned int *a, const unsigned int *b)
{
	for (int i = 0; i < PARTS; i++)
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	return 0;
}

static bool merged_until(const struct model_patch *patch, const unsigned int *release)
{
	unsigned int since[PARTS];

	return patch->since && parse_release(patch->since, since) && compare(since, release) <= 0;
}

static void append(struct model_patch_list *list, const struct model_patch *patch)
{
	BUG_ON(list->count == MODEL_VERSION_PATCHES_MAX);
	list->items[list->count++] = patch;
}

static void append_merged(const struct model *model, const char *name,
			  struct model_patch_list *list)
{
	unsigned int release[PARTS];

	if (!model->patches || !parse_release(name, release))
		return;
	for (const struct model_patch *patch = model->patches; patch->id; patch++)
		if (merged_until(patch, release))
			append(list, patch);
}

static const struct model_patch *find_patch(const struct model *model, const char *id)
{
	const struct model_patch *patch = model->patches;

	while (patch && patch->id && strcmp(patch->id, id) != 0)
		patch++;
	BUG_ON(!patch || !patch->id);
	return patch;
}

static const struct model_version *find_version(const struct model *model, const char *name)
{
	const struct model_version *version = model->versions;

	while (version->name && strcmp(version->name, name) != 0)
		version++;
	BUG_ON(!version->name);
	return version;
}

void model_version_patches(const struct model *model, const struct model_version *version,
			   struct model_patch_list *list)
{
	if (version->base)
		model_version_patches(model, find_version(model, version->base), list);
	append_merged(model, version->name, list);
	for (size_t i = 0; i < MODEL_PATCHES_MAX && version->patches[i]; i++)
		append(list, find_patch(model, version->patches[i]));
}

const char *model_fault_effect_name(enum model_fault_effect effect)
{
	static const char *const names[] = {
		[MODEL_FAULT_ABSORBED] = "must be absorbed",
		[MODEL_FAULT_MAY_HINDER] = "may hinder",
		[MODEL_FAULT_MAY_SHOW] = "may show",
	};

	return names[effect];
}

const struct model_fault *model_fault_find(const struct model_fault *faults, const char *name)
{
	while (faults && faults->name && strcmp(faults->name, name) != 0)
		faults++;
	return faults && faults->name ? faults : NULL;
}

/* The errno whose name @names begins with, up to a '|'. */
static int first_errno(const char *names)
{
	struct text name = TEXT_INIT;
	int number;

	text_add_bytes(&name, names, strcspn(names, "|"));
	number = errno_number(name.bytes);
	text_release(&name);
	return number;
}

int model_fault_errno(const struct model_fault *fault)
{
	return fault->error ? first_errno(fault->error) : 0;
}

void model_fault_add_errors(const struct model_fault *fault, struct text *text)
{
	for (const char *names = fault->error ? fault->error : "choice"; *names;) {
		size_t length = strcspn(names, "|");

		text_add_bytes(text, names, length);
		names += length;
		if (*names)
			text_add(text, " or ");
		names += *names == '|';
	}
}

bool model_fault_fails_with(const struct model_fault *fault, int error)
{
	for (const char *names = fault->error; names; names = strchr(names, '|')) {
		names += *names == '|';
		if (first_errno(names) == error)
			return true;
	}
	return false;
}
