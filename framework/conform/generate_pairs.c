/* SPDX-License-Identifier: MIT */
/* generate_pairs.c - how well scripts cover the operations, and the pairs of them. */
#include "conform/generate.h"

#define COLUMNS 96

void generate_count(struct generate_pairs *pairs, const struct conform_script *script)
{
	pairs->scripts++;
	for (size_t i = 0; i < script->ops.count; i++) {
		unsigned int what = script->ops.items[i].what;

		pairs->single[what]++;
		if (i)
			pairs->pair[script->ops.items[i - 1].what][what]++;
	}
}

static void add_word(struct text *text, size_t *begin, const struct text *word)
{
	if (text->length - *begin + word->length + 1 > COLUMNS) {
		text_add(text, "\n ");
		*begin = text->length - 1;
	}
	text_addf(text, " %s", word->bytes);
}

static void tell_singles(const struct generate_pairs *pairs, struct text *text)
{
	struct text word = TEXT_INIT;
	size_t begin = text->length + 1;

	text_add(text, "\n ");
	for (unsigned int i = 0; i < CONFORM_WHATS; i++) {
		if (!generate_has((enum conform_what)i))
			continue;
		text_clear(&word);
		text_addf(&word, "%s %u", conform_kinds[i].name, pairs->single[i]);
		add_word(text, &begin, &word);
	}
	text_release(&word);
}

/* "map: exit reap" for those that never followed a map. */
static void tell_missing(const struct generate_pairs *pairs, struct text *text)
{
	struct text word = TEXT_INIT;

	for (unsigned int i = 0; i < CONFORM_WHATS; i++) {
		size_t begin = text->length + 1;
		bool first = true;

		for (unsigned int k = 0; k < CONFORM_WHATS; k++) {
			if (!generate_has((enum conform_what)i) ||
			    !generate_has((enum conform_what)k) || pairs->pair[i][k])
				continue;
			text_clear(&word);
			if (first)
				text_addf(text, "\n  %s:", conform_kinds[i].name);
			first = false;
			text_add(&word, conform_kinds[k].name);
			add_word(text, &begin, &word);
		}
	}
	text_release(&word);
}

void generate_tell(const struct generate_pairs *pairs, struct text *text)
{
	unsigned int kinds = 0, seen = 0;
	uint64_t operations = 0;

	for (unsigned int i = 0; i < CONFORM_WHATS; i++) {
		kinds += generate_has((enum conform_what)i);
		operations += pairs->single[i];
		for (unsigned int k = 0; k < CONFORM_WHATS; k++)
			seen += pairs->pair[i][k] && generate_has((enum conform_what)i) &&
				generate_has((enum conform_what)k);
	}
	text_addf(text, "%u scripts, %llu operations of %u kinds:", pairs->scripts,
		  (unsigned long long)operations, kinds);
	tell_singles(pairs, text);
	text_addf(text, "\n%u of %u ordered pairs occurred%s", seen, kinds * kinds,
		  seen < kinds * kinds ? "; never did, one right behind the other:" : "");
	tell_missing(pairs, text);
	text_add_char(text, '\n');
}
