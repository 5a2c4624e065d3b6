/* SPDX-License-Identifier: MIT */
/*
 * migrate.h - a page moves to another frame.
 *
 * Functions run on a CPU and switch.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_MIGRATE_H
#define MM_MIGRATE_H

#include "mm/fault.h"

/* Return: true if @page has moved. */
bool migrate_page(struct page *page);
/*
 * Unmapping for that: the pte was @pte and is cleared, its lock is held. A migration entry
 * takes its place. Return: false if the page is pinned; the pte is as it was then.
 */
bool set_migration_pte(struct page *page, struct mm *mm, int va, pte_t pte);
/* A fault met the migration entry @orig: wait until the page has moved. */
enum fault_result migration_entry_wait(struct mm *mm, int va, pte_t orig);
/* Pte lock held: who copies or protects it takes the right to write from an entry. */
pte_t make_readable_migration_entry(struct mm *mm, int va, pte_t entry);

#endif
