/* SPDX-License-Identifier: MIT */
/* rules.c - names of the places that history changed, in the order of rules.h. */
#include "mm/rules.h"

static const char *const reuse[] = { "mapcount",  "kosaki",    "pagecount_wp_mapcount_swapin",
				     "pagecount", "exclusive", NULL };
static const char *const unmap_pin[] = { "none",        "single_check", "double_check",
					 "shrink_skip", "share_anon",   NULL };
static const char *const notify[] = { "clear_then_inval_ptl", "inval_after_checks", "inval_first",
				      "range_start_end", NULL };
static const char *const gupfast[] = { "noretry_irq", "recheck", "recheck_seq",
				       "recheck_seq_unshare", NULL };
static const char *const tlbflush[] = { "ipi", "paravirt_noipi", NULL };
static const char *const pincount[] = { "none", "bias1024", NULL };
static const char *const gup_ro[] = { "as_is", "break_cow", NULL };
static const char *const fork_pin[] = { "share", "early_copy", "early_copy_seq", "exclusive",
					NULL };
static const char *const swapin[] = { "nocheck", "swapcache_recheck", NULL };
static const char *const swpexcl[] = { "off", "on", NULL };
static const char *const fork_swpexcl[] = { "clear", "keep", NULL };

const struct model_rule mm_rules[] = {
	[RULE_REUSE] = { "reuse", "when a write fault may use the page in place", reuse },
	[RULE_UNMAP_PIN] = { "unmap_pin", "how reclaim notices that a page is pinned", unmap_pin },
	[RULE_NOTIFY] = { "notify", "when unmapping tells the mmu notifiers", notify },
	[RULE_GUPFAST] = { "gupfast", "what gup_fast checks after it took its reference", gupfast },
	[RULE_TLBFLUSH] = { "tlbflush", "whether a TLB flush waits for other CPUs", tlbflush },
	[RULE_PINCOUNT] = { "pincount", "whether FOLL_PIN can be told from FOLL_GET", pincount },
	[RULE_GUP_RO] = { "gup_ro", "whether a reader's gup breaks COW", gup_ro },
	[RULE_FORK_PIN] = { "fork_pin", "what fork() does with pinned pages", fork_pin },
	[RULE_SWAPIN] = { "swapin", "whether a swap fault looks again under the page lock",
			  swapin },
	[RULE_SWPEXCL] = { "swpexcl", "whether a swap pte remembers exclusivity", swpexcl },
	[RULE_FORK_SWPEXCL] = { "fork_swpexcl", "what fork() does with that bit", fork_swpexcl },
	[RULES] = { .name = NULL },
};
