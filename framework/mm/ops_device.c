/* SPDX-License-Identifier: MIT */
/* ops_device.c - operations of devices, reclaim, and system calls on a mapping. */
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

long op_pin_user_pages(const struct model_call *call)
{
	int va = user_address(call->args[0]).va;

	return driver_pin_pages(op_mm(call, 0, call->args[0]), va, op_pages(va, call->args[1]),
				(unsigned int)call->args[2] & ~(FOLL_GET | FOLL_PIN));
}

long op_unpin_user_pages(const struct model_call *call)
{
	driver_unpin_pages(&world.mms[call->process]);
	return 0;
}

long op_dma_submit(const struct model_call *call)
{
	if (call->args[0])
		dma_submit(call->args[0], call->args[1]);
	return 0;
}

long op_dma_wait(const struct model_call *call)
{
	(void)call;
	dma_wait();
	return 0;
}

long op_dma_device_run(const struct model_call *call)
{
	(void)call;
	dma_device_run();
	return 0;
}

long op_bio_get_page(const struct model_call *call)
{
	return bio_get_page(op_mm(call, 0, call->args[0]), user_address(call->args[0]).va,
			    call->args[1]);
}

long op_bio_put_page(const struct model_call *call)
{
	if (call->args[0])
		bio_put_page(&world.mms[call->process], call->args[0]);
	return 0;
}

long op_shrink_page(const struct model_call *call)
{
	return shrink_page(pfn_to_page(world.ghost.origin[user_address(call->args[0]).va]),
			   call->args[1]);
}

long op_munmap(const struct model_call *call)
{
	int va = user_address(call->args[0]).va;

	return munmap_pages(op_mm(call, call->args[2], call->args[0]), va,
			    va + op_pages(va, call->args[1]));
}

long op_madvise_dontneed(const struct model_call *call)
{
	int va = user_address(call->args[0]).va;

	madvise_dontneed(op_mm(call, call->args[2], call->args[0]), va,
			 va + op_pages(va, call->args[1]));
	return 0;
}

long op_madvise_pageout(const struct model_call *call)
{
	madvise_pageout(op_mm(call, call->args[1], call->args[0]), user_address(call->args[0]).va);
	return 0;
}

long op_mprotect(const struct model_call *call)
{
	mprotect_page(op_mm(call, call->args[2], call->args[0]), user_address(call->args[0]).va,
		      call->args[1]);
	return 0;
}

long op_mlock(const struct model_call *call)
{
	mlock_page(op_mm(call, call->args[1], call->args[0]), user_address(call->args[0]).va, true);
	return 0;
}

long op_munlock(const struct model_call *call)
{
	mlock_page(op_mm(call, call->args[1], call->args[0]), user_address(call->args[0]).va,
		   false);
	return 0;
}
