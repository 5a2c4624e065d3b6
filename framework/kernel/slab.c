/* SPDX-License-Identifier: MIT */
/*
 * slab.c - kmalloc() and its like.
 *
 * Layer: kernel. May include: engine.
 */
#include "baton/slab.h"

void *kmalloc_at(const struct baton_point *here, size_t size, gfp_t flags)
{
	if (flags & GFP_KERNEL)
		might_sleep_at(here);
	return baton_fault("slab/kmalloc") ? NULL : baton_malloc_at(here, size);
}

void *kzalloc_at(const struct baton_point *here, size_t size, gfp_t flags)
{
	if (flags & GFP_KERNEL)
		might_sleep_at(here);
	return baton_fault("slab/kmalloc") ? NULL : baton_calloc_at(here, 1, size);
}
