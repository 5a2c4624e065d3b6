/* SPDX-License-Identifier: MIT */
/*
 * cores.h - what a failure needs on the bad side of a change, and what becomes of that on the
 * good side.
 *
 * Layer: bisect. May include: scenario, explain, explore, engine, base.
 */
#ifndef BISECT_CORES_H
#define BISECT_CORES_H

#include "bisect/probe.h"

struct cores {
	struct text orders; /* of the bad state, a line each; empty: there is no core */
	size_t depth;       /* how many */
	struct text why;    /* there is none, or it could not be tried on the good side; or empty */
	uint64_t obeying;   /* executions of the good state that obey all of them */
	uint64_t bad;       /* of these: that show it nevertheless */
	struct text alone;  /* what becomes of each order alone in the good state, a line each */
	bool tried;         /* obeying, bad and alone are known */
	bool failed;        /* they are not because a search ended with the error in why */
};

/**
 * cores_find() - explain the failure, and obey its orders in the good state.
 * @cores: filled; cores_release() it also after an error
 * @prober: has looked at both states
 * @bad, @good: the two states
 * @name: what is judged
 *
 * What cannot be said is left out, and why says why.
 *
 * Context: no simulation is open.
 */
void cores_find(struct cores *cores, struct prober *prober, size_t bad, size_t good,
		const char *name);
void cores_release(struct cores *cores);

#endif
