/* SPDX-License-Identifier: MIT */
/* escape.c - strings that may be anything, in HTML and in JSON. */
#include <string.h>

#include "reports/html/html.h"
#include "reports/utf8.h"

static bool is_plain(const char *string)
{
	for (; *string; string++) {
		unsigned char c = (unsigned char)*string;

		if (c < ' ' || c >= 0x7f || strchr("<>&\"'\\", c))
			return false;
	}
	return true;
}

static bool is_control(char c)
{
	return (unsigned char)c < ' ' || c == '\177';
}

static void add_text_char(char c, struct text *out)
{
	switch (c) {
	case '<':
		text_add(out, "&lt;");
		break;
	case '>':
		text_add(out, "&gt;");
		break;
	case '&':
		text_add(out, "&amp;");
		break;
	case '"':
		text_add(out, "&quot;");
		break;
	case '\'':
		text_add(out, "&#39;");
		break;
	default:
		text_add_char(out, is_control(c) && c != '\n' ? ' ' : c);
	}
}

void html_text(const char *string, struct text *out)
{
	struct text repaired = TEXT_INIT;

	if (is_plain(string)) {
		text_add(out, string);
		return;
	}
	utf8_repair(string, &repaired);
	for (size_t i = 0; i < repaired.length; i++)
		add_text_char(repaired.bytes[i], out);
	text_release(&repaired);
}

/* "</script>" must not end the element, nor "<!--" begin a comment. */
static void add_json_char(char c, struct text *out)
{
	if (c == '"' || c == '\\')
		text_add_char(out, '\\');
	if (is_control(c) || c == '<' || c == '>' || c == '&')
		text_addf(out, "\\u%04x", (unsigned int)c);
	else
		text_add_char(out, c);
}

void html_json(const char *string, struct text *out)
{
	struct text repaired = TEXT_INIT;

	text_add_char(out, '"');
	if (is_plain(string)) {
		text_add(out, string);
	} else {
		utf8_repair(string, &repaired);
		for (size_t i = 0; i < repaired.length; i++)
			add_json_char(repaired.bytes[i], out);
	}
	text_add_char(out, '"');
	text_release(&repaired);
}

void html_comma(struct text *out)
{
	char last = out->length ? out->bytes[out->length - 1] : '[';

	if (last != '[' && last != '{')
		text_add_char(out, ',');
}
