/* SPDX-License-Identifier: MIT */
#include "reports/utf8.h"

#include <stdbool.h>

static bool continues(unsigned char byte)
{
	return byte >= 0x80 && byte <= 0xbf;
}

/* May @second follow @first? Keeps out overlong forms, surrogates, and what is above U+10FFFF. */
static bool second_fits(unsigned char first, unsigned char second)
{
	if (first == 0xe0)
		return second >= 0xa0 && second <= 0xbf;
	if (first == 0xed)
		return second >= 0x80 && second <= 0x9f;
	if (first == 0xf0)
		return second >= 0x90 && second <= 0xbf;
	if (first == 0xf4)
		return second >= 0x80 && second <= 0x8f;
	return continues(second);
}

/* Bytes of the character at @bytes; 0 if there is none. */
static size_t character_length(const unsigned char *bytes)
{
	size_t length;

	if (bytes[0] < 0x80)
		return 1;
	if (bytes[0] < 0xc2 || bytes[0] > 0xf4)
		return 0;
	length = bytes[0] < 0xe0 ? 2 : bytes[0] < 0xf0 ? 3 : 4;
	if (!second_fits(bytes[0], bytes[1]))
		return 0;
	for (size_t i = 2; i < length; i++)
		if (!continues(bytes[i]))
			return 0;
	return length;
}

void utf8_repair(const char *bytes, struct text *out)
{
	while (*bytes) {
		size_t length = character_length((const unsigned char *)bytes);

		if (length)
			text_add_bytes(out, bytes, length);
		else
			text_add(out, "\xef\xbf\xbd");
		bytes += length ? length : 1;
	}
}
