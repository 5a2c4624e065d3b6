/* SPDX-License-Identifier: MIT */
#include <limits.h>
#include <string.h>

#include "scenario/build.h"
#include "scenario/check.h"
#include "scenario/later.h"

static void set_strategy(struct check *check, struct name value);
static void set_preemptions(struct check *check, struct name value);
static void set_limit(struct check *check, struct name value);
static void set_steps(struct check *check, struct name value);

/* The first member is the name: this is a table like those of a model. */
static const struct search_key {
	const char *name;
	void (*set)(struct check *check, struct name value);
} keys[] = {
	{ "strategy", set_strategy },
	{ "preemptions", set_preemptions },
	{ "limit", set_limit },
	{ "steps", set_steps },
	{ NULL, NULL },
};

static void set_strategy(struct check *check, struct name value)
{
	static const struct {
		const char *name;
		enum search_strategy strategy;
		int later; /* enum later, or -1 */
	} strategies[] = {
		{ "dfs", SEARCH_DFS, -1 },
		{ "random", SEARCH_RANDOM, LATER_RANDOM },
		{ "pct", SEARCH_PCT, LATER_PCT },
		{ "dpor", SEARCH_DPOR, LATER_DPOR },
	};
	struct names names = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(strategies); i++) {
		names_add(&names, strategies[i].name);
		if (strcmp(strategies[i].name, value.text) != 0)
			continue;
		check->scenario->search.strategy = strategies[i].strategy;
		if (strategies[i].later >= 0)
			later_refuse(check->diagnostics, value.at, (enum later)strategies[i].later);
		names_release(&names);
		return;
	}
	names_unknown(check->diagnostics, "strategy", value, &names);
}

/* A number of at least @min; -1 if it is none, which is reported. */
static long number(struct check *check, struct name value, long min, const char *key)
{
	unsigned int errors = check->diagnostics->errors;
	long parsed = -1;

	if (strspn(value.text, "0123456789") == strlen(value.text))
		parsed = build_number(check->diagnostics, value);
	if (check->diagnostics->errors > errors)
		return -1;
	if (parsed >= min && parsed <= INT_MAX)
		return parsed;
	diagnostics_error(check->diagnostics, value.at, "'%s' is a number from %ld to %d", key, min,
			  INT_MAX);
	return -1;
}

static void set_preemptions(struct check *check, struct name value)
{
	check->scenario->search.preemptions = number(check, value, 0, "preemptions");
}

static void set_limit(struct check *check, struct name value)
{
	check->scenario->search.limit = number(check, value, 1, "limit");
}

static void set_steps(struct check *check, struct name value)
{
	check->scenario->search.steps = number(check, value, 1, "steps");
}

static void check_key(struct check *check, size_t index)
{
	const struct search_setting *list = check->scenario->search.settings.items;
	const struct search_setting *setting = &list[index];
	const struct search_key *key = model_find(keys, setting->key.text);
	struct names names = { 0 };

	if (!key) {
		names_add_rows(&names, keys);
		names_unknown(check->diagnostics, "search key", setting->key, &names);
		return;
	}
	for (size_t i = 0; i < index; i++)
		if (!strcmp(list[i].key.text, setting->key.text)) {
			diagnostics_error(check->diagnostics, setting->key.at,
					  "'%s' is already on line %u", setting->key.text,
					  check_line(check, list[i].key.at));
			return;
		}
	if (setting->values.count > 1)
		diagnostics_error(check->diagnostics, setting->values.items[1].at,
				  "'%s' takes one value", key->name);
	key->set(check, setting->values.items[0]);
}

void check_search(struct check *check)
{
	struct search *search = &check->scenario->search;

	search->preemptions = -1;
	search->settings.count = check_limit(check, search->settings.count, SCENARIO_ENTRIES_MAX,
					     search->at, "lines of search");
	for (size_t i = 0; i < search->settings.count; i++)
		check_key(check, i);
}
