/* SPDX-License-Identifier: MIT */
/*
 * option.h - what the options of all verbs have in common.
 *
 * Layer: cli. May include: base.
 */
#ifndef CLI_OPTION_H
#define CLI_OPTION_H

#include <argp.h>
#include <stdint.h>

#include "base/vec.h"

/* Keys of options without a letter: OPTION_KEYS, OPTION_KEYS + 1, ... */
#define OPTION_KEYS 0x100

struct option_paths {
	VEC(char *) list; /* the strings are argv's */
};

/*
 * From now on option_parse() parses nothing: it prints the table, and leaves by exit(0). A line for
 * each option, with tabs between its name ("--json"), its letter ("-j"), its argument ("[FILE]" if
 * that is optional) and its text; '-' for what it has not.
 */
void option_show_tables(void);

/**
 * option_parse() - argp_parse() that knows -h, too, and says what a misspelt option probably meant.
 *
 * Leaves by exit(2) where the arguments are wrong, by exit(0) after --help.
 */
void option_parse(const struct argp *argp, int argc, char **argv, void *input);

/**
 * option_number() - a number between @min and @max; anything else is a usage error.
 * @option: "--cell", for the message
 */
uint64_t option_number(struct argp_state *state, const char *option, const char *arg, uint64_t min,
		       uint64_t max);

/**
 * option_word() - one of @words, which end with NULL; anything else is a usage error.
 *
 * Return: its index.
 */
unsigned int option_word(struct argp_state *state, const char *option, const char *arg,
			 const char *const *words);

#endif
