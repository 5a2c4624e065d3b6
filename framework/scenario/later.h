/* SPDX-License-Identifier: MIT */
/*
 * later.h - what the language has and the executor has not yet.
 *
 * All of it is parsed and checked, and then refused. Whoever makes one of these
 * work deletes its row in later.c, its name here, and the call that refuses it.
 *
 * Layer: scenario. May include: base.
 */
#ifndef SCENARIO_LATER_H
#define SCENARIO_LATER_H

#include "scenario/diagnostics.h"

enum later {
	LATER_TEARDOWN,
	LATER_MARKER,
};

/**
 * later_refuse() - report "... is not executable yet; <what to do instead>" at @at.
 */
void later_refuse(struct diagnostics *diagnostics, struct span at, enum later what);

#endif
