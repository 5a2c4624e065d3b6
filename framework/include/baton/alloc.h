/* SPDX-License-Identifier: MIT */
/*
 * alloc.h - memory of the code under test, watched.
 *
 * On a simulated CPU each object has pages of its own, with a page behind it that nobody may
 * touch. What is freed is not used again in that execution, and its pages cannot be touched:
 * an access to it is the finding `use_after_free`, one behind the end of an object
 * `out_of_bounds`, freeing something twice `double_free`, and what is not an object
 * `bad_free`. What is not freed when an execution has come to its end, finally included, is
 * the finding `memory_leak`. A finding says who allocated the object and who freed it, with
 * their stacks.
 *
 * Freeing is a WRITE of the object, and an announced access inside an object also READs that it
 * is there: so the search tries both orders of a use and a free. Allocating is no access.
 * New memory has all bytes 0xa5. All of it is given back at the end of each execution, also
 * what setup has allocated: so setup runs before every execution, and where a model's state is
 * kept instead (baton run), it is not kept once its setup has allocated something.
 *
 * Outside a simulated CPU these are the C library's functions. What the C library has
 * allocated can be freed with them, too.
 *
 * Unchanged code is compiled with `-include baton/malloc.h`.
 *
 * Layer: public. May include: baton/point.h.
 */
#ifndef BATON_ALLOC_H
#define BATON_ALLOC_H

#include <stddef.h>

#include "baton/point.h"

BATON_BEGIN

/* Objects are aligned to this many bytes. */
#define BATON_ALLOC_ALIGN 16u

/*
 * What the macros below expand to. @here: BATON_HERE(). Context: anywhere; freeing switches CPUs.
 *
 * As malloc(), calloc(), realloc() and free(). Return: NULL if the fault point "malloc" fails,
 * or if a CPU has more than 16 MiB.
 */
void *baton_malloc_at(const struct baton_point *here, size_t size);
void *baton_calloc_at(const struct baton_point *here, size_t count, size_t size);
void *baton_realloc_at(const struct baton_point *here, void *object, size_t size);
void baton_free_at(const struct baton_point *here, void *object);

#define baton_malloc(size) baton_malloc_at(BATON_HERE("malloc(" #size ")"), size)
#define baton_calloc(count, size) \
	baton_calloc_at(BATON_HERE("calloc(" #count ", " #size ")"), count, size)
#define baton_realloc(object, size) \
	baton_realloc_at(BATON_HERE("realloc(" #object ", " #size ")"), object, size)
#define baton_free(object) baton_free_at(BATON_HERE("free(" #object ")"), object)

BATON_END

#endif
