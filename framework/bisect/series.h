/* SPDX-License-Identifier: MIT */
/*
 * series.h - an ordered list of variants of one scenario: the states of its model.
 *
 * The states are the variants of a scenario that is the given one but for its block "variants".
 * Each of them judges all that any variant of the given one judges.
 *
 * Layer: bisect. May include: scenario, explore, engine, base.
 */
#ifndef BISECT_SERIES_H
#define BISECT_SERIES_H

#include "scenario/scenario.h"

struct series {
	const struct scenario *given;      /* this and models are the caller's */
	const struct model *const *models; /* as for scenario_load() */
	struct scenario *scenario;         /* variant i is state i */
	/* The patch that made state i of the one before it; NULL: none, or more than one. */
	VEC(const struct model_patch *) patches;
	VEC(char *) labels; /* what state i is, where that is shorter than its title; or none */
};

/**
 * series_variants() - the variants of the given scenario in the order of its file.
 * @series: its first two members are set; series_release() it also after an error
 *
 * Return: 0; -1 if there are fewer than two.
 */
int series_variants(struct series *series, struct err *err);

struct series_way {
	const char *from, *to; /* names of versions; to has all patches of from */
	const char
		*with; /* "+ paravirt-flush": made to from, before what was merged later; or NULL */
};

/**
 * series_patches() - what the model was on the way from one version to another.
 *
 * The first state is the version that it comes from. Each later one has one patch more, in the
 * order of the releases that they are in, and within one in the order of their dates.
 *
 * Return: 0, or -1 if there is no way from one to the other.
 */
int series_patches(struct series *series, const struct series_way *wanted, struct err *err);

/**
 * series_list() - variants from a text: one in a line, as in a scenario, without verdicts.
 * @path: of the text, for messages
 * @text: blank lines and what is behind a '#' are left out
 *
 * Return: 0, or -1 if a line is no variant, or there are fewer than two.
 */
int series_list(struct series *series, const char *path, const char *text, struct err *err);

/**
 * series_add() - append a state that is none of the list: to try something.
 * @title: "v5.9 - 09854ba94c6a"
 *
 * The scenario of @series is replaced: nothing may point into it.
 *
 * Return: its index, or -1 if there is no such variant.
 */
int series_add(struct series *series, const char *title, struct err *err);

void series_release(struct series *series);

/**
 * series_check_name() - can @name be judged? A predicate, invariant, oracle or finding.
 * @err: what is wrong with it, and the nearest name
 *
 * Return: 0, or -1.
 */
int series_check_name(const struct series *series, const char *name, struct err *err);

/* What state @i is, for people. */
const char *series_label(const struct series *series, size_t i);

/* Is @name a thing whose absence is bad: an invariant, or one that variants only want always? */
bool series_wants(const struct scenario *scenario, const char *name);

#endif
