/* SPDX-License-Identifier: MIT */
/*
 * err.h - errors: mistakes in the input, or of the machine.
 *
 * Libraries append to a struct err and return negative; only cli prints it. Each
 * message is "file:line:col: error: text" when it has a place, lower case, without
 * a full stop, and says what to write instead where that is known.
 *
 * Layer: base. May include: base/text.h.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

#include "base/text.h"

struct err {
	struct text text;
	unsigned int count; /* errors; notes and warnings are not counted */
	bool bug;           /* some of them cannot be unless baton, or what it runs, is broken */
};

#define ERR_INIT                    \
	{                           \
		TEXT_INIT, 0, false \
	}

void err_release(struct err *err);

/**
 * err_add() - add "error: ..." and a line end.
 *
 * Return: -1, so that a caller can write "return err_add(...)".
 */
int err_add(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/**
 * err_bug() - add "BUG: ..." and a line end, and remember that there was one.
 *
 * For what shows that no result can be trusted. Where baton itself breaks its rules,
 * BUG_ON() stops at once; this is for what must be told with its circumstances.
 *
 * Return: -1.
 */
int err_bug(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/**
 * err_nearest() - the candidate that a misspelt word most probably meant.
 * @word: what was written
 * @candidates: @count strings; NULL entries are skipped
 *
 * Return: the closest by edit distance, or NULL if none is close (distance at
 * most 2, and at most a third of the word's length, at least 1).
 */
const char *err_nearest(const char *word, const char *const *candidates, size_t count);

#endif
