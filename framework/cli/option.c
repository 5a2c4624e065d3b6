/* SPDX-License-Identifier: MIT */
#include "cli/option.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "cli/code.h"
#include "cli/output.h"

struct option_names {
	VEC(const struct argp_option *) list;
};

static void collect(const struct argp *argp, struct option_names *names)
{
	for (const struct argp_option *option = argp->options;
	     option && (option->name || option->key || option->doc); option++)
		if (option->name)
			vec_push(&names->list, option);
	for (const struct argp_child *child = argp->children; child && child->argp; child++)
		collect(child->argp, names);
}

/* NULL: none is called so, nor begins so. */
static const struct argp_option *find(const struct option_names *names, const char *word,
				      size_t length)
{
	for (size_t i = 0; i < names->list.count; i++)
		if (!strncmp(names->list.items[i]->name, word, length))
			return names->list.items[i];
	return NULL;
}

static _Noreturn void leave_unknown(const struct option_names *names, const char *command,
				    const char *word, size_t length)
{
	const char **candidates = xcalloc(names->list.count + 1, sizeof(*candidates));
	char *copy = xstrdup(word);
	const char *nearest;

	copy[length] = '\0';
	for (size_t i = 0; i < names->list.count; i++)
		candidates[i] = names->list.items[i]->name;
	nearest = err_nearest(copy, candidates, names->list.count);
	fprintf(stderr, "%s: error: unknown option '--%s'", command, copy);
	if (nearest)
		fprintf(stderr, "; did you mean '--%s'?", nearest);
	fprintf(stderr, "\nTry '%s --help'.\n", command);
	free(copy);
	free(candidates);
	exit(CODE_ERROR);
}

/* getopt knows what is wrong but not what was meant; so this looks first. */
static void check_unknown(const struct argp *argp, int argc, char **argv)
{
	struct option_names names = { 0 };

	collect(argp, &names);
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		const char *word = argv[i] + 2;
		size_t length;
		const struct argp_option *option;

		if (strncmp(argv[i], "--", 2) != 0)
			continue;
		length = strcspn(word, "=");
		if (!strncmp("help", word, length) || !strncmp("usage", word, length))
			continue;
		option = find(&names, word, length);
		if (!option)
			leave_unknown(&names, argv[0], word, length);
		/* Its argument is the next word, whatever that looks like. */
		i += option->arg && !(option->flags & OPTION_ARG_OPTIONAL) && !word[length];
	}
	vec_release(&names.list);
}

static bool shows_tables;

void option_show_tables(void)
{
	shows_tables = true;
}

static void show_option(const struct argp_option *option)
{
	const char *name = option->name ? option->name : "-", *arg = option->arg;
	bool optional = option->flags & OPTION_ARG_OPTIONAL;
	bool letter = option->key > ' ' && option->key < 0x7f;

	printf("%s%s\t%s%c\t%s%s%s\t%s\n", option->name ? "--" : "", name, letter ? "-" : "",
	       letter ? option->key : '-', optional ? "[" : "", arg ? arg : "-",
	       optional ? "]" : "", option->doc ? option->doc : "-");
}

static void show_table(const struct argp *argp)
{
	for (const struct argp_option *option = argp->options;
	     option && (option->name || option->key || option->doc); option++)
		if (option->doc && (option->name || option->key))
			show_option(option);
	for (const struct argp_child *child = argp->children; child && child->argp; child++)
		show_table(child->argp);
}

static error_t parse_help(int key, char *arg, struct argp_state *state)
{
	(void)arg;
	if (key != 'h')
		return ARGP_ERR_UNKNOWN;
	argp_state_help(state, stdout, ARGP_HELP_STD_HELP);
	return 0;
}

/* @argp, which also knows -h. */
static error_t parse_with_help(const struct argp *argp, int argc, char **argv, void *input)
{
	static const struct argp_option short_help[] = {
		{ .key = 'h', .flags = OPTION_HIDDEN },
		{ 0 },
	};
	static const struct argp help = { .options = short_help, .parser = parse_help };
	VEC(struct argp_child) children = { 0 };
	struct argp_child last = { .argp = &help };
	struct argp whole = *argp;
	error_t error;

	for (const struct argp_child *child = argp->children; child && child->argp; child++)
		vec_push(&children, *child);
	vec_push(&children, last);
	vec_push(&children, (struct argp_child){ 0 });
	whole.children = children.items;
	error = argp_parse(&whole, argc, argv, 0, NULL, input);
	vec_release(&children);
	return error;
}

void option_parse(const struct argp *argp, int argc, char **argv, void *input)
{
	error_t error;

	if (shows_tables) {
		show_table(argp);
		exit((int)output_close(CODE_OK));
	}
	argp_err_exit_status = CODE_ERROR;
	check_unknown(argp, argc, argv);
	error = parse_with_help(argp, argc, argv, input);
	if (!error)
		return;
	/* A wrong option was told, and has ended the process. */
	fprintf(stderr, "baton: error: the options cannot be read: %s\n", strerror(error));
	exit(CODE_ERROR);
}

uint64_t option_number(struct argp_state *state, const char *option, const char *arg, uint64_t min,
		       uint64_t max)
{
	char *end;
	unsigned long long number;

	errno = 0;
	number = strtoull(arg, &end, 10);
	if (*arg < '0' || *arg > '9' || *end || errno || number < min || number > max)
		argp_error(state, "error: %s takes a number from %llu to %llu, not '%s'", option,
			   (unsigned long long)min, (unsigned long long)max, arg);
	return number;
}

unsigned int option_word(struct argp_state *state, const char *option, const char *arg,
			 const char *const *words)
{
	struct text list = TEXT_INIT;
	unsigned int i;

	for (i = 0; words[i]; i++) {
		if (!strcmp(words[i], arg))
			break;
		text_addf(&list, "%s%s", i ? ", " : "", words[i]);
	}
	if (!words[i])
		argp_error(state, "error: %s takes one of %s, not '%s'", option, list.bytes, arg);
	text_release(&list);
	return i;
}
