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

/* @pages as a number of pages from @va on. Finding: model_address, if there are not so many. */
int op_pages(int va, long pages);

/* The first of so many addresses that nobody had yet. Finding: model_limit. */
int op_new_addresses(const struct mm *mm, long pages);

/* One per operation; parameters as in the table. */
#define OP(name, ...) long op_##name(const struct model_call *call);
#include "mm/tables/ops.inc"
#undef OP

#endif
