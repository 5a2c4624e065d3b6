/* SPDX-License-Identifier: MIT */
/*
 * ops_table.h - the functions behind the operations, for the table of them.
 *
 * Layer: mm, private to its operations. May include: engine.
 */
#ifndef MM_OPS_TABLE_H
#define MM_OPS_TABLE_H

#include "mm/ops.h"

/* The process that an operation is about: @process, else that of its CPU, else the one that
 * @address was made in. */
struct mm *op_mm(const struct model_call *call, long process, long address);

/* One per operation; parameters as in the table. */
long op_process(const struct model_call *call);
long op_anon_page(const struct model_call *call);
long op_fork(const struct model_call *call);
long op_fork_of(const struct model_call *call);
long op_load(const struct model_call *call);
long op_store(const struct model_call *call);
long op_gup_fast(const struct model_call *call);
long op_get_user_pages(const struct model_call *call);
long op_pin_user_page(const struct model_call *call);
long op_pin_user_page_fast(const struct model_call *call);
long op_vmsplice(const struct model_call *call);
long op_put_page(const struct model_call *call);
long op_unpin(const struct model_call *call);
long op_dma_write(const struct model_call *call);
long op_dma_read(const struct model_call *call);
long op_shrink_page(const struct model_call *call);
long op_munmap(const struct model_call *call);
long op_mprotect(const struct model_call *call);
long op_kvm_attach(const struct model_call *call);
long op_kvm_fault(const struct model_call *call);
long op_guest_load(const struct model_call *call);
long op_guest_store(const struct model_call *call);

#endif
