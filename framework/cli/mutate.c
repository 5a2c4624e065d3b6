/* SPDX-License-Identifier: MIT */
/*
 * mutate.c - which mutants and cases there are, and what is known of them beforehand.
 */
#include "cli/mutate.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* By place in the source; records of one line stay in the order of the program. */
static int compare(const void *a, const void *b)
{
	const struct baton_mutable *first = ((const struct mutant *)a)->place;
	const struct baton_mutable *second = ((const struct mutant *)b)->place;
	int order = strcmp(first->point->file, second->point->file);

	if (!order)
		order = (first->point->line > second->point->line) -
			(first->point->line < second->point->line);
	return order ? order : (first > second) - (first < second);
}

/* Lines move, so what tells equal calls of a function apart is their number. */
static void name_mutant(struct mutation *mutation, size_t index)
{
	struct mutant *mutant = &mutation->mutants.items[index];
	const struct baton_mutable *place = mutant->place;
	struct text name = TEXT_INIT;
	unsigned int number = 1;

	for (size_t i = 0; i < index; i++) {
		const struct baton_mutable *other = mutation->mutants.items[i].place;

		number += !strcmp(other->point->file, place->point->file) &&
			  !strcmp(other->function, place->function) &&
			  !strcmp(other->point->name, place->point->name);
	}
	text_addf(&name, "%s %s(): %s", base_name(place->point->file), place->function,
		  place->point->name);
	if (number > 1)
		text_addf(&name, " #%u", number);
	mutant->name = text_detach(&name);
}

static void release_mutant(struct mutant *mutant)
{
	free(mutant->name);
	free(mutant->what);
	free(mutant->reason);
}

void mutate_init(struct mutation *mutation)
{
	const struct baton_mutable *place = NULL;

	*mutation = (struct mutation){ .jobs = 1 };
	while ((place = baton_mutable_next(place))) {
		mutation->place_count++;
		vec_push(&mutation->mutants, (struct mutant){ .place = place });
	}
	if (mutation->mutants.count)
		qsort(mutation->mutants.items, mutation->mutants.count,
		      sizeof(*mutation->mutants.items), compare);
	for (size_t i = 0; i < mutation->mutants.count; i++)
		name_mutant(mutation, i);
}

void mutate_choose(struct mutation *mutation, const char *kind)
{
	size_t kept = 0;

	for (size_t i = 0; i < mutation->mutants.count; i++) {
		struct mutant *mutant = &mutation->mutants.items[i];

		if (strcmp(mutant->place->kind, kind) != 0)
			release_mutant(mutant);
		else
			mutation->mutants.items[kept++] = *mutant;
	}
	mutation->mutants.count = kept;
}

void mutate_release(struct mutation *mutation)
{
	for (size_t i = 0; i < mutation->mutants.count; i++)
		release_mutant(&mutation->mutants.items[i]);
	for (size_t i = 0; i < mutation->cases.count; i++)
		free(mutation->cases.items[i].reached);
	for (size_t i = 0; i < mutation->scenarios.count; i++)
		scenario_free(mutation->scenarios.items[i]);
	vec_release(&mutation->mutants);
	vec_release(&mutation->cases);
	vec_release(&mutation->scenarios);
}

static struct mutant *find_mutant(struct mutation *mutation, const char *name)
{
	for (size_t i = 0; i < mutation->mutants.count; i++)
		if (!strcmp(mutation->mutants.items[i].name, name))
			return &mutation->mutants.items[i];
	return NULL;
}

/* A line that begins with a blank goes on with the reason of the mutant named before it. */
static void add_reason(struct mutant *mutant, const char *line)
{
	struct text reason = TEXT_INIT;

	if (mutant->reason)
		text_addf(&reason, "%s ", mutant->reason);
	text_add(&reason, line + strspn(line, " \t"));
	free(mutant->reason);
	mutant->reason = text_detach(&reason);
}

static void read_reasons(struct mutation *mutation, FILE *file, const char *path, struct err *err)
{
	struct mutant *mutant = NULL;
	char *line = NULL;
	size_t size = 0;
	ssize_t length;

	for (unsigned int number = 1; (length = getline(&line, &size, file)) >= 0; number++) {
		while (length > 0 && isspace((unsigned char)line[length - 1]))
			line[--length] = 0;
		if (!length || *line == '#')
			continue;
		if (isspace((unsigned char)*line)) {
			if (mutant)
				add_reason(mutant, line);
			continue;
		}
		mutant = find_mutant(mutation, line);
		if (!mutant)
			err_add(err, "%s:%u: no mutant is called '%s': see 'mutate --list'", path,
				number, line);
	}
	free(line);
}

int mutate_read_reasons(struct mutation *mutation, const char *path, struct err *err)
{
	unsigned int before = err->count;
	FILE *file = fopen(path, "re");

	if (!file)
		return err_add(err, "cannot read '%s': %s", path, strerror(errno));
	read_reasons(mutation, file, path, err);
	fclose(file);
	return err->count > before ? -1 : 0;
}

/* Does it expect something never to be seen, and nothing else? */
static bool is_case(const struct variant *variant)
{
	for (size_t i = 0; i < variant->verdicts.count; i++)
		if (variant->verdicts.items[i].word == EXPECT_SOMETIMES)
			return false;
	return true;
}

static void add_cases(struct mutation *mutation, const struct scenario *scenario)
{
	for (unsigned int i = 0; i < scenario->variants.count; i++)
		for (unsigned int cell = 0; cell < scenario_cell_count(scenario); cell++) {
			struct mutate_case which = { .which = { scenario, i, cell } };

			if (!is_case(&scenario->variants.items[i]))
				continue;
			which.reached = xcalloc(mutation->place_count, sizeof(bool));
			vec_push(&mutation->cases, which);
		}
}

int mutate_load(struct mutation *mutation, const struct paths *paths, struct err *err)
{
	unsigned int before = err->count;

	for (size_t i = 0; i < paths->list.count; i++) {
		struct scenario *scenario = scenario_load(paths->list.items[i], cli_models, err);

		if (!scenario)
			continue;
		vec_push(&mutation->scenarios, scenario);
		add_cases(mutation, scenario);
	}
	if (!mutation->cases.count && !err->count)
		err_add(err, "no variant expects only what never is seen: nothing could kill a "
			     "mutant");
	return !mutation->cases.count || err->count > before ? -1 : 0;
}
