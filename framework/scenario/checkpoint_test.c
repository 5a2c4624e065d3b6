/* SPDX-License-Identifier: MIT */
/*
 * checkpoint_test.c - what is written is read back; what is no checkpoint is refused, with
 * its place.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "scenario/checkpoint.h"

TestSuite(checkpoint, .timeout = 30);

static const char whole[] = "baton-checkpoint 1\n"
			    "option files a.scn\\nb.scn\n"
			    "option limit 500\n"
			    "option coverage \n"
			    "scenario xxh3:0123456789abcdef toy 1 a.scn\n"
			    "search 0 0\n"
			    "parts 3 0\n"
			    "done 0 12 dfs 0\n"
			    "explored 12 0 0 7 0 0\n"
			    "anything at all\n"
			    ".\n"
			    "todo 0 dfs 1 0 1 3 0\n"
			    "done 2 5 -\n"
			    "explored 5 0 0 7 0 0\n"
			    ".\n"
			    "search 1 4\n"
			    "parts 1 1\n"
			    "scenario xxh3:0123456789abcdef toy 1 b.scn\n"
			    "end\n";

static struct checkpoint checkpoint;
static struct err err = ERR_INIT;

static void init(void)
{
	checkpoint_init(&checkpoint);
	checkpoint.path = xstrdup("kept");
}

static void release(void)
{
	checkpoint_release(&checkpoint);
	err_release(&err);
}

static int parse(const char *text)
{
	checkpoint_release(&checkpoint);
	err_release(&err);
	init();
	return checkpoint_parse(&checkpoint, text, &err);
}

Test(checkpoint, is_written_as_it_was_read, .init = init, .fini = release)
{
	struct text text = TEXT_INIT;

	cr_assert_eq(parse(whole), 0, "%s", err.text.bytes);
	cr_expect_str_eq(checkpoint_option(&checkpoint, "files"), "a.scn\nb.scn");
	cr_expect_str_eq(checkpoint_option(&checkpoint, "coverage"), "");
	cr_expect_null(checkpoint_option(&checkpoint, "seed"));
	cr_expect_eq(frontier_executions(&checkpoint.searches.items[0]->frontier), 17);
	cr_expect(checkpoint.searches.items[1]->frontier.cut);
	checkpoint_format(&checkpoint, &text);
	cr_expect_str_eq(text.bytes, whole);
	text_release(&text);
}

/* Cut off anywhere, it is none, and the last line that there is, or the next, is to blame. */
Test(checkpoint, every_beginning_is_refused, .init = init, .fini = release)
{
	for (size_t length = 0; length + 1 < strlen(whole); length++) {
		struct text text = TEXT_INIT;

		text_add_bytes(&text, whole, length);
		cr_expect_eq(parse(text.bytes), -1, "%zu bytes", length);
		cr_expect_eq(strncmp(err.text.bytes, "kept:", 5), 0, "%s", err.text.bytes);
		text_release(&text);
	}
}

/* Any byte may be wrong: then it is refused or it is another checkpoint, and nothing else. */
Test(checkpoint, every_byte_may_be_wrong, .init = init, .fini = release)
{
	static const char others[] = "\n 09-.x\\\x01\xff";
	char *text = xstrdup(whole);

	for (size_t at = 0; at < strlen(whole); at++)
		for (const char *other = others; *other; other++) {
			int status;

			text[at] = *other;
			status = parse(text);
			cr_expect_eq(status<0, err.count> 0);
			text[at] = whole[at];
		}
	free(text);
}

static void expect_error(const char *from, const char *to, const char *message)
{
	struct text text = TEXT_INIT;
	const char *at = strstr(whole, from);

	text_add_bytes(&text, whole, (size_t)(at - whole));
	text_add(&text, to);
	text_add(&text, at + strlen(from));
	cr_expect_eq(parse(text.bytes), -1);
	cr_expect_str_eq(err.text.bytes, message);
	text_release(&text);
}

Test(checkpoint, what_is_wrong_is_named, .init = init, .fini = release)
{
	expect_error("baton-checkpoint 1", "schedule 1",
		     "kept:1:1: error: this is no checkpoint of baton\n");
	expect_error("baton-checkpoint 1", "baton-checkpoint 2",
		     "kept:1:19: error: version 2 cannot be read, only 1\n");
	expect_error("search 0 0", "search 0 x",
		     "kept:6:10: error: expected a number up to 4294967295, not 'x'\n");
	expect_error("parts 3 0", "parts 0 0",
		     "kept:7:10: error: a search has one part at least\n");
	expect_error("done 2 5", "done 3 5",
		     "kept:13:6: error: expected a number up to 2, not '3'\n");
	expect_error("todo 0 dfs 1 0 1 3 0\ndone 2", "todo 2 dfs 1 0 1 3 0\ndone 1",
		     "kept:13:6: error: part 1 cannot come behind part 2\n");
	expect_error("todo 0 dfs 1 0 1 3 0\n", "todo 0\n",
		     "kept:12:7: error: the line ends where a part is expected\n");
	expect_error(".\nsearch 1 4\nparts 1 1\nscenario xxh3:0123456789abcdef toy 1 b.scn\nend\n",
		     "end\n", "kept:15:1: error: '.' is missing behind what was gathered\n");
	expect_error("\nend\n", "\nend\nmore\n",
		     "kept:19:4: error: there is more behind the end\n");
}

/* ---- Is it of this run? */

static void expect_difference(const char *name, const char *value, const char *message)
{
	struct checkpoint now;

	cr_assert_eq(parse("baton-checkpoint 1\noption files a.scn\noption limit 5\nend\n"), 0);
	checkpoint_init(&now);
	checkpoint_add_option(&now, "files", "a.scn");
	checkpoint_add_option(&now, "limit", "5");
	if (!strcmp(name, "files") || !strcmp(name, "limit")) {
		struct checkpoint_option *option = &now.options.items[!strcmp(name, "limit")];

		free(option->value);
		option->value = xstrdup(value);
	} else if (*name) {
		checkpoint_add_option(&now, name, value);
	}
	cr_expect_eq(checkpoint_compare(&checkpoint, &now, NULL, &err), *message ? -1 : 0);
	cr_expect_str_eq(err.text.bytes, message);
	cr_expect_eq(checkpoint_compare(&checkpoint, &now, name, &err), 0);
	checkpoint_release(&now);
}

Test(checkpoint, differences, .init = init, .fini = release)
{
	expect_difference("", "", "");
	expect_difference("limit", "6", "error: 'kept' was made with --limit=5, not --limit=6\n");
	expect_difference("files", "b.scn", "error: 'kept' is of 'a.scn', not of 'b.scn'\n");
	expect_difference("seed", "3", "error: 'kept' was made without --seed=3\n");
	expect_difference("coverage", "", "error: 'kept' was made without --coverage\n");
}
