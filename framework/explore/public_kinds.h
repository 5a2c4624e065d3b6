/* SPDX-License-Identifier: MIT */
/*
 * public_kinds.h - the findings of a search, one for each name.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_PUBLIC_KINDS_H
#define EXPLORE_PUBLIC_KINDS_H

#include "base/vec.h"
#include "baton/explore.h"
#include "explore/gather.h"

struct public_kind {
	struct baton_finding finding;
	unsigned int steps; /* made when it was found */
};

struct public_kinds {
	struct gatherer gatherer;
	const struct baton_program *program;
	VEC(struct public_kind) list;
	uint64_t executions; /* of all */
};

/* @next: the gatherer behind this one. */
void public_kinds_init(struct public_kinds *kinds, const struct baton_program *program,
		       struct gatherer *next);
void public_kinds_release(struct public_kinds *kinds);

/* The execution that ran last ended with a finding. */
void public_kinds_note(struct public_kinds *kinds);

/* Hand them over: @result had none. */
void public_kinds_give(struct public_kinds *kinds, struct baton_result *result);

/* Its strings. */
void public_finding_release(struct baton_finding *finding);

#endif
