/* SPDX-License-Identifier: MIT */
/* conform_options.c - options of "baton conform" for random scripts and the running kernel. */
#include "cli/conform.h"
#include "conform/generate.h"

#define SCRIPTS_MAX 100000000

enum {
	KEY_LIVE = OPTION_KEYS + 0x40,
	KEY_RANDOM,
	KEY_GENERATE,
	KEY_SEED,
	KEY_LENGTH,
	KEY_SWAP,
	KEY_FOLDER,
};

static const struct argp_option options[] = {
	{ .name = "live",
	  .key = KEY_LIVE,
	  .doc = "run the scripts on this kernel, and compare with the model's nearest version; "
		 "best as root" },
	{ .name = "random",
	  .key = KEY_RANDOM,
	  .arg = "N",
	  .doc = "compare N random scripts; without --live with what an ideal kernel answers" },
	{ .name = "generate",
	  .key = KEY_GENERATE,
	  .arg = "N",
	  .doc = "print N random scripts, and how they cover the operations" },
	{ .name = "seed", .key = KEY_SEED, .arg = "S", .doc = "which random scripts (1)" },
	{ .name = "length",
	  .key = KEY_LENGTH,
	  .arg = "L",
	  .doc = "operations of a random script, without the first and last ones (14)" },
	{ .name = "swap",
	  .key = KEY_SWAP,
	  .arg = "KIND",
	  .doc = "the swap area that is made for --live: any, zram, file, loop, none (any)" },
	{ .name = "folder",
	  .key = KEY_FOLDER,
	  .arg = "DIR",
	  .doc = "where a folder is made for --live (TMPDIR, or /var/tmp)" },
	{ 0 },
};

/* What is not said; and what goes together. */
static void end(struct conform_live_args *args, struct argp_state *state)
{
	if (args->generate && (args->live || args->random))
		argp_error(state, "error: --generate prints scripts: not with --live or --random");
	if (!args->live && (args->options.folder || args->options.swap))
		argp_error(state, "error: --swap and --folder are of --live: give it, too");
	if (!args->seed)
		args->seed = 1;
	if (!args->length)
		args->length = GENERATE_LENGTH;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct conform_live_args *args = state->input;

	switch (key) {
	case KEY_LIVE:
		args->live = true;
		break;
	case KEY_RANDOM:
		args->random = option_number(state, "--random", arg, 1, SCRIPTS_MAX);
		break;
	case KEY_GENERATE:
		args->generate = option_number(state, "--generate", arg, 1, SCRIPTS_MAX);
		break;
	case KEY_SEED:
		args->seed = option_number(state, "--seed", arg, 1, UINT64_MAX);
		break;
	case KEY_LENGTH:
		args->length =
			(unsigned int)option_number(state, "--length", arg, 1, GENERATE_LENGTH_MAX);
		break;
	case KEY_SWAP:
		args->options.swap =
			(enum live_swap)option_word(state, "--swap", arg, live_swap_names);
		break;
	case KEY_FOLDER:
		args->options.folder = arg;
		break;
	case ARGP_KEY_END:
		end(args, state);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

const struct argp conform_live_argp = { .options = options, .parser = parse };
