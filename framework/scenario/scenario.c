/* SPDX-License-Identifier: MIT */
#include "scenario/scenario.h"

#include <string.h>

#include "base/bug.h"
#include "scenario/build.h"
#include "scenario/check.h"
#include "scenario/rules.h"

void scenario_free(struct scenario *scenario)
{
	if (!scenario)
		return;
	for (size_t i = 0; i < scenario->faults.options.count; i++)
		scenario_free(scenario->faults.options.items[i]);
	pool_release(&scenario->pool);
	source_release(&scenario->source);
	free(scenario);
}

/* A file with NUL bytes is not text, whatever else may be wrong with it. */
static bool is_text(const struct source *source, struct diagnostics *diagnostics)
{
	const char *nul = memchr(source->text, 0, source->length);
	uint32_t at = nul ? (uint32_t)(nul - source->text) : 0;

	if (nul)
		diagnostics_error(diagnostics, (struct span){ at, at + 1 },
				  "NUL byte: a scenario is plain text");
	return !nul;
}

static void parse_and_check(struct check *check, struct tokens *tokens,
			    const struct model *const *models)
{
	struct scenario *scenario = check->scenario;
	struct diagnostics *diagnostics = check->diagnostics;

	if (tokens->list.count == 1) {
		if (!diagnostics->errors)
			diagnostics_error(diagnostics, (struct span){ 0, 0 },
					  "empty: expected 'scenario NAME'");
		return;
	}
	tokens_balance(tokens, diagnostics);
	check->incomplete = !parse_run(scenario, tokens, diagnostics);
	check_all(check, models);
}

/* Takes the scenario, of which only the source is there. */
static struct scenario *read_source(struct scenario *scenario, const struct model *const *models,
				    bool old, struct err *err)
{
	struct diagnostics diagnostics;
	struct tokens tokens;
	struct check check = { .scenario = scenario,
			       .diagnostics = &diagnostics,
			       .tokens = &tokens,
			       .old = old };

	diagnostics_init(&diagnostics, &scenario->source);
	if (is_text(&scenario->source, &diagnostics)) {
		tokens_read(&tokens, &scenario->source, &scenario->pool, &diagnostics);
		parse_and_check(&check, &tokens, models);
		tokens_release(&tokens);
	}
	diagnostics_tell(&diagnostics, err);
	if (diagnostics.errors) {
		scenario_free(scenario);
		scenario = NULL;
	}
	diagnostics_release(&diagnostics);
	return scenario;
}

static struct scenario *load(const char *path, const struct model *const *models, bool old,
			     struct err *err)
{
	struct scenario *scenario = xcalloc(1, sizeof(*scenario));

	if (source_read(&scenario->source, path, err)) {
		free(scenario);
		return NULL;
	}
	return read_source(scenario, models, old, err);
}

struct scenario *scenario_load(const char *path, const struct model *const *models, struct err *err)
{
	return load(path, models, false, err);
}

struct scenario *scenario_load_old(const char *path, const struct model *const *models,
				   struct err *err)
{
	return load(path, models, true, err);
}

struct scenario *scenario_parse(const char *path, const char *bytes, size_t length,
				const struct model *const *models, struct err *err)
{
	struct scenario *scenario = xcalloc(1, sizeof(*scenario));

	if (source_copy(&scenario->source, path, bytes, length, err)) {
		free(scenario);
		return NULL;
	}
	return read_source(scenario, models, false, err);
}

/* ---- Faults of the command line */

static void add_faults(struct scenario *scenario, struct scenario *option)
{
	for (size_t i = 0; i < option->faults.list.count; i++) {
		option->faults.list.items[i].option = &option->source;
		pool_push(&scenario->pool, &scenario->faults.list, option->faults.list.items[i]);
	}
	pool_push(&scenario->pool, &scenario->faults.options, option);
}

static void check_option(struct scenario *scenario, struct scenario *option,
			 const struct tokens *tokens, struct diagnostics *diagnostics)
{
	struct check check = { .scenario = scenario,
			       .model = scenario->model,
			       .diagnostics = diagnostics,
			       .tokens = tokens };
	size_t count = scenario->faults.list.count + option->faults.list.count;

	for (size_t i = 0; i < option->faults.list.count; i++)
		check_fault(&check, &option->faults.list.items[i]);
	if (count > FAULT_RULES_MAX)
		diagnostics_error(diagnostics, (struct span){ 0, option->source.length },
				  "%zu 'fail' lines with those of the scenario, at most %d", count,
				  FAULT_RULES_MAX);
}

int scenario_add_faults(struct scenario *scenario, const char *option, struct err *err)
{
	struct scenario *added = xcalloc(1, sizeof(*added));
	struct diagnostics diagnostics;
	struct tokens tokens;
	int status;

	if (source_copy(&added->source, "--fail", option, strlen(option), err)) {
		free(added);
		return -1;
	}
	diagnostics_init(&diagnostics, &added->source);
	tokens_read(&tokens, &added->source, &added->pool, &diagnostics);
	parse_option(added, &tokens, &diagnostics);
	if (!diagnostics.errors)
		check_option(scenario, added, &tokens, &diagnostics);
	tokens_release(&tokens);
	diagnostics_tell(&diagnostics, err);
	status = diagnostics.errors ? -1 : 0;
	diagnostics_release(&diagnostics);
	if (status)
		scenario_free(added);
	else
		add_faults(scenario, added);
	return status;
}

char *scenario_added_faults(const struct scenario *scenario)
{
	struct text text = TEXT_INIT;
	char *line;

	if (!scenario->faults.options.count)
		return NULL;
	for (size_t i = 0; i < scenario->faults.options.count; i++)
		text_addf(&text, "%s%s", i ? "; " : "",
			  scenario->faults.options.items[i]->source.text);
	line = text_detach(&text);
	for (char *c = line; *c; c++)
		*c = *c == '\n' || *c == '\t' || *c == '\r' ? ' ' : *c;
	return line;
}

/* ---- The matrix */

unsigned int scenario_cell_count(const struct scenario *scenario)
{
	size_t count = 1;

	for (size_t i = 0; i < scenario->matrix.count; i++)
		count *= scenario->matrix.items[i].values.count;
	return (unsigned int)count;
}

/* The value that line @axis of the matrix has in @cell. */
static const struct axis_value *value_in(const struct scenario *scenario, size_t axis,
					 unsigned int cell)
{
	size_t below = 1;

	for (size_t i = axis + 1; i < scenario->matrix.count; i++)
		below *= scenario->matrix.items[i].values.count;
	return &scenario->matrix.items[axis]
			.values.items[cell / below % scenario->matrix.items[axis].values.count];
}

void scenario_cell_name(const struct scenario *scenario, unsigned int cell, struct text *text)
{
	for (size_t i = 0; i < scenario->matrix.count; i++)
		text_addf(text, "%s%s=%s", i ? " " : "", scenario->matrix.items[i].name.text,
			  value_in(scenario, i, cell)->name.text);
}

int scenario_rules(const struct scenario *scenario, unsigned int variant, unsigned int cell,
		   unsigned int *rules, struct err *err)
{
	struct matrix_cell settings = { 0 };

	BUG_ON(variant >= scenario->variants.count || cell >= scenario_cell_count(scenario));
	for (size_t i = 0; i < scenario->matrix.count; i++) {
		settings.settings[i].rule = scenario->matrix.items[i].rule;
		settings.settings[i].value = value_in(scenario, i, cell)->index;
		settings.count++;
	}
	if (variant_rules(scenario->model, &scenario->variants.items[variant], &settings, rules))
		return err_add(err, "model '%s': the tables of rules and patches do not agree",
			       scenario->model->name);
	return 0;
}
