/* SPDX-License-Identifier: MIT */
/*
 * contain.h - run something that makes executions where it can do no harm: in another process.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_CONTAIN_H
#define EXPLORE_CONTAIN_H

#include "base/err.h"

/**
 * contain_run() - have @run called in a process of its own, carefully (engine/death.h).
 * @run: what it prints, and what it returns, is all that is left of it
 * @code: gets what it has returned
 * @err: the process died, and where is not known
 *
 * If the process dies, it is run again with that death known, as often as that helps.
 *
 * Context: no simulation is open.
 * Return: 0, or -1.
 */
int contain_run(int (*run)(void *arg), void *arg, int *code, struct err *err);

/*
 * Care takes time, and what is to come need not have any: called by @run. Once a process has
 * died over it, all is done with care.
 */
void contain_relax(void);

#endif
