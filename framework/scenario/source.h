/* SPDX-License-Identifier: MIT */
/*
 * source.h - the text of a scenario file, and places in it.
 *
 * A place is a span of byte offsets; lines and columns are worked out only when
 * somebody is told about it.
 *
 * Layer: scenario. May include: base.
 */
#ifndef SCENARIO_SOURCE_H
#define SCENARIO_SOURCE_H

#include <stdint.h>

#include "base/err.h"
#include "base/vec.h"

/* Bytes; a longer file is no scenario. */
#define SOURCE_SIZE_MAX (4u << 20)

/* Bytes [begin, end) of a file. */
struct span {
	uint32_t begin, end;
};

/* Both from 1; a column is a character, a tab is one too. */
struct position {
	unsigned int line, column;
};

struct source {
	char *path; /* as messages name it */
	char *text; /* terminated */
	uint32_t length;
	VEC(uint32_t) lines; /* offset of the begin of each line */
};

/**
 * source_read() - read a file; "-" is the standard input, called "<stdin>".
 *
 * Return: 0, or -1 with the reason in @err and nothing to release.
 */
int source_read(struct source *source, const char *path, struct err *err);

/**
 * source_copy() - take the text from memory.
 * @path: what messages call it
 * @bytes: @length bytes, copied
 *
 * Return: 0, or -1 if it is too long, with nothing to release.
 */
int source_copy(struct source *source, const char *path, const char *bytes, size_t length,
		struct err *err);

void source_release(struct source *source);

/**
 * source_position() - line and column of byte @offset, 0..length.
 */
struct position source_position(const struct source *source, uint32_t offset);

/**
 * source_line() - line @line (from 1) without its line end.
 */
struct span source_line(const struct source *source, unsigned int line);

#endif
