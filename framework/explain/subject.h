/* SPDX-License-Identifier: MIT */
/*
 * subject.h - what is explained: a program, and how to tell whether an execution of it fails.
 *
 * Nothing here knows of scenarios: whoever has a program of the engine and can judge an
 * execution of it can have its failures shrunk and explained.
 *
 * Layer: explain. May include: explore, engine, base.
 */
#ifndef EXPLAIN_SUBJECT_H
#define EXPLAIN_SUBJECT_H

#include "explore/explore.h"

enum subject_verdict {
	SUBJECT_PASSES,  /* nothing is wrong */
	SUBJECT_FAILS,   /* it shows the failure that is asked about */
	SUBJECT_DIFFERS, /* something is wrong, and not that */
	SUBJECT_OPEN,    /* a bound cut it: nobody knows */
};

struct subject {
	const struct baton_program *program; /* of the open simulation */
	const char *failure;                 /* "lost_dma": for reports */
	struct explore_search search;        /* its bounds are those of all searches here */
	struct explore_filter *filter;       /* what it allows at all, of_state; may be NULL */
	/* Of the execution that has just ended. */
	enum subject_verdict (*judge)(void *arg, enum sim_end end);
	/* Append how it ended, in a few words: "seen = 0x11"; NULL: there is nothing to say. */
	void (*describe)(void *arg, struct text *text);
	void *arg;
};

#endif
