/* SPDX-License-Identifier: MIT */
/* state.c - ptes, frames, references and slots as text. */
#include "conform/state.h"

#include "mm/dma.h"

/* ", 2 pins" */
static void add_refs(const struct page *page, struct text *text)
{
	static const char *const names[REF_KINDS] = {
		[REF_ALLOC] = "new",   [REF_PTE] = "ptes",   [REF_CACHE] = "cache",
		[REF_GET] = "gets",    [REF_PIN] = "pins",   [REF_ISOLATE] = "reclaim",
		[REF_LOOKUP] = "work", [REF_SPTE] = "sptes",
	};
	const char *between = "";

	for (int kind = 0; kind < REF_KINDS; kind++) {
		if (!page->refs[kind])
			continue;
		text_addf(text, "%s%d %s", between, page->refs[kind], names[kind]);
		between = " + ";
	}
}

static void add_flag(struct text *text, bool set, const char *name)
{
	if (set)
		text_addf(text, ", %s", name);
}

static void add_page(const struct page *page, struct text *text)
{
	long cells[NR_CELLS];

	for (int i = 0; i < NR_CELLS; i++)
		cells[i] = page->cell[i].value;
	text_addf(text, "frame %s = %ld, refcount %d (", page->name, conform_uniform(cells),
		  page->refcount.counter);
	add_refs(page, text);
	text_addf(text, "), mapcount %d", page->mapcount.counter);
	add_flag(text, page->anon_exclusive, "exclusive");
	add_flag(text, page->dirty, "dirty");
	add_flag(text, page->lazyfree, "lazyfree");
	if (page->swapcache)
		text_addf(text, ", in the swap cache for slot %u", page->private);
	text_add_char(text, '\n');
}

static void add_pte(pte_t pte, struct text *text)
{
	if (pte_none(pte)) {
		text_add(text, "nothing there\n");
	} else if (pte_is_swap(pte)) {
		text_addf(text, "swap slot %u%s\n", pte_to_swp_entry(pte),
			  pte_swp_exclusive(pte) ? ", exclusive" : "");
	} else if (pte_present(pte)) {
		text_addf(text, "%s, ", pte_write(pte) ? "writable" : "read-only");
		add_page(pfn_to_page(pte_pfn(pte)), text);
	} else {
		text_add(text, "something else\n");
	}
}

static void add_process(const struct conform_machine *machine, int number, struct text *text)
{
	const struct conform_process *process = &machine->processes[number];

	if (!process->mm || process->ended)
		return;
	for (unsigned int va = 0; va < machine->pages; va++) {
		const struct vm_area_struct *vma = find_vma(process->mm, (int)va);

		text_addf(text, "    %c page %u: ", 'A' + number, va);
		if (!vma)
			text_add(text, "not mapped\n");
		else
			add_pte(process->mm->pgtable[va], text);
	}
	if (!process->buffer)
		return;
	text_addf(text, "    %c fixed buffer: ", 'A' + number);
	add_page(handle_page(process->buffer), text);
}

void conform_machine_state(const struct conform_machine *machine, struct text *text)
{
	for (int i = 0; i < CONFORM_PROCESSES; i++)
		add_process(machine, i, text);
	for (unsigned int i = 0; i < CONFORM_PIPES; i++) {
		for (unsigned int at = 0; at < machine->pipes[i].count; at++) {
			text_addf(text, "    pipe %u: ", i);
			add_page(handle_page(machine->pipes[i].handle[at]), text);
		}
	}
	for (unsigned int entry = 0; entry < NR_SLOTS; entry++)
		if (swap_count(entry) || world.swap.slot[entry].has_cache)
			text_addf(text, "    swap slot %u: %d swap ptes%s, %ld on the device\n",
				  entry, swap_count(entry),
				  world.swap.slot[entry].has_cache ? " and the swap cache" : "",
				  world.swap.slot[entry].cell[0].value);
}
