/* SPDX-License-Identifier: MIT */
/*
 * direct_io.h - who else gets at the memory of a process: direct I/O, other processes, io_uring.
 *
 * All of them take references by get_user_pages(); what kind of reference, and to what they
 * may take one, is history. Handles are those of dma.h.
 *
 * Functions run on a CPU and switch, unless said otherwise.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_DIRECT_IO_H
#define MM_DIRECT_IO_H

#include "mm/mm_types.h"

/* O_DIRECT, before the device is told: page @va of @mm, to write to it if @write. 0: EFAULT. */
long bio_get_page(struct mm *mm, int va, bool write);
/* The device is done. */
void bio_put_page(struct mm *mm, long handle);

/* vmsplice(): a reader's reference that stays in a pipe. 0: EFAULT. */
long vmsplice_to_pipe(struct mm *mm, int va);
/* Somebody has read it from the pipe. */
void pipe_buf_release(long handle);

/*
 * io_uring: register @pages pages of @mm, from page @va on, as a fixed buffer. @handles: they,
 * until io_buffer_unmap(). Return: 0; -EFAULT or -EOPNOTSUPP, and none is held.
 */
int io_sqe_buffer_register(struct mm *mm, int va, unsigned int pages, long *handles);
void io_buffer_unmap(struct mm *mm, long handle);

/*
 * All cells of page @va of @mm, from @values or to them: process_vm_writev() and readv(), called
 * in another process. Return: 0, or -EFAULT.
 */
int process_vm_rw(struct mm *mm, int va, long *values, bool write);
/* The same by writing to /proc/PID/mem. Return: 0, or -EIO. */
int mem_write(struct mm *mm, int va, const long *values);

#endif
