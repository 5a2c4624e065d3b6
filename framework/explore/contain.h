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
 * contain_run() - have @run called in a process of its own.
 * @run: what it prints, and what it returns, is all that is left of it
 * @code: gets what it has returned
 * @err: the process died, and where is not known
 *
 * If the process dies, it is run again carefully (engine/death.h), and then with that death known,
 * as often as that helps.
 *
 * Context: no simulation is open.
 * Return: 0, or -1.
 */
int contain_run(int (*run)(void *arg), void *arg, int *code, struct err *err);

#endif
