/* SPDX-License-Identifier: MIT */
/*
 * matrix_html.c - the matrix as one page that needs nothing else: no script, no network.
 *
 * The line "/@style@/" is where matrix.sh puts style.css.
 */
#include <string.h>

#include "pages/matrix.h"

static void put(const char *string, struct text *text)
{
	for (; *string; string++)
		switch (*string) {
		case '<':
			text_add(text, "&lt;");
			break;
		case '&':
			text_add(text, "&amp;");
			break;
		case '"':
			text_add(text, "&quot;");
			break;
		default:
			text_add_char(text, *string);
		}
}

static void put_title(const struct matrix_variant *variant, struct text *text)
{
	struct text title = TEXT_INIT;

	matrix_put_title(variant, &title);
	put(title.bytes, text);
	text_release(&title);
}

static void put_search(const struct matrix_variant *variant, struct text *text)
{
	struct text search = TEXT_INIT;

	matrix_put_search(variant, &search);
	put(search.bytes, text);
	text_release(&search);
}

/* The class of everything that stands for a variant: what it looks like. */
static const char *class_of(const struct matrix_variant *variant)
{
	if (strcmp(variant->outcome, "ok") != 0)
		return "wrong";
	if (variant->shows)
		return "shows";
	return strcmp(variant->strength, "exhaustive") != 0 ? "bounded" : "never";
}

static void put_shown(const struct matrix_variant *variant, struct text *text)
{
	const char *comma = "";

	for (size_t i = 0; i < variant->verdicts.count; i++) {
		if (!matrix_verdict_shows(&variant->verdicts.items[i]))
			continue;
		text_add(text, comma);
		put(variant->verdicts.items[i].name, text);
		comma = ", ";
	}
}

static void put_chips(const struct matrix_scenario *scenario, bool shows, struct text *text)
{
	text_add(text, "<td>");
	for (size_t i = 0; i < scenario->variants.count; i++) {
		const struct matrix_variant *variant = &scenario->variants.items[i];

		if (variant->shows != shows)
			continue;
		text_addf(text, "<span class=\"chip %s\"", class_of(variant));
		if (variant->help) {
			text_add(text, " title=\"");
			put(variant->help, text);
			text_add_char(text, '"');
		}
		text_add(text, "><b>");
		put_title(variant, text);
		text_add(text, "</b> <small>");
		if (shows)
			put_shown(variant, text);
		else
			put_search(variant, text);
		text_add(text, "</small></span>\n");
	}
	text_add(text, "</td>");
}

static void put_verdict(const struct matrix_verdict *verdict, struct text *text)
{
	struct text measured = TEXT_INIT;

	matrix_put_measured(verdict, &measured);
	text_add(text, "<tr><td>");
	put(verdict->name, text);
	text_addf(text, "</td><td>%s</td><td>%s</td>", verdict->expected, measured.bytes);
	text_addf(text, "<td class=\"%s\">%s</td></tr>\n",
		  strcmp(verdict->outcome, "ok") != 0 ? "wrong" : "fine", verdict->outcome);
	text_release(&measured);
}

static void put_variant(const struct matrix_variant *variant, struct text *text)
{
	text_add(text, "<tr class=\"head\"><td colspan=\"4\"><b>");
	put_title(variant, text);
	text_add(text, "</b> ");
	if (variant->help)
		put(variant->help, text);
	text_add(text, " <small>");
	put_search(variant, text);
	text_add(text, ", ");
	text_add_counted(text, (uint64_t)variant->executions, "execution", "executions");
	text_add(text, "</small>");
	for (size_t i = 0; i < json_array_size(variant->notes); i++) {
		text_add(text, "<br><small>");
		put(json_string_value(json_array_get(variant->notes, i)), text);
		text_add(text, "</small>");
	}
	text_add(text, "</td></tr>\n");
	for (size_t i = 0; i < variant->verdicts.count; i++)
		if (!variant->verdicts.items[i].implied ||
		    strcmp(variant->verdicts.items[i].outcome, "ok") != 0)
			put_verdict(&variant->verdicts.items[i], text);
}

static void put_details(const struct matrix_scenario *scenario, struct text *text)
{
	text_add(text, "<details><summary>expected and measured</summary>\n<table class=\"inner\">"
		       "<tr><th>what</th><th>expected</th><th>measured</th><th></th></tr>\n");
	for (size_t i = 0; i < scenario->variants.count; i++)
		put_variant(&scenario->variants.items[i], text);
	text_add(text, "</table></details>");
}

static void put_scenario(const struct matrix_scenario *scenario, struct text *text)
{
	text_addf(text, "<tr id=\"%s\"><td class=\"name\"><a href=\"../%s\">%s</a>", scenario->name,
		  scenario->path, scenario->name);
	if (scenario->title) {
		text_add(text, "<br>");
		put(scenario->title, text);
	}
	put_details(scenario, text);
	text_add(text, "</td>");
	put_chips(scenario, true, text);
	put_chips(scenario, false, text);
	text_add(text, "</tr>\n");
}

static void put_family(const struct matrix_family *family, struct text *text)
{
	text_addf(text, "<h2 id=\"%s\">%s</h2>\n", family->name, family->name);
	text_add(text, "<table class=\"family\"><tr><th>scenario</th><th>shows under</th>"
		       "<th>never under</th></tr>\n");
	for (size_t i = 0; i < family->scenarios.count; i++)
		put_scenario(&family->scenarios.items[i], text);
	text_add(text, "</table>\n");
}

/* What one version is marked with in the row of a scenario that names it. */
static void put_mark(const struct matrix_variant *variant, struct text *text)
{
	const char *class = class_of(variant);

	text_addf(text, "<td class=\"mark %s\" title=\"", class);
	put_title(variant, text);
	text_add(text, ": ");
	if (variant->shows)
		put_shown(variant, text);
	else
		put_search(variant, text);
	text_addf(text, "\">%s</td>", !strcmp(class, "wrong") ? "!" : variant->shows ? "✕" : "✓");
}

static void put_row(const struct matrix *matrix, const struct matrix_scenario *scenario,
		    struct text *text)
{
	text_addf(text, "<tr><th><a href=\"#%s\" title=\"", scenario->name);
	put(scenario->title ? scenario->title : "", text);
	text_addf(text, "\">%s</a></th>", scenario->name);
	for (size_t column = 0; column < matrix->versions.count; column++) {
		const struct matrix_variant *found = NULL;

		for (size_t i = 0; i < scenario->variants.count; i++)
			if (matrix_version(matrix, &scenario->variants.items[i]) == (int)column)
				found = &scenario->variants.items[i];
		if (found)
			put_mark(found, text);
		else
			text_add(text, "<td></td>");
	}
	text_add(text, "</tr>\n");
}

static void put_grid(const struct matrix *matrix, struct text *text)
{
	text_add(text, "<div class=\"wide\"><table class=\"grid\"><tr><th></th>");
	for (size_t i = 0; i < matrix->versions.count; i++) {
		text_add(text, "<th class=\"up\"><span>");
		put(matrix->versions.items[i], text);
		text_add(text, "</span></th>");
	}
	text_add(text, "</tr>\n");
	for (size_t i = 0; i < matrix->families.count; i++) {
		const struct matrix_family *family = &matrix->families.items[i];

		text_addf(text, "<tr class=\"head\"><th colspan=\"%zu\"><a href=\"#%s\">%s</a>",
			  matrix->versions.count + 1, family->name, family->name);
		text_add(text, "</th></tr>\n");
		for (size_t k = 0; k < family->scenarios.count; k++)
			put_row(matrix, &family->scenarios.items[k], text);
	}
	text_add(text, "</table></div>\n");
}

static void put_head(const struct matrix *matrix, struct text *text)
{
	text_addf(text,
		  "<h1>Which kernel has which race</h1>\n"
		  "<p class=\"sum\"><b>%u</b> scenarios, <b>%u</b> variants: <b>%u</b> as "
		  "expected, <b>%u</b> not, <b>%u</b> inconclusive; <b>%u</b> searched "
		  "exhaustively.</p>\n",
		  matrix->scenarios, matrix->variants,
		  matrix->variants - matrix->unexpected - matrix->inconclusive, matrix->unexpected,
		  matrix->inconclusive, matrix->exhaustive);
	text_add(text, "<p class=\"legend\"><span class=\"chip shows\">✕ some execution shows "
		       "it</span> <span class=\"chip never\">✓ never: all executions were "
		       "run</span> <span class=\"chip bounded\">✓ never within the bound that is "
		       "named</span> <span class=\"chip wrong\">! not as the scenario "
		       "says</span></p>\n");
}

void matrix_html(const struct matrix *matrix, struct text *text)
{
	text_add(text, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
		       "<meta name=\"viewport\" content=\"width=device-width\">\n"
		       "<title>Which kernel has which race</title>\n<style>\n/@style@/\n"
		       "</style></head><body>\n");
	put_head(matrix, text);
	text_add(text, "<h2>By version</h2>\n<p>A blank: the scenario says nothing about that "
		       "version. Versions with single patches left out or added stand in the "
		       "tables below.</p>\n");
	put_grid(matrix, text);
	for (size_t i = 0; i < matrix->families.count; i++)
		put_family(&matrix->families.items[i], text);
	text_add(text, "<p class=\"foot\">Made by <code>cmake --build build --target "
		       "matrix</code> from <code>baton run --json scenarios</code>.</p>\n"
		       "</body></html>\n");
}
