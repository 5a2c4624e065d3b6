/* SPDX-License-Identifier: MIT */
#include "reports/json_out.h"

#include <string.h>

#include "reports/utf8.h"

/* What JSON wants behind a '\\' instead of the character itself. */
static char escape_of(char c)
{
	static const char characters[] = "\"\\\b\f\n\r\t", escapes[] = "\"\\bfnrt";
	const char *found = c ? strchr(characters, c) : NULL;

	return found ? escapes[found - characters] : 0;
}

static void put_string(struct json_out *out, const char *string)
{
	struct text valid = TEXT_INIT;

	utf8_repair(string, &valid);
	text_add_char(out->text, '"');
	for (size_t i = 0; i < valid.length; i++) {
		char c = valid.bytes[i];

		if (escape_of(c))
			text_addf(out->text, "\\%c", escape_of(c));
		else if ((unsigned char)c < ' ')
			text_addf(out->text, "\\u%04X", (unsigned int)c);
		else
			text_add_char(out->text, c);
	}
	text_add_char(out->text, '"');
	text_release(&valid);
}

static void new_line(struct json_out *out)
{
	if (!out->indent)
		return;
	text_add_char(out->text, '\n');
	text_pad(out->text, out->text->length + (size_t)out->indent * out->depth, ' ');
}

static void begin_member(struct json_out *out, const char *key)
{
	if (out->filled)
		text_add_char(out->text, ',');
	if (out->depth)
		new_line(out);
	out->filled = true;
	if (!key)
		return;
	put_string(out, key);
	text_add(out->text, out->indent ? ": " : ":");
}

void json_out_begin(struct json_out *out, const char *key, char bracket)
{
	begin_member(out, key);
	text_add_char(out->text, bracket);
	out->depth++;
	out->filled = false;
}

void json_out_end(struct json_out *out, char bracket)
{
	out->depth--;
	if (out->filled)
		new_line(out);
	text_add_char(out->text, bracket);
	out->filled = true;
}

void json_out_string(struct json_out *out, const char *key, const char *string)
{
	begin_member(out, key);
	if (string)
		put_string(out, string);
	else
		text_add(out->text, "null");
}

void json_out_number(struct json_out *out, const char *key, uint64_t number)
{
	begin_member(out, key);
	text_addf(out->text, "%llu", (unsigned long long)number);
}

void json_out_integer(struct json_out *out, const char *key, long number)
{
	begin_member(out, key);
	text_addf(out->text, "%ld", number);
}

void json_out_bool(struct json_out *out, const char *key, bool value)
{
	begin_member(out, key);
	text_add(out->text, value ? "true" : "false");
}

void json_out_null(struct json_out *out, const char *key)
{
	begin_member(out, key);
	text_add(out->text, "null");
}

void json_begin(struct json_out *out)
{
	json_out_number(out, "schema_version", JSON_SCHEMA_VERSION);
	json_out_string(out, "tool", "baton");
}
