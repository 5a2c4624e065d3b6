/* SPDX-License-Identifier: MIT */
#include "explore/gather.h"

void gather_restart(struct gatherer *first)
{
	for (; first; first = first->next)
		first->restart(first);
}

void gather_save(const struct gatherer *first, struct text *text)
{
	for (; first; first = first->next)
		first->save(first, text);
}

int gather_merge(struct gatherer *first, struct fields *fields, struct err *err)
{
	for (; first; first = first->next)
		if (first->merge(first, fields, err))
			return -1;
	return 0;
}

void gather_add_flags(struct text *text, const bool *flags, size_t count)
{
	for (size_t i = 0; i < count; i++)
		text_add_char(text, flags[i] ? '1' : '0');
	if (!count)
		text_add_char(text, '-');
}

static bool is_flags(const struct text *word, size_t count)
{
	for (size_t i = 0; i < word->length; i++)
		if (word->bytes[i] != '0' && word->bytes[i] != '1')
			return count == 0 && word->length == 1 && word->bytes[0] == '-';
	return word->length == count;
}

int gather_read_flags(struct fields *fields, bool *flags, size_t count, struct err *err)
{
	const struct fields before = *fields;
	struct text word = TEXT_INIT;
	int status = fields_word(fields, &word, err);

	if (!status && !is_flags(&word, count))
		status = fields_fail(&before, err, "expected %zu times 0 or 1", count);
	for (size_t i = 0; !status && i < count; i++)
		flags[i] |= word.bytes[i] == '1';
	text_release(&word);
	return status;
}
