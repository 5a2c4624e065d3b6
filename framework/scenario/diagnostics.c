/* SPDX-License-Identifier: MIT */
#include "scenario/diagnostics.h"

#include <stdarg.h>

/* Columns of a source line that are shown; a longer one is cut around the caret. */
#define WIDTH 88
/* Columns kept before the caret when a line is cut. */
#define LEAD 40

void diagnostics_init(struct diagnostics *diagnostics, const struct source *source)
{
	*diagnostics = (struct diagnostics){ .source = source };
}

void diagnostics_release(struct diagnostics *diagnostics)
{
	for (size_t i = 0; i < diagnostics->list.count; i++)
		free(diagnostics->list.items[i].text);
	vec_release(&diagnostics->list);
}

static void __attribute__((format(printf, 3, 0)))
add(struct diagnostics *diagnostics, struct diagnostic diagnostic, const char *format, va_list args)
{
	struct text text = TEXT_INIT;

	text_vaddf(&text, format, args);
	diagnostic.text = text_detach(&text);
	vec_push(&diagnostics->list, diagnostic);
}

void diagnostics_error(struct diagnostics *diagnostics, struct span at, const char *format, ...)
{
	struct diagnostic error = { SEVERITY_ERROR, at, NULL };
	va_list args;

	if (diagnostics->errors++ >= DIAGNOSTICS_MAX)
		return;
	va_start(args, format);
	add(diagnostics, error, format, args);
	va_end(args);
}

void diagnostics_warning(struct diagnostics *diagnostics, struct span at, const char *format, ...)
{
	struct diagnostic warning = { SEVERITY_WARNING, at, NULL };
	va_list args;

	if (diagnostics->warnings++ >= DIAGNOSTICS_MAX)
		return;
	va_start(args, format);
	add(diagnostics, warning, format, args);
	va_end(args);
}

void diagnostics_move(struct diagnostics *diagnostics, struct diagnostics *from)
{
	for (size_t i = 0; i < from->list.count; i++)
		vec_push(&diagnostics->list, from->list.items[i]);
	diagnostics->errors += from->errors;
	diagnostics->warnings += from->warnings;
	vec_release(&from->list);
	from->errors = from->warnings = 0;
}

unsigned int diagnostics_line(const struct diagnostics *diagnostics, struct span at)
{
	return source_position(diagnostics->source, at.begin).line;
}

/* Length of the UTF-8 character at @offset; 0 if the bytes are none, or not to be printed. */
static uint32_t printable(const struct source *source, uint32_t offset, uint32_t end)
{
	unsigned char c = (unsigned char)source->text[offset];
	uint32_t length = c < 0x80 ? 1 :
			  c < 0xc2 ? 0 :
			  c < 0xe0 ? 2 :
			  c < 0xf0 ? 3 :
			  c < 0xf5 ? 4 :
				     0;

	if (c < 0x20 || c == 0x7f || length > end - offset)
		return 0;
	for (uint32_t i = 1; i < length; i++)
		if (((unsigned char)source->text[offset + i] & 0xc0) != 0x80)
			return 0;
	return length;
}

/* A tab becomes one blank, which keeps the caret right at any width of tabs. */
static void add_columns(struct text *out, const struct source *source, struct span span)
{
	for (uint32_t i = span.begin; i < span.end;) {
		uint32_t length = printable(source, i, span.end);

		if (length)
			text_add_bytes(out, source->text + i, length);
		else
			text_add_char(out, source->text[i] == '\t' ? ' ' : '?');
		i += length ? length : 1;
	}
}

/* Columns that add_columns() makes of @span. */
static unsigned int columns(const struct source *source, struct span span)
{
	unsigned int count = 0;

	for (uint32_t i = span.begin; i < span.end; count++) {
		uint32_t length = printable(source, i, span.end);

		i += length ? length : 1;
	}
	return count;
}

/* The part of line @line that is shown; bytes count as columns here, which is near enough. */
static struct span window(struct span line, uint32_t caret)
{
	struct span shown = line;

	if (line.end - line.begin <= WIDTH)
		return line;
	if (caret - line.begin > LEAD)
		shown.begin = caret - LEAD;
	if (line.end - shown.begin > WIDTH)
		shown.end = shown.begin + WIDTH;
	return shown;
}

static void tell_line(struct text *out, const struct source *source, unsigned int number,
		      struct span at)
{
	struct span line = source_line(source, number);
	struct span shown = window(line, at.begin > line.end ? line.end : at.begin);
	struct span before = { shown.begin, at.begin > shown.end ? shown.end : at.begin };
	struct span marked = { before.end, at.end > shown.end ? shown.end : at.end };
	unsigned int tail;

	text_addf(out, "%5u | %s", number, shown.begin > line.begin ? "..." : "");
	add_columns(out, source, shown);
	text_addf(out, "%s\n      | ", shown.end < line.end ? "..." : "");
	if (shown.begin > line.begin)
		text_add(out, "   ");
	text_pad(out, out->length + columns(source, before), ' ');
	text_add_char(out, '^');
	tail = columns(source, marked);
	text_pad(out, out->length + (tail ? tail - 1 : 0), '~');
	text_add_char(out, '\n');
}

static void tell(const struct diagnostics *diagnostics, const struct diagnostic *diagnostic,
		 struct text *out)
{
	static const char *const words[] = { "error", "warning" };
	const struct source *source = diagnostics->source;
	struct position position = source_position(source, diagnostic->at.begin);

	text_addf(out, "%s:%u:%u: %s: %s\n", source->path, position.line, position.column,
		  words[diagnostic->severity], diagnostic->text);
	tell_line(out, source, position.line, diagnostic->at);
}

/* Stable; there are at most a few hundred. */
static void sort(struct diagnostics *diagnostics)
{
	struct diagnostic *list = diagnostics->list.items;

	for (size_t i = 1; i < diagnostics->list.count; i++) {
		struct diagnostic moved = list[i];
		size_t j = i;

		for (; j > 0 && list[j - 1].at.begin > moved.at.begin; j--)
			list[j] = list[j - 1];
		list[j] = moved;
	}
}

static void tell_dropped(const struct diagnostics *diagnostics, unsigned int count,
			 const char *what, struct text *out)
{
	if (count > DIAGNOSTICS_MAX)
		text_addf(out, "%s: %u more %s%s are not shown\n", diagnostics->source->path,
			  count - DIAGNOSTICS_MAX, what, count - DIAGNOSTICS_MAX > 1 ? "s" : "");
}

void diagnostics_tell(struct diagnostics *diagnostics, struct err *err)
{
	sort(diagnostics);
	for (size_t i = 0; i < diagnostics->list.count; i++)
		tell(diagnostics, &diagnostics->list.items[i], &err->text);
	tell_dropped(diagnostics, diagnostics->errors, "error", &err->text);
	tell_dropped(diagnostics, diagnostics->warnings, "warning", &err->text);
	err->count += diagnostics->errors;
}
