/* SPDX-License-Identifier: MIT */
/* stall.c - half-way states: their lines. */
#include "conform/stall.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define STORED 2 /* what is stored meanwhile; the page is full of 1 before */

#define W .what = CONFORM_W, .arg = { STORED }
#define FORK .what = CONFORM_FORK, .arg = { 1 }

/* As they are written, and what they do. */
const struct stall_meanwhile stall_meanwhiles[STALL_MEANWHILES] = {
	{ 'U', "write", 1, { { W } }, 0 },
	{ 'U', "pageout", 1, { { .what = CONFORM_PAGEOUT } }, 0 },
	{ 'U', "fork+write", 2, { { FORK }, { W } }, 0 },
	{ 'U', "mprot+write", 3, { { .what = CONFORM_RO }, { .what = CONFORM_RW }, { W } }, 0 },
	{ 'U', "dontneed", 1, { { .what = CONFORM_DONTNEED } }, 0 },
	{ 'F', "plain", 0, { { 0 } }, 0 },
	{ 'F', "pageout", 1, { { .what = CONFORM_PAGEOUT } }, 0 },
	{ 'F', "swapfirst", 0, { { 0 } }, STALL_SWAPPED },
	{ 'F', "fork", 1, { { FORK } }, 0 },
	{ 'F', "fork+write", 2, { { FORK }, { W } }, 0 },
	{ 'F', "fork+cwrite", 0, { { 0 } }, STALL_UNKNOWN },
	{ 'F',
	  "fork+mprot+write",
	  4,
	  { { FORK }, { .what = CONFORM_RO }, { .what = CONFORM_RW }, { W } },
	  0 },
	{ 'F', "mprot+write", 3, { { .what = CONFORM_RO }, { .what = CONFORM_RW }, { W } }, 0 },
	{ 'F', "dontneed", 1, { { .what = CONFORM_DONTNEED } }, 0 },
	{ 'M', "msync", 0, { { 0 } }, STALL_MSYNC },
	{ 'M', "write+msync", 0, { { 0 } }, STALL_STORE | STALL_MSYNC },
	{ 'M', "none", 0, { { 0 } }, 0 },
	{ 'M', "msync+drop", 0, { { 0 } }, STALL_MSYNC | STALL_DROP },
	{ 'M', "msync+unmap+drop", 0, { { 0 } }, STALL_MSYNC | STALL_UNMAP | STALL_DROP },
	{ 'M', "trunc", 0, { { 0 } }, STALL_TRUNCATE },
};

static const struct {
	const char *name;
	enum conform_what what;
	char kind;
} calls[] = {
	{ "vmsplice", CONFORM_SPLICE, 'U' }, { "odirect", CONFORM_ODR, 'U' },
	{ "register", CONFORM_REG, 'U' },    { "read-held", CONFORM_ODR, 'F' },
	{ "shared-file", CONFORM_ODR, 'M' },
};

/* A line at work. */
struct reader {
	const char *path, *begin, *at, *end;
	unsigned int line;
	struct err *err;
};

static int fail(const struct reader *reader, const char *at, const char *expected)
{
	size_t length = 0;

	while (at + length < reader->end && at[length] != ' ')
		length++;
	text_addf(&reader->err->text, "%s:%u:%zu: error: expected %s", reader->path, reader->line,
		  (size_t)(at - reader->begin) + 1, expected);
	if (length)
		text_addf(&reader->err->text, ", not '%.*s'", (int)length, at);
	text_add_char(&reader->err->text, '\n');
	reader->err->count++;
	return -1;
}

/* The next word, which goes to the end of @word. Return: where it begins. */
static const char *take_word(struct reader *reader, struct text *word)
{
	const char *from;

	while (reader->at < reader->end && *reader->at == ' ')
		reader->at++;
	from = reader->at;
	while (reader->at < reader->end && *reader->at != ' ')
		reader->at++;
	text_add_bytes(word, from, (size_t)(reader->at - from));
	return from;
}

/* Where the kind stands: behind blanks, and what pagemap said. */
static const char *skip_state(const char *at)
{
	at += strspn(at, " ");
	if (strncmp(at, "pre{", 4) == 0 && at[strcspn(at, "}\n")] == '}')
		at += strcspn(at, "}\n") + 1;
	return at;
}

static bool is_kind(const char *at)
{
	return strchr("UFM", *at) && *at && at[1] == ' ';
}

static void add_name(struct text *names, const char *name)
{
	text_addf(names, "%s%s", names->length ? ", " : "", name);
}

/* "expected one of A, B, C, not 'D'" */
static int fail_names(const struct reader *reader, const char *at, struct text *names)
{
	struct text expected = TEXT_INIT;

	text_addf(&expected, strchr(names->bytes, ',') ? "one of %s" : "%s", names->bytes);
	(void)fail(reader, at, expected.bytes);
	text_release(&expected);
	text_release(names);
	return -1;
}

static int read_call(struct stall *stall, const struct reader *reader, const char *at,
		     const char *word)
{
	struct text names = TEXT_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(calls); i++) {
		if (calls[i].kind != stall->kind)
			continue;
		if (strcmp(word, calls[i].name) == 0) {
			stall->call = calls[i].what;
			text_release(&names);
			return 0;
		}
		add_name(&names, calls[i].name);
	}
	return fail_names(reader, at, &names);
}

static int read_meanwhile(struct stall *stall, const struct reader *reader, const char *at,
			  const char *word)
{
	struct text names = TEXT_INIT;

	for (unsigned int i = 0; i < STALL_MEANWHILES; i++) {
		if (stall_meanwhiles[i].kind != stall->kind)
			continue;
		if (strcmp(word, stall_meanwhiles[i].name) == 0) {
			stall->meanwhile = i;
			text_release(&names);
			return 0;
		}
		add_name(&names, stall_meanwhiles[i].name);
	}
	return fail_names(reader, at, &names);
}

/* A remark is "<==" and words in capitals. */
static bool is_remark(const char *word, bool remark)
{
	if (strcmp(word, "<==") == 0)
		return true;
	while (remark && isupper((unsigned char)*word))
		word++;
	return remark && !*word;
}

static void read_seen(struct stall *stall, struct reader *reader)
{
	struct text seen = TEXT_INIT, word = TEXT_INIT;
	bool remark = false;

	for (take_word(reader, &word); word.length; take_word(reader, &word)) {
		remark = is_remark(word.bytes, remark);
		if (!remark) {
			text_add(&seen, seen.length ? " " : "");
			text_add(&seen, word.bytes);
		}
		text_clear(&word);
	}
	text_release(&word);
	stall->seen = text_detach(&seen);
}

/* Return: 0 or -1. What is allocated is in @stall in any case. */
static int read_line(struct stall *stall, struct reader *reader)
{
	struct text call = TEXT_INIT, meanwhile = TEXT_INIT, name = TEXT_INIT;
	const char *call_at, *meanwhile_at;
	int result = 0;

	stall->line = reader->line;
	if (!is_kind(reader->at))
		return fail(reader, reader->at, "U, F or M");
	stall->kind = *reader->at++;
	call_at = take_word(reader, &call);
	meanwhile_at = take_word(reader, &meanwhile);
	text_addf(&name, "%c %s %s", stall->kind, call.length ? call.bytes : "",
		  meanwhile.length ? meanwhile.bytes : "");
	stall->name = text_detach(&name);
	read_seen(stall, reader);
	result = read_call(stall, reader, call_at, call.length ? call.bytes : "");
	if (result == 0)
		result = read_meanwhile(stall, reader, meanwhile_at,
					meanwhile.length ? meanwhile.bytes : "");
	text_release(&call);
	text_release(&meanwhile);
	if (result == 0 && !(stall->seen && *stall->seen))
		result = fail(reader, reader->end, "what was seen");
	return result;
}

bool stalls_are(const char *text)
{
	const char *at;

	while (*text == '\n' || *text == '#')
		text += strcspn(text, "\n") + (text[strcspn(text, "\n")] == '\n');
	at = skip_state(text);
	if (!is_kind(at))
		return false;
	/* A script whose name is such a letter has a colon, and operations behind it. */
	for (size_t i = 0; at[i] && at[i] != '\n'; i++)
		if (strncmp(at + i, " : ", 3) == 0)
			return false;
	return true;
}

static void release(struct stall *stall)
{
	free(stall->name);
	free(stall->seen);
}

int stalls_parse(struct stalls *stalls, const char *path, const char *text, struct err *err)
{
	unsigned int before = err->count;

	for (unsigned int line = 1; *text; line++) {
		size_t length = strcspn(text, "\n");
		struct reader reader = { .path = path,
					 .begin = text,
					 .at = skip_state(text),
					 .end = text + length,
					 .line = line,
					 .err = err };
		struct stall stall = { 0 };

		if (length && *text != '#') {
			if (read_line(&stall, &reader) == 0)
				vec_push(&stalls->list, stall);
			else
				release(&stall);
		}
		text += length + (text[length] == '\n');
	}
	return err->count == before ? 0 : -1;
}

void stalls_release(struct stalls *stalls)
{
	for (size_t i = 0; i < stalls->list.count; i++)
		release(&stalls->list.items[i]);
	vec_release(&stalls->list);
}

bool stall_forks(const struct stall *stall)
{
	const struct stall_meanwhile *meanwhile = &stall_meanwhiles[stall->meanwhile];

	for (unsigned int i = 0; i < meanwhile->count; i++)
		if (meanwhile->ops[i].what == CONFORM_FORK)
			return true;
	return false;
}
