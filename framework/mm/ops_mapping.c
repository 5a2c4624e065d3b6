/* SPDX-License-Identifier: MIT */
/* ops_mapping.c - system calls that change ptes, and leave their TLB flush for later. */
#include "mm/mm.h"
#include "mm/ops_table.h"

long op_madvise_free(const struct model_call *call)
{
	madvise_free(op_mm(call, call->args[1], call->args[0]), user_address(call->args[0]).va);
	return 0;
}

long op_madvise_willneed(const struct model_call *call)
{
	madvise_willneed(op_mm(call, call->args[1], call->args[0]), user_address(call->args[0]).va);
	return 0;
}

long op_madvise_dontfork(const struct model_call *call)
{
	madvise_dontfork(op_mm(call, call->args[1], call->args[0]), user_address(call->args[0]).va);
	return 0;
}

long op_split_huge_pmd(const struct model_call *call)
{
	struct mm *mm = op_mm(call, call->args[1], call->args[0]);
	int va = user_address(call->args[0]).va;
	const struct vm_area_struct *vma;

	down_read(&mm->mmap_lock);
	vma = find_vma(mm, va);
	if (vma)
		split_huge_pmd(vma, va);
	up_read(&mm->mmap_lock);
	return 0;
}

long op_migrate_page(const struct model_call *call)
{
	return migrate_page(pfn_to_page(world.ghost.origin[user_address(call->args[0]).va]));
}

long op_ksm_page(const struct model_call *call)
{
	if (!ksm_make(op_mm(call, 0, call->args[0]), user_address(call->args[0]).va))
		baton_fail("model_address", "the page is in use");
	return 0;
}

long op_ksm_merge(const struct model_call *call)
{
	return ksm_merge(op_mm(call, 0, call->args[0]), user_address(call->args[0]).va,
			 user_address(call->args[1]).va);
}

long op_page_table(const struct model_call *call)
{
	page_table_moves(process_mm(call->args[0], 0));
	return 0;
}

long op_collapse(const struct model_call *call)
{
	return collapse_huge_page(op_mm(call, 0, call->args[0]), user_address(call->args[0]).va);
}

long op_mremap(const struct model_call *call)
{
	return mremap_page(op_mm(call, call->args[2], call->args[0]),
			   user_address(call->args[0]).va, user_address(call->args[1]).va);
}

long op_uffd_register(const struct model_call *call)
{
	struct mm *mm = op_mm(call, 0, call->args[0]);

	find_vma(mm, user_address(call->args[0]).va)->vm_flags |= call->args[1] ? VM_UFFD_MISSING :
										  VM_UFFD_WP;
	return 0;
}

long op_uffd_copy(const struct model_call *call)
{
	return mcopy_page(op_mm(call, call->args[2], call->args[0]), user_address(call->args[0]).va,
			  call->args[1]);
}

long op_uffd_writeprotect(const struct model_call *call)
{
	uffd_writeprotect(op_mm(call, call->args[2], call->args[0]), user_address(call->args[0]).va,
			  call->args[1]);
	return 0;
}

long op_numa_hint(const struct model_call *call)
{
	change_prot_numa(op_mm(call, call->args[1], call->args[0]), user_address(call->args[0]).va);
	return 0;
}

long op_pagemap(const struct model_call *call)
{
	pte_t pte;

	POINT("pagemap/pte_read");
	pte = ptep_get(op_mm(call, call->args[1], call->args[0]), user_address(call->args[0]).va);
	return pte_present(pte) ? 1 : pte_is_swap(pte) ? 2 : 0;
}

long op_clear_refs(const struct model_call *call)
{
	clear_refs_write(op_mm(call, call->args[1], call->args[0]), user_address(call->args[0]).va);
	return 0;
}
