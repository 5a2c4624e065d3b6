/* SPDX-License-Identifier: MIT */
/*
 * roles.h - what can be either way while the core is obeyed.
 *
 * A search runs one of the executions that differ only in the order of independent steps, or that
 * come to the same state. That an order is in all that it ran is no proof that it is forced.
 *
 * Layer: explain. Private to it.
 */
#ifndef EXPLAIN_ROLES_H
#define EXPLAIN_ROLES_H

#include "explain/core.h"
#include "explain/subject.h"

/**
 * roles_doubt() - try to have each forced order the other way round, in a few executions.
 * @core: its roles are set; a forced one that could be otherwise becomes irrelevant
 * @failing: is followed as far as it can
 * @total: executions of all searches together, with those of @core; 0: there is no such limit
 *
 * Context: the simulation of @subject is open.
 */
void roles_doubt(struct core *core, const struct subject *subject, const struct schedule *failing,
		 uint64_t total);

#endif
