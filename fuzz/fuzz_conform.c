/* SPDX-License-Identifier: MIT */
/*
 * fuzz_conform.c - scripts of system calls: read, printed as they were, and run on the model;
 * and half-way states, which are only read.
 */
#include <string.h>

#include "conform/compare.h"
#include "conform/kernel.h"
#include "conform/stall.h"
#include "fuzz/fuzz.h"

#define PATH "fuzz.txt"

static void read_stalls(const char *text)
{
	struct stalls stalls = { 0 };
	struct err err = ERR_INIT;
	int status = stalls_parse(&stalls, PATH, text, &err);

	FUZZ_CHECK((status == 0) == (err.count == 0));
	stalls_release(&stalls);
	err_release(&err);
}

/* What is printed of a script is read as the same. */
static void print_again(const struct conform_script *script)
{
	struct text line = TEXT_INIT, second = TEXT_INIT;
	struct conform_script again = { 0 };
	struct err err = ERR_INIT;

	conform_script_print(script, &line);
	FUZZ_CHECK(!conform_script_parse(&again, PATH, 1, line.bytes, &err));
	conform_script_print(&again, &second);
	FUZZ_CHECK(!strcmp(line.bytes, second.bytes));
	conform_script_release(&again);
	text_release(&line);
	text_release(&second);
	err_release(&err);
}

static void open_model(void)
{
	unsigned int rules[MODEL_RULES_MAX];
	static bool is_open;
	struct err err = ERR_INIT;

	if (is_open)
		return;
	is_open = true;
	FUZZ_CHECK(!conform_kernel_rules("6.1", rules, &err) && !conform_open(rules, false, &err));
}

static void try_script(const struct conform_script *script)
{
	struct conform_counts counts = { 0 };
	struct text text = TEXT_INIT;

	print_again(script);
	FUZZ_CHECK(conform_compare(script, PATH, &counts, &text) == (text.length == 0));
	text_release(&text);
}

void fuzz(const char *bytes, size_t length)
{
	struct conform_scripts scripts = { 0 };
	struct err err = ERR_INIT;
	int status;

	(void)length;
	open_model();
	if (stalls_are(bytes)) {
		read_stalls(bytes);
		return;
	}
	status = conform_scripts_parse(&scripts, PATH, bytes, &err);
	FUZZ_CHECK((status == 0) == (err.count == 0));
	for (size_t i = 0; !status && i < scripts.list.count; i++)
		try_script(&scripts.list.items[i]);
	conform_scripts_release(&scripts);
	err_release(&err);
}
