/* SPDX-License-Identifier: MIT */
/*
 * beginning.h - how executions can begin, such that each trace belongs to one beginning.
 *
 * Beginnings are found as sleep.h finds executions: at a choice, the CPUs that come before
 * the one picked fall asleep. A trace belongs to a beginning if it can be made so that it
 * begins like that, and no step of a sleeper could be made right behind it. So each trace
 * belongs to one beginning of a cut: the one that is come to by making, at each choice, the
 * first step in the order of dfs that the trace allows. docs/explorer.md, "In parts, within a
 * bound".
 *
 * As text it is the nodes of dfs (dfs_part.c); what its steps access, and who sleeps behind it,
 * is found out by making it.
 *
 *	states 2 0 0 3 0 4 1 7 4
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_BEGINNING_H
#define EXPLORE_BEGINNING_H

#include "base/fields.h"
#include "base/vec.h"
#include "engine/sim.h"
#include "explore/explore.h"
#include "explore/part.h"

/* Instead of an event: the time before the first one. */
#define BEGINNING_BEFORE (UINT32_MAX - 1)

/* The first word of the text. */
#define BEGINNING_WORD "states"

/* A step of it. */
struct beginning_event {
	uint32_t cpu, core;
	struct sim_access access;
	size_t answers; /* of the choices in it: index of the first one */
};

struct beginning {
	VEC(struct beginning_event) events;
	VEC(uint32_t) answers;                      /* first those before the first step */
	uint64_t asleep;                            /* CPUs, behind it */
	struct sim_access sleepers[BATON_CPUS_MAX]; /* their next steps */
	bool given;                                 /* else it is nothing */
	bool ended; /* the execution that makes it ends with it: it cannot be cut */
};

/* Nothing: all traces belong to it. */
void beginning_init(struct beginning *beginning);
void beginning_release(struct beginning *beginning);

/* The answers of event @index, from the one that is returned up to @end. */
size_t beginning_answers(const struct beginning *beginning, uint32_t index, size_t *end);

/**
 * beginning_load() - read one, and make it once.
 * @beginning: as beginning_init() left it
 * @part: behind its first word; may be over: then it is nothing
 * @search: whose faults are bounded
 *
 * Context: a simulation is open.
 * Return: 0, or -1 if it is none of this program.
 */
int beginning_load(struct beginning *beginning, struct fields *part,
		   const struct explore_search *search, struct err *err);

/**
 * beginning_cut() - the beginnings that the traces of @text belong to if one goes on behind it.
 * @text: one; with nothing but the first word: of all traces
 * @least: so many of them or more, if there are
 * @parts: empty; filled
 *
 * Context: a simulation is open.
 * Return: 0, or -1 if the program is not deterministic.
 */
int beginning_cut(const char *text, const struct explore_search *search, size_t least,
		  struct parts *parts, struct err *err);

#endif
