/* SPDX-License-Identifier: MIT */
/* gup_check.c - what a mapping, or the page of a file, does not let callers of gup have. */
#include "mm/mm.h"

static bool writes_for_long(unsigned int gup_flags)
{
	return gup_flags & FOLL_PIN && gup_flags & FOLL_WRITE && gup_flags & FOLL_LONGTERM;
}

/*
 * Linux: mm/gup.c writable_file_mapping_allowed() (v6.5)
 * Model: exact
 */
static bool writable_file_mapping_allowed(const struct vm_area_struct *vma, unsigned int gup_flags)
{
	if (!patched_since(LONGTERM_FILE_REFUSE_SLOW) || !writes_for_long(gup_flags))
		return true;
	return !(vma->vm_flags & VM_SHARED) || !vma->file || !vma_file(vma)->accounts_dirty;
}

/*
 * Linux: mm/gup.c folio_fast_pin_allowed() (v6.5)
 * Model: reduced: of the page's file, not of its mapping pointer read once
 */
bool folio_fast_pin_allowed(const struct page *page, unsigned int gup_flags)
{
	const struct address_space *file = page_file(page);

	if (!patched(LONGTERM_FILE_REFUSE) || !writes_for_long(gup_flags))
		return true;
	return page_anon(page) || (file && !file->accounts_dirty);
}

/*
 * Linux: mm/gup.c check_vma_flags() (v3.16; in __get_user_pages() before)
 * Model: exact
 */
bool check_vma_flags(const struct vm_area_struct *vma, unsigned int gup_flags)
{
	if (!vma || !writable_file_mapping_allowed(vma, gup_flags))
		return false;
	if (!(gup_flags & FOLL_WRITE) || vma->vm_flags & VM_WRITE)
		return true;
	return gup_flags & FOLL_FORCE && !(vma->vm_flags & VM_SHARED);
}
