/* SPDX-License-Identifier: MIT */
/*
 * why.h - what "baton shrink" and "baton explain" share: the failing execution that the
 * command line names.
 *
 * Layer: cli. May include: scenario, explain, engine, base.
 */
#ifndef CLI_WHY_H
#define CLI_WHY_H

#include <argp.h>

#include "cli/code.h"
#include "cli/output.h"
#include "cli/recorded.h"
#include "explain/shrink.h"
#include "scenario/failing.h"

struct why_args {
	struct recorded_args recorded;
	const char *failure; /* NULL: the file says, or the first */
	const char *saved;   /* path; NULL: beside the schedule's file, if it is one */
	uint64_t limit;      /* executions of a search */
};

/* The options and the argument for struct why_args, which is the input. */
extern const struct argp why_argp;

struct why {
	struct recorded recorded;
	struct failing failing;
	struct shrunk shrunk;
	bool found, small; /* failing and shrunk are there */
};

/**
 * why_open() - read the schedule, see it fail, and shrink it.
 * @why: filled; why_release() it also after an error
 *
 * Leaves the simulation open.
 *
 * Return: CODE_OK, or what the command is to end with.
 */
enum code why_open(struct why *why, const struct why_args *args, struct err *err);
void why_release(struct why *why);

/* Append "D03-single-check v5.19: lost_dma". */
void why_title(const struct why *why, struct text *text);

/* Append what was shrunk, and whether it is the smallest. */
void why_shrunk(const struct why *why, struct text *text);

/* Append the path to save under: as the option says, or the schedule's file with @suffix in place
 * of ".sched". Return: false if there is none. */
bool why_path(const struct why_args *args, const char *suffix, struct text *path);

#endif
