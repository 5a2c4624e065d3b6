/* SPDX-License-Identifier: MIT */
/*
 * secondary_mmu.c - sptes, the callbacks that take them away, and accesses through them.
 *
 * in_guest stands for the request that makes all vcpus leave the guest when a spte goes
 * away, and for the message that a device answers: who is in the middle of an access has
 * the lock.
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

static const char *const spte_names[NR_VAS] = { "guest(A)", "guest(B)", "guest(C)",
						"guest(D)", "guest(E)", "guest(F)" };

static struct secondary_mmu *const mmu = &world.secondary;

/*
 * Linux: virt/kvm/kvm_main.c kvm_create_vm() (v2.6.29)
 * Model: reduced: its memory is the address space of its process
 */
void secondary_mmu_init(struct mm *mm)
{
	for (unsigned int cpu = 0; cpu < world.smp.nr_cpus; cpu++)
		world.cpus[cpu].user = 1; /* it may fault for the process */
	if (mmu->mm)
		baton_fail("model_limit", "the model has one secondary MMU");
	mmu->mm = (uint8_t)mm_number(mm);
	spin_lock_init(&mmu->mmu_lock, "mmu_lock");
	mm_lock_is(&mmu->mmu_lock, MMU_LOCK);
	spin_lock_init(&mmu->rmap_lock, "rmap_lock");
	mm_lock_is(&mmu->rmap_lock, SPTE_LOCK);
	for (int va = 0; va < NR_VAS; va++) {
		spin_lock_init(&mmu->spte[va].in_guest, spte_names[va]);
		mm_lock_is(&mmu->spte[va].in_guest, GUEST_LOCK);
	}
}

/* XPMEM waits for messages of other nodes: its lock is a mutex. */
static void lock_mmu(void)
{
	if (patched(SECONDARY_XPMEM))
		might_sleep();
	POINT("secondary/mmu_lock");
	spin_lock(&mmu->mmu_lock);
	if (mmu->freed)
		ghost_violation(USE_AFTER_FREE, "a notifier is called that was freed");
}

static void unlock_mmu(void)
{
	spin_unlock(&mmu->mmu_lock);
}

static bool retries_without_lock(void)
{
	return patched_since(NOTIFIER_RETRY_LOCKLESS);
}

/* Who does not take mmu_lock sees the numbers change one by one. */
static void add_to(int *number, int change)
{
	if (retries_without_lock()) {
		POINT("secondary/number");
		baton_access(BATON_HERE("mmu notifier number"), number, BATON_RMW);
	}
	*number += change;
}

bool secondary_mmu_holds_references(void)
{
	return patched(SECONDARY_KVM2009) || patched(SECONDARY_XPMEM);
}

/*
 * Linux: virt/kvm/kvm_main.c kvm_set_pfn_dirty() (v2.6.29)
 * Model: exact
 */
void secondary_mmu_set_page_dirty(struct page *page)
{
	POINT("secondary/set_dirty");
	baton_access(BATON_HERE("SetPageDirty"), page_flags(page), BATON_RMW);
	page->dirty = 1;
}

/*
 * Linux: arch/x86/kvm/mmu.c rmap_remove() (v2.6.29)
 * Model: exact
 */
void secondary_mmu_drop_spte(int va)
{
	struct spte *spte = &mmu->spte[va];

	/* Under mmu_lock it was last changed in a step of that lock's holder. */
	if (retries_without_lock())
		baton_access(BATON_HERE("spte"), &spte->in_guest, BATON_READ);
	if (!spte->valid)
		return;
	POINT("secondary/spte_dropped");
	spin_lock_at(BATON_MUTABLE("flush", "kvm_flush_remote_tlbs"), &spte->in_guest);
	spte->valid = 0;
	ghost_spte_dropped(va);
	spin_unlock(&spte->in_guest);
	if (!secondary_mmu_holds_references())
		return;
	if (spte->write)
		secondary_mmu_set_page_dirty(pfn_to_page(spte->pfn));
	put_page(pfn_to_page(spte->pfn), REF_SPTE);
}

static void drop_sptes(int first, int last)
{
	if (retries_without_lock())
		spin_lock(&mmu->rmap_lock);
	for (int va = first; va <= last; va++)
		secondary_mmu_drop_spte(va);
	if (retries_without_lock())
		spin_unlock(&mmu->rmap_lock);
}

/*
 * Linux: virt/kvm/kvm_main.c kvm_mmu_notifier_invalidate_page() (v2.6.29)
 * Model: exact
 */
void secondary_mmu_invalidate_page(int va)
{
	lock_mmu();
	add_to(&mmu->notifier_seq, 1);
	drop_sptes(va, va);
	unlock_mmu();
}

/*
 * Linux: virt/kvm/kvm_main.c kvm_mmu_notifier_invalidate_range_start() (v2.6.29)
 * Model: exact
 */
void secondary_mmu_range_start(int first, int last)
{
	lock_mmu();
	add_to(&mmu->notifier_count, 1);
	drop_sptes(first, last);
	unlock_mmu();
}

/*
 * Linux: virt/kvm/kvm_main.c kvm_mmu_notifier_invalidate_range_end() (v2.6.29)
 * Model: exact
 */
void secondary_mmu_range_end(void)
{
	bool count_first = patched(NOTIFIER_RETRY_COUNT_DOWN_FIRST);

	lock_mmu();
	if (count_first)
		add_to(&mmu->notifier_count, -1);
	add_to(&mmu->notifier_seq, 1);
	if (!count_first)
		add_to(&mmu->notifier_count, -1);
	unlock_mmu();
}

/*
 * Linux: virt/kvm/kvm_main.c kvm_mmu_notifier_clear_flush_young() (v2.6.29)
 * Model: exact for KVM; the others have no such callback
 */
bool secondary_mmu_clear_flush_young(int va)
{
	struct spte *spte = &mmu->spte[va];
	bool young = false;

	if (!patched(SECONDARY_KVM2009) && !patched(SECONDARY_KVM_MODERN))
		return false;
	lock_mmu();
	if (spte->valid) {
		baton_access(BATON_HERE("kvm_age_hva"), &spte->in_guest, BATON_RMW);
		young = spte->young;
		spte->young = 0;
		if (young)
			ghost_found_young_spte(va);
	}
	unlock_mmu();
	return young;
}

/*
 * Linux: virt/kvm/kvm_main.c kvm_mmu_notifier_release() (v2.6.29)
 * Model: exact
 */
void secondary_mmu_release(void)
{
	lock_mmu();
	add_to(&mmu->notifier_count, 0); /* wakes who waits for the end of a range */
	mmu->released = 1;
	drop_sptes(0, NR_VAS - 1);
	unlock_mmu();
}

void secondary_mmu_free(void)
{
	POINT("secondary/freed");
	baton_access(BATON_HERE("kfree"), &mmu->mmu_lock, BATON_WRITE);
	mmu->freed = 1;
}

/* Enter the guest with a spte that permits the access. Return: false if there is no page. */
static bool enter_guest(int va, bool write)
{
	struct spte *spte = &mmu->spte[va];

	for (;;) {
		POINT("secondary/enter");
		spin_lock_at(BATON_MUTABLE("lock", "vcpu_enter_guest"), &spte->in_guest);
		if (spte->valid && (spte->write || !write)) {
			spte->young = 1;
			ghost_touch_spte(va);
			return true;
		}
		spin_unlock(&spte->in_guest);
		if (!secondary_mmu_fault(va, write))
			return false;
	}
}

static struct page *guest_page(int va, int index, enum baton_access_kind kind)
{
	struct spte *spte = &mmu->spte[va];
	struct page *page = pfn_to_page(spte->pfn);

	POINT("secondary/access");
	baton_access(BATON_HERE("guest access"), &page->cell[index], kind);
	ghost_touch_spte(va);
	if (page->generation != spte->generation)
		ghost_violation(USE_AFTER_FREE, "guest: access to %s, which is free", page->name);
	return page;
}

bool secondary_mmu_load(int va, int index, long *value)
{
	struct page *page;

	if (!enter_guest(va, false))
		return false;
	page = guest_page(va, index, BATON_READ);
	*value = page->cell[index].value;
	ghost_load(&world.mms[mmu->mm], va, index, page);
	baton_note("%#lx from %s", (unsigned long)*value, page->name);
	spin_unlock(&mmu->spte[va].in_guest);
	return true;
}

bool secondary_mmu_store(int va, int index, long value)
{
	if (!enter_guest(va, true))
		return false;
	ghost_store(&world.mms[mmu->mm], va, index, guest_page(va, index, BATON_WRITE), value);
	spin_unlock(&mmu->spte[va].in_guest);
	return true;
}
