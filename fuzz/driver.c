/* SPDX-License-Identifier: MIT */
/*
 * driver.c - "fuzz_TARGET CORPUS INPUT COUNT SEED": a target without libFuzzer.
 *
 * Runs each file of the folder CORPUS, then COUNT mutants of them. The file INPUT has what
 * was run last, so also what a crash came from. A function of its arguments.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/prng.h"
#include "base/vec.h"
#include "fuzz/fuzz.h"

#define INPUT_SIZE_MAX (1u << 20)
#define CHANGES_MAX 4u

struct driver {
	const char *folder, *input; /* paths */
	VEC(struct text) corpus;
	struct prng prng;
};

static _Noreturn void fail(struct err *err)
{
	fputs(err->text.bytes, stderr);
	exit(2);
}

/* ---- The corpus --------------------------------------------------------------------------- */

static int is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void read_one(struct driver *driver, const char *name)
{
	struct text path = TEXT_INIT, bytes = TEXT_INIT;
	struct err err = ERR_INIT;
	int error;

	text_addf(&path, "%s/%s", driver->folder, name);
	error = file_read(path.bytes, INPUT_SIZE_MAX, &bytes);
	if (error) {
		err_add(&err, "cannot read '%s': %s", path.bytes, strerror(error));
		fail(&err);
	}
	vec_push(&driver->corpus, bytes);
	text_release(&path);
}

static void read_corpus(struct driver *driver)
{
	struct err err = ERR_INIT;
	struct dirent **names;
	int count = scandir(driver->folder, &names, is_visible, alphasort);

	if (count <= 0) {
		err_add(&err, "no corpus in '%s'", driver->folder);
		fail(&err);
	}
	for (int i = 0; i < count; i++) {
		read_one(driver, names[i]->d_name);
		free(names[i]);
	}
	free(names);
}

/* ---- Mutants ------------------------------------------------------------------------------ */

/* What is hard in one place or another. */
static const char *const pieces[] = {
	"0",
	"-1",
	"4294967295",
	"18446744073709551615",
	"18446744073709551616",
	"\n",
	"\r\n",
	"",
	"{",
	"}",
	"\"",
	"\\",
	"%",
	"\xff",
	" ",
	":",
	";",
	"[",
	"]",
	"=",
	"\xc3",
	"\t",
	".",
	"/",
	"#",
	"(",
	"^",
	"\x01",
};

static uint32_t below(struct driver *driver, size_t count)
{
	return prng_below(&driver->prng, (uint32_t)count);
}

static const struct text *any_input(struct driver *driver)
{
	return &driver->corpus.items[below(driver, driver->corpus.count)];
}

/* From somewhere in it, up to the line's end, or some bytes. */
static void add_any_piece(struct driver *driver, struct text *to)
{
	const struct text *from = any_input(driver);
	size_t at = below(driver, from->length + 1), length;

	if (below(driver, 2)) {
		text_add(to, pieces[below(driver, ARRAY_SIZE(pieces))]);
		return;
	}
	length = below(driver, 2) ? strcspn(from->bytes + at, "\n") : below(driver, 16);
	if (length > from->length - at)
		length = from->length - at;
	text_add_bytes(to, from->bytes + at, length);
}

/* Something is put in, left out, or put in place of something. */
static void change(struct driver *driver, struct text *text)
{
	struct text changed = TEXT_INIT;
	size_t at = below(driver, text->length + 1), left = text->length - at, length = 0;

	if (below(driver, 3))
		length = below(driver, 4) ? below(driver, 4) : below(driver, 64);
	if (length > left)
		length = left;
	text_add_bytes(&changed, text->bytes, at);
	if (below(driver, 3))
		add_any_piece(driver, &changed);
	text_add_bytes(&changed, text->bytes + at + length, left - length);
	text_release(text);
	*text = changed;
}

static void try_input(const struct driver *driver, const struct text *text)
{
	struct err err = ERR_INIT;

	if (file_replace(driver->input, text, &err))
		fail(&err);
	fuzz(text->bytes, text->length);
}

static void try_mutant(struct driver *driver)
{
	struct text text = TEXT_INIT;
	const struct text *from = any_input(driver);
	uint32_t changes = 1 + below(driver, CHANGES_MAX);

	text_add_bytes(&text, from->bytes, from->length);
	for (uint32_t i = 0; i < changes; i++)
		change(driver, &text);
	try_input(driver, &text);
	text_release(&text);
}

int main(int argc, char **argv)
{
	struct driver driver = { 0 };
	unsigned long count;

	if (argc != 5) {
		fputs("usage: fuzz_TARGET CORPUS INPUT COUNT SEED\n", stderr);
		return 2;
	}
	driver.folder = argv[1];
	driver.input = argv[2];
	count = strtoul(argv[3], NULL, 10);
	prng_init(&driver.prng, strtoul(argv[4], NULL, 10), 0);
	read_corpus(&driver);
	for (size_t i = 0; i < driver.corpus.count; i++)
		try_input(&driver, &driver.corpus.items[i]);
	for (unsigned long i = 0; i < count; i++)
		try_mutant(&driver);
	printf("%zu inputs and %lu mutants\n", driver.corpus.count, count);
	for (size_t i = 0; i < driver.corpus.count; i++)
		text_release(&driver.corpus.items[i]);
	vec_release(&driver.corpus);
	return 0;
}
