/* SPDX-License-Identifier: MIT */
#include "check/rules.h"

#include <ctype.h>
#include <string.h>

#include "base/vec.h"

#define LINE_COLUMNS_MAX 100
#define FILE_LINES_MAX 400
#define TAB_COLUMNS 8

static const char *const leftovers[] = { "TODO", "FIXME", "XXX" };

bool is_c(const struct file *file)
{
	return ends(file->path, ".c") || ends(file->path, ".h") || ends(file->path, ".y") ||
	       ends(file->path, ".l");
}

/* Everything that people write in a language: not prose, data, or the licence. */
static bool is_source(const struct file *file)
{
	static const char *const kinds[] = {
		".S",   ".sh",  ".py",  ".js",           "CMakeLists.txt",
		".scn", "/run", ".css", ".clang-format", ".clang-tidy"
	};

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (ends(file->path, kinds[i]))
			return true;
	return is_c(file) || !strcmp(file->path, "bootstrap");
}

/* Input for a fuzzer: text, but not as it should be. */
static bool is_hostile(const struct file *file)
{
	return begins(file->path, "fuzz/corpus/");
}

/* Length of the UTF-8 sequence at @s, 0 if it is none. */
static size_t utf8_length(const char *s)
{
	unsigned char lead = (unsigned char)*s;
	size_t n = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;

	if (lead == 0 || lead > 0xf4)
		return 0;
	for (size_t i = 1; i < n; i++)
		if (((unsigned char)s[i] & 0xc0) != 0x80)
			return 0;
	return n;
}

static bool check_text(const struct file *file)
{
	size_t n;

	for (size_t at = 0; at < file->length; at += n) {
		n = utf8_length(file->bytes + at);
		if (!n) {
			found(file, at, "not text");
			return false;
		}
	}
	if (file->length && file->bytes[file->length - 1] != '\n' && !is_hostile(file))
		found(file, file->length, "no line end at the end of the file");
	return true;
}

static void check_spdx(const struct file *file)
{
	size_t from = begins(file->bytes, "#!") ? line_end(file, 0) + 1 : 0;
	const char *tag = strstr(file->bytes, "SPDX-License-Identifier: MIT");

	if (!tag || (size_t)(tag - file->bytes) < from ||
	    (size_t)(tag - file->bytes) > line_end(file, from))
		found(file, from, "the first line is not SPDX-License-Identifier: MIT");
}

static size_t columns(const struct file *file, size_t at, size_t end)
{
	size_t count = 0;

	for (; at < end; at++) {
		if (file->bytes[at] == '\t')
			count += TAB_COLUMNS - count % TAB_COLUMNS;
		else
			count += ((unsigned char)file->bytes[at] & 0xc0) != 0x80;
	}
	return count;
}

static void check_lines(const struct file *file)
{
	size_t end, width, lines = 0;

	for (size_t at = 0; at < file->length; at = end + 1) {
		end = line_end(file, at);
		width = columns(file, at, end);
		if (end > at && isspace((unsigned char)file->bytes[end - 1]) && !is_hostile(file))
			found(file, at, "blank at the end of the line");
		if (width > LINE_COLUMNS_MAX && is_source(file))
			found(file, at, "%zu columns, more than %d", width, LINE_COLUMNS_MAX);
		lines++;
	}
	if (lines > FILE_LINES_MAX && is_source(file))
		found(file, file->length - 1, "%zu lines, more than %d", lines, FILE_LINES_MAX);
}

/* In C, a literal may name them: this file does. */
static void check_leftovers(const struct file *file)
{
	for (size_t at = 0; at < file->length; at++) {
		if (is_c(file) && file->literals[at] != ' ')
			continue;
		for (size_t i = 0; i < ARRAY_SIZE(leftovers); i++)
			if (is_word_at(file->bytes, at, leftovers[i]))
				found(file, at, "%s left over", leftovers[i]);
	}
}

bool rules_text(const struct file *file)
{
	if (!check_text(file))
		return false;
	if (is_source(file))
		check_spdx(file);
	check_lines(file);
	check_leftovers(file);
	return true;
}
