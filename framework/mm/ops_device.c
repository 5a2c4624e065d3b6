/* SPDX-License-Identifier: MIT */
/* ops_device.c - operations of devices, reclaim, system calls on a mapping, and guests. */
#include "mm/dma.h"
#include "mm/mm.h"
#include "mm/ops_table.h"

static int cell_index(long offset)
{
	if (offset < 0 || offset % CELL_BYTES || offset / CELL_BYTES >= NR_CELLS)
		baton_fail("model_address", "no page has a cell at offset %ld", offset);
	return (int)(offset / CELL_BYTES);
}

long op_dma_write(const struct model_call *call)
{
	if (call->args[0])
		dma_write(call->args[0], cell_index(call->args[2]), call->args[1]);
	return 0;
}

long op_dma_read(const struct model_call *call)
{
	return call->args[0] ? dma_read(call->args[0], cell_index(call->args[1])) : 0;
}

long op_shrink_page(const struct model_call *call)
{
	return shrink_page(pfn_to_page(world.ghost.origin[user_address(call->args[0]).va]));
}

long op_munmap(const struct model_call *call)
{
	int va = user_address(call->args[0]).va;

	munmap_pages(op_mm(call, call->args[2], call->args[0]), va,
		     va + op_pages(va, call->args[1]));
	return 0;
}

long op_mprotect(const struct model_call *call)
{
	mprotect_page(op_mm(call, call->args[2], call->args[0]), user_address(call->args[0]).va,
		      call->args[1]);
	return 0;
}

long op_kvm_attach(const struct model_call *call)
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

long op_kvm_fault(const struct model_call *call)
{
	return has_guest() && kvm_fault(user_address(call->args[0]).va, call->args[1]);
}

long op_guest_load(const struct model_call *call)
{
	struct user_address at = user_address(call->args[0]);
	long value = 0;

	if (has_guest() && !guest_load(at.va, at.index, &value))
		baton_note("failed");
	return value;
}

long op_guest_store(const struct model_call *call)
{
	struct user_address at = user_address(call->args[0]);

	if (has_guest() && !guest_store(at.va, at.index, call->args[1]))
		baton_note("failed");
	return 0;
}
