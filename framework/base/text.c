/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/vec.h"

char text_empty[1];

void text_init(struct text *text)
{
	*text = (struct text)TEXT_INIT;
}

void text_release(struct text *text)
{
	if (text->size)
		free(text->bytes);
	text_init(text);
}

void text_clear(struct text *text)
{
	text->length = 0;
	if (text->size)
		text->bytes[0] = 0;
}

static void text_reserve(struct text *text, size_t more)
{
	size_t need = text->length + more + 1;
	size_t size = text->size ? text->size : 64;

	if (need <= text->size)
		return;
	while (size < need)
		size *= 2;
	text->bytes = xrealloc(text->size ? text->bytes : NULL, size);
	text->size = size;
	text->bytes[text->length] = 0;
}

void text_add_bytes(struct text *text, const char *bytes, size_t length)
{
	if (!length)
		return;
	text_reserve(text, length);
	memcpy(text->bytes + text->length, bytes, length);
	text->length += length;
	text->bytes[text->length] = 0;
}

void text_add(struct text *text, const char *string)
{
	text_add_bytes(text, string, strlen(string));
}

void text_add_char(struct text *text, char c)
{
	text_add_bytes(text, &c, 1);
}

void text_pad(struct text *text, size_t column, char c)
{
	while (text->length < column)
		text_add_char(text, c);
}

void text_trim(struct text *text, char c)
{
	while (text->length && text->bytes[text->length - 1] == c)
		text->bytes[--text->length] = 0;
}

void text_vaddf(struct text *text, const char *format, va_list args)
{
	va_list again;
	int length;

	va_copy(again, args);
	length = vsnprintf(NULL, 0, format, args);
	BUG_ON(length < 0);
	text_reserve(text, (size_t)length);
	vsnprintf(text->bytes + text->length, (size_t)length + 1, format, again);
	text->length += (size_t)length;
	va_end(again);
}

void text_addf(struct text *text, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	text_vaddf(text, format, args);
	va_end(args);
}

char *text_detach(struct text *text)
{
	char *bytes;

	text_reserve(text, 0);
	bytes = text->bytes;
	text_init(text);
	return bytes;
}

void text_add_count(struct text *text, uint64_t number)
{
	if (number >= 1000) {
		text_add_count(text, number / 1000);
		text_addf(text, ",%03u", (unsigned int)(number % 1000));
	} else {
		text_addf(text, "%u", (unsigned int)number);
	}
}

void text_add_counted(struct text *text, uint64_t number, const char *one, const char *many)
{
	text_add_count(text, number);
	text_addf(text, " %s", number == 1 ? one : many);
}

void text_add_shell(struct text *text, const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_-./+=,:@";

	if (*word && strspn(word, plain) == strlen(word)) {
		text_add(text, word);
		return;
	}
	text_add_char(text, '\'');
	for (; *word; word++) {
		if (*word == '\'')
			text_add(text, "'\\'");
		text_add_char(text, *word);
	}
	text_add_char(text, '\'');
}
