/* SPDX-License-Identifier: MIT */
#include "bisect/series_make.h"

#include <string.h>

/* ---- What every state judges ------------------------------------------------------------- */

struct judged {
	VEC(const char *) names; /* each once, in the order of the file */
};

static bool has(const struct judged *judged, const char *name)
{
	for (size_t i = 0; i < judged->names.count; i++)
		if (!strcmp(judged->names.items[i], name))
			return true;
	return false;
}

/* Does a variant expect @name to be so? */
static bool is_expected(const struct scenario *scenario, const char *name, enum expectation word)
{
	for (size_t i = 0; i < scenario->variants.count; i++) {
		const struct variant *variant = &scenario->variants.items[i];

		for (size_t k = 0; k < variant->verdicts.count; k++)
			if (!strcmp(variant->verdicts.items[k].name.text, name) &&
			    variant->verdicts.items[k].word == word)
				return true;
	}
	return false;
}

static const struct predicate *find_predicate(const struct scenario *scenario, const char *name)
{
	for (size_t i = 0; i < scenario->predicates.count; i++)
		if (!strcmp(scenario->predicates.items[i].name.text, name))
			return &scenario->predicates.items[i];
	return NULL;
}

bool series_wants(const struct scenario *scenario, const char *name)
{
	const struct predicate *predicate = find_predicate(scenario, name);

	if (!predicate)
		return false;
	return predicate->invariant || (is_expected(scenario, name, EXPECT_ALWAYS) &&
					!is_expected(scenario, name, EXPECT_NEVER));
}

/* As in a run, an execution goes on behind what some variant speaks of. */
static void collect(struct judged *judged, const struct scenario *scenario)
{
	for (size_t i = 0; i < scenario->variants.count; i++) {
		const struct variant *variant = &scenario->variants.items[i];

		for (size_t k = 0; k < variant->verdicts.count; k++)
			if (!has(judged, variant->verdicts.items[k].name.text))
				vec_push(&judged->names, variant->verdicts.items[k].name.text);
	}
	for (size_t i = 0; i < scenario->predicates.count; i++) {
		const struct predicate *predicate = &scenario->predicates.items[i];

		if (!predicate->invariant && !has(judged, predicate->name.text))
			vec_push(&judged->names, predicate->name.text);
	}
}

/* " sometimes lost, always moved": what is shown is an execution that is bad. */
static void add_verdicts(const struct scenario *scenario, struct text *text)
{
	struct judged judged = { 0 };

	collect(&judged, scenario);
	for (size_t i = 0; i < judged.names.count; i++)
		text_addf(text, "%s %s %s", i ? "," : "",
			  series_wants(scenario, judged.names.items[i]) ? "always" : "sometimes",
			  judged.names.items[i]);
	vec_release(&judged.names);
}

/* ---- A scenario with other variants ------------------------------------------------------ */

void series_titles_release(struct series_titles *titles)
{
	for (size_t i = 0; i < titles->list.count; i++)
		free(titles->list.items[i]);
	vec_release(&titles->list);
}

/* End of the block that begins with the keyword at @at. */
static uint32_t block_end(const struct source *source, struct span at)
{
	uint32_t end = at.begin;
	bool string = false;

	for (; end < source->length && (string || source->text[end] != '}'); end++) {
		if (string && source->text[end] == '\\')
			end++;
		else if (source->text[end] == '"')
			string = !string;
		if (!string && source->text[end] == '#')
			end += (uint32_t)strcspn(source->text + end, "\n");
	}
	return end + 1;
}

static struct scenario *with_variants(const struct series *series,
				      const struct series_titles *titles, struct err *err)
{
	const struct scenario *scenario = series->given;
	const struct source *source = &scenario->source;
	uint32_t end = block_end(source, scenario->variants_at);
	struct err found = ERR_INIT;
	struct text text = TEXT_INIT;
	struct scenario *made;

	text_add_bytes(&text, source->text, scenario->variants_at.begin);
	text_add(&text, "variants {");
	for (size_t i = 0; i < titles->list.count; i++) {
		text_addf(&text, " %s", titles->list.items[i]);
		add_verdicts(scenario, &text);
		text_add_char(&text, ';');
	}
	text_add(&text, " }");
	if (end < source->length)
		text_add_bytes(&text, source->text + end, source->length - end);
	made = scenario_parse(source->path, text.bytes, text.length, series->models, &found);
	/* The warnings were told when the scenario was loaded. */
	if (!made) {
		text_add(&err->text, found.text.bytes);
		err->count += found.count;
	}
	err_release(&found);
	text_release(&text);
	return made;
}

int series_make(struct series *series, struct series_titles *titles, struct err *err)
{
	struct scenario *made = NULL;

	if (titles->list.count > SCENARIO_ENTRIES_MAX)
		err_add(err, "%zu states are too many; at most %d", titles->list.count,
			SCENARIO_ENTRIES_MAX);
	else
		made = with_variants(series, titles, err);
	while (series->patches.count < titles->list.count)
		vec_push(&series->patches, NULL);
	series_titles_release(titles);
	if (made) {
		scenario_free(series->scenario);
		series->scenario = made;
	}
	return made ? 0 : -1;
}

int series_add(struct series *series, const char *title, struct err *err)
{
	const struct scenario *scenario = series->scenario;
	struct series_titles titles = { 0 };

	for (size_t i = 0; i < scenario->variants.count; i++) {
		if (!strcmp(scenario->variants.items[i].title, title))
			return (int)i;
		vec_push(&titles.list, xstrdup(scenario->variants.items[i].title));
	}
	vec_push(&titles.list, xstrdup(title));
	if (series_make(series, &titles, err))
		return -1;
	return (int)series->scenario->variants.count - 1;
}

void series_release(struct series *series)
{
	scenario_free(series->scenario);
	vec_release(&series->patches);
	for (size_t i = 0; i < series->labels.count; i++)
		free(series->labels.items[i]);
	vec_release(&series->labels);
}

const char *series_label(const struct series *series, size_t i)
{
	return i < series->labels.count ? series->labels.items[i] :
					  series->scenario->variants.items[i].title;
}

/* ---- Variants of the file, and of a list ------------------------------------------------- */

int series_variants(struct series *series, struct err *err)
{
	const struct scenario *given = series->given;
	struct series_titles titles = { 0 };

	if (given->variants.count < 2)
		return err_add(err, "'%s' has one variant only", given->source.path);
	for (size_t i = 0; i < given->variants.count; i++)
		vec_push(&titles.list, xstrdup(given->variants.items[i].title));
	return series_make(series, &titles, err);
}

/* What the checker says, without a place in the scenario, which has another text there. */
static const char *said(const struct err *err)
{
	const char *what = strstr(err->text.bytes, "error: ");

	err->text.bytes[strcspn(err->text.bytes, "\n")] = '\0';
	return what ? what + strlen("error: ") : err->text.bytes;
}

static bool is_variant(const struct series *series, const char *title, struct err *err)
{
	struct series one = { .given = series->given, .models = series->models };
	struct series_titles titles = { 0 };
	int status;

	vec_push(&titles.list, xstrdup(title));
	status = series_make(&one, &titles, err);
	series_release(&one);
	return !status;
}

/* As one more verdict of a variant, so that the checker says what is wrong with it. */
int series_check_name(const struct series *series, const char *name, struct err *err)
{
	struct judged judged = { 0 };
	struct err found = ERR_INIT;
	struct text title = TEXT_INIT;
	bool known;

	collect(&judged, series->given);
	text_addf(&title, "%s sometimes %s%s", series->given->variants.items[0].title, name,
		  judged.names.count ? "," : "");
	known = has(&judged, name) || is_variant(series, title.bytes, &found);
	if (!known)
		err_add(err, "--predicate: %s", said(&found));
	vec_release(&judged.names);
	err_release(&found);
	text_release(&title);
	return known ? 0 : -1;
}

/* Blanks at both ends, and what is behind a '#', are no part of it. */
static char *cut_title(const char *line, size_t length)
{
	struct text title = TEXT_INIT;
	size_t begin = 0, end = 0;

	while (end < length && line[end] != '#')
		end++;
	while (begin < end && strchr(" \t\r", line[begin]))
		begin++;
	while (end > begin && strchr(" \t\r", line[end - 1]))
		end--;
	text_add_bytes(&title, line + begin, end - begin);
	return text_detach(&title);
}

int series_list(struct series *series, const char *path, const char *text, struct err *err)
{
	struct series_titles titles = { 0 };
	unsigned int errors = err->count, number = 0;

	while (*text) {
		size_t length = strcspn(text, "\n");
		char *title = cut_title(text, length);
		struct err found = ERR_INIT;

		number++;
		if (*title && !is_variant(series, title, &found)) {
			text_addf(&err->text, "%s:%u: error: %s\n", path, number, said(&found));
			err->count++;
		}
		if (*title)
			vec_push(&titles.list, title);
		else
			free(title);
		err_release(&found);
		text += length + (text[length] == '\n');
	}
	if (err->count == errors && titles.list.count < 2)
		err_add(err, "'%s' has fewer than two variants", path);
	if (err->count == errors)
		return series_make(series, &titles, err);
	series_titles_release(&titles);
	return -1;
}
