/* SPDX-License-Identifier: MIT */
/*
 * gup.h - references to the pages behind user addresses.
 *
 * Functions run on a CPU and switch, unless said otherwise.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_GUP_H
#define MM_GUP_H

#include "mm/mm_types.h"

#define FOLL_WRITE 0x01u
#define FOLL_TOUCH 0x02u /* make the page look used; a writer makes it dirty */
#define FOLL_GET 0x04u
#define FOLL_FORCE 0x10u
#define FOLL_COW 0x4000u /* internal: COW was broken */
#define FOLL_LONGTERM 0x10000u
#define FOLL_PIN 0x40000u
#define FOLL_UNLOCKABLE 0x80000u /* a fault may drop mmap_lock */

struct vm_area_struct;

/* gup_check.c. May such a reference be taken there? @vma: NULL if there is none. Not a step. */
bool check_vma_flags(const struct vm_area_struct *vma, unsigned int gup_flags);
/* The same for gup_fast, which knows the page alone. */
bool folio_fast_pin_allowed(const struct page *page, unsigned int gup_flags);

/*
 * Each returns the page with a reference (REF_GET) or pin (REF_PIN), or NULL. FOLL_TOUCH is the
 * caller's to pass to get_user_pages(), as Linux's entry points do: all but pin_user_pages(). So is
 * FOLL_UNLOCKABLE: callers that come with mmap_lock and want it back do not pass it. Where
 * get_user_pages_fast() has to take the locks, it passes both.
 */
struct page *get_user_pages(struct mm *mm, int va, unsigned int gup_flags);
struct page *get_user_pages_fast(struct mm *mm, int va, unsigned int gup_flags);
/* Give it back; @dirty: it was written to. */
void release_user_page(struct page *page, bool pinned, bool dirty);

#endif
