/* SPDX-License-Identifier: MIT */
/*
 * reference.h - what is known of the programs from elsewhere.
 *
 * docs/performance.md says where the numbers come from.
 *
 * Layer: bench. May include: scenarios, explore, engine, base.
 */
#ifndef BENCH_REFERENCE_H
#define BENCH_REFERENCE_H

#include "bench/row.h"

/* Executions that a whole search needs. Return: 0 if that is not known, or if it samples. */
uint64_t reference_executions(const struct row *row);

/* How fast others explore it: "GenMC 18-35 k, CDSChecker 25 k"; "" if it was not measured. */
const char *reference_others(const struct row *row);

/* What is measured if nothing else is asked for. */
void reference_rows(struct rows *rows);

#endif
