/* SPDX-License-Identifier: MIT */
/*
 * ksm.h - pages with the same content become one, read-only.
 *
 * Functions run on a CPU and switch.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_KSM_H
#define MM_KSM_H

#include "mm/mm_types.h"

/* The page at @va of @mm becomes one that others may be merged with. Return: false if it
 * is in use. */
bool ksm_make(struct mm *mm, int va);
/* If the page at @va has the content of the one at @with: map that instead. Return: true if so. */
bool ksm_merge(struct mm *mm, int va, int with);

#endif
