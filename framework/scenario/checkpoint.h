/* SPDX-License-Identifier: MIT */
/*
 * checkpoint.h - how far the searches of a run have come, in a file.
 *
 *	baton-checkpoint 1
 *	option files lost.scn
 *	option limit 500000
 *	scenario xxh3:9c1e66f0a1b2c3d4 toy 1 lost.scn
 *	search 0 0
 *	(a frontier: see explore/frontier_text.c)
 *	end
 *
 * The options are those that the searches depend on, as they were given. Then each scenario
 * with the hash of its text, its model and its path; and each search that has begun, with the
 * indices of its variant and cell. The file is replaced as a whole, so there is always one.
 *
 * The same file is what a shard leaves: then each search has only that shard's parts, and the
 * shards of a run can be joined.
 *
 * Layer: scenario. May include: explore, engine, base.
 */
#ifndef SCENARIO_CHECKPOINT_H
#define SCENARIO_CHECKPOINT_H

#include "explore/explore.h"
#include "explore/frontier.h"
#include "scenario/runner.h"

#define CHECKPOINT_VERSION 1

/* Name of the option whose value is the files and directories, a line each. */
#define CHECKPOINT_FILES "files"

/* Milliseconds between two writes. */
#define CHECKPOINT_INTERVAL 10000u

struct checkpoint_option {
	char *name, *value; /* "limit", "500000" */
};

struct checkpoint_scenario {
	char *identity; /* hash of the text, model and its release */
	char *path;
};

struct checkpoint_search {
	size_t scenario; /* index in the checkpoint's scenarios */
	unsigned int variant, cell;
	struct frontier frontier;
};

struct checkpoint {
	char *path; /* NULL: in memory only */
	VEC(struct checkpoint_option) options;
	VEC(struct checkpoint_scenario) scenarios;
	VEC(struct checkpoint_search *) searches;
	uint64_t interval_ms, written_ms;
	struct explore_shard shard;  /* count 0: all parts */
	bool joined;                 /* of shards: nothing may be left to explore */
	const struct frontier *last; /* of the search that was entered last; NULL: none was */
	struct explore_watch watch;  /* its stop is the caller's */
	struct err write_err;        /* the first time that it could not be written */
};

void checkpoint_init(struct checkpoint *checkpoint);
void checkpoint_release(struct checkpoint *checkpoint);

/* Add an option; the strings are copied. */
void checkpoint_add_option(struct checkpoint *checkpoint, const char *name, const char *value);

/* The value of an option; NULL if there is none of that name. */
const char *checkpoint_option(const struct checkpoint *checkpoint, const char *name);

/**
 * checkpoint_read() - read a file.
 * @checkpoint: initialised, with its path
 * @err: what is wrong, as "path:line:column: error: ..."
 *
 * Return: 0, or -1.
 */
int checkpoint_read(struct checkpoint *checkpoint, struct err *err);

/* The same, of text in memory that is named like the file. */
int checkpoint_parse(struct checkpoint *checkpoint, const char *text, struct err *err);

/* Append the text of the file. */
void checkpoint_format(const struct checkpoint *checkpoint, struct text *text);

/**
 * checkpoint_write() - replace the file.
 *
 * Return: 0, or -1 if that cannot be done, and the old one is still there.
 */
int checkpoint_write(const struct checkpoint *checkpoint, struct err *err);

/**
 * checkpoint_compare() - are the options of both the same?
 * @err: a line for each that is not
 * @except: name of one that may differ, or NULL
 *
 * Return: 0, or -1.
 */
int checkpoint_compare(const struct checkpoint *then, const struct checkpoint *now,
		       const char *except, struct err *err);

/* Have @into go on with the scenarios and searches of @from, which has none afterwards. */
void checkpoint_take(struct checkpoint *into, struct checkpoint *from);

/**
 * checkpoint_join() - add the shard @from to @into, and leave it with nothing.
 *
 * Return: 0, or -1 if they are no shards of the same cut.
 */
int checkpoint_join(struct checkpoint *into, struct checkpoint *from, struct err *err);

/**
 * checkpoint_check() - is the scenario the one that the checkpoint knows?
 * @checkpoint: NULL: yes
 *
 * Return: 0, also where it knows none at this path; -1 if it is another one now.
 */
int checkpoint_check(struct checkpoint *checkpoint, const struct scenario *scenario,
		     struct err *err);

/**
 * checkpoint_enter() - have @search go on where the checkpoint is.
 * @checkpoint: NULL: nothing happens
 * @err: the scenario is another one now; or of joined shards some are missing
 *
 * Return: 0, or -1.
 */
int checkpoint_enter(struct checkpoint *checkpoint, const struct run_case *which,
		     struct explore_search *search, struct err *err);

#endif
