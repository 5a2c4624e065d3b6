/* SPDX-License-Identifier: MIT */
/*
 * tlb_flush.c - TLB flushes.
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
 * With tlbflush=paravirt_noipi nobody is interrupted. The TLB of each virtual CPU is an object
 * of its own then, and a flush comes between two instructions of it.
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

bool flushed_by_hypervisor(void)
{
	return !patched(TLBFLUSH_IPI) && !smp_alone();
}

const void *tlb_object(int cpu)
{
	return patched(TLBFLUSH_IPI) ? smp_line(cpu) : &world.cpus[cpu];
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

/* Where others flush for this CPU without a word, what it caches is known in a step of its own. */
static void flush_local(const struct flush *flush)
{
	int self = smp_processor_id();

	if (smp_alone() || (!flushed_by_hypervisor() && !caches(self, flush)))
		return;
	POINT("tlb/flush_local");
	baton_access(BATON_HERE("flush"), tlb_object(self), BATON_WRITE);
	invalidate(self, flush);
}

static bool between_instructions(const void *object)
{
	return !((const struct cpu *)object)->busy;
}

static const char *instruction_name(const void *object)
{
	(void)object;
	return "an instruction of a virtual CPU";
}

static const struct baton_wait instruction_wait = { between_instructions, NULL, instruction_name };

/* A virtual CPU that does not run flushes when it is entered again: before it does
 * anything else, and the sender does not wait. */
static void flush_on_entry(const struct flush *flush, uint32_t mask)
{
	for (int cpu = 0; cpu < NR_CPUS; cpu++) {
		if (!(mask >> cpu & 1) || cpu == smp_processor_id())
			continue;
		POINT("tlb/flush_deferred");
		baton_block(BATON_HERE("flush"), tlb_object(cpu), BATON_LOCK, &instruction_wait);
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
