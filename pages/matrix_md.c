/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "pages/matrix.h"

/* Append @string with what means something in a cell of a table made harmless. */
static void put(const char *string, struct text *text)
{
	for (; *string; string++) {
		if (strchr("|\\`*_<[", *string))
			text_add_char(text, '\\');
		text_add_char(text, *string);
	}
}

/* "[D03-...](../scenarios/...): title" */
static void put_scenario(const struct matrix_scenario *scenario, struct text *text)
{
	text_addf(text, "[%s](../%s)", scenario->name, scenario->path);
	if (scenario->title) {
		text_add(text, "<br>");
		put(scenario->title, text);
	}
}

/* "**kosaki-0414**: pin_lost, lost_dma" for each variant that shows something. */
static void put_showing(const struct matrix_scenario *scenario, struct text *text)
{
	const char *separator = "";

	for (size_t i = 0; i < scenario->variants.count; i++) {
		const struct matrix_variant *variant = &scenario->variants.items[i];
		const char *comma = ": ";

		if (!variant->shows)
			continue;
		text_addf(text, "%s**", separator);
		matrix_put_title(variant, text);
		text_add(text, "**");
		separator = "<br>";
		for (size_t k = 0; k < variant->verdicts.count; k++) {
			if (!matrix_verdict_shows(&variant->verdicts.items[k]))
				continue;
			text_add(text, comma);
			put(variant->verdicts.items[k].name, text);
			comma = ", ";
		}
	}
}

/* Is this the first of the quiet variants that were searched as far as it? */
static bool begins_group(const struct matrix_scenario *scenario, size_t index)
{
	struct text search = TEXT_INIT, other = TEXT_INIT;
	bool first = true;

	matrix_put_search(&scenario->variants.items[index], &search);
	for (size_t i = 0; i < index; i++) {
		text_clear(&other);
		matrix_put_search(&scenario->variants.items[i], &other);
		if (!scenario->variants.items[i].shows && !strcmp(search.bytes, other.bytes))
			first = false;
	}
	text_release(&search);
	text_release(&other);
	return first;
}

/* "v5.9, v5.19 (exhaustive)": the quiet variants that were searched as far as @index. */
static void put_group(const struct matrix_scenario *scenario, size_t index, struct text *text)
{
	struct text search = TEXT_INIT, other = TEXT_INIT;
	const char *comma = "";

	matrix_put_search(&scenario->variants.items[index], &search);
	for (size_t i = index; i < scenario->variants.count; i++) {
		text_clear(&other);
		matrix_put_search(&scenario->variants.items[i], &other);
		if (scenario->variants.items[i].shows || strcmp(search.bytes, other.bytes) != 0)
			continue;
		text_add(text, comma);
		matrix_put_title(&scenario->variants.items[i], text);
		comma = ", ";
	}
	text_add(text, " (");
	put(search.bytes, text);
	text_add_char(text, ')');
	text_release(&search);
	text_release(&other);
}

static void put_quiet(const struct matrix_scenario *scenario, struct text *text)
{
	const char *separator = "";

	for (size_t i = 0; i < scenario->variants.count; i++) {
		if (scenario->variants.items[i].shows || !begins_group(scenario, i))
			continue;
		text_add(text, separator);
		put_group(scenario, i, text);
		separator = "<br>";
	}
}

static void put_glance(const struct matrix_family *family, struct text *text)
{
	text_add(text, "| scenario | shows under | never under |\n| --- | --- | --- |\n");
	for (size_t i = 0; i < family->scenarios.count; i++) {
		text_add(text, "| ");
		put_scenario(&family->scenarios.items[i], text);
		text_add(text, " | ");
		put_showing(&family->scenarios.items[i], text);
		text_add(text, " | ");
		put_quiet(&family->scenarios.items[i], text);
		text_add(text, " |\n");
	}
}

/* What the scenario says something about, and what it should have. */
static bool is_listed(const struct matrix_verdict *verdict)
{
	return !verdict->implied || strcmp(verdict->outcome, "ok") != 0;
}

static void put_expected(const struct matrix_variant *variant, struct text *text)
{
	const char *comma = "";

	for (size_t i = 0; i < variant->verdicts.count; i++) {
		const struct matrix_verdict *verdict = &variant->verdicts.items[i];

		if (!is_listed(verdict))
			continue;
		text_addf(text, "%s%s ", comma, verdict->expected);
		put(verdict->name, text);
		comma = ", ";
	}
}

static void put_measured(const struct matrix_variant *variant, struct text *text)
{
	const char *comma = "";

	for (size_t i = 0; i < variant->verdicts.count; i++) {
		const struct matrix_verdict *verdict = &variant->verdicts.items[i];

		if (!is_listed(verdict))
			continue;
		text_add(text, comma);
		if (strcmp(verdict->outcome, "ok") != 0)
			text_addf(text, "**%s**: ", verdict->outcome);
		put(verdict->name, text);
		text_add_char(text, ' ');
		matrix_put_measured(verdict, text);
		comma = ", ";
	}
	for (size_t i = 0; i < json_array_size(variant->notes); i++) {
		text_add(text, "<br>");
		put(json_string_value(json_array_get(variant->notes, i)), text);
	}
}

static void put_variant(const struct matrix_variant *variant, struct text *text)
{
	text_add(text, "| ");
	matrix_put_title(variant, text);
	if (variant->help) {
		text_add(text, "<br>");
		put(variant->help, text);
	}
	text_add(text, " | ");
	put_expected(variant, text);
	text_add(text, " | ");
	put_measured(variant, text);
	text_add(text, " | ");
	matrix_put_search(variant, text);
	text_add(text, " | ");
	text_add_count(text, (uint64_t)variant->executions);
	text_add(text, " |\n");
}

static void put_details(const struct matrix_scenario *scenario, struct text *text)
{
	text_addf(text, "\n### %s\n\n", scenario->name);
	text_add(text, "| variant | expected | measured | search | executions |\n"
		       "| --- | --- | --- | --- | ---: |\n");
	for (size_t i = 0; i < scenario->variants.count; i++)
		put_variant(&scenario->variants.items[i], text);
}

static void put_head(const struct matrix *matrix, struct text *text)
{
	text_add(text,
		 "# Which kernel has which race\n\n"
		 "Made by `cmake --build build --target matrix` from `baton run --json scenarios`; "
		 "a test compares.\n"
		 "Each scenario was run under each variant that it names. *Shows* is what an "
		 "execution showed, *never* what\nnone did: in all executions (exhaustive), or in "
		 "all within the bound that stands behind.\n\n");
	text_addf(text,
		  "%u scenarios, %u variants: %u as expected, %u not, %u inconclusive; %u "
		  "searched exhaustively.\n",
		  matrix->scenarios, matrix->variants,
		  matrix->variants - matrix->unexpected - matrix->inconclusive, matrix->unexpected,
		  matrix->inconclusive, matrix->exhaustive);
}

void matrix_markdown(const struct matrix *matrix, struct text *text)
{
	put_head(matrix, text);
	for (size_t i = 0; i < matrix->families.count; i++) {
		text_addf(text, "\n## %s\n\n", matrix->families.items[i].name);
		put_glance(&matrix->families.items[i], text);
	}
	text_add(text, "\n## Expected and measured\n");
	for (size_t i = 0; i < matrix->families.count; i++)
		for (size_t k = 0; k < matrix->families.items[i].scenarios.count; k++)
			put_details(&matrix->families.items[i].scenarios.items[k], text);
}
