/* SPDX-License-Identifier: MIT */
#include "base/err.h"

#include <stdint.h>
#include <string.h>

#include "base/vec.h"

/* Longer words are not compared: no name of ours is that long. */
#define WORD_MAX 64

void err_release(struct err *err)
{
	text_release(&err->text);
	err->count = 0;
	err->bug = false;
}

static int add(struct err *err, const char *what, const char *format, va_list args)
	__attribute__((format(printf, 3, 0)));

static int add(struct err *err, const char *what, const char *format, va_list args)
{
	text_add(&err->text, what);
	text_vaddf(&err->text, format, args);
	text_add_char(&err->text, '\n');
	err->count++;
	return -1;
}

int err_add(struct err *err, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add(err, "error: ", format, args);
	va_end(args);
	return -1;
}

int err_bug(struct err *err, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add(err, "BUG: ", format, args);
	va_end(args);
	err->bug = true;
	return -1;
}

static size_t min3(size_t a, size_t b, size_t c)
{
	size_t least = a < b ? a : b;

	return least < c ? least : c;
}

/* Damerau-Levenshtein distance, adjacent swaps counted once (optimal string alignment). */
static size_t distance(const char *a, const char *b)
{
	size_t rows[3][WORD_MAX + 1];
	size_t *before = rows[0], *above = rows[1], *row = rows[2], *reused;
	size_t length_a = strlen(a), length_b = strlen(b);

	for (size_t j = 0; j <= length_b; j++)
		row[j] = j;
	for (size_t i = 1; i <= length_a; i++) {
		reused = before;
		before = above;
		above = row;
		row = reused;
		row[0] = i;
		for (size_t j = 1; j <= length_b; j++) {
			row[j] = min3(above[j] + 1, row[j - 1] + 1,
				      above[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    before[j - 2] + 1 < row[j])
				row[j] = before[j - 2] + 1;
		}
	}
	return row[length_b];
}

const char *err_nearest(const char *word, const char *const *candidates, size_t count)
{
	size_t limit = strlen(word) / 3, best = SIZE_MAX;
	const char *nearest = NULL;

	if (strlen(word) > WORD_MAX)
		return NULL;
	limit = limit < 1 ? 1 : limit > 2 ? 2 : limit;
	for (size_t i = 0; i < count; i++) {
		size_t d;

		if (!candidates[i] || strlen(candidates[i]) > WORD_MAX)
			continue;
		d = distance(word, candidates[i]);
		if (d <= limit && d < best) {
			best = d;
			nearest = candidates[i];
		}
	}
	return nearest;
}
