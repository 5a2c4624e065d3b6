/* SPDX-License-Identifier: MIT */
/*
 * show_test.c - what reports show of the world: a change of one thing is a change of one field,
 * and looking changes nothing.
 *
 * One CPU changes the world behind the model's back, a row of the table per step; the recorder
 * looks after each.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "engine/sim.h"
#include "engine/strategy.h"
#include "mm/secondary_mmu.h"
#include "mm/show.h"
#include "mm/testing.h"

TestSuite(show, .timeout = 20);

static long P;
static struct page *page;
static struct mm *mm;
static struct address_space *file;

/* X(what is changed, kind, name, field, its value then) */
#define CHANGES(X)                                                                                 \
	X(page->refcount.counter = 7, "page", "A", "refcount", "7")                                \
	X(page->mapcount.counter = 6, "page", "A", "mapcount", "6")                                \
	X(page->cell[0].value = 0x77, "page", "A", "cell 0", "0x77")                               \
	X(page->cell[1].value = 0x78, "page", "A", "cell 8", "0x78")                               \
	X(world.ghost.pins[3].pfn = (uint8_t)page_to_pfn(page), "page", "A", "held by gup", "1")   \
	X(page->anon_exclusive ^= 1, "page", "A", "flags", "none")                                 \
	X(page->dirty = 1, "page", "A", "flags", "dirty")                                          \
	X(page->writeback = 1, "page", "A", "flags", "dirty writeback")                            \
	X(page->reading = 1, "page", "A", "flags", "dirty writeback !uptodate")                    \
	X(page->lazyfree = 1, "page", "A", "flags", "dirty writeback !uptodate lazyfree")          \
	X((page->dirty = page->writeback = page->reading = page->lazyfree = 0, page->ksm = 1),     \
	  "page", "A", "flags", "ksm")                                                             \
	X(page->double_map = 1, "page", "A", "flags", "ksm double_map")                            \
	X(page->dma_pinned = 1, "page", "A", "flags", "ksm double_map dma_pinned")                 \
	X(page->buffers = 1, "page", "A", "flags", "ksm double_map dma_pinned buffers")            \
	X(mm->mm_users.counter = 3, "mm", "P", "mm_users", "3")                                    \
	X(mm->rss = 9, "mm", "P", "rss", "9")                                                      \
	X(mm->has_pinned = 1, "mm", "P", "has_pinned", "1")                                        \
	X(mm->write_protect_seq = 5, "mm", "P", "write_protect_seq", "5")                          \
	X(mm->tlb_flush_pending.counter = 2, "mm", "P", "tlb_flush_pending", "2")                  \
	X(mm->tlb_flush_batched = true, "mm", "P", "tlb_flush_batched", "1")                       \
	X(mm->pgtable[0].val &= ~PTE_WRITE, "pte", "A of P", "flags", "dirty young")               \
	X(mm->pgtable[0].val &= ~PTE_DIRTY, "pte", "A of P", "flags", "young")                     \
	X(mm->pgtable[0].val |= PTE_UFFD_WP, "pte", "A of P", "flags", "young uffd_wp")            \
	X(mm->pgtable[0].val &= ~(PTE_YOUNG | PTE_UFFD_WP), "pte", "A of P", "flags", "none")      \
	X(mm->pgtable[0].val = PTE_SWAP | 3u << PTE_SHIFT, "pte", "A of P", "maps", "swap slot 3") \
	X(mm->pgtable[0].val |= PTE_SWP_EXCLUSIVE, "pte", "A of P", "flags", "exclusive")          \
	X(mm->pgtable[0].val = PTE_SWAPIN_ERROR | PTE_SWP_EXCLUSIVE, "pte", "A of P", "maps",      \
	  "none (swap was not readable)")                                                          \
	X(world.vmas[0].vm_flags |= VM_LOCKED, "vma", "0 of P", "flags", "read write locked")      \
	X(world.vmas[0].end++, "vma", "0 of P", "pages", "A to B")                                 \
	X(world.vmas[0].anon_vma = 0, "vma", "0 of P", "maps", "nothing yet")                      \
	X(world.vmas[0].freed = 1, "vma", "0 of P", "freed", "1")                                  \
	X(world.cpus[0].tlb[0].valid = 0, "tlb", "cpu", "A", NULL)                                 \
	X((world.cpus[0].tlb[0] = (struct tlb_entry){ 1, 1, 0, ZERO_PFN, 0, 0 }), "tlb", "cpu",    \
	  "A", "page zero, write")                                                                 \
	X(world.cpus[0].mm = 0, "tlb", "cpu", "mm", "none")                                        \
	X(world.smp.cpu[0].irqs_off = true, "cpu", "cpu", "interrupts", "off")                     \
	X(world.smp.cpu[0].func = called, "cpu", "cpu", "call", "pending")                         \
	X(mm->ptl.owner = 2, "lock", "ptl(P)", "held by", "cpu")                                   \
	X(mm->mmap_lock.writer = 2, "lock", "mmap_lock(P)", "held by", "cpu")                      \
	X(world.swap.off = 1, "swap", "device", "swapoff", "begun")                                \
	X(world.swap.dying = 1, "swap", "device", "swapoff", "waits for users")                    \
	X(world.swap.users = 2, "swap", "device", "users", "2")                                    \
	X(world.swap.slot[0].cell[1].value = 0x9, "swap", "slot 0", "data", "0x22 0x9")            \
	X(file->i_size = 0, "file", "F", "i_size", "0")                                            \
	X(file->wb_err = 1, "file", "F", "write failed", "not all have been told")                 \
	X(file->disk[0][0].value = 0x5, "file", "F", "disk 0", "0x5 0x33")                         \
	X(file->i_pages[0] = (uint8_t)page_to_pfn(page), "file", "F", "cache 0", "A")              \
	X(world.secondary.notifier_seq = 4, "secondary mmu", "P", "notifier_seq", "4")             \
	X(world.secondary.notifier_count = 1, "secondary mmu", "P", "notifier_count", "1")         \
	X((world.secondary.spte[0] = (struct spte){ .valid = 1, .write = 1, .pfn = ZERO_PFN }),    \
	  "secondary mmu", "P", "spte A", "page zero, write")                                      \
	X(world.secondary.released = 1, "secondary mmu", "P", "mm", "gone")

static void called(int cpu, const void *info)
{
	(void)cpu;
	(void)info;
}

static const struct {
	const char *what, *kind, *name, *field, *value;
} expected[] = {
#define EXPECTED(statement, kind, name, field, value) { #statement, kind, name, field, value },
	CHANGES(EXPECTED)
};

static void setup(void *arg)
{
	(void)arg;
	boot(1, "v5.19");
	P = op("process", 0);
	op("anon_page", P, 0x11, true);
	op("shrink_page", op("anon_page", P, 0x22, true));
	op("map_file", P, op("file", 0x33, 1), 0, 1, true, true);
	mm = &world.mms[P];
	page = pfn_to_page(pte_pfn(mm->pgtable[0]));
	file = &world.files[1];
	secondary_mmu_init(mm);
	world.cpus[0].mm = (uint8_t)P;
	world.cpus[0].tlb[0] = (struct tlb_entry){ 1, 0, 0, ZERO_PFN, 0, 0 };
}

static void step(void)
{
	baton_access(BATON_HERE("change"), &P, BATON_LOCAL);
}

static void run(void *arg)
{
	(void)arg;
#define MAKE(statement, kind, name, field, value) \
	step();                                   \
	statement;
	CHANGES(MAKE)
}

static char before[sizeof(struct world)];
static bool changed;

static void show(struct baton_shown *shown, void *arg)
{
	const void *after = &world;

	(void)arg;
	memcpy(before, &world, sizeof(world));
	for (const struct model_show *entry = mm_shows; entry->kind; entry++)
		entry->show(shown, entry->kind);
	changed |= memcmp(before, after, sizeof(world)) != 0;
}

static uint32_t pick(struct strategy *strategy, const struct choice *choice)
{
	(void)strategy;
	return choice_default(choice, choice->options);
}

static const struct baton_cpu_program cpus[] = { { "cpu", run, NULL, -1 } };
static const struct baton_program program = { .name = "show",
					      .cpus = cpus,
					      .cpu_count = 1,
					      .setup = setup,
					      .show = show };

static void record(struct trace *trace)
{
	struct strategy strategy = { .pick = pick };
	struct err err = ERR_INIT;

	cr_assert_eq(sim_init(&program, &err), 0, "%s", err.text.bytes);
	trace_init(trace, &program);
	sim_execute(&strategy, 0, trace);
	sim_release();
	err_release(&err);
	cr_assert_eq(trace->finding.kind, FINDING_NONE, "%s\n%s", trace->finding.text.bytes,
		     trace->finding.details.bytes);
}

static void expect_change(const struct trace *trace, const struct trace_event *event, size_t row)
{
	const struct trace_change *change = &trace->changes.items[event->first_change];
	const struct trace_field *field = &trace->fields.items[change->field];
	const struct trace_object *object = &trace->objects.items[field->object];

	cr_assert_eq(event->change_count, 1, "%s: changes %u", expected[row].what,
		     event->change_count);
	cr_expect_str_eq(object->kind, expected[row].kind, "%s", expected[row].what);
	cr_expect_str_eq(object->name, expected[row].name, "%s", expected[row].what);
	cr_expect_str_eq(field->name, expected[row].field, "%s", expected[row].what);
	if (expected[row].value && change->value)
		cr_expect_str_eq(change->value, expected[row].value, "%s", expected[row].what);
	else
		cr_expect_eq(expected[row].value, change->value, "%s", expected[row].what);
}

Test(show, one_change_is_one_field)
{
	struct trace trace;
	size_t row = 0;

	record(&trace);
	for (size_t i = 0; i < trace.events.count; i++)
		if (trace.events.items[i].type == TRACE_STEP &&
		    trace.events.items[i].phase == TRACE_MAIN)
			expect_change(&trace, &trace.events.items[i], row++);
	cr_expect_eq(row, sizeof(expected) / sizeof(*expected));
	trace_release(&trace);
}

Test(show, looking_changes_nothing)
{
	struct trace trace;

	changed = false;
	record(&trace);
	cr_expect(!changed);
	trace_release(&trace);
}

/* The table above has something of each kind. */
Test(show, every_kind_is_looked_at)
{
	for (const struct model_show *entry = mm_shows; entry->kind; entry++) {
		bool found = false;

		for (size_t i = 0; i < sizeof(expected) / sizeof(*expected); i++)
			found |= !strcmp(expected[i].kind, entry->kind);
		cr_expect(found, "%s", entry->kind);
	}
}
