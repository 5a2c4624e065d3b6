/* SPDX-License-Identifier: MIT */
/* calls_memory.c - mapping memory, using it, and advice about it. */
#include <errno.h>
#include <signal.h>

#include "conform/machine.h"

static long signal_of(enum access_result result)
{
	return result == ACCESS_OK ? 0 : CONFORM_SIGNAL(SIGSEGV);
}

static long call_w(const struct conform_call *call)
{
	enum access_result result = ACCESS_OK;

	for (int i = 0; i < NR_CELLS && result == ACCESS_OK; i++)
		result = user_store(call->mm, call->op->arg[1], i, call->op->arg[0]);
	return signal_of(result);
}

static long call_wb(const struct conform_call *call)
{
	return signal_of(user_store(call->mm, call->op->arg[1], 0, call->op->arg[0]));
}

static long call_r(const struct conform_call *call)
{
	enum access_result result = ACCESS_OK;
	long cells[NR_CELLS];

	for (int i = 0; i < NR_CELLS && result == ACCESS_OK; i++)
		result = user_load(call->mm, call->op->arg[0], i, &cells[i]);
	return result == ACCESS_OK ? conform_uniform(cells) : signal_of(result);
}

/* The file behind the mapping: shared anonymous memory has one of its own; 0: none. */
static unsigned int backing(const struct conform_call *call)
{
	switch (call->op->arg[0]) {
	case CONFORM_ANON_PRIVATE:
		return 0;
	case CONFORM_ANON_SHARED:
		return new_file(call->machine->pages, false, false);
	default:
		return conform_file(call->machine);
	}
}

/* Page by page, so that no call of another operation has to split a mapping. */
static long call_map(const struct conform_call *call)
{
	bool shared = call->op->arg[0] == CONFORM_ANON_SHARED ||
		      call->op->arg[0] == CONFORM_FILE_SHARED;
	unsigned int file = backing(call);

	munmap_pages(call->mm, 0, (int)call->machine->pages);
	for (int va = 0; va < (int)call->machine->pages; va++) {
		struct file_map map = { va, va + 1, file, (unsigned int)va,
					VM_WRITE | (shared ? VM_SHARED : 0) };

		if (file)
			mmap_file(call->mm, &map);
		else
			mmap_anon(call->mm, va, va + 1, true);
	}
	return 0;
}

static long call_unmap(const struct conform_call *call)
{
	munmap_pages(call->mm, call->op->arg[0], call->op->arg[0] + 1);
	return 0;
}

/* What mprotect() and madvise() are about; NULL: ENOMEM. */
static const struct vm_area_struct *mapping(const struct conform_call *call)
{
	return find_vma(call->mm, call->op->arg[0]);
}

static long call_ro(const struct conform_call *call)
{
	if (!mapping(call))
		return -ENOMEM;
	mprotect_page(call->mm, call->op->arg[0], false);
	return 0;
}

static long call_rw(const struct conform_call *call)
{
	if (!mapping(call))
		return -ENOMEM;
	mprotect_page(call->mm, call->op->arg[0], true);
	return 0;
}

static long call_mlock(const struct conform_call *call)
{
	if (!mapping(call))
		return -ENOMEM;
	do_mlock(call->mm, call->op->arg[0]);
	return 0;
}

static long call_dontneed(const struct conform_call *call)
{
	const struct vm_area_struct *vma = mapping(call);

	if (!vma)
		return -ENOMEM;
	if (vma->vm_flags & VM_LOCKED)
		return -EINVAL;
	madvise_dontneed(call->mm, call->op->arg[0], call->op->arg[0] + 1);
	return 0;
}

static long call_free(const struct conform_call *call)
{
	const struct vm_area_struct *vma = mapping(call);

	if (!vma)
		return -ENOMEM;
	if (vma->file || vma->vm_flags & VM_LOCKED)
		return -EINVAL;
	madvise_free(call->mm, call->op->arg[0]);
	return 0;
}

static long call_pageout(const struct conform_call *call)
{
	const struct vm_area_struct *vma = mapping(call);

	if (!vma)
		return -ENOMEM;
	if (vma->vm_flags & VM_LOCKED)
		return -EINVAL;
	madvise_pageout(call->mm, call->op->arg[0]);
	return 0;
}

static long call_willneed(const struct conform_call *call)
{
	if (!mapping(call))
		return -ENOMEM;
	madvise_willneed(call->mm, call->op->arg[0]);
	return 0;
}

static long call_dontfork(const struct conform_call *call)
{
	if (!mapping(call))
		return -ENOMEM;
	madvise_dontfork(call->mm, call->op->arg[0]);
	return 0;
}

const conform_function conform_memory_calls[CONFORM_WHATS] = {
	[CONFORM_MAP] = call_map,
	[CONFORM_W] = call_w,
	[CONFORM_WB] = call_wb,
	[CONFORM_R] = call_r,
	[CONFORM_PAGEOUT] = call_pageout,
	[CONFORM_WILLNEED] = call_willneed,
	[CONFORM_DONTNEED] = call_dontneed,
	[CONFORM_FREE] = call_free,
	[CONFORM_DONTFORK] = call_dontfork,
	[CONFORM_UNMAP] = call_unmap,
	[CONFORM_RO] = call_ro,
	[CONFORM_RW] = call_rw,
	[CONFORM_MLOCK] = call_mlock,
};
