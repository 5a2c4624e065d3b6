/* SPDX-License-Identifier: MIT */
#include "scenario/source.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

static int too_long(const char *path, struct err *err)
{
	text_addf(&err->text, "%s: error: more than %u MiB: this is no scenario\n", path,
		  SOURCE_SIZE_MAX >> 20);
	err->count++;
	return -1;
}

static int unreadable(const char *path, int reason, struct err *err)
{
	text_addf(&err->text, "%s: error: cannot be read: %s\n", path, strerror(reason));
	err->count++;
	return -1;
}

static void find_lines(struct source *source)
{
	vec_push(&source->lines, 0);
	for (uint32_t i = 0; i < source->length; i++)
		if (source->text[i] == '\n')
			vec_push(&source->lines, i + 1);
}

int source_copy(struct source *source, const char *path, const char *bytes, size_t length,
		struct err *err)
{
	if (length > SOURCE_SIZE_MAX)
		return too_long(path, err);
	*source = (struct source){ .path = xstrdup(path), .length = (uint32_t)length };
	source->text = xcalloc(length + 1, 1);
	if (length)
		memcpy(source->text, bytes, length);
	find_lines(source);
	return 0;
}

int source_read(struct source *source, const char *path, struct err *err)
{
	bool standard = strcmp(path, "-") == 0;
	const char *shown = standard ? "<stdin>" : path;
	struct text bytes = TEXT_INIT;
	int error, result;

	if (standard)
		error = file_read_from(STDIN_FILENO, SOURCE_SIZE_MAX, &bytes);
	else
		error = file_read(path, SOURCE_SIZE_MAX, &bytes);
	if (error == EFBIG)
		result = too_long(shown, err);
	else if (error)
		result = unreadable(shown, error, err);
	else
		result = source_copy(source, shown, bytes.bytes, bytes.length, err);
	text_release(&bytes);
	return result;
}

void source_release(struct source *source)
{
	free(source->path);
	free(source->text);
	vec_release(&source->lines);
	*source = (struct source){ 0 };
}

/* Index of the last line that begins at or before @offset. */
static size_t line_index(const struct source *source, uint32_t offset)
{
	size_t low = 0, high = source->lines.count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (source->lines.items[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

struct position source_position(const struct source *source, uint32_t offset)
{
	size_t line = line_index(source, offset);
	struct position position = { (unsigned int)line + 1, 1 };

	/* A character of UTF-8 is counted at its first byte. */
	for (uint32_t i = source->lines.items[line]; i < offset; i++)
		if (((unsigned char)source->text[i] & 0xc0) != 0x80)
			position.column++;
	return position;
}

struct span source_line(const struct source *source, unsigned int line)
{
	struct span span = { source->lines.items[line - 1], source->length };

	if (line < source->lines.count)
		span.end = source->lines.items[line] - 1;
	if (span.end > span.begin && source->text[span.end - 1] == '\r')
		span.end--;
	return span;
}
