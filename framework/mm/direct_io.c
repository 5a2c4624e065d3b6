/* SPDX-License-Identifier: MIT */
/* direct_io.c - callers of get_user_pages(): which reference each of them takes. */
#include "mm/direct_io.h"

#include <errno.h>

#include "mm/dma.h"
#include "mm/mm.h"

/*
 * Linux: block/bio.c bio_iov_iter_get_pages() (v5.10, v6.5)
 * Model: reduced: one page
 */
long bio_get_page(struct mm *mm, int va, bool write)
{
	unsigned int flags = patched(BIO_PAGES_PIN) ? FOLL_PIN : FOLL_GET;

	return take_user_page(mm, va, write ? flags | FOLL_WRITE : flags, true);
}

/*
 * Linux: block/bio.c bio_check_pages_dirty(), bio_release_pages() (v5.10, v6.5)
 * Model: reduced: one page
 */
void bio_put_page(struct mm *mm, long handle)
{
	give_back_user_page(handle, patched(BIO_PAGES_PIN) ? GIVE_BACK_PIN : GIVE_BACK_GET,
			    mm_number(mm));
}

/*
 * Linux: fs/splice.c vmsplice_to_pipe() (all)
 * Model: reduced: one page
 */
long vmsplice_to_pipe(struct mm *mm, int va)
{
	return take_user_page(mm, va, FOLL_GET, true);
}

/*
 * Linux: fs/splice.c page_cache_pipe_buf_release() (all)
 * Model: reduced: one page
 */
void pipe_buf_release(long handle)
{
	give_back_user_page(handle, GIVE_BACK_GET, 0);
}

/* What io_uring itself refuses, once the page is pinned. */
static bool buffer_supported(struct mm *mm, int va)
{
	const struct vm_area_struct *vma = find_vma(mm, va);

	if (patched(FIXED_BUFFER_ANY) || !vma->file)
		return true;
	return patched(FIXED_BUFFER_SHMEM) && !vma_file(vma)->accounts_dirty;
}

/* Return: how many pages were pinned. */
static unsigned int io_pin_pages(struct mm *mm, int va, unsigned int pages, long *handles)
{
	const unsigned int flags = FOLL_PIN | FOLL_WRITE | FOLL_LONGTERM;

	for (unsigned int i = 0; i < pages; i++) {
		handles[i] = take_user_page(mm, va + (int)i, flags, patched(IO_PIN_FAST));
		if (!handles[i])
			return i;
	}
	return pages;
}

/*
 * Linux: io_uring io_sqe_buffer_register() (v5.10, v6.5), io_pin_pages() (v6.10)
 * Model: reduced: what io_uring refuses, it refuses for the first page's mapping
 */
int io_sqe_buffer_register(struct mm *mm, int va, unsigned int pages, long *handles)
{
	unsigned int pinned = io_pin_pages(mm, va, pages, handles);
	int error = pinned < pages ? -EFAULT : buffer_supported(mm, va) ? 0 : -EOPNOTSUPP;

	if (!error)
		return 0;
	for (unsigned int i = 0; i < pinned; i++)
		io_buffer_unmap(mm, handles[i]);
	handles[0] = 0;
	baton_note(error == -EFAULT ? "EFAULT" : "EOPNOTSUPP");
	return error;
}

/*
 * Linux: io_uring io_buffer_unmap() (v5.10)
 * Model: exact: it does not make the page dirty, whatever a device wrote there
 */
void io_buffer_unmap(struct mm *mm, long handle)
{
	give_back_user_page(handle, GIVE_BACK_PIN_AS_IS, mm_number(mm));
}

static void copy_cells(long handle, long *values, bool write)
{
	for (int i = 0; i < NR_CELLS; i++) {
		if (write)
			dma_write(handle, i, values[i]);
		else
			values[i] = dma_read(handle, i);
	}
}

/*
 * Linux: mm/process_vm_access.c process_vm_rw_single_vec() (v5.6)
 * Model: reduced: one page
 */
int process_vm_rw(struct mm *mm, int va, long *values, bool write)
{
	unsigned int flags = FOLL_PIN | FOLL_TOUCH | FOLL_UNLOCKABLE | (write ? FOLL_WRITE : 0);
	long handle = take_user_page(mm, va, flags, false);

	if (!handle)
		return -EFAULT;
	copy_cells(handle, values, write);
	give_back_user_page(handle, GIVE_BACK_PIN, mm_number(mm));
	return 0;
}

/*
 * Linux: fs/proc/base.c mem_rw() (v2.6.39, v6.12), mm/memory.c __access_remote_vm()
 * Model: reduced: one page; only who writes
 */
int mem_write(struct mm *mm, int va, const long *values)
{
	unsigned int force = patched(PROC_MEM_FORCE) ? FOLL_FORCE : 0;
	unsigned int flags = FOLL_GET | FOLL_TOUCH | FOLL_UNLOCKABLE | FOLL_WRITE | force;
	long handle = take_user_page(mm, va, flags, false);
	long copy[NR_CELLS];

	if (!handle)
		return -EIO;
	for (int i = 0; i < NR_CELLS; i++)
		copy[i] = values[i];
	copy_cells(handle, copy, true);
	give_back_user_page(handle, GIVE_BACK_GET, mm_number(mm));
	return 0;
}
