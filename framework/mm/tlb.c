/* SPDX-License-Identifier: MIT */
/*
 * tlb.c - loads and stores through the TLB; tlb_flush.c takes its entries away.
 *
 * A hit is one access, of the data: the pte is not looked at, which is the window
 * that flushes close. A miss is the page walk and then the data, in one instruction,
 * so that no interrupt comes between.
 *
 * Nothing is left to TLB capacity: entries stay until flushed.
 *
 * A CPU that is alone (setup, finally) has no TLB: its entry lives for one access.
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

static struct cpu *this_cpu(void)
{
	return smp_alone() ? NULL : &world.cpus[smp_processor_id()];
}

static bool permits(const struct tlb_entry *entry, bool write)
{
	return entry->valid && (!write || (entry->write && entry->dirty));
}

/*
 * Does the access hit? A virtual CPU loses entries to a flush that does not interrupt it,
 * while it does not run: between two instructions. So it is a step, and from there to the end of
 * the access such a flush waits.
 */
static bool hits(const struct tlb_entry *entry, bool write)
{
	bool hit;

	if (!flushed_by_hypervisor())
		return permits(entry, write);
	POINT("tlb/lookup");
	baton_access(BATON_HERE("TLB"), tlb_object(smp_processor_id()), BATON_WRITE);
	hit = permits(entry, write);
	this_cpu()->busy = hit;
	return hit;
}

static void instruction_done(void)
{
	if (!flushed_by_hypervisor())
		return;
	baton_access(BATON_HERE("TLB"), tlb_object(smp_processor_id()), BATON_UNLOCK);
	this_cpu()->busy = 0;
}

static void drop_entries(struct cpu *cpu)
{
	for (int va = 0; va < NR_VAS; va++)
		cpu->tlb[va].valid = 0;
}

/*
 * Linux: arch/x86/mm/tlb.c switch_mm() (all)
 * Model: reduced: no PCID, so everything is flushed; no lazy TLB
 */
void switch_mm(struct mm *mm)
{
	struct cpu *cpu = this_cpu();
	uint8_t number = mm ? (uint8_t)mm_number(mm) : 0;

	if (!cpu || cpu->mm == number)
		return;
	baton_access(BATON_HERE("switch_mm"), tlb_object(smp_processor_id()), BATON_WRITE);
	drop_entries(cpu);
	BATON_ASSERT(cpu->user);
	cpu->mm = number;
}

static bool same_translation(const struct tlb_entry *a, const struct tlb_entry *b)
{
	return a->valid && b->valid && a->pfn == b->pfn && a->write == b->write &&
	       a->dirty == b->dirty;
}

static struct tlb_entry translation(const struct mm *mm, int va, pte_t pte)
{
	return (struct tlb_entry){
		.valid = 1,
		.write = pte_write(pte),
		.dirty = pte_dirty(pte),
		.pfn = (uint8_t)pte_pfn(pte),
		.generation = pfn_to_page(pte_pfn(pte))->generation,
		.weakened = mm->weakened[va],
	};
}

/* One load or store of user memory, while it is under way. */
struct user_access {
	struct mm *mm;
	int va, index;
	bool write;
	long value; /* stored, or loaded */
};

static void access_data(struct user_access *access, unsigned int pfn, unsigned int generation)
{
	struct page *page = pfn_to_page(pfn);
	struct cell *cell = &page->cell[access->index];

	if (page->generation != generation)
		ghost_violation(USE_AFTER_FREE, "%s: access through a stale TLB entry to %s",
				access->mm->name, page->name);
	ghost_touch_pte(access->mm, access->va);
	if (access->write) {
		ghost_store(access->mm, access->va, access->index, page, access->value);
		return;
	}
	access->value = cell->value;
	ghost_load(access->mm, access->va, access->index, page);
	baton_note("%#lx", (unsigned long)cell->value);
}

static void announce_data(const struct user_access *access, unsigned int pfn)
{
	const struct cell *cell = &pfn_to_page(pfn)->cell[access->index];

	if (access->write)
		baton_access(BATON_NAMED("user/store"), cell, BATON_WRITE);
	else
		baton_access(BATON_NAMED("user/load"), cell, BATON_READ);
}

enum attempt {
	ATTEMPT_DONE,
	ATTEMPT_AGAIN, /* the translation was flushed before the access was made */
	ATTEMPT_FAULT, /* the pte does not allow it */
};

/* Make the access if @entry is still the translation when its turn comes. */
static enum attempt access_by_entry(struct user_access *access, const struct tlb_entry *entry)
{
	struct tlb_entry seen = *entry;
	bool same;

	announce_data(access, seen.pfn);
	same = same_translation(entry, &seen);
	if (same)
		access_data(access, seen.pfn, seen.generation);
	instruction_done();
	return same ? ATTEMPT_DONE : ATTEMPT_AGAIN;
}

/* Second half of a walk, without interrupts. A flush that does not interrupt a virtual
 * CPU (tlbflush=paravirt_noipi) makes its instruction start again: so it looks again. */
static enum attempt access_walked(struct user_access *access, struct tlb_entry *entry, pte_t pte)
{
	struct tlb_entry walked = translation(access->mm, access->va, pte);

	if (access->write && !pte_dirty(pte)) {
		POINT("tlb/set_dirty");
		if (!ptep_mkdirty(access->mm, access->va, pte))
			return ATTEMPT_FAULT;
		walked.dirty = 1;
		walked.weakened = access->mm->weakened[access->va];
	} else if (!pte_young(pte)) {
		POINT("tlb/set_young");
		if (!ptep_mkyoung(access->mm, access->va, pte))
			return ATTEMPT_FAULT;
		walked.weakened = access->mm->weakened[access->va];
	}
	*entry = walked;
	ghost_tlb_filled(access->mm, access->va, entry);
	return flushed_by_hypervisor() ? ATTEMPT_AGAIN : access_by_entry(access, entry);
}

static enum attempt access_by_walk(struct user_access *access, struct tlb_entry *entry)
{
	enum attempt attempt;
	pte_t pte;

	POINT("tlb/walk");
	pte = ptep_get(access->mm, access->va);
	if (!pte_present(pte) || pmd_none(pte) || pte_protnone(pte) ||
	    (access->write && !pte_write(pte)))
		return ATTEMPT_FAULT;
	smp_instruction_begin();
	attempt = access_walked(access, entry, pte);
	smp_instruction_end();
	return attempt;
}

static enum fault_result page_fault(struct mm *mm, int va, bool write)
{
	unsigned int flags = FAULT_FLAG_ALLOW_RETRY | (write ? FAULT_FLAG_WRITE : 0);
	enum fault_result result = VM_FAULT_SIGSEGV;

	down_read(&mm->mmap_lock);
	if (access_ok(mm, va, flags))
		result = handle_mm_fault(mm, va, flags);
	else
		baton_note("SIGSEGV");
	up_read(&mm->mmap_lock);
	return result;
}

static enum access_result access_user(struct user_access *access)
{
	struct tlb_entry none = { 0 };
	struct tlb_entry *entry;
	enum fault_result fault = VM_FAULT_DONE;
	enum attempt attempt;

	switch_mm(access->mm);
	entry = this_cpu() ? &this_cpu()->tlb[access->va] : &none;
	do {
		if (hits(entry, access->write))
			attempt = access_by_entry(access, entry);
		else
			attempt = access_by_walk(access, entry);
		if (attempt == ATTEMPT_FAULT)
			fault = page_fault(access->mm, access->va, access->write);
	} while (attempt != ATTEMPT_DONE && !fault_failed(fault));
	if (attempt == ATTEMPT_DONE)
		return ACCESS_OK;
	access->mm->failed++;
	return fault == VM_FAULT_OOM ? ACCESS_OOM : ACCESS_SIGSEGV;
}

enum access_result user_load(struct mm *mm, int va, int index, long *value)
{
	struct user_access access = { mm, va, index, false, 0 };
	enum access_result result = access_user(&access);

	*value = access.value;
	return result;
}

enum access_result user_store(struct mm *mm, int va, int index, long value)
{
	struct user_access access = { mm, va, index, true, value };

	return access_user(&access);
}
