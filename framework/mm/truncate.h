/* SPDX-License-Identifier: MIT */
/*
 * truncate.h - pages leave their file.
 *
 * Functions run on a CPU and switch, unless said otherwise.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_TRUNCATE_H
#define MM_TRUNCATE_H

#include "mm/filemap.h"

/* The file ends before page @pages, FILE_PAGES at most; what was behind is unmapped and forgotten,
 * what is new is zero. */
void truncate_file(struct address_space *file, unsigned int pages);
/* Let the page be read from disk again. Return: false if it is dirty, or was not there. */
bool invalidate_page(struct address_space *file, unsigned int index);
/* No pte maps that page of the file any more. @even_cows: nor a copy of it. */
void unmap_mapping_page(struct address_space *file, unsigned int index, bool even_cows);

#endif
