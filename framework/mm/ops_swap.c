/* SPDX-License-Identifier: MIT */
/* ops_swap.c - operations of the swap device, and of reclaim by address. */
#include "mm/mm.h"
#include "mm/ops_table.h"

long op_swap_device(const struct model_call *call)
{
	if (call->args[5] < 0 || call->args[5] > 100)
		baton_fail("model_limit", "swap_map_max is 0 (no limit) to 100, not %ld",
			   call->args[5]);
	world.swap.flags = (struct swap_flags){
		.stable = call->args[0] != 0,
		.async = call->args[1] != 0,
		.synchronous_io = call->args[2] != 0,
		.discard = call->args[3] != 0,
		.removable = call->args[4] != 0,
		.map_max = (uint8_t)call->args[5],
	};
	return 0;
}

long op_swap_device_run(const struct model_call *call)
{
	(void)call;
	swap_device_run();
	return 0;
}

long op_swapoff(const struct model_call *call)
{
	(void)call;
	if (!world.swap.flags.removable)
		baton_fail("model_address", "swapoff() needs swap_device(removable) in setup");
	swapoff();
	return 0;
}

long op_pageout(const struct model_call *call)
{
	struct mm *mm = op_mm(call, call->args[1], call->args[0]);
	pte_t pte;

	POINT("pageout/pte_read");
	pte = ptep_get(mm, user_address(call->args[0]).va);
	if (!pte_present(pte) || !vm_normal_page(pte)) {
		baton_note("nothing is mapped");
		return 0;
	}
	return shrink_page(pfn_to_page(pte_pfn(pte)), false);
}
