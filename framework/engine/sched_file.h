/* SPDX-License-Identifier: MIT */
/*
 * sched_file.h - .sched files: a schedule that says what it belongs to.
 *
 *	schedule 1
 *	scenario scenarios/pin-vs-unmap/kosaki.scn
 *	hash xxh3:9c1e66f0a1b2c3d4
 *	model mm 1.0
 *	variant kosaki-0414
 *	fail mm/swap_slot times=1
 *	seed 1
 *	failure never lost_dma
 *	cost faults=1 preemptions=2 switches=4 steps=11
 *	1 kswapd swap/added
 *	choice fault mm/swap_slot 1
 *	2 kswapd READ_ONCE(page->mapcount) @mm/rmap.c:120
 *	3 dio gup_fast/pte_read
 *	end
 *
 * Made to be edited: blank lines, '#' comments and CRLF are read over, the numbers
 * of the steps are for the reader, and so are the place of an unlabelled point (its
 * name alone is compared: lines move with every change of the source) and the cost.
 * A '-' in place of a point's name stands for any point. What the file belongs to is
 * known before its CPUs are: so it is read first, and its CPUs are looked up when the
 * program is there.
 *
 * Layer: engine. May include: base.
 */
#ifndef ENGINE_SCHED_FILE_H
#define ENGINE_SCHED_FILE_H

#include "base/err.h"
#include "engine/schedule.h"
#include "engine/trace.h"

#define SCHED_FILE_VERSION 1

/* One entry of the schedule. */
struct sched_line {
	uint8_t kind;              /* enum baton_choice_kind */
	unsigned int option;       /* picked, where it is not a CPU */
	char *cpu;                 /* name; NULL where it is not a CPU */
	char *name;                /* of the point or of what was chosen; NULL: any */
	char *place;               /* "mm/rmap.c:120" of an unlabelled point, else NULL */
	unsigned int line, column; /* in the file, from 1: where cpu stands */
};

/* All strings are malloc'ed; NULL where the file does not say. */
struct sched_file {
	char *scenario; /* path */
	char *hash;     /* of the scenario's text */
	char *model;    /* name and release */
	char *variant;
	char *cell;    /* of the matrix */
	char *fail;    /* what else may fail than the scenario says: "mm/alloc_page nth=2" */
	char *failure; /* signature: what this execution shows */
	uint64_t seed;
	unsigned int faults, preemptions;
	size_t switches, steps;
	VEC(struct sched_line) lines;
};

/* All zero is an empty file. */
void sched_file_release(struct sched_file *file);

/**
 * sched_file_record() - take the lines and the cost from an execution.
 * @file: loses the lines that it had
 * @program: names the CPUs
 * @trace: recording of @schedule, for the names; NULL: without names
 */
void sched_file_record(struct sched_file *file, const struct schedule *schedule,
		       const struct baton_program *program, const struct trace *trace);

/* Append the text of the file; sched_file_read() reads it back. */
void sched_file_write(const struct sched_file *file, struct text *text);

/**
 * sched_file_read() - read the text of a .sched file.
 * @file: gets the content; what it held before is released
 * @path: for messages only
 * @bytes: @length bytes, any
 * @err: all errors of the text, each as "path:line:col: error: ..."
 *
 * Return: 0, or -1 with @file empty.
 */
int sched_file_read(struct sched_file *file, const char *path, const char *bytes, size_t length,
		    struct err *err);

/**
 * sched_file_take_aliases() - give points that were renamed their names of today.
 * @path: for messages only
 * @warnings: appended: a line for each name that was an old one
 */
void sched_file_take_aliases(struct sched_file *file, const char *path, struct text *warnings);

/**
 * sched_file_resolve() - look up the CPUs that the lines name.
 * @program: the one that @file belongs to
 * @path: for messages only
 * @schedule: gets the entries; what it held before is released
 * @names: gets one name per entry, NULL where any will do; free() the array, the
 *	   names are @file's
 * @err: each unknown CPU with its place, and the nearest name
 *
 * Return: 0, or -1 with @schedule empty and @names NULL.
 */
int sched_file_resolve(const struct sched_file *file, const struct baton_program *program,
		       const char *path, struct schedule *schedule, char ***names, struct err *err);

#endif
