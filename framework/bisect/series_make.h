/* SPDX-License-Identifier: MIT */
/*
 * series_make.h - a series from titles.
 *
 * Layer: bisect, private to it.
 */
#ifndef BISECT_SERIES_MAKE_H
#define BISECT_SERIES_MAKE_H

#include "bisect/series.h"

struct series_titles {
	VEC(char *) list; /* malloc'ed */
};

void series_titles_release(struct series_titles *titles);

/**
 * series_make() - the states are the given scenario with variants of these titles.
 * @titles: released
 *
 * Return: 0, or -1 with the scenario of @series as it was.
 */
int series_make(struct series *series, struct series_titles *titles, struct err *err);

#endif
