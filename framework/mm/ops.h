/* SPDX-License-Identifier: MIT */
/*
 * ops.h - what scenarios can do and look at.
 *
 * An address is the same in all processes: anon_page() gives out 0x1000, 0x2000, ...
 * and address + 8 is the second cell of the page.
 *
 * Layer: mm. May include: engine.
 */
#ifndef MM_OPS_H
#define MM_OPS_H

#include "engine/model.h"
#include "mm/world.h"

#define PAGE_BYTES 0x1000
#define CELL_BYTES 8

extern const struct model_op mm_ops[];
extern const struct model_observable mm_observables[];

struct user_address {
	int va;    /* index of the page */
	int index; /* of the cell */
};

/* Finding: model_address, if there is no such page or cell. */
struct user_address user_address(long address);
/* @process, or the one that @address was made in if that is 0. */
struct mm *process_mm(long process, long address);

#endif
