/* SPDX-License-Identifier: MIT */
/*
 * live_host.h - the process D of all scripts: it makes what they need, has their processes
 * as its descendants, and undoes everything when the front ends, however that ends.
 *
 *     front                     host (D)                  A, B, C
 *     LIVE_OPEN       ->        folder, swap area
 *     LIVE_BEGIN, end of a ->   pipes; fork()        ->   A
 *                  channel
 *     operations      ->                                  (or D)
 *     LIVE_END        ->        kills and reaps them
 *     (gone, or LIVE_CLOSE)     undoes it all, ends
 *
 * It is in a session of its own and ignores what ends the front from a terminal. Should
 * it be killed itself, then its children become the front's, which undoes the rest; and if both
 * are killed, a third process does (live_watch.h).
 *
 * Layer: conform. May include: conform, base.
 */
#ifndef CONFORM_LIVE_HOST_H
#define CONFORM_LIVE_HOST_H

#include "conform/live_made.h"

/* What the front hands over. */
struct live_handles {
	int channel;
	int alive; /* see live_watch() */
};

struct live_options {
	const char *folder;  /* where a folder is made; NULL: TMPDIR or /var/tmp */
	enum live_swap swap; /* what kind of a swap area */
};

/* Do what the channel says, until it is closed; then the process ends. */
_Noreturn void live_host_run(const struct live_handles *handles, struct live_shared *shared,
			     const struct live_options *options);

/**
 * live_reap_all() - kill and reap all processes of the script.
 *
 * Context: in a subreaper that is their ancestor, and has no other children.
 */
void live_reap_all(struct live_shared *shared);

#endif
