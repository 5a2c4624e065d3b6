/* SPDX-License-Identifier: MIT */
#include "cli/list.h"

/* Columns of "  permutations  ". */
#define INDENT 16

/* "  cpus        dio kswapd" */
static void put_heading(const char *heading, struct text *text)
{
	size_t start = text->length;

	text_addf(text, "  %s", heading);
	text_pad(text, start + INDENT, ' ');
}

static void put_words(const char *heading, struct text *words, struct text *text)
{
	if (words->length) {
		put_heading(heading, text);
		text_addf(text, "%s\n", words->bytes);
	}
	text_release(words);
}

static void add_word(struct text *words, const char *word)
{
	text_addf(words, "%s%s", words->length ? " " : "", word);
}

static void put_cpus(const struct scenario *scenario, struct text *text)
{
	struct text cpus = TEXT_INIT, irqs = TEXT_INIT;

	for (size_t i = 0; i < scenario->cpus.count + scenario->irq_count; i++) {
		const struct cpu *cpu = &scenario->cpus.items[i];

		add_word(cpu->irq ? &irqs : &cpus, cpu->name.text);
	}
	put_words("cpus", &cpus, text);
	put_words("irqs", &irqs, text);
}

static void put_predicates(const struct scenario *scenario, struct text *text)
{
	struct text predicates = TEXT_INIT, invariants = TEXT_INIT;

	for (size_t i = 0; i < scenario->predicates.count; i++) {
		const struct predicate *predicate = &scenario->predicates.items[i];

		add_word(predicate->invariant ? &invariants : &predicates, predicate->name.text);
	}
	put_words("predicates", &predicates, text);
	put_words("invariants", &invariants, text);
}

static void put_verdicts(const struct variant *variant, struct text *text)
{
	for (size_t i = 0; i < variant->verdicts.count; i++) {
		const struct expected *expected = &variant->verdicts.items[i];

		text_addf(text, "%s%s %s", i ? ", " : "", expectation_name(expected->word),
			  expected->name.text);
	}
}

static void put_variants(const struct scenario *scenario, struct text *text)
{
	for (size_t i = 0; i < scenario->variants.count; i++) {
		const struct variant *variant = &scenario->variants.items[i];

		put_heading(i ? "" : "variants", text);
		text_addf(text, "%s: ", variant->title);
		put_verdicts(variant, text);
		text_add_char(text, '\n');
	}
}

static void put_cells(const struct scenario *scenario, struct text *text)
{
	if (!scenario->matrix.count)
		return;
	for (unsigned int i = 0; i < scenario_cell_count(scenario); i++) {
		put_heading(i ? "" : "cells", text);
		text_addf(text, "%u: ", i);
		scenario_cell_name(scenario, i, text);
		text_add_char(text, '\n');
	}
}

void list_permutation(const struct scenario *scenario, const struct permutation *permutation,
		      struct text *text)
{
	for (size_t i = 0; i < permutation->items.count; i++) {
		struct span at = permutation->items.items[i].ref.at;

		text_add(text, i ? " " : "");
		text_add_bytes(text, scenario->source.text + at.begin, at.end - at.begin);
	}
}

static void put_permutations(const struct scenario *scenario, struct text *text)
{
	for (size_t i = 0; i < scenario->permutations.count; i++) {
		const struct permutation *permutation = &scenario->permutations.items[i];

		put_heading(i ? "" : "permutations", text);
		text_addf(text, "\"%s\": ", permutation->title.text ? permutation->title.text : "");
		list_permutation(scenario, permutation, text);
		text_add_char(text, '\n');
	}
}

void list_text(const struct scenario *scenario, struct text *text)
{
	text_addf(text, "%s: %s", scenario->source.path, scenario->name.text);
	if (scenario->title)
		text_addf(text, " \"%s\"", scenario->title);
	text_add_char(text, '\n');
	put_cpus(scenario, text);
	put_predicates(scenario, text);
	put_variants(scenario, text);
	put_cells(scenario, text);
	put_permutations(scenario, text);
}
