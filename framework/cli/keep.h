/* SPDX-License-Identifier: MIT */
/*
 * keep.h - a run that is kept in a file, and gone on with: --checkpoint, --resume, --shard.
 *
 * Layer: cli. May include: scenario, base.
 */
#ifndef CLI_KEEP_H
#define CLI_KEEP_H

#include "cli/run_args.h"

/**
 * keep_begin() - get the checkpoint of a run ready.
 * @checkpoint: initialised; gets the options, and with --resume what the file has
 * @err: why it cannot be: the file is of another run, or is there already
 *
 * Catches SIGINT and SIGTERM.
 *
 * Return: 0, or -1.
 */
int keep_begin(struct checkpoint *checkpoint, const struct run_args *args, struct err *err);

/* Write it. Return: 0, or -1 if this or an earlier write went wrong. */
int keep_write(struct checkpoint *checkpoint, struct err *err);

/* Append how to go on with what was interrupted: "... go on with: baton run ...". */
void keep_tell(const struct checkpoint *checkpoint, const struct run_args *args, struct text *text);

/* Append what this shard has done of the search that has just ended, as a line. */
void keep_tell_shard(const struct checkpoint *checkpoint, const struct variant_result *result,
		     struct text *text);

#endif
