/* SPDX-License-Identifier: MIT */
/*
 * reduce.h - make a failing schedule smaller in small steps, where no search proves what is
 * smallest: runs of one CPU are joined, faults are taken out.
 *
 * Layer: explain. May include: explore, engine, base.
 */
#ifndef EXPLAIN_REDUCE_H
#define EXPLAIN_REDUCE_H

#include "explain/shrink.h"

/**
 * reduce() - until no single change makes it smaller.
 * @shrunk: its schedule fails; it and its cost are replaced by smaller ones
 *
 * Context: the simulation of the trial's subject is open.
 */
void reduce(struct trial *trial, struct shrunk *shrunk);

#endif
