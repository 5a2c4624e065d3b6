/* SPDX-License-Identifier: MIT */
/*
 * blame.h - which patch alone makes the difference between two states.
 *
 * Each patch and rule in which they differ is tried twice: the state behind the change without
 * it, and the state before the change with it alone.
 *
 * Layer: bisect. May include: scenario, explore, engine, base.
 */
#ifndef BISECT_BLAME_H
#define BISECT_BLAME_H

#include "bisect/probe.h"

struct blame_trial {
	char *change;                    /* "09854ba94c6a", "- 09854ba94c6a", "rule=value" */
	const struct model_patch *patch; /* NULL: a rule */
	enum bisect_answer without, alone;
	char *without_title, *alone_title; /* of the two states */
	char *why; /* one of them cannot be: "patch 'x' needs 'y'"; or NULL */
};

struct blame {
	struct prober *prober; /* this and name are the caller's */
	const char *name;      /* what is judged */
	VEC(struct blame_trial) trials;
};

/**
 * blame_run() - try all changes from state @before to state @after.
 * @blame: its first two members are set; blame_release() it also after an error
 *
 * Adds states to the series of the prober.
 *
 * Return: 0, or -1.
 */
int blame_run(struct blame *blame, size_t before, size_t after, struct err *err);

void blame_release(struct blame *blame);

/* Is it this one alone? @before, @after: what the two states are. */
bool blame_is_it(const struct blame_trial *trial, enum bisect_answer before,
		 enum bisect_answer after);

#endif
