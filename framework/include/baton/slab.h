/* SPDX-License-Identifier: MIT */
/*
 * slab.h - the kernel's names for alloc.h, and where they may sleep.
 *
 * Layer: public. May include: baton/alloc.h, baton/lockdep.h.
 */
#ifndef BATON_SLAB_H
#define BATON_SLAB_H

#include "baton/alloc.h"
#include "baton/lockdep.h"

BATON_BEGIN

typedef unsigned int gfp_t;

#define GFP_KERNEL 1u /* may wait for memory: finding sleep_in_atomic where nobody may sleep */
#define GFP_ATOMIC 0u

/*
 * What the macros below expand to. @here: BATON_HERE(). Context: as baton_malloc_at(). The fault
 * point is "slab/kmalloc". Without lockdep_init() nobody looks where they sleep.
 */
void *kmalloc_at(const struct baton_point *here, size_t size, gfp_t flags);
void *kzalloc_at(const struct baton_point *here, size_t size, gfp_t flags);

#define kmalloc(size, flags) kmalloc_at(BATON_HERE("kmalloc(" #size ")"), size, flags)
#define kzalloc(size, flags) kzalloc_at(BATON_HERE("kzalloc(" #size ")"), size, flags)
#define kfree(object) baton_free_at(BATON_HERE("kfree(" #object ")"), object)

BATON_END

#endif
