/* SPDX-License-Identifier: MIT */
/*
 * run_verify.h - "baton run --verify": one variant in one cell.
 *
 * Layer: cli. May include: scenario, base.
 */
#ifndef CLI_RUN_VERIFY_H
#define CLI_RUN_VERIFY_H

#include "cli/code.h"
#include "cli/run_args.h"

/**
 * run_verify() - compare what dpor and dfs run.
 * @out: appended: a line that says how it came out
 * @err: a BUG if they differ, or why it could not be run
 *
 * Return: CODE_OK; CODE_INCONCLUSIVE if less was compared than --require asks for; CODE_BUG,
 *	   CODE_ERROR.
 */
enum code run_verify(const struct run_args *args, const struct run_case *which, struct text *out,
		     struct err *err);

#endif
