/* SPDX-License-Identifier: MIT */
/*
 * show.c - the objects of the model, for reports. Nothing here is announced.
 *
 * A crash may have left anything in the world: numbers are checked before they are used.
 */
#include "mm/show.h"

#include <stdio.h>
#include <string.h>

#include "mm/world.h"

#define NAME_SIZE 40
#define LIST_SIZE 160

/* " dirty" behind what is there already, without the blank if nothing is. */
static void add_word(char *list, const char *word)
{
	size_t length = strlen(list);

	(void)snprintf(list + length, LIST_SIZE - length, "%s%s", length ? " " : "", word);
}

static void add_if(char *list, bool holds, const char *word)
{
	if (holds)
		add_word(list, word);
}

static const char *or_none(const char *list)
{
	return *list ? list : "none";
}

static const char *page_name(unsigned int pfn)
{
	if (!pfn || pfn > ZERO_PFN)
		return "?";
	return world.pages[pfn].name;
}

static const char *mm_name(unsigned int number)
{
	return number && number < world.mms_used ? world.mms[number].name : "none";
}

static const char *owner_name(int owner)
{
	if (!owner)
		return "nobody";
	return owner >= 2 ? baton_cpu_name(owner - 2) : "setup";
}

/* ---- Pages ------------------------------------------------------------------------------- */

static void show_page_flags(struct baton_shown *shown, const struct page *page)
{
	char flags[LIST_SIZE] = "";

	add_if(flags, page->lock.bit.owner, "locked");
	add_if(flags, page->dirty, "dirty");
	add_if(flags, page->swapcache, "swapcache");
	add_if(flags, page->writeback, "writeback");
	add_if(flags, page->anon_exclusive, "anon_exclusive");
	add_if(flags, page->reading, "!uptodate");
	add_if(flags, page->lazyfree, "lazyfree");
	add_if(flags, page->ksm, "ksm");
	add_if(flags, page->head, "head");
	add_if(flags, page->double_map, "double_map");
	add_if(flags, page->dma_pinned, "dma_pinned");
	add_if(flags, page->buffers, "buffers");
	baton_show_field(shown, "flags", "%s", or_none(flags));
}

static unsigned int pins_of(const struct page *page)
{
	unsigned int count = 0;

	for (int i = 0; i < NR_PINS; i++)
		count += world.ghost.pins[i].pfn == page_to_pfn(page);
	return count;
}

static void show_mapping(struct baton_shown *shown, const struct page *page)
{
	if (page->mapping & MAPPING_FILE)
		baton_show_field(shown, "mapping", "file %c, page %u",
				 'E' + (page->mapping & ~MAPPING_FILE), page->index);
	else if (page->mapping)
		baton_show_field(shown, "mapping", "anon_vma %c", 'A' + page->mapping - 1);
}

static void show_pages(struct baton_shown *shown, const char *kind)
{
	for_each_page(page)
	{
		baton_show_object(shown, kind, page->name, page, sizeof(*page));
		baton_show_field(shown, "refcount", "%d", page->refcount.counter);
		baton_show_field(shown, "mapcount", "%d", page->mapcount.counter);
		if (page->head)
			baton_show_field(shown, "compound_mapcount", "%d",
					 page->compound_mapcount.counter);
		show_page_flags(shown, page);
		show_mapping(shown, page);
		if (page->swapcache)
			baton_show_field(shown, "slot", "%u", page->private);
		baton_show_field(shown, "held by gup", "%u", pins_of(page));
		for (int i = 0; i < NR_CELLS; i++)
			baton_show_field(shown, i ? "cell 8" : "cell 0", "0x%lx",
					 (unsigned long)page->cell[i].value);
	}
}

/* ---- Address spaces ---------------------------------------------------------------------- */

static void show_mms(struct baton_shown *shown, const char *kind)
{
	for_each_mm(mm)
	{
		baton_show_object(shown, kind, mm->name, mm, sizeof(*mm));
		baton_show_field(shown, "mm_users", "%d", mm->mm_users.counter);
		baton_show_field(shown, "rss", "%d", mm->rss);
		baton_show_field(shown, "has_pinned", "%d", mm->has_pinned);
		baton_show_field(shown, "write_protect_seq", "%d", mm->write_protect_seq);
		baton_show_field(shown, "tlb_flush_pending", "%d", mm->tlb_flush_pending.counter);
		baton_show_field(shown, "tlb_flush_batched", "%d", mm->tlb_flush_batched);
	}
}

static void show_vmas(struct baton_shown *shown, const char *kind)
{
	for_each_vma(vma) {
		char name[NAME_SIZE], flags[LIST_SIZE] = "";

		(void)snprintf(name, sizeof(name), "%td of %s", vma - world.vmas, mm_name(vma->mm));
		add_if(flags, vma->vm_flags & VM_READ, "read");
		add_if(flags, vma->vm_flags & VM_WRITE, "write");
		add_if(flags, vma->vm_flags & VM_SHARED, "shared");
		add_if(flags, vma->vm_flags & VM_LOCKED, "locked");
		add_if(flags, vma->vm_flags & VM_NONLINEAR, "nonlinear");
		add_if(flags, vma->vm_flags & VM_UFFD_WP, "uffd_wp");
		add_if(flags, vma->vm_flags & VM_DONTCOPY, "dontcopy");
		baton_show_object(shown, kind, name, vma, sizeof(*vma));
		baton_show_field(shown, "pages", "%c to %c", 'A' + vma->start, 'A' + vma->end - 1);
		baton_show_field(shown, "flags", "%s", or_none(flags));
		if (vma->file)
			baton_show_field(shown, "maps", "file %c from page %u", 'E' + vma->file,
					 vma->pgoff);
		else
			baton_show_field(shown, "maps", "%s",
					 vma->anon_vma ? "anonymous memory" : "nothing yet");
		baton_show_field(shown, "freed", "%d", vma->freed);
	}
}

static void show_pte_target(struct baton_shown *shown, pte_t pte)
{
	if (pte_present(pte))
		baton_show_field(shown, "maps", "page %s", page_name(pte_pfn(pte)));
	else if (pte_is_migration(pte))
		baton_show_field(shown, "maps", "migration of page %s", page_name(pte_pfn(pte)));
	else if (pte_is_swap(pte))
		baton_show_field(shown, "maps", "swap slot %u", pte_to_swp_entry(pte));
	else if (pte_file(pte))
		baton_show_field(shown, "maps", "page %u of the file", pte_to_pgoff(pte));
	else if (pte_swapin_error(pte))
		baton_show_field(shown, "maps", "none (swap was not readable)");
	else
		baton_show_field(shown, "maps", pte_zapped(pte) ? "none (zapped)" : "none");
}

static void show_pte_flags(struct baton_shown *shown, pte_t pte)
{
	char flags[LIST_SIZE] = "";

	add_if(flags, pte_write(pte), "write");
	add_if(flags, pte_dirty(pte), "dirty");
	add_if(flags, pte_young(pte), "young");
	add_if(flags, pte_swp_exclusive(pte), "exclusive");
	add_if(flags, pte.val & PTE_SOFT_DIRTY, "soft_dirty");
	add_if(flags, pte_uffd_wp(pte), "uffd_wp");
	add_if(flags, pte.val & PTE_PROTNONE, "protnone");
	add_if(flags, pte_huge(pte), "huge");
	add_if(flags, pmd_none(pte), "pmd_none");
	baton_show_field(shown, "flags", "%s", or_none(flags));
}

/* Those that a mapping covers, or that are there without one. */
static void show_ptes(struct baton_shown *shown, const char *kind)
{
	for_each_mm(mm)
	{
		for (int va = 0; va < NR_VAS; va++) {
			char name[NAME_SIZE];

			if (!mm->pgtable[va].val && !vma_at(mm, va))
				continue;
			(void)snprintf(name, sizeof(name), "%c of %s", 'A' + va, mm->name);
			baton_show_object(shown, kind, name, &mm->pgtable[va], sizeof(pte_t));
			show_pte_target(shown, mm->pgtable[va]);
			show_pte_flags(shown, mm->pgtable[va]);
		}
	}
}

/* ---- Locks ------------------------------------------------------------------------------- */

static void show_spinlock(struct baton_shown *shown, const char *kind, const spinlock_t *lock)
{
	baton_show_object(shown, kind, lock->dep_map.name, lock, sizeof(*lock));
	baton_show_field(shown, "held by", "%s", owner_name(lock->owner));
}

static void show_rwsem(struct baton_shown *shown, const char *kind, const struct rw_semaphore *sem)
{
	char readers[LIST_SIZE] = "";

	for (int i = 0; i < 64; i++)
		if (sem->readers >> i & 1)
			add_word(readers, i ? baton_cpu_name(i - 1) : "setup");
	baton_show_object(shown, kind, sem->dep_map.name, sem, sizeof(*sem));
	if (*readers)
		baton_show_field(shown, "held by", "%s (reading)", readers);
	else
		baton_show_field(shown, "held by", "%s", owner_name(sem->writer));
}

static void show_locks(struct baton_shown *shown, const char *kind)
{
	for_each_mm(mm)
	{
		show_rwsem(shown, kind, &mm->mmap_lock);
		show_spinlock(shown, kind, &mm->ptl);
	}
	for_each_page(page) show_spinlock(shown, kind, &page->lock.bit);
	for (int va = 0; va < world.ghost.next_va && va < NR_VAS; va++)
		show_spinlock(shown, kind, &world.anon_vmas[va + 1].lock);
	for (int i = 1; i <= NR_FILES; i++)
		if (world.files[i].pages)
			show_spinlock(shown, kind, &world.files[i].i_mmap_lock);
	if (world.secondary.mm) {
		show_spinlock(shown, kind, &world.secondary.mmu_lock);
		show_spinlock(shown, kind, &world.secondary.rmap_lock);
	}
}

/* ---- CPUs -------------------------------------------------------------------------------- */

static void show_tlb_entry(struct baton_shown *shown, int va, const struct tlb_entry *entry)
{
	char name[NAME_SIZE];

	if (!entry->valid)
		return;
	(void)snprintf(name, sizeof(name), "%c", 'A' + va);
	baton_show_field(shown, name, "page %s%s%s%s", page_name(entry->pfn),
			 entry->pfn <= ZERO_PFN &&
					 entry->generation != world.pages[entry->pfn].generation ?
				 ", freed since" :
				 "",
			 entry->write ? ", write" : "", entry->dirty ? ", dirty" : "");
}

static void show_tlbs(struct baton_shown *shown, const char *kind)
{
	for (unsigned int i = 0; i < world.smp.nr_cpus && i < NR_CPUS; i++) {
		const struct cpu *cpu = &world.cpus[i];

		baton_show_object(shown, kind, baton_cpu_name((int)i), cpu, sizeof(*cpu));
		baton_show_field(shown, "mm", "%s", mm_name(cpu->mm));
		for (int va = 0; va < NR_VAS; va++)
			show_tlb_entry(shown, va, &cpu->tlb[va]);
	}
}

static void show_interrupts(struct baton_shown *shown, const char *kind)
{
	for (unsigned int i = 0; i < world.smp.nr_cpus && i < NR_CPUS; i++) {
		const struct smp_cpu *cpu = &world.smp.cpu[i];

		baton_show_object(shown, kind, baton_cpu_name((int)i), cpu, sizeof(*cpu));
		baton_show_field(shown, "interrupts", "%s", cpu->irqs_off ? "off" : "on");
		baton_show_field(shown, "call", "%s", cpu->func ? "pending" : "none");
	}
}

/* ---- Swap and files ---------------------------------------------------------------------- */

static void show_slots(struct baton_shown *shown, const char *kind)
{
	baton_show_object(shown, kind, "device", &world.swap, sizeof(world.swap));
	baton_show_field(shown, "swapoff", "%s",
			 world.swap.freed ? "through" :
			 world.swap.dying ? "waits for users" :
			 world.swap.off   ? "begun" :
					    "no");
	baton_show_field(shown, "users", "%d", world.swap.users);
	for (unsigned int i = 0; i < NR_SLOTS; i++) {
		const struct swap_slot *slot = &world.swap.slot[i];
		char name[NAME_SIZE];

		if (!slot->count && !slot->has_cache)
			continue;
		(void)snprintf(name, sizeof(name), "slot %u", i);
		baton_show_object(shown, kind, name, slot, sizeof(*slot));
		baton_show_field(shown, "ptes", "%d", swap_count(i));
		baton_show_field(shown, "cache", "%s",
				 slot->cache     ? page_name(slot->cache) :
				 slot->has_cache ? "kept by a fault" :
						   "none");
		baton_show_field(shown, "data", "0x%lx 0x%lx", (unsigned long)slot->cell[0].value,
				 (unsigned long)slot->cell[1].value);
	}
}

static void show_file_page(struct baton_shown *shown, const struct address_space *file,
			   unsigned int index)
{
	char name[NAME_SIZE];

	(void)snprintf(name, sizeof(name), "cache %u", index);
	baton_show_field(shown, name, "%s",
			 file->i_pages[index] ? page_name(file->i_pages[index]) : "none");
	(void)snprintf(name, sizeof(name), "disk %u", index);
	baton_show_field(shown, name, "0x%lx 0x%lx", (unsigned long)file->disk[index][0].value,
			 (unsigned long)file->disk[index][1].value);
}

static void show_files(struct baton_shown *shown, const char *kind)
{
	for (int i = 1; i <= NR_FILES; i++) {
		const struct address_space *file = &world.files[i];
		char name[NAME_SIZE];

		if (!file->pages)
			continue;
		(void)snprintf(name, sizeof(name), "%c", 'E' + i);
		baton_show_object(shown, kind, name, file, sizeof(*file));
		baton_show_field(shown, "i_size", "%u", file->i_size);
		baton_show_field(shown, "write failed", "%s",
				 file->wb_err ? "not all have been told" : "no");
		for (unsigned int page = 0; page < file->pages && page < FILE_PAGES; page++)
			show_file_page(shown, file, page);
	}
}

static void show_secondary(struct baton_shown *shown, const char *kind)
{
	const struct secondary_mmu *secondary = &world.secondary;

	if (!secondary->mm)
		return;
	baton_show_object(shown, kind, mm_name(secondary->mm), secondary, sizeof(*secondary));
	baton_show_field(shown, "mm", "%s",
			 secondary->freed    ? "given back" :
			 secondary->released ? "gone" :
					       mm_name(secondary->mm));
	baton_show_field(shown, "notifier_seq", "%d", secondary->notifier_seq);
	baton_show_field(shown, "notifier_count", "%d", secondary->notifier_count);
	for (int va = 0; va < NR_VAS; va++) {
		char name[NAME_SIZE];

		if (!secondary->spte[va].valid)
			continue;
		(void)snprintf(name, sizeof(name), "spte %c", 'A' + va);
		baton_show_field(shown, name, "page %s%s%s", page_name(secondary->spte[va].pfn),
				 secondary->spte[va].write ? ", write" : "",
				 secondary->spte[va].young ? ", young" : "");
	}
}

const struct model_show mm_shows[] = {
	{ "page", "page frames: counts, flags, data", show_pages },
	{ "pte", "page table entries, decoded", show_ptes },
	{ "tlb", "what a CPU has cached of the ptes", show_tlbs },
	{ "lock", "who holds it", show_locks },
	{ "mm", "address spaces", show_mms },
	{ "vma", "mappings", show_vmas },
	{ "cpu", "interrupts and calls from other CPUs", show_interrupts },
	{ "swap", "slots in use: swap ptes, page in the swap cache, data", show_slots },
	{ "file", "pages in memory, and on disk", show_files },
	{ "secondary mmu", "its translations", show_secondary },
	{ NULL, NULL, NULL },
};
