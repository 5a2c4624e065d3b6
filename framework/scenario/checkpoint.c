/* SPDX-License-Identifier: MIT */
#define XXH_INLINE_ALL
#include "scenario/checkpoint.h"

#include <inttypes.h>
#include <string.h>
#include <xxhash.h>

#include "base/clock.h"

/* Something goes on: write, if it is time to. */
static bool look(struct explore_watch *watch, const struct frontier *frontier)
{
	struct checkpoint *checkpoint =
		(struct checkpoint *)(void *)((char *)watch - offsetof(struct checkpoint, watch));
	uint64_t now = clock_ms();

	(void)frontier;
	if (checkpoint->path && now >= checkpoint->written_ms + checkpoint->interval_ms) {
		if (!checkpoint->write_err.count)
			checkpoint_write(checkpoint, &checkpoint->write_err);
		checkpoint->written_ms = clock_ms();
	}
	return !watch->stop || !*watch->stop;
}

void checkpoint_init(struct checkpoint *checkpoint)
{
	*checkpoint = (struct checkpoint){ .interval_ms = CHECKPOINT_INTERVAL,
					   .written_ms = clock_ms(),
					   .watch = { .look = look },
					   .write_err = ERR_INIT };
}

void checkpoint_release(struct checkpoint *checkpoint)
{
	for (size_t i = 0; i < checkpoint->options.count; i++) {
		free(checkpoint->options.items[i].name);
		free(checkpoint->options.items[i].value);
	}
	for (size_t i = 0; i < checkpoint->scenarios.count; i++) {
		free(checkpoint->scenarios.items[i].identity);
		free(checkpoint->scenarios.items[i].path);
	}
	for (size_t i = 0; i < checkpoint->searches.count; i++) {
		frontier_release(&checkpoint->searches.items[i]->frontier);
		free(checkpoint->searches.items[i]);
	}
	vec_release(&checkpoint->options);
	vec_release(&checkpoint->scenarios);
	vec_release(&checkpoint->searches);
	err_release(&checkpoint->write_err);
	free(checkpoint->path);
}

void checkpoint_add_option(struct checkpoint *checkpoint, const char *name, const char *value)
{
	vec_push(&checkpoint->options,
		 ((struct checkpoint_option){ xstrdup(name), xstrdup(value) }));
}

const char *checkpoint_option(const struct checkpoint *checkpoint, const char *name)
{
	for (size_t i = 0; i < checkpoint->options.count; i++)
		if (!strcmp(checkpoint->options.items[i].name, name))
			return checkpoint->options.items[i].value;
	return NULL;
}

static char *identity_of(const struct scenario *scenario)
{
	struct text text = TEXT_INIT;

	text_addf(&text, "xxh3:%016" PRIx64 " %s %s",
		  XXH3_64bits(scenario->source.text, scenario->source.length),
		  scenario->model->name, scenario->model->release);
	return text_detach(&text);
}

static void tell_changed(const struct checkpoint *checkpoint, const char *path, struct err *err)
{
	struct text who = TEXT_INIT;

	if (checkpoint->path)
		text_addf(&who, "'%s' was", checkpoint->path);
	else
		text_add(&who, "the shards were");
	err_add(err, "%s begun with another text of '%s', or another model; begin anew", who.bytes,
		path);
	text_release(&who);
}

/* Index of the scenario; it is added if it is new. -1: it has changed. */
static int find_scenario(struct checkpoint *checkpoint, const struct scenario *scenario,
			 struct err *err)
{
	const char *path = scenario->source.path;
	char *identity = identity_of(scenario);

	for (size_t i = 0; i < checkpoint->scenarios.count; i++) {
		const struct checkpoint_scenario *known = &checkpoint->scenarios.items[i];
		bool same = !strcmp(known->identity, identity);

		if (strcmp(known->path, path) != 0)
			continue;
		if (!same)
			tell_changed(checkpoint, path, err);
		free(identity);
		return same ? (int)i : -1;
	}
	vec_push(&checkpoint->scenarios, ((struct checkpoint_scenario){ identity, xstrdup(path) }));
	return (int)checkpoint->scenarios.count - 1;
}

int checkpoint_check(struct checkpoint *checkpoint, const struct scenario *scenario,
		     struct err *err)
{
	return checkpoint && find_scenario(checkpoint, scenario, err) < 0 ? -1 : 0;
}

static struct checkpoint_search *find_search(struct checkpoint *checkpoint, size_t scenario,
					     const struct run_case *which)
{
	struct checkpoint_search *search;

	for (size_t i = 0; i < checkpoint->searches.count; i++) {
		search = checkpoint->searches.items[i];
		if (search->scenario == scenario && search->variant == which->variant &&
		    search->cell == which->cell)
			return search;
	}
	search = xcalloc(1, sizeof(*search));
	search->scenario = scenario;
	search->variant = which->variant;
	search->cell = which->cell;
	frontier_init(&search->frontier);
	vec_push(&checkpoint->searches, search);
	return search;
}

/* Parts of the cut that are not explored, or not to their end. */
static uint32_t count_missing(const struct frontier *frontier)
{
	uint32_t missing = 0;
	size_t next = 0;

	for (uint32_t part = 0; part < frontier->parts; part++) {
		bool there = false, done = true;

		for (; next < frontier->pieces.count && frontier->pieces.items[next]->index == part;
		     next++) {
			there = true;
			done &= frontier->pieces.items[next]->state == PIECE_DONE;
		}
		missing += !there || !done;
	}
	return missing;
}

static int check_joined(const struct run_case *which, const struct frontier *frontier,
			struct err *err)
{
	uint32_t missing = count_missing(frontier);

	if (!missing)
		return 0;
	return err_add(err,
		       "%s, variant '%s': %u of %u parts are not explored: a shard is missing, or "
		       "not through",
		       which->scenario->source.path,
		       which->scenario->variants.items[which->variant].title, missing,
		       frontier->parts);
}

/* Samples are cut by their number. Elsewhere only the whole knows where the limit is. */
static bool is_limited(const struct explore_search *search)
{
	return search->executions_max &&
	       (search->strategy == EXPLORE_DFS || search->strategy == EXPLORE_DPOR);
}

int checkpoint_enter(struct checkpoint *checkpoint, const struct run_case *which,
		     struct explore_search *search, struct err *err)
{
	struct checkpoint_search *found;
	int scenario;

	if (!checkpoint)
		return 0;
	if (checkpoint->shard.count && is_limited(search))
		return err_add(err,
			       "a limit of executions does not go with shards: leave out --limit, "
			       "and limit in the scenario");
	scenario = find_scenario(checkpoint, which->scenario, err);
	if (scenario < 0)
		return -1;
	found = find_search(checkpoint, (size_t)scenario, which);
	checkpoint->last = &found->frontier;
	search->frontier = &found->frontier;
	search->watch = &checkpoint->watch;
	search->shard = checkpoint->shard;
	return checkpoint->joined ? check_joined(which, &found->frontier, err) : 0;
}
