/* SPDX-License-Identifier: MIT */
/*
 * apart.h - the work of a verb, in a process of its own: the code under test may end it.
 *
 * Layer: cli. May include: injectors, explore, base.
 */
#ifndef CLI_APART_H
#define CLI_APART_H

#include <stdbool.h>

#include "cli/code.h"
#include "explore/contain.h"

/**
 * apart_run() - do the work, and print what it comes to: @text of it, then its errors.
 * @work: returns an enum code; prints nothing, as it is begun again where its process dies
 * @bare: in this process after all: for debuggers
 *
 * Return: what @work has returned; CODE_ERROR or CODE_BUG if it could not end.
 */
enum code apart_run(contain_fn work, void *arg, bool bare);

#endif
