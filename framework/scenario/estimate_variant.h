/* SPDX-License-Identifier: MIT */
/*
 * estimate_variant.h - how long would exploring one variant take?
 *
 * Layer: scenario. May include: explore, engine, base.
 */
#ifndef SCENARIO_ESTIMATE_VARIANT_H
#define SCENARIO_ESTIMATE_VARIANT_H

#include "explore/estimate.h"
#include "scenario/run.h"

struct estimate_report {
	bool through;        /* the whole search took less than a second: no estimate */
	uint64_t executions; /* that it made in that time */
	double per_second;   /* of them; 0 if that is too little time to say */
	bool at_most; /* a reduced search within bounds needs fewer than these interleavings */
	struct estimate_result estimate;
};

/**
 * estimate_variant() - explore for a second, and if that is not enough estimate the rest.
 *
 * Context: no other simulation is open.
 * Return: 0, or -1 if it could not be run.
 */
int estimate_variant(const struct run_case *which, const struct run_options *options,
		     struct estimate_report *report, struct err *err);

/* Append "about 12,300 traces (+-15 %), hardly less than 4,100; 95 per second: about 2 minutes". */
void estimate_report_text(const struct estimate_report *report, struct text *text);

/* Append "40 s", "12 minutes", "5 hours", "3 days", "more than 10 years". */
void estimate_time_text(double seconds, struct text *text);

#endif
