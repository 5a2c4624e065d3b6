/* SPDX-License-Identifier: MIT */
/*
 * secondary_fault.c - a secondary MMU gets a translation, while the primary one may lose it.
 *
 * Between looking for the page and writing the spte the page may go away, with all its
 * callbacks: there is no spte yet that they could drop. The retry protocol closes that:
 *
 *	fault                                   callbacks
 *	reads seq                               range_start: count++, drops sptes
 *	looks for the page                      range_end: seq++, then count--
 *	with the lock: is count 0, and          invalidate_page: seq++, drops the spte
 *	seq still what it was? else again
 *
 * count alone misses a range that was over before the lock was taken, and seq alone one
 * that had begun before seq was read. Where the two are read without the lock that the
 * callbacks change them under, their order matters too.
 *
 * Layer: mm. May include: kernel.
 */
#include "baton/lockdep.h"
#include "mm/mm.h"

static struct secondary_mmu *const mmu = &world.secondary;

/* A translation on its way. */
struct translation {
	int va;
	bool write;
	struct page *page;
	uint8_t generation; /* of the page when it was found */
	int seq;            /* notifier_seq before that */
};

/* Under mmu_lock it changes in the step that takes the lock. */
static int read_seq(void)
{
	POINT("secondary/seq");
	if (patched_since(NOTIFIER_RETRY_LOCKLESS))
		return READ_ONCE(mmu->notifier_seq);
	baton_access(BATON_HERE("notifier_seq"), &mmu->mmu_lock, BATON_READ);
	return mmu->notifier_seq;
}

static int read_count(void)
{
	POINT("secondary/count");
	return READ_ONCE(mmu->notifier_count);
}

/*
 * Linux: virt/kvm/kvm_main.c gfn_to_pfn() (v2.6.29)
 * Model: reduced: all but KVM take the locks
 */
static bool look_up_by_gup(struct translation *found)
{
	unsigned int flags = FOLL_GET | (found->write ? FOLL_WRITE : 0);
	struct mm *mm = &world.mms[mmu->mm];

	if (patched(SECONDARY_KVM2009) || patched(SECONDARY_KVM_MODERN))
		found->page = get_user_pages_fast(mm, found->va, flags);
	else
		found->page = get_user_pages(mm, found->va, flags | FOLL_TOUCH);
	if (!found->page)
		return false;
	found->generation = found->page->generation;
	return true;
}

/*
 * Linux: drivers/misc/sgi-gru/grufault.c gru_vtop() (v2.6.29)
 * Model: exact
 */
static bool look_up_pte(struct translation *found)
{
	pte_t pte;

	POINT("gru/pte_read");
	pte = ptep_get(&world.mms[mmu->mm], found->va);
	if (pte_present(pte) && !pmd_none(pte) &&
	    (!found->write || (pte_write(pte) && pte_dirty(pte)))) {
		found->page = pfn_to_page(pte_pfn(pte));
		found->generation = found->page->generation;
		baton_note("%s", found->page->name);
		return true;
	}
	if (!look_up_by_gup(found))
		return false;
	if (found->write)
		secondary_mmu_set_page_dirty(found->page);
	put_page(found->page, REF_GET);
	return true;
}

static bool look_up(struct translation *found)
{
	struct mm *mm = &world.mms[mmu->mm];
	bool ok;

	found->seq = read_seq();
	if (!mmget_not_zero(mm))
		return false;
	ok = patched(SECONDARY_GRU) ? look_up_pte(found) : look_up_by_gup(found);
	mmput(mm);
	return ok;
}

/*
 * Linux: include/linux/kvm_host.h mmu_notifier_retry() (v2.6.29, v3.4 for readers without the lock)
 * Model: exact
 */
static bool must_retry(int seq)
{
	if (patched(NOTIFIER_RETRY_NONE))
		return false;
	if (patched(NOTIFIER_RETRY_SEQ))
		return mmu->notifier_seq != seq;
	if (patched(NOTIFIER_RETRY_COUNT))
		return mmu->notifier_count != 0;
	if (!patched_since(NOTIFIER_RETRY_LOCKLESS))
		return mmu->notifier_count || mmu->notifier_seq != seq;
	if (patched(NOTIFIER_RETRY_LOCKLESS_SEQ_FIRST))
		return read_seq() != seq || read_count() != 0;
	return read_count() != 0 || read_seq() != seq;
}

/* The lock that sptes change under. */
static spinlock_t *spte_lock(void)
{
	return patched_since(NOTIFIER_RETRY_LOCKLESS) ? &mmu->rmap_lock : &mmu->mmu_lock;
}

static void set_spte(const struct translation *found)
{
	struct spte *spte = &mmu->spte[found->va];

	secondary_mmu_drop_spte(found->va);
	POINT("secondary/spte_set");
	baton_access(BATON_HERE("set_spte"), &spte->in_guest, BATON_WRITE);
	spte->pfn = (uint8_t)page_to_pfn(found->page);
	spte->generation = found->generation;
	spte->write = found->write;
	spte->young = 0;
	spte->valid = 1;
	ghost_changed();
	if (secondary_mmu_holds_references())
		page_ref_move(found->page, REF_GET, REF_SPTE);
	baton_note("spte maps %s", found->page->name);
}

/* What became of a translation. */
enum installed {
	INSTALLED,
	INSTALL_RETRY, /* the page may have been unmapped meanwhile */
	INSTALL_GONE,  /* the process has exited */
};

static enum installed install(const struct translation *found)
{
	enum installed installed = INSTALLED;

	if (patched(SECONDARY_XPMEM))
		might_sleep();
	POINT("secondary/install");
	spin_lock_at(BATON_MUTABLE("lock", "mmu_lock"), spte_lock());
	if (BATON_RECHECK(mmu->released))
		installed = INSTALL_GONE;
	else if (BATON_RECHECK(must_retry(found->seq)))
		installed = INSTALL_RETRY;
	else
		set_spte(found);
	spin_unlock(spte_lock());
	return installed;
}

static bool no_range(const void *object)
{
	(void)object;
	return !mmu->notifier_count || mmu->released;
}

static const char *range_name(const void *object)
{
	(void)object;
	return "mmu notifier range";
}

static const struct baton_wait range_wait = { no_range, NULL, range_name };

/* Linux goes back into the guest and faults again until the range is done, or the process. */
static void wait_for_range(void)
{
	const void *changes = patched_since(NOTIFIER_RETRY_LOCKLESS) ?
				      (const void *)&mmu->notifier_count :
				      &mmu->mmu_lock;

	baton_block(BATON_HERE("mmu notifier range"), changes, BATON_WAIT, &range_wait);
}

/* A reference that the lookup took and the spte does not keep. */
static void release_page(const struct translation *found, enum installed installed)
{
	if (patched(SECONDARY_GRU))
		return;
	if (installed != INSTALLED) {
		put_page(found->page, REF_GET);
	} else if (!secondary_mmu_holds_references()) {
		if (found->write)
			secondary_mmu_set_page_dirty(found->page);
		put_page(found->page, REF_GET);
	}
}

/*
 * Linux: arch/x86/kvm/mmu.c tdp_page_fault() (v2.6.29); drivers/misc/sgi-gru/grufault.c
 *	gru_try_dropin()
 * Model: reduced: one level; the GRU uses the protocol of KVM
 */
bool secondary_mmu_fault(int va, bool write)
{
	struct translation found = { .va = va, .write = write };
	enum installed installed;

	do {
		if (!look_up(&found))
			return false;
		installed = install(&found);
		release_page(&found, installed);
		if (installed == INSTALL_RETRY)
			wait_for_range();
	} while (installed == INSTALL_RETRY);
	return installed == INSTALLED;
}
