/* SPDX-License-Identifier: MIT */
/*
 * malloc.h - malloc() and its like are those of alloc.h.
 *
 * For unchanged code under test: compile it with `-include baton/malloc.h`. A function whose
 * address is taken (`list_free(list, free)`) stays the C library's.
 *
 * Layer: public. May include: baton/alloc.h.
 */
#ifndef BATON_MALLOC_H
#define BATON_MALLOC_H

#ifdef __cplusplus
#error "in C++, malloc() and free() are also members: call baton_malloc() of <baton/alloc.h>"
#endif

#include <stdlib.h>

#include "baton/alloc.h"

#define malloc(size) baton_malloc(size)
#define calloc(count, size) baton_calloc(count, size)
#define realloc(object, size) baton_realloc(object, size)
#define free(object) baton_free(object)

#endif
