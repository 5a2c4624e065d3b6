/* SPDX-License-Identifier: MIT */
/*
 * fuzz_checkpoint.c - a checkpoint, and what shards leave: read, written again, and joined
 * with a second one, which stands behind a line "%%".
 */
#include <string.h>

#include "fuzz/fuzz.h"
#include "scenario/checkpoint.h"

static void write_again(const struct checkpoint *checkpoint)
{
	struct checkpoint again;
	struct text text = TEXT_INIT, second = TEXT_INIT;
	struct err err = ERR_INIT;

	checkpoint_init(&again);
	again.path = xstrdup("again");
	checkpoint_format(checkpoint, &text);
	FUZZ_CHECK(!checkpoint_parse(&again, text.bytes, &err));
	checkpoint_format(&again, &second);
	FUZZ_CHECK(!strcmp(text.bytes, second.bytes));
	checkpoint_release(&again);
	text_release(&text);
	text_release(&second);
	err_release(&err);
}

/* Return: was it read? */
static bool parse(struct checkpoint *checkpoint, const char *name, const char *text)
{
	struct err err = ERR_INIT;
	int status;

	checkpoint_init(checkpoint);
	checkpoint->path = xstrdup(name);
	status = checkpoint_parse(checkpoint, text, &err);
	FUZZ_CHECK((status == 0) == (err.count == 0));
	if (!status)
		write_again(checkpoint);
	err_release(&err);
	return status == 0;
}

void fuzz(const char *bytes, size_t length)
{
	struct text first = TEXT_INIT;
	struct checkpoint one, other;
	struct err err = ERR_INIT;
	const char *behind = strstr(bytes, "%%\n");
	bool both;

	text_add_bytes(&first, bytes, behind ? (size_t)(behind - bytes) : length);
	both = parse(&one, "one", first.bytes);
	both &= parse(&other, "other", behind ? behind + 3 : first.bytes);
	if (both && !checkpoint_join(&one, &other, &err))
		write_again(&one);
	checkpoint_release(&one);
	checkpoint_release(&other);
	text_release(&first);
	err_release(&err);
}
