/* SPDX-License-Identifier: MIT */
/*
 * fault_site.h - which fault points are passed, and from where.
 *
 * A site is a call that passes a point of one name. Only passes that could fail count: those of
 * CPUs, and not in setup and finally.
 *
 * Layer: engine. May include: base.
 */
#ifndef ENGINE_FAULT_SITE_H
#define ENGINE_FAULT_SITE_H

#include <stdbool.h>
#include <stdint.h>

struct fault_site {
	char *point;
	const void *caller;      /* where the call returns to */
	unsigned long execution; /* that the rest is of: baton_execution() */
	unsigned long passes;
	uint64_t cpus; /* bit i: the one that answers i to baton_cpu() */
};

/* Count passes, or, as it is at first, do not. */
void fault_sites_watch(bool on);

/* A point is passed, by a call that returns to @caller. Context: anywhere. Does not switch. */
void fault_site_pass(const char *point, const void *caller);

/* Sites of all executions so far: look at their execution. Index below fault_site_count(). */
unsigned int fault_site_count(void);
const struct fault_site *fault_site(unsigned int index);

#endif
