/* SPDX-License-Identifier: MIT */
#include "pages/matrix.h"

#include <string.h>

#define SCHEMA_VERSION 1

static const char *string(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

/* Of what must be there: "" and an error if it is not. */
static const char *needed(const json_t *object, const char *key, struct err *err)
{
	const char *value = string(object, key);

	if (!value)
		err_add(err, "'%s' is missing, or is no string", key);
	return value ? value : "";
}

static json_int_t number(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

bool matrix_verdict_shows(const struct matrix_verdict *verdict)
{
	return verdict->invariant ? verdict->fails > 0 : verdict->holds > 0;
}

/* NULL: none of @array has this under @key. */
static const json_t *find(const json_t *array, const char *key, const char *value)
{
	for (size_t i = 0; i < json_array_size(array); i++) {
		const char *found = string(json_array_get(array, i), key);

		if (found && !strcmp(found, value))
			return json_array_get(array, i);
	}
	return NULL;
}

static void add_verdicts(struct matrix_variant *variant, const json_t *result, const json_t *listed,
			 struct err *err)
{
	const json_t *predicates = json_object_get(listed, "predicates");
	const json_t *verdicts = json_object_get(result, "verdicts");

	for (size_t i = 0; i < json_array_size(verdicts); i++) {
		const json_t *item = json_array_get(verdicts, i);
		const char *name = needed(item, "predicate", err);
		const json_t *predicate = find(predicates, "name", name);
		struct matrix_verdict verdict = {
			.name = name,
			.expected = needed(item, "expected", err),
			.outcome = needed(item, "outcome", err),
			.implied = json_is_true(json_object_get(item, "implied")),
			.invariant = json_is_true(json_object_get(predicate, "invariant")),
			.holds = number(item, "holds"),
			.fails = number(item, "fails"),
		};

		variant->shows |= matrix_verdict_shows(&verdict);
		vec_push(&variant->verdicts, verdict);
	}
}

static struct matrix_family *family_of(struct matrix *matrix, const char *path)
{
	const char *end = strrchr(path, '/'), *begin = end;
	struct matrix_family family = { 0 };
	struct text name = TEXT_INIT;

	while (begin && begin > path && begin[-1] != '/')
		begin--;
	if (end)
		text_add_bytes(&name, begin, (size_t)(end - begin));
	for (size_t i = 0; i < matrix->families.count; i++)
		if (!strcmp(matrix->families.items[i].name, name.bytes)) {
			text_release(&name);
			return &matrix->families.items[i];
		}
	family.name = text_detach(&name);
	vec_push(&matrix->families, family);
	return &matrix->families.items[matrix->families.count - 1];
}

/* Results of a scenario follow each other. */
static struct matrix_scenario *scenario_of(struct matrix *matrix, const json_t *listed,
					   struct err *err)
{
	const char *path = needed(listed, "path", err);
	struct matrix_family *family = family_of(matrix, path);
	size_t count = family->scenarios.count;
	struct matrix_scenario scenario = {
		.name = needed(listed, "scenario", err),
		.title = string(listed, "title"),
		.path = path,
	};

	if (count && !strcmp(family->scenarios.items[count - 1].path, path))
		return &family->scenarios.items[count - 1];
	matrix->scenarios++;
	vec_push(&family->scenarios, scenario);
	return &family->scenarios.items[count];
}

static void count_variant(struct matrix *matrix, const struct matrix_variant *variant)
{
	matrix->variants++;
	matrix->unexpected += !strcmp(variant->outcome, "fail");
	matrix->inconclusive += !strcmp(variant->outcome, "inconclusive");
	matrix->exhaustive += !strcmp(variant->strength, "exhaustive");
}

static int add_result(struct matrix *matrix, const json_t *result, struct err *err)
{
	const char *path = needed(result, "path", err), *title = needed(result, "variant", err);
	const json_t *listed = find(json_object_get(matrix->list, "scenarios"), "path", path);
	struct matrix_variant variant = {
		.title = title,
		.help = string(find(json_object_get(listed, "variants"), "title", title), "help"),
		.cell = string(result, "cell"),
		.outcome = needed(result, "outcome", err),
		.strength = needed(result, "strength", err),
		.bounds = string(result, "bounds"),
		.executions = number(result, "executions"),
		.notes = json_object_get(result, "notes"),
	};
	struct matrix_scenario *scenario;

	if (!listed)
		return err_add(err, "'%s' was run, but is not in the list", path);
	for (size_t i = 0; i < json_array_size(variant.notes); i++)
		if (!json_is_string(json_array_get(variant.notes, i)))
			return err_add(err, "a note is no string");
	add_verdicts(&variant, result, listed, err);
	scenario = scenario_of(matrix, listed, err);
	vec_push(&scenario->variants, variant);
	count_variant(matrix, &variant);
	return err->count ? -1 : 0;
}

/* Is there a variant that is this version and nothing else? */
static bool is_named(const struct matrix *matrix, const char *version)
{
	const json_t *scenarios = json_object_get(matrix->list, "scenarios");

	for (size_t i = 0; i < json_array_size(scenarios); i++)
		if (find(json_object_get(json_array_get(scenarios, i), "variants"), "title",
			 version))
			return true;
	return false;
}

static void add_versions(struct matrix *matrix, const json_t *model, struct err *err)
{
	const json_t *versions = json_object_get(model, "versions");

	for (size_t i = 0; i < json_array_size(versions); i++) {
		const char *name = needed(json_array_get(versions, i), "name", err);

		if (is_named(matrix, name))
			vec_push(&matrix->versions, name);
	}
}

static json_t *parse_document(const struct matrix_document *document, struct err *err)
{
	json_error_t error;
	json_t *parsed = json_loadb(document->bytes, document->length, 0, &error);

	if (!parsed)
		err_add(err, "%s:%d:%d: %s", document->path, error.line, error.column, error.text);
	else if (number(parsed, "schema_version") != SCHEMA_VERSION)
		err_add(err, "'%s' is no document of schema version %d", document->path,
			SCHEMA_VERSION);
	return parsed;
}

int matrix_parse(struct matrix *matrix, const struct matrix_document *documents, struct err *err)
{
	const json_t *results, *models;

	*matrix = (struct matrix){
		.list = parse_document(&documents[0], err),
		.run = parse_document(&documents[1], err),
		.points = parse_document(&documents[2], err),
	};
	if (err->count)
		return -1;
	results = json_object_get(matrix->run, "results");
	for (size_t i = 0; i < json_array_size(results); i++)
		if (add_result(matrix, json_array_get(results, i), err))
			return -1;
	models = json_object_get(matrix->points, "models");
	for (size_t i = 0; i < json_array_size(models); i++)
		add_versions(matrix, json_array_get(models, i), err);
	return err->count ? -1 : 0;
}

static void release_family(struct matrix_family *family)
{
	for (size_t i = 0; i < family->scenarios.count; i++) {
		struct matrix_scenario *scenario = &family->scenarios.items[i];

		for (size_t k = 0; k < scenario->variants.count; k++)
			vec_release(&scenario->variants.items[k].verdicts);
		vec_release(&scenario->variants);
	}
	vec_release(&family->scenarios);
	free(family->name);
}

void matrix_release(struct matrix *matrix)
{
	for (size_t i = 0; i < matrix->families.count; i++)
		release_family(&matrix->families.items[i]);
	vec_release(&matrix->families);
	vec_release(&matrix->versions);
	json_decref(matrix->list);
	json_decref(matrix->run);
	json_decref(matrix->points);
}

int matrix_version(const struct matrix *matrix, const struct matrix_variant *variant)
{
	for (size_t i = 0; i < matrix->versions.count && !variant->cell; i++)
		if (!strcmp(matrix->versions.items[i], variant->title))
			return (int)i;
	return -1;
}

void matrix_put_title(const struct matrix_variant *variant, struct text *text)
{
	text_add(text, variant->title);
	if (variant->cell)
		text_addf(text, " [%s]", variant->cell);
}

void matrix_put_search(const struct matrix_variant *variant, struct text *text)
{
	if (!strcmp(variant->strength, "exhaustive") || !variant->bounds)
		text_add(text, variant->strength);
	else if (!strcmp(variant->strength, "bounded"))
		text_add(text, variant->bounds);
	else
		text_addf(text, "%s: %s", variant->strength, variant->bounds);
}

void matrix_put_measured(const struct matrix_verdict *verdict, struct text *text)
{
	if (!verdict->holds) {
		text_add(text, "never");
	} else if (!verdict->fails) {
		text_add(text, "always");
	} else {
		text_add(text, "in ");
		text_add_count(text, (uint64_t)verdict->holds);
		text_add(text, " of ");
		text_add_count(text, (uint64_t)(verdict->holds + verdict->fails));
	}
}
