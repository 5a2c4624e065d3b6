/* SPDX-License-Identifier: MIT */
/*
 * text.h - growable strings.
 *
 * A struct text always holds a terminated string: bytes[length] is 0, also when
 * nothing was ever added. All functions take @text by reference and may move
 * text->bytes.
 *
 * Layer: base. May include: nothing.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct text {
	char *bytes;
	size_t length; /* without the terminator */
	size_t size;   /* allocated; 0 while bytes is the shared empty string */
};

extern char text_empty[1];
#define TEXT_INIT                \
	{                        \
		text_empty, 0, 0 \
	}

void text_init(struct text *text);
void text_release(struct text *text);
/* Make it empty and keep the memory. */
void text_clear(struct text *text);
void text_add(struct text *text, const char *string);
void text_add_bytes(struct text *text, const char *bytes, size_t length);
void text_add_char(struct text *text, char c);
/* Add @c until the text is @column bytes long; nothing if it is longer. */
void text_pad(struct text *text, size_t column, char c);
/* Remove each @c at the end. */
void text_trim(struct text *text, char c);
/* Add one word of a command, as a shell reads it: in quotes if it needs them. */
void text_add_shell(struct text *text, const char *word);
/* Add @number with a ',' between groups of three digits: "12,345". */
void text_add_count(struct text *text, uint64_t number);
/* Add a number and what is counted: "1 step", "12,345 steps". */
void text_add_counted(struct text *text, uint64_t number, const char *one, const char *many);
void text_addf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_vaddf(struct text *text, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));
/* Hand over the string (free() it); the text is empty afterwards. */
char *text_detach(struct text *text);

#endif
