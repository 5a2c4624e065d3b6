/* SPDX-License-Identifier: MIT */
/* ops.c - operations of processes: memory, fork, and references to pages. */
#include "mm/dma.h"
#include "mm/mm.h"
#include "mm/ops_table.h"

struct user_address user_address(long address)
{
	struct user_address at = { (int)(address / PAGE_BYTES) - 1,
				   (int)(address % PAGE_BYTES) / CELL_BYTES };

	if (address <= 0 || at.va < 0 || at.va >= world.ghost.next_va || at.index >= NR_CELLS ||
	    address % CELL_BYTES)
		baton_fail("model_address", "no page has a cell at %#lx", (unsigned long)address);
	return at;
}

struct mm *process_mm(long process, long address)
{
	unsigned int number = process ? (unsigned int)process :
					world.ghost.owner[user_address(address).va];

	BATON_ASSERT(number && number < world.mms_used);
	return &world.mms[number];
}

struct mm *op_mm(const struct model_call *call, long process, long address)
{
	return process_mm(process ? process : call->process, address);
}

int op_pages(int va, long pages)
{
	if (pages < 1 || va + pages > world.ghost.next_va)
		baton_fail("model_address", "there are no %ld pages at %c", pages, 'A' + va);
	return (int)pages;
}

long op_process(const struct model_call *call)
{
	(void)call;
	return (long)mm_number(mm_alloc(NULL));
}

static void fill_page(struct mm *mm, int va, long value)
{
	struct page *page = pfn_to_page(pte_pfn(mm->pgtable[va]));

	for (int i = 0; i < NR_CELLS; i++)
		ghost_store(mm, va, i, page, value);
	world.ghost.origin[va] = (uint8_t)page_to_pfn(page);
}

int op_new_addresses(const struct mm *mm, long pages)
{
	int first = world.ghost.next_va;

	if (pages < 1 || pages > NR_VAS - first)
		baton_fail("model_limit", "the model has %d addresses", NR_VAS);
	for (int va = first; va < first + pages; va++)
		world.ghost.owner[va] = (uint8_t)mm_number(mm);
	world.ghost.next_va = (uint8_t)(first + pages);
	return first;
}

long op_free_address(const struct model_call *call)
{
	return (long)(op_new_addresses(process_mm(call->args[0], 0), 1) + 1) * PAGE_BYTES;
}

long op_anon_page(const struct model_call *call)
{
	struct mm *mm = process_mm(call->args[0], 0);
	int start = op_new_addresses(mm, call->args[4] ? call->args[4] : 1);
	int end = world.ghost.next_va;

	mmap_anon(mm, start, end, true);
	for (int va = start; va < end; va++) {
		if (fault_failed(handle_mm_fault(mm, va, FAULT_FLAG_WRITE)))
			baton_fail("model_limit", "no page for setup");
		fill_page(mm, va, call->args[1]);
		if (!call->args[2])
			mprotect_page(mm, va, false);
		if (call->args[3])
			make_huge(mm, va);
	}
	return (long)(start + 1) * PAGE_BYTES;
}

static long fork_mm(struct mm *parent)
{
	struct mm *child = dup_mm(parent);

	if (!child)
		baton_note("ENOMEM");
	return child ? (long)mm_number(child) : 0;
}

long op_fork(const struct model_call *call)
{
	BATON_ASSERT(call->process);
	return fork_mm(&world.mms[call->process]);
}

long op_fork_of(const struct model_call *call)
{
	return fork_mm(process_mm(call->args[0], 0));
}

static void note_result(enum access_result result)
{
	if (result == ACCESS_OOM)
		baton_note("ENOMEM");
}

long op_load(const struct model_call *call)
{
	struct user_address at = user_address(call->args[0]);
	long value = 0;

	note_result(user_load(op_mm(call, call->args[1], call->args[0]), at.va, at.index, &value));
	return value;
}

long op_store(const struct model_call *call)
{
	struct user_address at = user_address(call->args[0]);

	note_result(user_store(op_mm(call, call->args[2], call->args[0]), at.va, at.index,
			       call->args[1]));
	return 0;
}

static long take(const struct model_call *call, bool fast, unsigned int gup_flags)
{
	return take_user_page(op_mm(call, 0, call->args[0]), user_address(call->args[0]).va,
			      gup_flags, fast);
}

/* What a caller may pass besides the kind of reference, which the operation says. */
static unsigned int caller_flags(const struct model_call *call)
{
	return (unsigned int)call->args[1] & ~(FOLL_GET | FOLL_PIN);
}

long op_gup_fast(const struct model_call *call)
{
	return take(call, true, caller_flags(call) | FOLL_GET);
}

long op_get_user_pages(const struct model_call *call)
{
	return take(call, false, caller_flags(call) | FOLL_GET | FOLL_TOUCH);
}

long op_pin_user_page(const struct model_call *call)
{
	return take(call, false, caller_flags(call) | FOLL_PIN);
}

long op_pin_user_page_fast(const struct model_call *call)
{
	return take(call, true, caller_flags(call) | FOLL_PIN);
}

long op_vmsplice(const struct model_call *call)
{
	return take(call, true, FOLL_GET);
}

long op_register_buffer(const struct model_call *call)
{
	long handles[NR_VAS] = { 0 };
	int va = user_address(call->args[0]).va;

	if (call->args[1] < 1 || call->args[1] > NR_VAS - va)
		baton_fail("model_limit", "the model has %d addresses", NR_VAS);
	(void)io_sqe_buffer_register(op_mm(call, 0, call->args[0]), va, (unsigned int)call->args[1],
				     handles);
	return handles[0];
}

static long release(const struct model_call *call, bool pinned)
{
	if (call->args[0])
		give_back_user_page(call->args[0], pinned ? GIVE_BACK_PIN : GIVE_BACK_GET,
				    (unsigned int)call->process);
	return 0;
}

long op_put_page(const struct model_call *call)
{
	return release(call, false);
}

long op_unpin(const struct model_call *call)
{
	return release(call, true);
}
