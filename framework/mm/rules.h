/* SPDX-License-Identifier: MIT */
/*
 * rules.h - the places where history changed the code, and the question that the
 * code asks there.
 *
 * A rule is a place; its values are what stood there over the years, oldest first.
 * Names and texts are in rules.c, the patches that set them in patches.c.
 *
 * Layer: mm. May include: engine.
 */
#ifndef MM_RULES_H
#define MM_RULES_H

#include "engine/model.h"
#include "mm/world.h"

enum rule {
	RULE_REUSE,
	RULE_UNMAP_PIN,
	RULE_NOTIFY,
	RULE_GUPFAST,
	RULE_TLBFLUSH,
	RULE_PINCOUNT,
	RULE_GUP_RO,
	RULE_FORK_PIN,
	RULE_SWAPIN,
	RULE_SWPEXCL,
	RULE_FORK_SWPEXCL,
	RULES,
};

#define RULE_VALUE(rule, value) ((rule) << 8 | (value))

/* In the order of the values in rules.c. */
enum rule_value {
	REUSE_MAPCOUNT = RULE_VALUE(RULE_REUSE, 0),
	REUSE_KOSAKI,
	REUSE_PAGECOUNT_WP, /* page_count in do_wp_page, still mapcount in do_swap_page */
	REUSE_PAGECOUNT,
	REUSE_EXCLUSIVE,

	UNMAP_PIN_NONE = RULE_VALUE(RULE_UNMAP_PIN, 0),
	UNMAP_PIN_SINGLE_CHECK,
	UNMAP_PIN_DOUBLE_CHECK,
	UNMAP_PIN_SHRINK_SKIP,
	UNMAP_PIN_SHARE_ANON,

	NOTIFY_CLEAR_THEN_INVAL_PTL = RULE_VALUE(RULE_NOTIFY, 0),
	NOTIFY_INVAL_AFTER_CHECKS,
	NOTIFY_INVAL_FIRST,
	NOTIFY_RANGE_START_END,

	GUPFAST_NORETRY_IRQ = RULE_VALUE(RULE_GUPFAST, 0),
	GUPFAST_RECHECK,
	GUPFAST_RECHECK_SEQ,
	GUPFAST_RECHECK_SEQ_UNSHARE,

	TLBFLUSH_IPI = RULE_VALUE(RULE_TLBFLUSH, 0),
	TLBFLUSH_PARAVIRT_NOIPI,

	PINCOUNT_NONE = RULE_VALUE(RULE_PINCOUNT, 0), /* FOLL_PIN is FOLL_GET */
	PINCOUNT_BIAS1024,

	GUP_RO_AS_IS = RULE_VALUE(RULE_GUP_RO, 0),
	GUP_RO_BREAK_COW,

	FORK_PIN_SHARE = RULE_VALUE(RULE_FORK_PIN, 0),
	FORK_PIN_EARLY_COPY,
	FORK_PIN_EARLY_COPY_SEQ,
	FORK_PIN_EXCLUSIVE,

	SWAPIN_NOCHECK = RULE_VALUE(RULE_SWAPIN, 0),
	SWAPIN_RECHECK,

	SWPEXCL_OFF = RULE_VALUE(RULE_SWPEXCL, 0),
	SWPEXCL_ON,

	FORK_SWPEXCL_CLEAR = RULE_VALUE(RULE_FORK_SWPEXCL, 0),
	FORK_SWPEXCL_KEEP,
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
