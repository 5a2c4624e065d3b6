/* SPDX-License-Identifier: MIT */
/*
 * live_watch.h - who undoes everything when neither the front nor the host can any more.
 *
 * A process that is nobody's child waits for both of them to be gone: it has one end of a pipe,
 * and only they have the other one. Who kills a whole tree of processes does not find it.
 *
 * Layer: conform. May include: conform, base.
 */
#ifndef CONFORM_LIVE_WATCH_H
#define CONFORM_LIVE_WATCH_H

#include "conform/live_made.h"

/**
 * live_watch() - start the process.
 * @alive: a descriptor: as long as any process has it open, nothing is undone
 *
 * Context: before this process becomes a subreaper. Return: 0 or -errno.
 */
int live_watch(struct live_shared *shared, int *alive);

#endif
