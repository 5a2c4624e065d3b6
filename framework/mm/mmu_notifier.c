/* SPDX-License-Identifier: MIT */
/*
 * mmu_notifier.c - tell a secondary MMU that a mapping goes away.
 *
 * Whoever tells it walks the list in an SRCU section: unregistering takes the entry off
 * and then waits for those that had seen it. Registering must not come between the start
 * and the end of a range, or the notifier's count of ranges would go below zero: it takes
 * all locks under which that can happen.
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

/* Macros for their callers. */
#undef mmu_notifier_invalidate_page
#undef mmu_notifier_invalidate_range_start
#undef mmu_notifier_invalidate_range_end
#undef mmu_notifier_invalidate_mm_start
#undef mmu_notifier_invalidate_mm_end
#undef mmu_notifier_clear_flush_young
#undef mmu_notifier_release

static bool belongs_to(const struct mm *mm)
{
	return world.secondary.mm && world.secondary.mm == mm_number(mm);
}

/* srcu_read_lock(), and a look at the list. Return: is there somebody to be told? */
static bool reads_list(const struct mm *mm)
{
	struct mmu_notifier *list = &world.mmu_notifier;

	if (!belongs_to(mm))
		return false;
	POINT("notifier/list");
	baton_access(BATON_HERE("mmu notifier list"), list, BATON_READ);
	list->reading[smp_processor_id()] = list->hashed;
	return list->hashed;
}

/* srcu_read_unlock() */
static void list_read(void)
{
	baton_access(BATON_HERE("srcu_read_unlock"), &world.mmu_notifier, BATON_UNLOCK);
	world.mmu_notifier.reading[smp_processor_id()] = 0;
}

/*
 * Linux: mm/mmu_notifier.c __mmu_notifier_invalidate_page() (v2.6.29)
 * Model: exact for one notifier
 */
void mmu_notifier_invalidate_page(struct mm *mm, int va)
{
	if (!reads_list(mm))
		return;
	secondary_mmu_invalidate_page(va);
	list_read();
}

static void range_start(struct mm *mm, int first, int last)
{
	if (belongs_to(mm))
		ghost_invalidating(first, last, 1);
	if (!reads_list(mm))
		return;
	secondary_mmu_range_start(first, last);
	list_read();
}

static void range_end(struct mm *mm, int first, int last)
{
	if (reads_list(mm)) {
		secondary_mmu_range_end();
		list_read();
	}
	if (belongs_to(mm))
		ghost_invalidating(first, last, -1);
}

/*
 * Linux: mm/mmu_notifier.c __mmu_notifier_invalidate_range_start() (v2.6.29)
 * Model: reduced: one notifier
 */
void mmu_notifier_invalidate_range_start(struct mm *mm, int va)
{
	range_start(mm, va, va);
}

/*
 * Linux: mm/mmu_notifier.c __mmu_notifier_invalidate_range_end() (v2.6.29)
 * Model: reduced: one notifier
 */
void mmu_notifier_invalidate_range_end(struct mm *mm, int va)
{
	range_end(mm, va, va);
}

void mmu_notifier_invalidate_mm_start(struct mm *mm)
{
	range_start(mm, 0, NR_VAS - 1);
}

void mmu_notifier_invalidate_mm_end(struct mm *mm)
{
	range_end(mm, 0, NR_VAS - 1);
}

/*
 * Linux: mm/mmu_notifier.c __mmu_notifier_clear_flush_young() (v2.6.29)
 * Model: exact for one notifier
 */
bool mmu_notifier_clear_flush_young(struct mm *mm, int va)
{
	bool young;

	if (!reads_list(mm))
		return false;
	young = secondary_mmu_clear_flush_young(va);
	list_read();
	return young;
}

static bool maps(const struct mm *mm, unsigned int anon_vma, unsigned int file)
{
	for_each_vma(vma) {
		if (vma->mm == mm_number(mm) && !vma->freed &&
		    ((anon_vma && vma->anon_vma == anon_vma) || (file && vma->file == file)))
			return true;
	}
	return false;
}

#define RMAP_LOCKS (NR_VAS + NR_FILES)

/* A lock that rmap walks take on their way to mappings of @mm; NULL if number @i is none.
 * Those of files come first: locks.c. */
static spinlock_t *rmap_lock(const struct mm *mm, unsigned int i)
{
	unsigned int file = i < NR_FILES ? i + 1 : 0;
	unsigned int anon_vma = i < NR_FILES ? 0 : i - NR_FILES + 1;

	if (!maps(mm, anon_vma, file))
		return NULL;
	return file ? &world.files[file].i_mmap_lock : &world.anon_vmas[anon_vma].lock;
}

/*
 * Linux: mm/mmap.c mm_take_all_locks() (v2.6.27)
 * Model: reduced: a signal comes before the first lock is taken
 */
static bool mm_take_all_locks(struct mm *mm)
{
	if (baton_fault("mm/take_all_locks")) {
		baton_note("EINTR");
		return false;
	}
	for (unsigned int i = 0; i < RMAP_LOCKS; i++) {
		if (rmap_lock(mm, i))
			spin_lock_nested(rmap_lock(mm, i), i);
	}
	return true;
}

/*
 * Linux: mm/mmap.c mm_drop_all_locks() (v2.6.27)
 * Model: exact
 */
static void mm_drop_all_locks(struct mm *mm)
{
	for (unsigned int i = 0; i < RMAP_LOCKS; i++) {
		if (rmap_lock(mm, i))
			spin_unlock(rmap_lock(mm, i));
	}
}

static void hash(void)
{
	POINT("notifier/registered");
	baton_access(BATON_HERE("hlist_add_head"), &world.mmu_notifier, BATON_WRITE);
	world.mmu_notifier.hashed = 1;
}

static void unhash(void)
{
	POINT("notifier/unhashed");
	baton_access(BATON_HERE("hlist_del_init_rcu"), &world.mmu_notifier, BATON_WRITE);
	world.mmu_notifier.hashed = 0;
}

/*
 * Linux: mm/mmu_notifier.c do_mmu_notifier_register() (v2.6.27)
 * Model: exact for one notifier
 */
bool mmu_notifier_register(struct mm *mm)
{
	bool all_locks = patched(NOTIFIER_REGISTER_ALL_LOCKS);
	bool registered;

	if (!patched(NOTIFIER_REGISTER_NOTHING))
		down_write(&mm->mmap_lock);
	registered = !all_locks || mm_take_all_locks(mm);
	if (registered)
		hash();
	if (registered && all_locks)
		mm_drop_all_locks(mm);
	if (!patched(NOTIFIER_REGISTER_NOTHING))
		up_write(&mm->mmap_lock);
	return registered;
}

static bool nobody_reads(const void *object)
{
	const struct mmu_notifier *list = object;

	for (unsigned int cpu = 0; cpu < sizeof(list->reading); cpu++)
		if (list->reading[cpu])
			return false;
	return true;
}

static const char *srcu_name(const void *object)
{
	(void)object;
	return "srcu of the mmu notifiers";
}

static const struct baton_wait srcu_wait = { nobody_reads, NULL, srcu_name };

/*
 * Linux: kernel/srcu.c synchronize_srcu() (v3.7; synchronize_rcu() before)
 * Model: reduced: waits until nobody reads, also for those who began later
 */
static void synchronize_srcu(void)
{
	POINT("notifier/synchronize");
	baton_block(BATON_HERE("synchronize_srcu"), &world.mmu_notifier, BATON_WAIT, &srcu_wait);
}

/* Give up all mappings, and take the notifier off the list: in which order? */
static void release_and_unhash(void)
{
	if (patched(NOTIFIER_RELEASE_UNHASH_FIRST))
		unhash();
	secondary_mmu_release();
	if (!patched(NOTIFIER_RELEASE_UNHASH_FIRST))
		unhash();
}

/*
 * Linux: mm/mmu_notifier.c __mmu_notifier_release() (v2.6.27, v3.6, v3.9, v3.10)
 * Model: exact for one notifier
 */
void mmu_notifier_release(struct mm *mm)
{
	if (!reads_list(mm))
		return;
	release_and_unhash();
	list_read();
	synchronize_srcu();
}

/*
 * Linux: mm/mmu_notifier.c mmu_notifier_unregister() (v2.6.27, v3.6)
 * Model: exact for one notifier; what it belonged to is freed at once
 */
void mmu_notifier_unregister(struct mm *mm)
{
	if (!reads_list(mm))
		return;
	release_and_unhash();
	list_read();
	if (patched(NOTIFIER_UNREGISTER_SYNC))
		synchronize_srcu();
	secondary_mmu_free();
}
