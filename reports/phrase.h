/* SPDX-License-Identifier: MIT */
/*
 * phrase.h - the words for what a search showed.
 *
 * "never" and "always" without a qualification are only said where the search was
 * exhaustive; otherwise the words say within which bound, or that it was not seen.
 *
 * Layer: reports. May include: explore, engine, base.
 */
#ifndef REPORTS_PHRASE_H
#define REPORTS_PHRASE_H

#include "explore/result.h"

/**
 * phrase_verdicts() - all that a variant's line says about its verdicts.
 * @oracles: also say that no oracle was violated, if so
 * @text: gets "lost_dma sometimes (87 of 4,159), expected never; never pin_lost"
 */
void phrase_verdicts(const struct variant_result *result, bool oracles, struct text *text);

/* Append "(bounded: preemptions<=3; 48,211 executions)". */
void phrase_strength(const struct variant_result *result, struct text *text);

/* The quantifier of herd's Observation line: "Never", "Sometimes" or "Always". */
const char *phrase_observed(const struct verdict *verdict);

#endif
