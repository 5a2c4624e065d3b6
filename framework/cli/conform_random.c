/* SPDX-License-Identifier: MIT */
/* conform_random.c - "baton conform --generate" and "--random": scripts that are made up. */

#include "cli/conform.h"
#include "cli/output.h"
#include "conform/generate.h"
#include "conform/shrink.h"

#define SHRINK_TRIES 20000

enum code conform_generate(const struct conform_args *args)
{
	static struct generate_pairs pairs;
	struct text text = TEXT_INIT;
	struct err err = ERR_INIT;

	for (uint64_t i = 0; i < args->live.generate; i++) {
		struct conform_script script = { 0 };

		generate_script(args->live.seed, i, args->live.length, &script);
		generate_count(&pairs, &script);
		conform_script_print(&script, &text);
		text_add_char(&text, '\n');
		output_text(&text);
		conform_script_release(&script);
	}
	generate_tell(&pairs, &err.text);
	output_err(&err);
	err_release(&err);
	text_release(&text);
	return CODE_OK;
}

static bool differs(void *arg, struct conform_script *script)
{
	struct conform_counts ignored = { 0 };

	(void)arg;
	return conform_difference(script, &ignored) < script->ops.count;
}

/* The shortest script that shows a difference, in place of the one that was found. */
static void tell_shortest(const struct conform_source *source, struct conform_script *script)
{
	struct shrink shrink = { .shows = differs, .tries_max = SHRINK_TRIES };
	struct conform_counts ignored = { 0 };
	struct text text = TEXT_INIT;

	shrink_script(&shrink, script);
	conform_tell(script, source->name, conform_difference(script, &ignored), &text);
	output_text(&text);
	text_release(&text);
}

enum code conform_random(const struct conform_args *args)
{
	struct text name = TEXT_INIT;
	struct conform_source source = { 0 };

	text_addf(&name, "--random --seed %llu", (unsigned long long)args->live.seed);
	source.name = name.bytes;
	for (uint64_t i = 0; i < args->live.random; i++) {
		struct conform_script script = { 0 };

		generate_script(args->live.seed, i, args->live.length, &script);
		script.line = (unsigned int)i + 1;
		if (conform_difference(&script, &source.counts) < script.ops.count &&
		    source.counts.differing <= args->show)
			tell_shortest(&source, &script);
		conform_script_release(&script);
	}
	conform_print_counts(&source, "an ideal kernel answers");
	text_release(&name);
	return source.counts.differing ? CODE_FAIL : CODE_OK;
}
