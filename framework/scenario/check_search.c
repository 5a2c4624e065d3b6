/* SPDX-License-Identifier: MIT */
#include <limits.h>
#include <string.h>

#include "scenario/build.h"
#include "scenario/check.h"

static void set_strategy(struct check *check, const struct search_setting *setting);
static void set_preemptions(struct check *check, const struct search_setting *setting);
static void set_limit(struct check *check, const struct search_setting *setting);
static void set_steps(struct check *check, const struct search_setting *setting);
static void set_seed(struct check *check, const struct search_setting *setting);
static void set_faults(struct check *check, const struct search_setting *setting);
static void set_seconds(struct check *check, const struct search_setting *setting);
static void set_memory(struct check *check, const struct search_setting *setting);
static void set_livelock(struct check *check, const struct search_setting *setting);

/* The first member is the name: this is a table like those of a model. */
static const struct search_key {
	const char *name;
	void (*set)(struct check *check, const struct search_setting *setting);
} keys[] = {
	{ "strategy", set_strategy }, { "preemptions", set_preemptions },
	{ "faults", set_faults },     { "steps", set_steps },
	{ "limit", set_limit },       { "seconds", set_seconds },
	{ "memory", set_memory },     { "livelock", set_livelock },
	{ "seed", set_seed },         { NULL, NULL },
};

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

static void set_depth(struct check *check, const struct search_setting *setting)
{
	long depth = number(check, setting->values.items[1], 1, "depth");

	if (depth > BATON_CPUS_MAX)
		diagnostics_error(check->diagnostics, setting->values.items[1].at,
				  "the depth of pct is a number from 1 to %d", BATON_CPUS_MAX);
	check->scenario->search.depth = (unsigned int)depth;
}

static void too_many(struct check *check, const struct search_setting *setting, size_t most)
{
	if (setting->values.count > most)
		diagnostics_error(check->diagnostics, setting->values.items[most].at,
				  "'%s' takes %s", setting->key.text,
				  most == 1 ? "one value" : "two values");
}

static void set_strategy(struct check *check, const struct search_setting *setting)
{
	static const struct {
		const char *name;
		enum explore_strategy strategy;
	} strategies[] = {
		{ "dpor", EXPLORE_DPOR }, { "dfs", EXPLORE_DFS }, { "random", EXPLORE_RANDOM },
		{ "pos", EXPLORE_POS },   { "pct", EXPLORE_PCT },
	};
	struct name value = setting->values.items[0];
	struct names names = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(strategies); i++) {
		names_add(&names, strategies[i].name);
		if (strcmp(strategies[i].name, value.text) != 0)
			continue;
		names_release(&names);
		check->scenario->search.strategy = strategies[i].strategy;
		too_many(check, setting, strategies[i].strategy == EXPLORE_PCT ? 2 : 1);
		if (strategies[i].strategy == EXPLORE_PCT && setting->values.count == 2)
			set_depth(check, setting);
		return;
	}
	names_unknown(check->diagnostics, "strategy", value, &names);
}

/* The one number of a setting. */
static long only_number(struct check *check, const struct search_setting *setting, long min)
{
	too_many(check, setting, 1);
	return number(check, setting->values.items[0], min, setting->key.text);
}

static void set_preemptions(struct check *check, const struct search_setting *setting)
{
	check->scenario->search.preemptions = only_number(check, setting, 0);
}

static void set_limit(struct check *check, const struct search_setting *setting)
{
	check->scenario->search.limit = only_number(check, setting, 1);
}

static void set_steps(struct check *check, const struct search_setting *setting)
{
	check->scenario->search.steps = only_number(check, setting, 1);
}

static void set_faults(struct check *check, const struct search_setting *setting)
{
	check->scenario->search.faults = only_number(check, setting, 0);
}

static void set_seconds(struct check *check, const struct search_setting *setting)
{
	check->scenario->search.seconds = only_number(check, setting, 1);
}

static void set_memory(struct check *check, const struct search_setting *setting)
{
	check->scenario->search.memory = only_number(check, setting, 1);
}

static void set_livelock(struct check *check, const struct search_setting *setting)
{
	check->scenario->search.livelock = only_number(check, setting, 1);
}

static void set_seed(struct check *check, const struct search_setting *setting)
{
	check->scenario->search.seed = only_number(check, setting, 0);
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
	key->set(check, setting);
}

void check_search(struct check *check)
{
	struct search *search = &check->scenario->search;

	search->preemptions = search->faults = -1;
	search->seed = 1;
	search->depth = 3;
	search->settings.count = check_limit(check, search->settings.count, SCENARIO_ENTRIES_MAX,
					     search->at, "lines of search");
	for (size_t i = 0; i < search->settings.count; i++)
		check_key(check, i);
}
