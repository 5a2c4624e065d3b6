/* SPDX-License-Identifier: MIT */
/* ops_notifier.c - operations of secondary MMUs and their notifiers. */
#include "mm/mm.h"
#include "mm/ops_table.h"

long op_secondary_mmu(const struct model_call *call)
{
	secondary_mmu_init(process_mm(call->args[0], 0));
	world.mmu_notifier.hashed = !call->args[1];
	return 0;
}

/* Finding: model_address, if there is none. */
static struct mm *secondary_mm(void)
{
	if (!world.secondary.mm)
		baton_fail("model_address", "no secondary MMU: setup has no secondary_mmu()");
	return &world.mms[world.secondary.mm];
}

/* A secondary MMU that cannot be told is not used. */
long op_notifier_register(const struct model_call *call)
{
	bool registered = mmu_notifier_register(secondary_mm());

	(void)call;
	if (!registered)
		secondary_mmu_release();
	return registered;
}

long op_notifier_unregister(const struct model_call *call)
{
	(void)call;
	mmu_notifier_unregister(secondary_mm());
	return 0;
}

long op_exit(const struct model_call *call)
{
	mmput(process_mm(call->process, 0));
	return 0;
}

long op_secondary_fault(const struct model_call *call)
{
	(void)secondary_mm();
	return secondary_mmu_fault(user_address(call->args[0]).va, call->args[1]);
}

long op_secondary_load(const struct model_call *call)
{
	struct user_address at = user_address(call->args[0]);
	long value = 0;

	(void)secondary_mm();
	if (!secondary_mmu_load(at.va, at.index, &value))
		baton_note("failed");
	return value;
}

long op_secondary_store(const struct model_call *call)
{
	struct user_address at = user_address(call->args[0]);

	(void)secondary_mm();
	if (!secondary_mmu_store(at.va, at.index, call->args[1]))
		baton_note("failed");
	return 0;
}
