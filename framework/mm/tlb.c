/* SPDX-License-Identifier: MIT */
/*
 * tlb.c - loads and stores through the TLB, and TLB flushes.
 *
 * A hit is one access, of the data: the pte is not looked at, which is the window
 * that flushes close. A miss is the page walk and then the data, in one instruction,
 * so that no interrupt comes between.
 *
 * Whether a CPU must be interrupted for a flush is decided in the step that would
 * send the interrupt: it must if it caches what is being flushed, or if it has
 * interrupts off (it may be in a lockless walk). Leaving it out otherwise is sound
 * (kernel.h, smp_call_function_many_at()): what is flushed can no longer be cached
 * anew, because the pte was changed before, and whoever could change it back is kept
 * out by the pte lock (any entry) or by mmap_lock held for writing (writable
 * entries, and munmap). Where neither is held any more (flush_tlb_late()) a fault may
 * have set the pte again, and its CPU caches it in a step that is not announced on its
 * line. So it is asked for entries that were cached before the pte was changed, and those
 * cannot be cached anew: an entry is made in a step that reads the pte, and both know how
 * often the pte was weakened. A flush of Linux takes the newer ones as well. That is no
 * difference: it could have come before they were made, for between the change and the
 * flush Linux waits for nobody.
 *
 * Nothing is left to TLB capacity: entries stay until flushed.
 *
 * A CPU that is alone (setup, finally) has no TLB: its entry lives for one access.
 *
 * Layer: mm. May include: kernel.
 */
#include "mm/mm.h"

/* Macros for their callers: what they call here is never left out. */
#undef flush_tlb_page
#undef flush_tlb_writable
#undef flush_tlb_late
#undef flush_tlb_mm_late
#undef ptep_clear_flush

struct flush {
	const struct mm *mm;
	int start, end;
	bool writable_only;
	const uint8_t *weakened; /* of each page: older entries only; NULL: all */
};

static struct cpu *this_cpu(void)
{
	return smp_alone() ? NULL : &world.cpus[smp_processor_id()];
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
	baton_access(BATON_HERE("switch_mm"), smp_line(smp_processor_id()), BATON_WRITE);
	drop_entries(cpu);
	BATON_ASSERT(cpu->user);
	cpu->mm = number;
}

static bool permits(const struct tlb_entry *entry, bool write)
{
	return entry->valid && (!write || (entry->write && entry->dirty));
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

	announce_data(access, seen.pfn);
	if (!same_translation(entry, &seen))
		return ATTEMPT_AGAIN;
	access_data(access, seen.pfn, seen.generation);
	return ATTEMPT_DONE;
}

/* Second half of a walk, without interrupts. A flush that does not interrupt a virtual
 * CPU (tlbflush=paravirt_noipi) makes its instruction start again. */
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
	return access_by_entry(access, entry);
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
	unsigned int flags = write ? FAULT_FLAG_WRITE : 0;
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
		if (permits(entry, access->write))
			attempt = access_by_entry(access, entry);
		else
			attempt = access_by_walk(access, entry);
		if (attempt == ATTEMPT_FAULT)
			fault = page_fault(access->mm, access->va, access->write);
	} while (attempt != ATTEMPT_DONE && !fault_failed(fault));
	if (attempt == ATTEMPT_DONE)
		return ACCESS_OK;
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

static bool covers(const struct flush *flush, const struct tlb_entry *entry, int va)
{
	return entry->valid && (entry->write || !flush->writable_only) &&
	       (!flush->weakened || entry->weakened < flush->weakened[va - flush->start]);
}

static bool runs(int cpu, const struct flush *flush)
{
	return world.cpus[cpu].mm == mm_number(flush->mm);
}

static bool caches(int cpu, const struct flush *flush)
{
	for (int va = flush->start; va < flush->end; va++)
		if (covers(flush, &world.cpus[cpu].tlb[va], va))
			return runs(cpu, flush);
	return false;
}

static bool must_interrupt(int cpu, const void *info)
{
	const struct flush *flush = info;

	return runs(cpu, flush) && (irqs_disabled_on(cpu) || caches(cpu, flush));
}

static void invalidate(int cpu, const void *info)
{
	const struct flush *flush = info;

	for (int va = flush->start; runs(cpu, flush) && va < flush->end; va++) {
		struct tlb_entry *entry = &world.cpus[cpu].tlb[va];

		if (covers(flush, entry, va))
			entry->valid = 0;
	}
}

/* CPUs that may run user code: fixed before they run. Not only those of this mm: that can
 * change (switch_mm()), and a look at their line tells. */
static uint32_t user_cpus(void)
{
	uint32_t mask = 0;

	for (int cpu = 0; cpu < NR_CPUS; cpu++)
		if (world.cpus[cpu].user)
			mask |= (uint32_t)1 << cpu;
	return mask;
}

static void flush_local(const struct flush *flush)
{
	int self = smp_processor_id();

	if (smp_alone() || !caches(self, flush))
		return;
	POINT("tlb/flush_local");
	baton_access(BATON_HERE("flush"), smp_line(self), BATON_WRITE);
	invalidate(self, flush);
}

/* A virtual CPU that does not run flushes when it is entered again: before it does
 * anything else, and the sender does not wait. */
static void flush_on_entry(const struct flush *flush, uint32_t mask)
{
	for (int cpu = 0; cpu < NR_CPUS; cpu++) {
		if (!(mask >> cpu & 1) || cpu == smp_processor_id())
			continue;
		POINT("tlb/flush_deferred");
		baton_access(BATON_HERE("flush"), smp_line(cpu), BATON_WRITE);
		invalidate(cpu, flush);
	}
}

/*
 * Linux: arch/x86/mm/tlb.c flush_tlb_page(), flush_tlb_mm() (v2.6.29)
 * Model: reduced: one page at a time; CPUs that cache nothing are not interrupted
 */
static void flush_tlb(const struct flush *flush)
{
	uint32_t mask = user_cpus();

	flush_local(flush);
	if (smp_alone() || patched(TLBFLUSH_IPI))
		smp_call_function_many_at(BATON_POINT_(tlb_flush_ipi, "tlb/flush_ipi", 1), mask,
					  must_interrupt, invalidate, flush);
	else
		flush_on_entry(flush, mask);
}

void flush_tlb_page(struct mm *mm, int va)
{
	struct flush flush = { .mm = mm, .start = va, .end = va + 1 };

	flush_tlb(&flush);
}

void flush_tlb_writable(struct mm *mm, int va)
{
	struct flush flush = { .mm = mm, .start = va, .end = va + 1, .writable_only = true };

	flush_tlb(&flush);
}

void flush_tlb_late(struct mm *mm, int va, uint8_t weakened)
{
	struct flush flush = { .mm = mm, .start = va, .end = va + 1, .weakened = &weakened };

	flush_tlb(&flush);
}

void flush_tlb_mm_late(struct mm *mm, const uint8_t *weakened)
{
	struct flush flush = { .mm = mm, .start = 0, .end = NR_VAS, .weakened = weakened };

	flush_tlb(&flush);
}

/*
 * Linux: arch/x86/include/asm/pgtable.h pte_accessible() (v3.8, v3.13)
 * Model: exact
 */
static bool pte_accessible(const struct mm *mm, pte_t pte)
{
	if (!pte_protnone(pte))
		return true;
	return patched(PTE_ACCESSIBLE_PENDING) && mm_tlb_flush_pending(mm);
}

/*
 * Linux: mm/pgtable-generic.c ptep_clear_flush() (all)
 * Model: exact
 */
pte_t ptep_clear_flush(struct mm *mm, int va)
{
	pte_t pte = ptep_get_and_clear(mm, va);

	if (pte_accessible(mm, pte))
		flush_tlb_page(mm, va);
	return pte;
}

/*
 * Linux: arch/x86/mm/pgtable.c ptep_clear_flush_young() (v2.6.29)
 * Model: reduced: since v3.15 x86 does not flush here
 */
bool ptep_clear_flush_young(struct mm *mm, int va)
{
	bool young = ptep_test_and_clear_young(mm, va);

	if (young)
		flush_tlb_late(mm, va, mm->weakened[va]);
	return young;
}
