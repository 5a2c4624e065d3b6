/* SPDX-License-Identifier: MIT */
/* mmu_notifier.c - tell a secondary MMU that a mapping goes away. */
#include "mm/mm.h"

static bool attached(const struct mm *mm)
{
	return world.kvm.mm && world.kvm.mm == mm_number(mm);
}

/*
 * Linux: mm/mmu_notifier.c __mmu_notifier_invalidate_page() (v2.6.29)
 * Model: exact for one notifier
 */
void mmu_notifier_invalidate_page(struct mm *mm, int va)
{
	if (attached(mm))
		kvm_invalidate_page(va);
}

/*
 * Linux: mm/mmu_notifier.c __mmu_notifier_invalidate_range_start() (v2.6.29)
 * Model: reduced: one notifier, one page
 */
void mmu_notifier_invalidate_range_start(struct mm *mm, int va)
{
	if (attached(mm))
		kvm_range_start(va);
}

/*
 * Linux: mm/mmu_notifier.c __mmu_notifier_invalidate_range_end() (v2.6.29)
 * Model: exact for one notifier
 */
void mmu_notifier_invalidate_range_end(struct mm *mm, int va)
{
	(void)va;
	if (attached(mm))
		kvm_range_end();
}
