/* SPDX-License-Identifier: MIT */
/*
 * select.h - the variants and cells of a scenario that somebody asked for.
 *
 * Layer: cli. May include: scenario, base.
 */
#ifndef CLI_SELECT_H
#define CLI_SELECT_H

#include "scenario/runner.h"
#include "scenario/scenario.h"

/* Every cell of the matrix. */
#define SELECT_ALL_CELLS (-1)

/* @glob: a pattern of the shell for the whole title; NULL: any. */
bool select_matches(const struct variant *variant, const char *glob);

/**
 * select_variant() - look up a variant by its title.
 * @err: the nearest title, or all there are
 *
 * Return: its index, or -1.
 */
int select_variant(const struct scenario *scenario, const char *title, struct err *err);

/**
 * select_cell() - look up a cell by its name, as scenario_cell_name() makes it.
 * @name: NULL for the only cell of a scenario without a matrix
 *
 * Return: its index, or -1 if there is none.
 */
int select_cell(const struct scenario *scenario, const char *name, struct err *err);

/* Append "D03-single-check v5.19", and the cell where there is a matrix: " [tlb=ipi]". */
void select_title(const struct run_case *which, struct text *text);

#endif
