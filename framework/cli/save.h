/* SPDX-License-Identifier: MIT */
/*
 * save.h - executions as .sched files, and what ties such a file to its scenario.
 *
 * Layer: cli. May include: scenario, explore, engine, base.
 */
#ifndef CLI_SAVE_H
#define CLI_SAVE_H

#include "engine/sched_file.h"
#include "explain/subject.h"
#include "explore/result.h"
#include "scenario/runner.h"
#include "scenario/scenario.h"

/**
 * save_result() - write each execution that @result shows.
 * @directory: made if it is not there; the files are
 *	       DIRECTORY/SCENARIO/VARIANT[,CELL]/PREDICATE.sched, with '_' in place of
 *	       what is trouble in a file's name
 *
 * Return: 0, or -1 if one could not be written.
 */
int save_result(const struct variant_result *result, const struct scenario *scenario,
		const char *directory, struct err *err);

/* A failing schedule, and what it is of. */
struct save_one {
	const struct run_case *which;
	const char *cell; /* its name; NULL without a matrix */
	const char *failure;
	bool always; /* what fails was to hold */
	const struct schedule *schedule;
	const struct subject *subject;
};

/**
 * save_schedule() - write a .sched file.
 *
 * Context: the simulation of the subject is open.
 * Return: 0, or -1 if it cannot be written.
 */
int save_schedule(const struct save_one *one, const char *path, struct err *err);

/* Write a file, and make the directories that it is in. Return: 0, or -1. */
int save_text(const char *path, const struct text *text, struct err *err);

/**
 * save_compare() - does @file belong to @scenario as it is now?
 * @path: of @file, for the message
 * @warnings: appended, one per line: what has changed; that is no error, replay will tell
 */
void save_compare(const struct sched_file *file, const char *path, const struct scenario *scenario,
		  struct text *warnings);

#endif
