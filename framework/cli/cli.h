/* SPDX-License-Identifier: MIT */
/*
 * cli.h - the verbs of the command.
 *
 * Each gets the arguments behind the command's name, with "baton VERB" as argv[0],
 * prints its result on stdout and what it has to say about it on stderr.
 *
 * Layer: cli. May include: all layers.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "baton/decl.h"
#include "cli/code.h"
#include "engine/model.h"

/* All models that a scenario can use; ends with NULL. The program brings them. */
extern const struct model *const cli_models[];

struct verb {
	const char *name, *arguments, *help;
	enum code (*run)(int argc, char **argv);
};

/* Verbs that need a certain model, which the program brings as well; the last has no name. */
extern const struct verb cli_model_verbs[];

/* The command as typed, for what is printed to be typed again: "build/baton". */
extern const char *cli_command;

/* They leave by exit(CODE_ERROR) where the arguments are wrong. */
enum code cmd_run(int argc, char **argv);
enum code cmd_merge(int argc, char **argv);
enum code cmd_check(int argc, char **argv);
enum code cmd_list(int argc, char **argv);
enum code cmd_points(int argc, char **argv);
enum code cmd_mutate(int argc, char **argv);
enum code cmd_conform(int argc, char **argv);
enum code cmd_replay(int argc, char **argv);
enum code cmd_shrink(int argc, char **argv);
enum code cmd_explain(int argc, char **argv);
enum code cmd_export(int argc, char **argv);
enum code cmd_diff(int argc, char **argv);
enum code cmd_bisect(int argc, char **argv);

#endif
