/* SPDX-License-Identifier: MIT */
/*
 * rules.h - the places where history changed the code, and the question that the
 * code asks there.
 *
 * A rule is a place; its values are what stood there over the years, oldest first.
 * All of them are in tables/rules.inc, the patches that set them in tables/patches_*.
 *
 * Layer: mm. May include: engine.
 */
#ifndef MM_RULES_H
#define MM_RULES_H

#include "engine/model.h"
#include "mm/world.h"

enum rule {
#define RULE(id, name, help) RULE_##id,
#define VALUE(id, name, help)
#include "mm/tables/rules.inc"
#undef RULE
#undef VALUE
	RULES
};

/* The rule in the upper bits, the index of the value in the lower 8. */
enum rule_value {
#define RULE(id, name, help) BEFORE_##id = ((int)RULE_##id << 8) - 1,
#define VALUE(id, name, help) id,
#include "mm/tables/rules.inc"
#undef RULE
#undef VALUE
};

/* Is exactly this in force? */
static inline bool patched(enum rule_value value)
{
	return world.rules[value >> 8] == (value & 0xff);
}

/* Is this, or something later at the same place, in force? */
static inline bool patched_since(enum rule_value value)
{
	return world.rules[value >> 8] >= (value & 0xff);
}

extern const struct model_rule mm_rules[];
extern const struct model_patch mm_patches[];
extern const struct model_version mm_versions[];

#endif
