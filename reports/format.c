/* SPDX-License-Identifier: MIT */
#include "reports/format.h"

#include <string.h>

#define WIDTH_DEFAULT 100u
#define WIDTH_MIN 60u
#define WIDTH_MAX 200u

unsigned int format_width(const struct report_options *options)
{
	unsigned int width = options->width ? options->width : WIDTH_DEFAULT;

	if (width < WIDTH_MIN)
		return WIDTH_MIN;
	return width > WIDTH_MAX ? WIDTH_MAX : width;
}

static bool starts_column(char c)
{
	return ((unsigned char)c & 0xc0) != 0x80;
}

size_t format_columns(const char *string)
{
	size_t columns = 0;

	for (; *string; string++)
		columns += starts_column(*string);
	return columns;
}

void format_styled(const char *string, const char *style, const struct report_options *options,
		   struct text *out)
{
	if (options->color)
		text_addf(out, "\033[%sm%s\033[0m", style, string);
	else
		text_add(out, string);
}

void format_clean(const char *string, struct text *out)
{
	for (; *string; string++)
		text_add_char(out, (unsigned char)*string < ' ' || *string == 0x7f ? ' ' : *string);
}

/* Bytes of the first @columns columns of @string, or all of it. */
static size_t bytes_of(const char *string, size_t columns)
{
	size_t i = 0;

	while (string[i]) {
		if (starts_column(string[i]) && !columns--)
			break;
		i++;
	}
	return i;
}

/* The last place in the bytes from @least to @length behind one of @joints; 0: none. */
static size_t last_joint(const char *word, size_t least, size_t length, const char *joints)
{
	for (size_t i = length; i > least; i--)
		if (strchr(joints, word[i - 1]) && !strchr("->", word[i]))
			return i;
	return 0;
}

/* Where to break a word of which @length bytes fit: between its parts, else at the end. */
static size_t break_word(const char *word, size_t length)
{
	size_t at = last_joint(word, length / 2, length, "/,;(=|");

	if (!at)
		at = last_joint(word, 2, length, "/,;(=|_.:->");
	return at ? at : length;
}

/* Bytes of @string for a line of @columns, without the blanks at the break. */
static size_t line_bytes(const char *string, size_t columns)
{
	size_t fits = bytes_of(string, columns), at = fits;

	if (!string[fits])
		return fits;
	while (at && string[at] != ' ')
		at--;
	while (at && string[at - 1] == ' ')
		at--;
	return at ? at : break_word(string, fits);
}

static char *make_line(const char *string, size_t length, size_t indent)
{
	struct text line = TEXT_INIT;

	text_pad(&line, indent, ' ');
	text_add_bytes(&line, string, length);
	return text_detach(&line);
}

/* Keep at least half of a narrow column for the words. */
static size_t limit_indent(size_t indent, size_t width)
{
	return indent > width / 2 ? width / 2 : indent;
}

struct format_lines format_wrap(const char *string, size_t width, size_t indent, size_t hang)
{
	struct format_lines lines = { 0 };
	size_t length;

	indent = limit_indent(indent, width);
	hang = limit_indent(hang, width);
	do {
		length = line_bytes(string, width - indent);
		vec_push(&lines.lines, make_line(string, length, indent));
		string += length;
		string += strspn(string, " ");
		indent = hang;
	} while (*string);
	return lines;
}

void format_lines_release(struct format_lines *lines)
{
	for (size_t i = 0; i < lines->lines.count; i++)
		free(lines->lines.items[i]);
	vec_release(&lines->lines);
}

void format_paragraph(const char *string, size_t indent, size_t hang,
		      const struct report_options *options, struct text *out)
{
	struct format_lines lines = format_wrap(string, format_width(options), indent, hang);

	for (size_t i = 0; i < lines.lines.count; i++)
		text_addf(out, "%s\n", lines.lines.items[i]);
	format_lines_release(&lines);
}
