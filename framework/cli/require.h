/* SPDX-License-Identifier: MIT */
/*
 * require.h - how strong a search must be for "not seen" to count.
 *
 * Layer: cli. May include: explore.
 */
#ifndef CLI_REQUIRE_H
#define CLI_REQUIRE_H

#include "explore/result.h"

/**
 * require_strength() - judge again what was not seen, and the whole result.
 * @require: a weaker search leaves never and always inconclusive; at most SAMPLED, so that
 *	     a cut one always does
 *
 * What was seen needs no strength: an execution shows it.
 */
void require_strength(struct variant_result *result, enum strength require);

#endif
