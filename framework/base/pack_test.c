/* SPDX-License-Identifier: MIT */
#include "base/pack.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

#include "base/vec.h"

TestSuite(pack, .timeout = 10);

static const char binary[] = "a\0b";

static struct text text_of(const char *bytes, size_t length)
{
	struct text text = TEXT_INIT;

	text_add_bytes(&text, bytes, length);
	return text;
}

/* A number, a string, none, an empty one, a text with a byte of 0. */
static struct text pack_some(void)
{
	struct text packed = TEXT_INIT, text = text_of(binary, sizeof(binary));
	const int number = -7;

	pack_bytes(&packed, &number, sizeof(number));
	pack_string(&packed, "swap/added");
	pack_string(&packed, NULL);
	pack_string(&packed, "");
	pack_text(&packed, &text);
	text_release(&text);
	return packed;
}

struct some {
	int number;
	char *string, *none, *empty;
	struct text text;
};

static bool unpack_some(struct some *some, struct unpack *from)
{
	char unset[] = "unset";

	*some = (struct some){ .none = unset, .text = TEXT_INIT };
	return unpack_bytes(from, &some->number, sizeof(some->number)) &&
	       unpack_string(from, &some->string) && unpack_string(from, &some->none) &&
	       unpack_string(from, &some->empty) && unpack_text(from, &some->text);
}

static void some_release(struct some *some)
{
	free(some->string);
	free(some->empty);
	text_release(&some->text);
}

Test(pack, reads_what_was_written)
{
	struct text packed = pack_some();
	struct unpack from;
	struct some some;

	unpack_init(&from, &packed);
	cr_assert(unpack_some(&some, &from));
	cr_expect_eq(some.number, -7);
	cr_expect_str_eq(some.string, "swap/added");
	cr_expect_null(some.none);
	cr_expect_str_eq(some.empty, "");
	cr_expect_eq(some.text.length, sizeof(binary));
	cr_expect_eq(memcmp(some.text.bytes, binary, sizeof(binary)), 0);
	cr_expect_eq(from.at, from.end, "and nothing else");
	some_release(&some);
	text_release(&packed);
}

Test(pack, refuses_what_is_cut_short)
{
	struct text packed = pack_some();

	for (size_t length = 0; length < packed.length; length++) {
		char *part = xrealloc(NULL, length + 1); /* a sanitizer sees whoever reads on */
		struct unpack from = { part, part + length };
		struct some some;

		memcpy(part, packed.bytes, length);
		cr_expect_not(unpack_some(&some, &from), "%zu of %zu bytes", length, packed.length);
		cr_expect(from.at <= from.end);
		some_release(&some);
		free(part);
	}
	text_release(&packed);
}

/* A length that no memory has: it is not added to where it is read. */
Test(pack, refuses_a_length_beyond_all)
{
	const uint64_t lengths[] = { UINT64_MAX - 1, UINT64_MAX / 2, 1 };

	for (size_t i = 0; i < ARRAY_SIZE(lengths); i++) {
		const char *at = (const char *)&lengths[i];
		struct unpack from = { at, (const char *)(lengths + ARRAY_SIZE(lengths)) };
		struct text text = TEXT_INIT;
		char *string = NULL;

		cr_expect_not(unpack_string(&from, &string));
		cr_expect_null(string);
		from.at = at;
		cr_expect_not(unpack_text(&from, &text));
		cr_expect_eq(text.length, 0);
		text_release(&text);
	}
}
