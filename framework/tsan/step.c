/* SPDX-License-Identifier: MIT */
/*
 * step.c - atomic operations and fences as steps.
 */
#include "tsan/tsan.h"

bool baton_tsan_atomic(const volatile void *object, enum baton_access_kind kind, int order,
		       const char *what, const void *pc)
{
	if (!sim_on_cpu())
		return false;
	baton_atomic(tsan_place(pc, what), (const void *)(uintptr_t)object, kind);
	tsan_clock_atomic(order);
	return true;
}

void baton_tsan_fence(int order)
{
	if (sim_on_cpu() && sim_is_main())
		tsan_clock_fence(order);
}
