/* SPDX-License-Identifier: MIT */
#define XXH_INLINE_ALL
#include "cli/save.h"

#include <inttypes.h>
#include <string.h>
#include <xxhash.h>

#include "base/file.h"

static char *hash_of(const struct scenario *scenario)
{
	struct text text = TEXT_INIT;

	text_addf(&text, "xxh3:%016" PRIx64,
		  XXH3_64bits(scenario->source.text, scenario->source.length));
	return text_detach(&text);
}

static char *model_of(const struct scenario *scenario)
{
	struct text text = TEXT_INIT;

	text_addf(&text, "%s %s", scenario->model->name, scenario->model->release);
	return text_detach(&text);
}

/* What the execution shows, as a signature: "never lost_dma". */
static char *failure_of(const struct verdict *verdict)
{
	struct text text = TEXT_INIT;

	text_addf(&text, "%s %s", expectation_name(verdict->expected), verdict->predicate);
	return text_detach(&text);
}

static void fill(struct sched_file *file, const struct variant_result *result,
		 const struct scenario *scenario, const struct verdict *verdict)
{
	file->scenario = xstrdup(result->path);
	file->hash = hash_of(scenario);
	file->model = model_of(scenario);
	file->variant = xstrdup(result->variant);
	file->cell = result->cell ? xstrdup(result->cell) : NULL;
	file->fail = scenario_added_faults(scenario);
	file->failure = failure_of(verdict);
	file->seed = result->seed;
	sched_file_record(file, &verdict->schedule, verdict->trace->program, verdict->trace);
}

static bool is_safe(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("-+=_.,", c));
}

/* A name that begins with '.' is hidden, or another directory. */
static void add_safe(struct text *path, const char *name)
{
	for (const char *c = name; *c; c++)
		text_add_char(path, is_safe(*c) && (c != name || *c != '.') ? *c : '_');
}

static int record(const struct save_one *one, struct trace *trace, struct err *err)
{
	const struct explore_replay replay = {
		.schedule = one->schedule,
		.steps_max = one->subject->search.steps_max,
		.steps_bound = one->subject->search.steps_bound,
	};
	struct text diverged = TEXT_INIT;
	int status = explore_record(&replay, trace, &diverged, err);

	text_release(&diverged);
	return status;
}

int save_text(const char *path, const struct text *text, struct err *err)
{
	return file_make_folders(path, err) || file_replace(path, text, err) ? -1 : 0;
}

int save_schedule(const struct save_one *one, const char *path, struct err *err)
{
	const struct scenario *scenario = one->which->scenario;
	const struct verdict verdict = { .predicate = one->failure,
					 .expected = one->always ? EXPECT_ALWAYS : EXPECT_NEVER };
	struct sched_file file = {
		.scenario = xstrdup(scenario->source.path),
		.hash = hash_of(scenario),
		.model = model_of(scenario),
		.variant = xstrdup(scenario->variants.items[one->which->variant].title),
		.cell = one->cell ? xstrdup(one->cell) : NULL,
		.failure = failure_of(&verdict),
		.seed = one->subject->search.seed,
	};
	struct text text = TEXT_INIT;
	struct trace trace;
	int status;

	trace_init(&trace, one->subject->program);
	status = record(one, &trace, err);
	if (!status) {
		sched_file_record(&file, one->schedule, one->subject->program, &trace);
		sched_file_write(&file, &text);
		status = save_text(path, &text, err);
	}
	trace_release(&trace);
	sched_file_release(&file);
	text_release(&text);
	return status ? -1 : 0;
}

static void name_file(const struct variant_result *result, const struct verdict *verdict,
		      const char *directory, struct text *path)
{
	text_addf(path, "%s/", directory);
	add_safe(path, result->scenario);
	text_add_char(path, '/');
	add_safe(path, result->variant);
	if (result->cell) {
		text_add_char(path, ',');
		add_safe(path, result->cell);
	}
	text_add_char(path, '/');
	add_safe(path, verdict->predicate);
	text_add(path, ".sched");
}

int save_result(const struct variant_result *result, const struct scenario *scenario,
		const char *directory, struct err *err)
{
	int status = 0;

	for (size_t i = 0; i < result->verdicts.count; i++) {
		const struct verdict *verdict = &result->verdicts.items[i];
		struct text path = TEXT_INIT, text = TEXT_INIT;
		struct sched_file file = { 0 };

		if (!verdict->trace)
			continue;
		fill(&file, result, scenario, verdict);
		sched_file_write(&file, &text);
		name_file(result, verdict, directory, &path);
		status |= save_text(path.bytes, &text, err);
		sched_file_release(&file);
		text_release(&path);
		text_release(&text);
	}
	return status;
}

static void compare(const char *path, const char *what, const char *then, const char *now,
		    struct text *warnings)
{
	if (then && strcmp(then, now) != 0)
		text_addf(warnings, "%s: warning: recorded with %s (%s, now %s)\n", path, what,
			  then, now);
}

void save_compare(const struct sched_file *file, const char *path, const struct scenario *scenario,
		  struct text *warnings)
{
	char *hash = hash_of(scenario), *model = model_of(scenario);

	compare(path, "another text of the scenario", file->hash, hash, warnings);
	compare(path, "another model", file->model, model, warnings);
	free(hash);
	free(model);
}
