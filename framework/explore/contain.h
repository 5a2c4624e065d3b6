/* SPDX-License-Identifier: MIT */
/*
 * contain.h - run something that makes executions where it can do no harm: in another process.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_CONTAIN_H
#define EXPLORE_CONTAIN_H

#include "base/err.h"
#include "base/pack.h"

/* Called there: what it appends to @reply, adds to @err, and returns comes back. */
typedef int (*contain_fn)(void *arg, struct text *reply, struct err *err);

/**
 * contain_call() - have @call called in a process of its own, carefully (engine/death.h).
 * @reply: appended
 * @err: also: the process died, and where is not known; a BUG, if that was one
 *
 * If the process dies, all is done again with that death known, as often as that helps. In this
 * process nothing has happened.
 *
 * Context: not on a CPU. A simulation that is open is open there, too.
 * Return: what @call has returned; -1 if the process died.
 */
int contain_call(contain_fn call, void *arg, struct text *reply, struct err *err);

/*
 * Care takes time, and what is to come need not have any: called by @call. Once a process has
 * died over it, all is done with care.
 */
void contain_relax(void);

#endif
