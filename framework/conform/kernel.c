/* SPDX-License-Identifier: MIT */
/* kernel.c - from the name of a kernel to the rules of the model. */
#include "conform/kernel.h"

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/vec.h"
#include "mm/model.h"

#define NAMES_MAX 256

struct kernel {
	unsigned int *rules;
	struct model_patch_list patches;
	struct err *err;
};

static int no_such(struct kernel *kernel, const char *what, const char *word,
		   const char *const *names)
{
	size_t count = 0;
	const char *nearest;

	while (names[count])
		count++;
	nearest = err_nearest(word, names, count);
	return err_add(kernel->err, "no %s '%s'%s%s%s", what, word,
		       nearest ? "; did you mean '" : "", nearest ? nearest : "",
		       nearest ? "'?" : "; 'baton points --patches' lists all");
}

/* Is @name, as "v5.10.262", what is meant by @word? "5.10" means the last of its series. */
static bool is_meant(const char *name, const char *word)
{
	size_t length = strlen(word);

	if (*name != 'v' || strncmp(name + 1, word, length) != 0)
		return !strcmp(name, word);
	return !name[1 + length] || name[1 + length] == '.';
}

static const struct model_version *find_version(struct kernel *kernel, const char *word)
{
	const char *names[NAMES_MAX] = { NULL };
	const struct model_version *found = NULL;
	size_t count = 0;

	for (const struct model_version *version = mm_model.versions; version->name; version++) {
		if (is_meant(version->name, word))
			found = version;
		names[count++] = version->name;
	}
	if (!found)
		no_such(kernel, "kernel", word, names);
	return found;
}

static const struct model_patch *find_patch(struct kernel *kernel, const char *word)
{
	const char *names[NAMES_MAX] = { NULL };
	size_t count = 0;

	for (const struct model_patch *patch = mm_model.patches; patch->id; patch++) {
		if (!strcmp(patch->id, word))
			return patch;
		names[count++] = patch->id;
	}
	no_such(kernel, "patch", word, names);
	return NULL;
}

static int index_of(const char *const *names, const char *word)
{
	for (int i = 0; names[i]; i++)
		if (!strcmp(names[i], word))
			return i;
	return -1;
}

static int set_rule(struct kernel *kernel, const char *rule, const char *value)
{
	const char *names[NAMES_MAX] = { NULL };
	int index, at;

	for (int i = 0; i < MODEL_RULES_MAX && mm_model.rules[i].name; i++)
		names[i] = mm_model.rules[i].name;
	index = index_of(names, rule);
	if (index < 0)
		return no_such(kernel, "rule", rule, names);
	at = index_of(mm_model.rules[index].values, value);
	if (at < 0)
		return no_such(kernel, "value of that rule", value, mm_model.rules[index].values);
	kernel->rules[index] = (unsigned int)at;
	return 0;
}

static void remove_patch(struct kernel *kernel, const struct model_patch *patch)
{
	size_t kept = 0;

	for (size_t i = 0; i < kernel->patches.count; i++)
		if (kernel->patches.items[i] != patch)
			kernel->patches.items[kept++] = kernel->patches.items[i];
	kernel->patches.count = kept;
}

static int apply(struct kernel *kernel, const struct model_patch *patch)
{
	for (int i = 0; i < MODEL_SETTINGS_MAX && patch->settings[i].rule; i++)
		if (set_rule(kernel, patch->settings[i].rule, patch->settings[i].value))
			return -1;
	return 0;
}

static void set_rules(struct kernel *kernel)
{
	memset(kernel->rules, 0, MODEL_RULES_MAX * sizeof(*kernel->rules));
	for (size_t i = 0; i < kernel->patches.count; i++)
		BUG_ON(apply(kernel, kernel->patches.items[i]));
}

/* Patches as they are written, then single rules: @rules_only is the second pass. */
static int change(struct kernel *kernel, char sign, char *word, bool rules_only)
{
	char *equals = strchr(word, '=');
	const struct model_patch *patch;

	if (equals && sign == '+') {
		*equals = 0;
		if (rules_only && set_rule(kernel, word, equals + 1))
			return -1;
		*equals = '=';
		return 0;
	}
	if (rules_only)
		return 0;
	patch = find_patch(kernel, word);
	if (!patch)
		return -1;
	remove_patch(kernel, patch);
	if (sign == '+')
		kernel->patches.items[kernel->patches.count++] = patch;
	return 0;
}

/* @words: behind the version. */
static int change_all(struct kernel *kernel, const char *words, bool rules_only)
{
	char *copy = xstrdup(words), *rest = copy, *sign, *word;
	int result = 0;

	while (!result && (sign = strtok_r(rest, " ", &rest))) {
		word = strtok_r(rest, " ", &rest);
		if (strcmp(sign, "+") != 0 && strcmp(sign, "-") != 0)
			result = err_add(kernel->err, "expected '+' or '-' before '%s'", sign);
		else if (!word)
			result = err_add(kernel->err, "expected a patch behind '%s'", sign);
		else
			result = change(kernel, *sign, word, rules_only);
	}
	free(copy);
	return result;
}

int conform_kernel_rules(const char *name, unsigned int rules[MODEL_RULES_MAX], struct err *err)
{
	struct kernel kernel = { .rules = rules, .err = err };
	char *copy = xstrdup(name);
	size_t length = strcspn(copy, " ");
	const struct model_version *version;

	copy[length] = 0;
	version = find_version(&kernel, copy);
	free(copy);
	if (!version)
		return -1;
	model_version_patches(&mm_model, version, &kernel.patches);
	if (change_all(&kernel, name + length, false))
		return -1;
	set_rules(&kernel);
	return change_all(&kernel, name + length, true);
}
