/* SPDX-License-Identifier: MIT */
/* rules_test.c - names in the tables of patches and versions mean what the code asks. */
#include <ctype.h>
#include <string.h>

#include <criterion/criterion.h>

#include "mm/testing.h"

TestSuite(rules, .timeout = 20);

/* The enum and the names are two lists in the same order. */
Test(rules, values_have_their_names)
{
	static const struct {
		enum rule_value value;
		const char *name;
	} rows[] = {
		{ REUSE_MAPCOUNT, "mapcount" },
		{ REUSE_KOSAKI, "kosaki" },
		{ REUSE_PAGECOUNT_WP, "pagecount_wp_mapcount_swapin" },
		{ REUSE_PAGECOUNT, "pagecount" },
		{ REUSE_EXCLUSIVE, "exclusive" },
		{ UNMAP_PIN_NONE, "none" },
		{ UNMAP_PIN_SINGLE_CHECK, "single_check" },
		{ UNMAP_PIN_DOUBLE_CHECK, "double_check" },
		{ UNMAP_PIN_SHRINK_SKIP, "shrink_skip" },
		{ UNMAP_PIN_SHARE_ANON, "share_anon" },
		{ NOTIFY_CLEAR_THEN_INVAL_PTL, "clear_then_inval_ptl" },
		{ NOTIFY_INVAL_AFTER_CHECKS, "inval_after_checks" },
		{ NOTIFY_INVAL_FIRST, "inval_first" },
		{ NOTIFY_INVAL_BOTH, "inval_both" },
		{ NOTIFY_INVAL_AFTER_PTL, "inval_after_ptl" },
		{ NOTIFY_INVAL_PTL_SLEEPING, "inval_ptl_sleeping" },
		{ NOTIFY_RANGE_START_END, "range_start_end" },
		{ NOTIFIER_RETRY_LOCKLESS, "lockless" },
		{ NOTIFIER_RETRY_LOCKLESS_SEQ_FIRST, "lockless_seq_first" },
		{ NOTIFIER_RETRY_COUNT_DOWN_FIRST, "lockless_count_down_first" },
		{ SECONDARY_KVM_MODERN, "kvm_modern" },
		{ SECONDARY_GRU, "gru" },
		{ SECONDARY_XPMEM, "xpmem" },
		{ GUPFAST_NORETRY_IRQ, "noretry_irq" },
		{ GUPFAST_RECHECK, "recheck" },
		{ GUPFAST_RECHECK_SEQ, "recheck_seq" },
		{ GUPFAST_RECHECK_SEQ_UNSHARE, "recheck_seq_unshare" },
		{ TLBFLUSH_IPI, "ipi" },
		{ TLBFLUSH_PARAVIRT_NOIPI, "paravirt_noipi" },
		{ PINCOUNT_NONE, "none" },
		{ PINCOUNT_BIAS1024, "bias1024" },
		{ GUP_RO_AS_IS, "as_is" },
		{ GUP_RO_BREAK_COW, "break_cow" },
		{ FORK_PIN_SHARE, "share" },
		{ FORK_PIN_EARLY_COPY, "early_copy" },
		{ FORK_PIN_EARLY_COPY_SEQ, "early_copy_seq" },
		{ FORK_PIN_EXCLUSIVE, "exclusive" },
		{ SWAPIN_NOCHECK, "nocheck" },
		{ SWAPIN_RECHECK, "swapcache_recheck" },
		{ SWPEXCL_OFF, "off" },
		{ SWPEXCL_ON, "on" },
		{ FORK_SWPEXCL_CLEAR, "clear" },
		{ FORK_SWPEXCL_KEEP, "keep" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_assert(rule_value_is(rows[i].value, rows[i].name), "%s", rows[i].name);
}

static const struct model_patch *find_patch(const char *id)
{
	for (const struct model_patch *patch = mm_patches; patch->id; patch++)
		if (strcmp(patch->id, id) == 0)
			return patch;
	return NULL;
}

/* By a patch that is applied before it? */
static bool needs_met(const struct model_patch_list *list, size_t index)
{
	const char *needs = list->items[index]->needs;

	for (size_t before = 0; needs && before < index; before++)
		if (strcmp(list->items[before]->id, needs) == 0)
			return true;
	return !needs;
}

/* boot() stops the test where a name does not exist. */
Test(rules, versions_are_made_of_patches_whose_needs_are_met)
{
	for (const struct model_version *version = mm_versions; version->name; version++) {
		struct model_patch_list list = { 0 };

		boot(1, version->name);
		model_version_patches(&mm_model, version, &list);
		for (size_t i = 0; i < list.count; i++)
			cr_assert(needs_met(&list, i), "%s in %s", list.items[i]->id,
				  version->name);
	}
}

/* YYYY-MM or YYYY-MM-DD */
static bool is_date(const char *text)
{
	static const char shape[] = "dddd-dd-dd";
	size_t length = text ? strlen(text) : 0;

	if (length != strlen("dddd-dd") && length != strlen(shape))
		return false;
	for (size_t i = 0; i < length; i++)
		if (shape[i] == 'd' ? !isdigit((unsigned char)text[i]) : text[i] != shape[i])
			return false;
	return true;
}

/* Of a commit, the release comes first: the same as .since. */
static bool has_origin(const struct model_patch *patch)
{
	size_t length = patch->since ? strlen(patch->since) : 0;

	if (!patch->source || !*patch->source)
		return false;
	if (patch->known == MODEL_MADE_UP)
		return !patch->date && !patch->author && !patch->since;
	if (patch->since &&
	    (strncmp(patch->source, patch->since, length) != 0 || patch->source[length] != ','))
		return false;
	return is_date(patch->date) && patch->author && *patch->author;
}

Test(rules, patches_say_who_wrote_them_and_when)
{
	for (const struct model_patch *patch = mm_patches; patch->id; patch++)
		cr_assert(has_origin(patch), "%s", patch->id);
}

Test(rules, a_patch_without_origin_is_noticed)
{
	const struct model_patch good = { .id = "a",
					  .date = "2009-04-19",
					  .author = "b",
					  .source = "v5.1, c",
					  .since = "v5.1" };
	struct model_patch bad[] = { good, good, good, good, good, good, good };

	bad[0].date = NULL;
	bad[1].date = "19 Apr 2009";
	bad[2].date = "2009-4-19";
	bad[3].author = "";
	bad[4].source = NULL;
	bad[5].source = "v5.10, c";
	bad[6].known = MODEL_MADE_UP;
	cr_assert(has_origin(&good));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_assert(!has_origin(&bad[i]), "%zu", i);
}

Test(rules, patches_change_something)
{
	for (const struct model_patch *patch = mm_patches; patch->id; patch++) {
		cr_assert(patch->what && *patch->what, "%s", patch->id);
		cr_assert(patch->settings[0].rule, "%s", patch->id);
		cr_assert(!patch->needs || find_patch(patch->needs), "%s", patch->id);
	}
}

Test(rules, a_version_is_what_it_says)
{
	boot(1, "v2.6.29");
	cr_assert(patched(REUSE_MAPCOUNT));
	cr_assert(!patched_since(GUPFAST_RECHECK));
	boot(1, "kosaki-0419");
	cr_assert(patched(REUSE_KOSAKI) && patched(UNMAP_PIN_DOUBLE_CHECK));
	cr_assert(patched(NOTIFY_INVAL_FIRST));
	boot(1, "v5.9");
	cr_assert(patched(REUSE_PAGECOUNT_WP) && patched(GUP_RO_AS_IS));
	boot(1, "v5.19");
	cr_assert(patched(REUSE_EXCLUSIVE) && patched(SWPEXCL_ON) && patched(FORK_PIN_EXCLUSIVE));
	cr_assert(patched_since(UNMAP_PIN_SHRINK_SKIP));
}
