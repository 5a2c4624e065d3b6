/* SPDX-License-Identifier: MIT */
/* calls_file.c - the file: read, written, synced, and mapped elsewhere. */
#include <errno.h>

#include "conform/machine.h"

unsigned int conform_file(struct conform_machine *machine)
{
	if (machine->file)
		return machine->file;
	machine->file = new_file(machine->pages, true, false);
	for (unsigned int page = 0; page < machine->pages; page++)
		ghost_file_fill(machine->file, page, CONFORM_FILE_VALUE(page));
	return machine->file;
}

static struct address_space *file_of(const struct conform_call *call)
{
	return &world.files[conform_file(call->machine)];
}

static long call_fr(const struct conform_call *call)
{
	long cells[NR_CELLS];

	read_file(file_of(call), call->op->arg[0], cells);
	return conform_uniform(cells);
}

static long call_fw(const struct conform_call *call)
{
	long cells[NR_CELLS];

	conform_fill(cells, call->op->arg[0]);
	write_file(file_of(call), call->op->arg[1], cells);
	return 0;
}

static long call_msync(const struct conform_call *call)
{
	const struct vm_area_struct *vma = find_vma(call->mm, call->op->arg[0]);

	if (!vma)
		return -ENOMEM;
	if (vma->file && vma->vm_flags & VM_SHARED)
		write_page(vma_file(vma), linear_page_index(vma, call->op->arg[0]));
	return 0;
}

static long call_fsync(const struct conform_call *call)
{
	fsync_file(file_of(call));
	return 0;
}

static long call_rfp(const struct conform_call *call)
{
	const struct file_map map = {
		.start = call->op->arg[0],
		.end = call->op->arg[0] + 1,
		.pgoff = call->op->arg[1],
	};

	return remap_file_pages(call->mm, &map, false) ? 0 : -EINVAL;
}

const conform_function conform_file_calls[CONFORM_WHATS] = {
	[CONFORM_MSYNC] = call_msync, [CONFORM_FSYNC] = call_fsync, [CONFORM_RFP] = call_rfp,
	[CONFORM_FR] = call_fr,       [CONFORM_FW] = call_fw,
};
