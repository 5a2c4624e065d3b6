/* SPDX-License-Identifier: MIT */
/*
 * mixes.h - three CPUs that do different things with one page.
 *
 * Layer: tests of mm. May include: mm, explore.
 */
#ifndef MM_MIXES_H
#define MM_MIXES_H

#include "baton/explore.h"
#include "mm/testing.h"

/* What setup does to the page, or-ed. */
#define CHILD 1u
#define GUEST 2u
#define SWAPPED 4u

struct mix {
	unsigned int setup;
	void (*run[3])(void *);
};

extern const struct mix mixes[];
extern const size_t mix_count;

struct mix_run {
	const char *version;
	void (*finally)(void *); /* as in struct baton_program */
	void (*step)(void *);
};

/* Explore it with one preemption. Return: as baton_explore(). */
int mix_explore(const struct mix *which, const struct mix_run *how, struct baton_result *result);

/* In finally: each process that has the page loads from it. */
void mix_load_all(void);

#endif
