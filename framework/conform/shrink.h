/* SPDX-License-Identifier: MIT */
/*
 * shrink.h - the shortest form of a script that still shows something.
 *
 * Layer: conform. May include: conform, base.
 */
#ifndef CONFORM_SHRINK_H
#define CONFORM_SHRINK_H

#include "conform/script.h"

struct shrink {
	/* Does the script still show it? It may write down in the script what was seen. */
	bool (*shows)(void *arg, struct conform_script *script);
	void *arg;
	unsigned long tries; /* scripts that were asked about; counts up */
	unsigned long tries_max;
};

/**
 * shrink_script() - drop operations, then make arguments smaller, while it shows.
 * @script: one that shows it; overwritten by the shortest that was found, which does, too
 *
 * No operation of the result can be left out, and no argument be a smaller one of 0 to 15, unless
 * @tries_max was reached. What cannot be done without what was left out (B, without the fork) is
 * left out with it, and EXPECTED is written anew (ideal.h).
 */
void shrink_script(struct shrink *shrink, struct conform_script *script);

#endif
