/* SPDX-License-Identifier: MIT */
/*
 * scenario.h - reading a scenario file into a tree that can be run.
 *
 * Layer: scenario. May include: explore, engine, base.
 */
#ifndef SCENARIO_SCENARIO_H
#define SCENARIO_SCENARIO_H

#include "base/err.h"
#include "scenario/ast.h"

/**
 * scenario_load() - read, parse and check a scenario file.
 * @path: of the file; "-" is the standard input
 * @models: those that "use NAME;" may name; ends with NULL; they outlive the scenario
 * @err: gets all errors of the file, each with its place and the line; and the warnings,
 *       which it does not count
 *
 * Return: the scenario, to be freed with scenario_free(); NULL if there was an error.
 */
struct scenario *scenario_load(const char *path, const struct model *const *models,
			       struct err *err);

/**
 * scenario_parse() - scenario_load() from memory.
 * @path: what messages call it
 * @bytes: @length bytes, copied
 */
struct scenario *scenario_parse(const char *path, const char *bytes, size_t length,
				const struct model *const *models, struct err *err);

/**
 * scenario_load_old() - scenario_load() of a file that is older than the program.
 *
 * Points in orders that the program does not have (any more) are no errors: those orders are
 * not obeyed. They are in @lost of the scenario.
 */
struct scenario *scenario_load_old(const char *path, const struct model *const *models,
				   struct err *err);

/**
 * scenario_add_faults() - let more fail than the scenario says: "mm/alloc_page nth=2".
 * @option: what a 'fail' line says without 'fail' and the ';' at its end. Between its words
 *	    there may be ',' and '='; a ';' ends one line and begins the next
 * @err: gets all errors of the option, each with its place in it
 *
 * Return: 0, or -1 and nothing is added.
 */
int scenario_add_faults(struct scenario *scenario, const char *option, struct err *err);

/**
 * scenario_added_faults() - all that scenario_add_faults() has added, as one option.
 *
 * Return: on one line, to be given to free(); NULL if nothing was added.
 */
char *scenario_added_faults(const struct scenario *scenario);

/* @scenario may be NULL. */
void scenario_free(struct scenario *scenario);

/* Number of cells of the matrix: at least 1, also without one. */
unsigned int scenario_cell_count(const struct scenario *scenario);

/**
 * scenario_cell_name() - append "tlb=ipi batched=0"; nothing without a matrix.
 * @cell: index, in the order of the file: the last line of the matrix varies fastest
 */
void scenario_cell_name(const struct scenario *scenario, unsigned int cell, struct text *text);

/**
 * scenario_rules() - the rules of one variant in one cell.
 * @variant: index in the scenario's variants
 * @cell: index, 0 without a matrix
 * @rules: out: index of the value in force, one per rule of the model; room for
 *         MODEL_RULES_MAX
 *
 * Return: 0, or -1 if the tables of the model contradict themselves.
 */
int scenario_rules(const struct scenario *scenario, unsigned int variant, unsigned int cell,
		   unsigned int *rules, struct err *err);

#endif
