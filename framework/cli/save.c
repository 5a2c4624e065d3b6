/* SPDX-License-Identifier: MIT */
#define XXH_INLINE_ALL
#include "cli/save.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <xxhash.h>

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

/* Make the directory of @path, and those that it is in. */
static int make_directories(const char *path, struct err *err)
{
	char *copy = xstrdup(path);
	int status = 0;

	for (char *slash = strchr(copy + 1, '/'); slash && !status;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(copy, 0777) && errno != EEXIST)
			status = err_add(err, "cannot make '%s': %s", copy, strerror(errno));
		*slash = '/';
	}
	free(copy);
	return status;
}

static int write_file(const char *path, const struct text *text, struct err *err)
{
	FILE *stream;
	bool written;

	if (make_directories(path, err))
		return -1;
	stream = fopen(path, "w");
	if (!stream)
		return err_add(err, "cannot write '%s': %s", path, strerror(errno));
	written = fwrite(text->bytes, 1, text->length, stream) == text->length;
	if (fclose(stream) || !written)
		return err_add(err, "cannot write '%s': %s", path, strerror(errno));
	return 0;
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
		status |= write_file(path.bytes, &text, err);
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
