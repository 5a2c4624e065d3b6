/* SPDX-License-Identifier: MIT */
/*
 * verify_variant.h - check the reduction on one variant of a scenario: explore/verify.h.
 *
 * Layer: scenario. May include: explore, engine, base.
 */
#ifndef SCENARIO_VERIFY_VARIANT_H
#define SCENARIO_VERIFY_VARIANT_H

#include "scenario/run.h"

/**
 * verify_variant() - compare what dpor and dfs run.
 * @options: bounds and limits, and the command of printed replay commands
 * @strength: out: EXHAUSTIVE if all was compared; BOUNDED if dfs ran within a bound or an
 *	      order, SAMPLED if it was cut; CUT if dpor was, and there was nothing to compare
 * @line: appended: what was compared and how it came out
 * @err: a BUG if they differ, with the execution that shows it
 *
 * Context: no other simulation is open.
 * Return: 0, or -1 after a BUG or where it could not be run.
 */
int verify_variant(const struct run_case *which, const struct run_options *options,
		   enum strength *strength, struct text *line, struct err *err);

#endif
