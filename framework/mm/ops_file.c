/* SPDX-License-Identifier: MIT */
/* ops_file.c - operations of files. */
#include "mm/mm.h"
#include "mm/ops_table.h"

long op_file(const struct model_call *call)
{
	unsigned int pages = call->args[1] < 0 ? 0 : (unsigned int)call->args[1];
	unsigned int file = new_file(pages, call->args[2], call->args[3]);

	for (unsigned int index = 0; index < pages; index++)
		ghost_file_fill(file, index, call->args[0]);
	return file;
}

/* Frames are told from addresses, also before anything is mapped. */
static void note_origin(const struct file_map *map)
{
	for (int i = 0; i < map->end - map->start; i++)
		world.ghost.origin[map->start + i] =
			world.files[map->file].i_pages[map->pgoff + (unsigned int)i];
}

long op_remap_file_pages(const struct model_call *call)
{
	int va = user_address(call->args[0]).va;
	struct file_map map = { .start = va, .end = va + op_pages(va, call->args[1]) };

	if (call->args[2] < 0 || call->args[2] + map.end - map.start > FILE_PAGES)
		baton_fail("model_limit", "a file has at most %d pages", FILE_PAGES);
	map.pgoff = (unsigned int)call->args[2];
	return remap_file_pages(op_mm(call, 0, call->args[0]), &map, call->args[3]);
}

long op_map_file(const struct model_call *call)
{
	struct mm *mm = process_mm(call->args[0], 0);
	struct file_map map = { .file = (unsigned int)call->args[1] };
	long pgoff = call->args[2], pages = call->args[3];

	if (pgoff < 0 || pages < 1 || pages > FILE_PAGES - pgoff)
		baton_fail("model_limit", "a file has at most %d pages", FILE_PAGES);
	map.start = op_new_addresses(mm, pages);
	map.end = map.start + (int)pages;
	map.pgoff = (unsigned int)pgoff;
	map.vm_flags = (call->args[4] ? VM_SHARED : 0) | (call->args[5] ? VM_WRITE : 0);
	mmap_file(mm, &map);
	note_origin(&map);
	return (long)(map.start + 1) * PAGE_BYTES;
}

static struct address_space *file_of(const struct model_call *call)
{
	return &world.files[call->args[0]];
}

static unsigned int page_of(long pgoff)
{
	if (pgoff < 0 || pgoff >= FILE_PAGES)
		baton_fail("model_limit", "a file has at most %d pages", FILE_PAGES);
	return (unsigned int)pgoff;
}

long op_writeback(const struct model_call *call)
{
	write_page(file_of(call), page_of(call->args[1]));
	return 0;
}

long op_fsync(const struct model_call *call)
{
	return fsync_file(file_of(call));
}

long op_write_buffers(const struct model_call *call)
{
	write_buffers(file_of(call), page_of(call->args[1]));
	return 0;
}

long op_release_buffers(const struct model_call *call)
{
	return release_buffers(file_of(call), page_of(call->args[1]));
}

long op_read_file(const struct model_call *call)
{
	long cells[NR_CELLS];

	return read_file(file_of(call), page_of(call->args[1]), cells) ? cells[0] : -1;
}

long op_write_file(const struct model_call *call)
{
	long cells[NR_CELLS];

	for (int i = 0; i < NR_CELLS; i++)
		cells[i] = call->args[1];
	return write_file(file_of(call), page_of(call->args[2]), cells);
}

long op_truncate(const struct model_call *call)
{
	if (call->args[1] < 0 || call->args[1] > FILE_PAGES)
		baton_fail("model_limit", "a file has at most %d pages", FILE_PAGES);
	truncate_file(file_of(call), (unsigned int)call->args[1]);
	return 0;
}

long op_invalidate(const struct model_call *call)
{
	return invalidate_page(file_of(call), page_of(call->args[1]));
}

long op_drop_caches(const struct model_call *call)
{
	return invalidate_inode_page(file_of(call), page_of(call->args[1]));
}

long op_uffdio_continue(const struct model_call *call)
{
	if (!mcontinue_page(op_mm(call, call->args[1], call->args[0]),
			    user_address(call->args[0]).va))
		baton_note("failed");
	return 0;
}
