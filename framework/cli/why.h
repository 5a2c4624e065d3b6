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
	const char *against; /* of explain: a passing schedule; NULL: none */
	const char *saved;   /* path; NULL: beside the schedule's file, if it is one */
	uint64_t limit;      /* executions of a search */
	bool json;
};

/* The options and the argument for struct why_args, which is the input. */
extern const struct argp why_argp;

struct why {
	struct recorded recorded;
	struct failing failing;
	struct shrunk shrunk;
	bool found, small; /* failing and shrunk are there */
	bool chosen;       /* by the user, which failure */
};

/* Append what is to be printed of the failure. Return: 0; 1 if a schedule diverged; or -1. */
typedef int (*why_fn)(const struct why_args *args, struct why *why, struct text *text,
		      struct err *err);

/**
 * why_main() - a verb: read the schedule, see it fail, shrink it, and tell about it.
 * @tell: the simulation is open. It is called in a process of its own: the code under test may
 *	  end it, and then all is done again, up to that place
 *
 * Return: what the command is to end with.
 */
enum code why_main(int argc, char **argv, const struct argp *argp, why_fn tell);

/* Append "D03-single-check v5.19: lost_dma", and what else there is, where nobody has chosen. */
void why_title(const struct why *why, struct text *text);

/* Append what was shrunk, and whether it is the smallest. */
void why_shrunk(const struct why *why, struct text *text);

/* Append where it was saved, or @reason, why it was not; nothing, where both are empty. */
void why_saved(const struct text *path, const struct text *reason, struct text *text);

/* Append the path to save under: as the option says, or the schedule's file with @suffix in place
 * of ".sched". Return: false if there is none. */
bool why_path(const struct why_args *args, const char *suffix, struct text *path);

#endif
