/* SPDX-License-Identifier: MIT */
/* ops.c - the operations of scenarios. */
#include "mm/ops.h"
#include "mm/dma.h"
#include "mm/mm.h"

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

/* The process that an operation is about: its parameter, or that of its CPU. */
static struct mm *op_mm(const struct model_call *call, long process, long address)
{
	return process_mm(process ? process : call->process, address);
}

static long op_process(const struct model_call *call)
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

static long op_anon_page(const struct model_call *call)
{
	struct mm *mm = process_mm(call->args[0], 0);
	int va = world.ghost.next_va;

	if (va == NR_VAS)
		baton_fail("model_limit", "the model has %d addresses", NR_VAS);
	world.ghost.next_va++;
	world.ghost.owner[va] = (uint8_t)mm_number(mm);
	mmap_anon(mm, va, true);
	if (handle_mm_fault(mm, va, FAULT_FLAG_WRITE) != VM_FAULT_DONE)
		baton_fail("model_limit", "no page for setup");
	fill_page(mm, va, call->args[1]);
	if (!call->args[2])
		mprotect_page(mm, va, false);
	return (long)(va + 1) * PAGE_BYTES;
}

static long fork_mm(struct mm *parent)
{
	struct mm *child = dup_mm(parent);

	if (!child)
		baton_note("ENOMEM");
	return child ? (long)mm_number(child) : 0;
}

static long op_fork(const struct model_call *call)
{
	BATON_ASSERT(call->process);
	return fork_mm(&world.mms[call->process]);
}

static long op_fork_of(const struct model_call *call)
{
	return fork_mm(process_mm(call->args[0], 0));
}

static void note_result(enum access_result result)
{
	if (result == ACCESS_OOM)
		baton_note("ENOMEM");
}

static long op_load(const struct model_call *call)
{
	struct user_address at = user_address(call->args[0]);
	long value = 0;

	note_result(user_load(op_mm(call, call->args[1], call->args[0]), at.va, at.index, &value));
	return value;
}

static long op_store(const struct model_call *call)
{
	struct user_address at = user_address(call->args[0]);

	note_result(user_store(op_mm(call, call->args[2], call->args[0]), at.va, at.index,
			       call->args[1]));
	return 0;
}

static long take(const struct model_call *call, bool fast, unsigned int gup_flags)
{
	struct mm *mm = op_mm(call, 0, call->args[0]);
	int va = user_address(call->args[0]).va;
	struct page *page = fast ? get_user_pages_fast(mm, va, gup_flags) :
				   get_user_pages(mm, va, gup_flags);

	if (page)
		ghost_pin(mm, va, page, gup_flags);
	else
		baton_note("failed");
	return page_handle(page);
}

/* What a caller may pass besides the kind of reference, which the operation says. */
static unsigned int caller_flags(const struct model_call *call)
{
	return (unsigned int)call->args[1] & ~(FOLL_GET | FOLL_PIN);
}

static long op_gup_fast(const struct model_call *call)
{
	return take(call, true, caller_flags(call) | FOLL_GET);
}

static long op_get_user_pages(const struct model_call *call)
{
	return take(call, false, caller_flags(call) | FOLL_GET);
}

static long op_pin_user_page(const struct model_call *call)
{
	return take(call, false, caller_flags(call) | FOLL_PIN);
}

static long op_pin_user_page_fast(const struct model_call *call)
{
	return take(call, true, caller_flags(call) | FOLL_PIN);
}

static long op_vmsplice(const struct model_call *call)
{
	return take(call, true, FOLL_GET);
}

static long release(const struct model_call *call, bool pinned)
{
	struct page *page = handle_page(call->args[0]);
	struct pin *pin;

	if (!call->args[0])
		return 0;
	pin = ghost_pin_find(page, pinned, (unsigned int)call->process);
	release_user_page(page, pinned, pin && pin->write);
	if (pin)
		pin->pfn = 0;
	return 0;
}

static long op_put_page(const struct model_call *call)
{
	return release(call, false);
}

static long op_unpin(const struct model_call *call)
{
	return release(call, true);
}

static int cell_index(long offset)
{
	if (offset < 0 || offset % CELL_BYTES || offset / CELL_BYTES >= NR_CELLS)
		baton_fail("model_address", "no page has a cell at offset %ld", offset);
	return (int)(offset / CELL_BYTES);
}

static long op_dma_write(const struct model_call *call)
{
	if (call->args[0])
		dma_write(call->args[0], cell_index(call->args[2]), call->args[1]);
	return 0;
}

static long op_dma_read(const struct model_call *call)
{
	return call->args[0] ? dma_read(call->args[0], cell_index(call->args[1])) : 0;
}

static long op_shrink_page(const struct model_call *call)
{
	return shrink_page(pfn_to_page(world.ghost.origin[user_address(call->args[0]).va]));
}

static long op_munmap(const struct model_call *call)
{
	munmap_page(op_mm(call, call->args[1], call->args[0]), user_address(call->args[0]).va);
	return 0;
}

static long op_mprotect(const struct model_call *call)
{
	mprotect_page(op_mm(call, call->args[2], call->args[0]), user_address(call->args[0]).va,
		      call->args[1]);
	return 0;
}

static long op_kvm_attach(const struct model_call *call)
{
	kvm_attach(process_mm(call->args[0], 0));
	return 0;
}

static bool has_guest(void)
{
	if (!world.kvm.mm)
		baton_fail("model_address", "no guest: kvm_attach() was not called");
	return true;
}

static long op_kvm_fault(const struct model_call *call)
{
	return has_guest() && kvm_fault(user_address(call->args[0]).va, call->args[1]);
}

static long op_guest_load(const struct model_call *call)
{
	struct user_address at = user_address(call->args[0]);
	long value = 0;

	if (has_guest() && !guest_load(at.va, at.index, &value))
		baton_note("failed");
	return value;
}

static long op_guest_store(const struct model_call *call)
{
	struct user_address at = user_address(call->args[0]);

	if (has_guest() && !guest_store(at.va, at.index, call->args[1]))
		baton_note("failed");
	return 0;
}

#define EVERYWHERE (MODEL_IN_SETUP | MODEL_ON_CPU)
#define ADDRESS                                    \
	{                                          \
		"address", MODEL_ADDRESS, false, 0 \
	}
#define VALUE                                \
	{                                    \
		"value", MODEL_INT, false, 0 \
	}
#define FLAGS                               \
	{                                   \
		"flags", MODEL_INT, true, 0 \
	}
#define OFFSET                               \
	{                                    \
		"offset", MODEL_INT, true, 0 \
	}
#define PAGE                                 \
	{                                    \
		"page", MODEL_PAGE, false, 0 \
	}
#define PROCESS                                    \
	{                                          \
		"process", MODEL_PROCESS, false, 0 \
	}
#define MM                                   \
	{                                    \
		"mm", MODEL_PROCESS, true, 0 \
	}
#define FLAG(name)                        \
	{                                 \
		name, MODEL_FLAG, true, 0 \
	}
#define FILL                               \
	{                                  \
		"fill", MODEL_INT, true, 0 \
	}

const struct model_op mm_ops[] = {
	{ "process",
	  "a new process with nothing mapped",
	  MODEL_IN_SETUP,
	  false,
	  MODEL_PROCESS,
	  { { .name = NULL } },
	  op_process },
	{ "anon_page",
	  "map a page of private anonymous memory and fill it",
	  MODEL_IN_SETUP,
	  false,
	  MODEL_ADDRESS,
	  { PROCESS, FILL, FLAG("writable") },
	  op_anon_page },
	{ "fork",
	  "fork() of the CPU's process; 0 if it fails",
	  MODEL_ON_CPU,
	  true,
	  MODEL_PROCESS,
	  { { .name = NULL } },
	  op_fork },
	{ "fork_of",
	  "fork() of a process; 0 if it fails",
	  EVERYWHERE,
	  false,
	  MODEL_PROCESS,
	  { PROCESS },
	  op_fork_of },
	{ "load", "read user memory", EVERYWHERE, true, MODEL_INT, { ADDRESS, MM }, op_load },
	{ "store",
	  "write user memory",
	  EVERYWHERE,
	  true,
	  MODEL_VOID,
	  { ADDRESS, VALUE, MM },
	  op_store },
	{ "gup_fast",
	  "get_user_pages_fast(); 0 if it fails",
	  EVERYWHERE,
	  true,
	  MODEL_PAGE,
	  { ADDRESS, FLAGS },
	  op_gup_fast },
	{ "get_user_pages",
	  "get_user_pages(); 0 if it fails",
	  EVERYWHERE,
	  true,
	  MODEL_PAGE,
	  { ADDRESS, FLAGS },
	  op_get_user_pages },
	{ "pin_user_page",
	  "pin_user_pages(); 0 if it fails",
	  EVERYWHERE,
	  true,
	  MODEL_PAGE,
	  { ADDRESS, FLAGS },
	  op_pin_user_page },
	{ "pin_user_page_fast",
	  "pin_user_pages_fast(); 0 if it fails",
	  EVERYWHERE,
	  true,
	  MODEL_PAGE,
	  { ADDRESS, FLAGS },
	  op_pin_user_page_fast },
	{ "vmsplice",
	  "a reader's reference that stays in a pipe",
	  EVERYWHERE,
	  true,
	  MODEL_PAGE,
	  { ADDRESS },
	  op_vmsplice },
	{ "put_page",
	  "give back what a get_user_pages() took",
	  EVERYWHERE,
	  false,
	  MODEL_VOID,
	  { PAGE },
	  op_put_page },
	{ "unpin",
	  "give back what a pin_user_page() took",
	  EVERYWHERE,
	  false,
	  MODEL_VOID,
	  { PAGE },
	  op_unpin },
	{ "dma_write",
	  "the device writes to the page",
	  EVERYWHERE,
	  false,
	  MODEL_VOID,
	  { PAGE, VALUE, OFFSET },
	  op_dma_write },
	{ "dma_read",
	  "the device reads the page",
	  EVERYWHERE,
	  false,
	  MODEL_INT,
	  { PAGE, OFFSET },
	  op_dma_read },
	{ "shrink_page",
	  "reclaim the page that was first mapped there; 1 if it is freed",
	  EVERYWHERE,
	  false,
	  MODEL_INT,
	  { ADDRESS },
	  op_shrink_page },
	{ "munmap", "unmap the page", EVERYWHERE, true, MODEL_VOID, { ADDRESS, MM }, op_munmap },
	{ "mprotect",
	  "make the mapping read-only, or writable",
	  EVERYWHERE,
	  true,
	  MODEL_VOID,
	  { ADDRESS, FLAG("writable"), MM },
	  op_mprotect },
	{ "kvm_attach",
	  "a guest whose memory is that of the process",
	  MODEL_IN_SETUP,
	  false,
	  MODEL_VOID,
	  { PROCESS },
	  op_kvm_attach },
	{ "kvm_fault",
	  "map the page into the guest; 0 if it fails",
	  EVERYWHERE,
	  false,
	  MODEL_INT,
	  { ADDRESS, FLAG("write") },
	  op_kvm_fault },
	{ "guest_load",
	  "the guest reads its memory",
	  EVERYWHERE,
	  false,
	  MODEL_INT,
	  { ADDRESS },
	  op_guest_load },
	{ "guest_store",
	  "the guest writes its memory",
	  EVERYWHERE,
	  false,
	  MODEL_VOID,
	  { ADDRESS, VALUE },
	  op_guest_store },
	{ .name = NULL },
};
