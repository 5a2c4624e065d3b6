/* SPDX-License-Identifier: MIT */
/*
 * mremap.h - a mapping moves to another address.
 *
 * Functions run on a CPU and switch.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_MREMAP_H
#define MM_MREMAP_H

#include "mm/mm_types.h"

/* Page @va moves to @to; what is mapped there goes. Return: false (ENOMEM) if there is nothing
 * at @va, or no memory: it stays then. */
bool mremap_page(struct mm *mm, int va, int to);

#endif
