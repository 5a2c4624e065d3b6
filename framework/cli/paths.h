/* SPDX-License-Identifier: MIT */
/*
 * paths.h - the scenario files that a command line means.
 *
 * Layer: cli. May include: base.
 */
#ifndef CLI_PATHS_H
#define CLI_PATHS_H

#include "base/err.h"
#include "cli/code.h"
#include "cli/option.h"

struct paths {
	VEC(char *) list; /* malloc'ed */
};

void paths_release(struct paths *paths);

/**
 * paths_expand() - a file stands for itself, a directory for all *.scn below it.
 * @paths: appended: the arguments in their order, what is in a directory sorted by bytes
 * @err: each argument that is nothing
 *
 * Links to directories are not followed.
 *
 * Return: CODE_OK; CODE_ERROR if one does not exist, CODE_NONE if a directory has none.
 */
enum code paths_expand(struct paths *paths, const struct option_paths *arguments, struct err *err);

#endif
