/* SPDX-License-Identifier: MIT */
/*
 * kvm.c - a guest's own page table, with a reference to the page for each spte.
 *
 * in_guest stands for the request that makes all vcpus leave the guest when a spte
 * goes away: a vcpu that is in the middle of an access has the bit.
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

static const char *const spte_names[NR_VAS] = { "guest(A)", "guest(B)", "guest(C)",
						"guest(D)", "guest(E)", "guest(F)" };

static struct mm *kvm_mm(void)
{
	return &world.mms[world.kvm.mm];
}

/*
 * Linux: virt/kvm/kvm_main.c kvm_create_vm() (v2.6.29)
 * Model: reduced: one guest, whose memory is the address space of its process
 */
void kvm_attach(struct mm *mm)
{
	world.kvm.mm = (uint8_t)mm_number(mm);
	spin_lock_init(&world.kvm.mmu_lock, "mmu_lock");
	for (int va = 0; va < NR_VAS; va++)
		bit_lock_init(&world.kvm.spte[va].in_guest, spte_names[va]);
}

/*
 * Linux: arch/x86/kvm/mmu.c rmap_remove() (v2.6.29)
 * Model: reduced: a writable spte needs no kvm_set_pfn_dirty(), see put_page()
 */
static void drop_spte(int va)
{
	struct spte *spte = &world.kvm.spte[va];

	if (!spte->valid)
		return;
	POINT("kvm/spte_dropped");
	spin_lock_at(BATON_HERE("kvm_flush_remote_tlbs"), &spte->in_guest.bit);
	spte->valid = 0;
	bit_unlock(&spte->in_guest);
	put_page(pfn_to_page(spte->pfn), REF_SPTE);
}

/*
 * Linux: virt/kvm/kvm_main.c kvm_mmu_notifier_invalidate_page() (v2.6.29)
 * Model: exact
 */
void kvm_invalidate_page(int va)
{
	spin_lock(&world.kvm.mmu_lock);
	world.kvm.notifier_seq++;
	drop_spte(va);
	spin_unlock(&world.kvm.mmu_lock);
}

/*
 * Linux: virt/kvm/kvm_main.c kvm_mmu_notifier_invalidate_range_start() (v2.6.29)
 * Model: exact
 */
void kvm_range_start(int va)
{
	spin_lock(&world.kvm.mmu_lock);
	world.kvm.notifier_count++;
	drop_spte(va);
	spin_unlock(&world.kvm.mmu_lock);
}

/*
 * Linux: virt/kvm/kvm_main.c kvm_mmu_notifier_invalidate_range_end() (v2.6.29)
 * Model: exact
 */
void kvm_range_end(void)
{
	spin_lock(&world.kvm.mmu_lock);
	world.kvm.notifier_seq++;
	world.kvm.notifier_count--;
	spin_unlock(&world.kvm.mmu_lock);
}

static int read_seq(void)
{
	int seq;

	spin_lock(&world.kvm.mmu_lock);
	seq = world.kvm.notifier_seq;
	spin_unlock(&world.kvm.mmu_lock);
	return seq;
}

static void install_spte(int va, struct page *page, bool write)
{
	struct spte *spte = &world.kvm.spte[va];

	drop_spte(va);
	spin_lock_at(BATON_HERE("set_spte"), &spte->in_guest.bit);
	spte->pfn = (uint8_t)page_to_pfn(page);
	spte->generation = page->generation;
	spte->write = write;
	spte->valid = 1;
	bit_unlock(&spte->in_guest);
	page_ref_move(page, REF_GET, REF_SPTE);
	baton_note("spte maps %s", page->name);
}

/* Return: false if the page may have been unmapped since @seq was read. */
static bool try_install(int va, struct page *page, bool write, int seq)
{
	bool valid;

	POINT("kvm/mmu_lock");
	spin_lock(&world.kvm.mmu_lock);
	valid = !world.kvm.notifier_count && world.kvm.notifier_seq == seq;
	if (valid)
		install_spte(va, page, write);
	spin_unlock(&world.kvm.mmu_lock);
	return valid;
}

static bool no_invalidation(const void *object)
{
	(void)object;
	return !world.kvm.notifier_count;
}

static const char *invalidation_name(const void *object)
{
	(void)object;
	return "mmu notifier range";
}

static const struct baton_wait invalidation_wait = { no_invalidation, NULL, invalidation_name };

/* Linux goes back into the guest and faults again until the range is done. The count
 * changes in the step that takes mmu_lock. */
static void wait_for_invalidation(void)
{
	baton_block(BATON_HERE("mmu notifier range"), &world.kvm.mmu_lock, BATON_WAIT,
		    &invalidation_wait);
}

/*
 * Linux: arch/x86/kvm/mmu.c tdp_page_fault() (v2.6.29)
 * Model: reduced: one level; the page is had by get_user_pages() with the locks; the
 *	sequence number is read under mmu_lock
 */
bool kvm_fault(int va, bool write)
{
	for (;;) {
		int seq = read_seq();
		struct page *page =
			get_user_pages(kvm_mm(), va, FOLL_GET | (write ? FOLL_WRITE : 0));

		if (!page)
			return false;
		if (try_install(va, page, write, seq))
			return true;
		put_page(page, REF_GET);
		wait_for_invalidation();
	}
}

/* Enter the guest with a spte that permits the access. Return: false if there is no page. */
static bool enter_guest(int va, bool write)
{
	struct spte *spte = &world.kvm.spte[va];

	for (;;) {
		POINT("kvm/enter");
		spin_lock_at(BATON_HERE("vcpu_enter_guest"), &spte->in_guest.bit);
		if (spte->valid && (spte->write || !write))
			return true;
		bit_unlock(&spte->in_guest);
		if (!kvm_fault(va, write))
			return false;
	}
}

static struct page *guest_page(int va, int index, enum baton_access_kind kind)
{
	const struct spte *spte = &world.kvm.spte[va];
	struct page *page = pfn_to_page(spte->pfn);

	POINT("kvm/access");
	baton_access(BATON_HERE("guest access"), &page->cell[index], kind);
	if (page->generation != spte->generation)
		ghost_violation(USE_AFTER_FREE, "guest: access to %s, which is free", page->name);
	return page;
}

bool guest_load(int va, int index, long *value)
{
	struct page *page;

	if (!enter_guest(va, false))
		return false;
	page = guest_page(va, index, BATON_READ);
	*value = page->cell[index].value;
	ghost_load(kvm_mm(), va, index, page);
	bit_unlock(&world.kvm.spte[va].in_guest);
	return true;
}

bool guest_store(int va, int index, long value)
{
	if (!enter_guest(va, true))
		return false;
	ghost_store(kvm_mm(), va, index, guest_page(va, index, BATON_WRITE), value);
	bit_unlock(&world.kvm.spte[va].in_guest);
	return true;
}
