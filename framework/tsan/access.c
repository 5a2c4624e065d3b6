/* SPDX-License-Identifier: MIT */
/*
 * access.c - the calls in front of plain accesses: __tsan_read4() and the like, as gcc and clang
 * make them (ThreadSanitizer's interface, LLVM 14).
 */
#include "baton/tsan.h"

#define PC __builtin_return_address(0)

#define ACCESS(name, size, write)                            \
	void __tsan_##name(void *address);                   \
	void __tsan_##name(void *address)                    \
	{                                                    \
		baton_tsan_access(address, size, write, PC); \
	}

#define ACCESSES(size)                            \
	ACCESS(read##size, size, false)           \
	ACCESS(write##size, size, true)           \
	ACCESS(unaligned_read##size, size, false) \
	ACCESS(unaligned_write##size, size, true) \
	ACCESS(volatile_read##size, size, false)  \
	ACCESS(volatile_write##size, size, true)  \
	ACCESS(read_write##size, size, true)      \
	ACCESS(unaligned_read_write##size, size, true)

ACCESSES(1)
ACCESSES(2)
ACCESSES(4)
ACCESSES(8)
ACCESSES(16)

#define RANGE(name, write)                                   \
	void __tsan_##name(void *address, size_t size);      \
	void __tsan_##name(void *address, size_t size)       \
	{                                                    \
		baton_tsan_access(address, size, write, PC); \
	}

RANGE(read_range, false)
RANGE(write_range, true)

/*
 * C++: a constructor or destructor makes the object one of its class. That it already was is no
 * write: a destructor says so first.
 */
void __tsan_vptr_update(void **vptr, const void *value);
void __tsan_vptr_update(void **vptr, const void *value)
{
	baton_tsan_access(vptr, sizeof(*vptr), *vptr != value, PC);
}

/* C++: a virtual function is called. */
void __tsan_vptr_read(void **vptr);
void __tsan_vptr_read(void **vptr)
{
	baton_tsan_access(vptr, sizeof(*vptr), false, PC);
}

/* In a constructor of each file; there is nothing to set up. */
void __tsan_init(void);
void __tsan_init(void)
{
}

/* The same, and not the sanitizer's, whatever the program is linked with: see public_search.c. */
static void own_init(void) __attribute__((alias("__tsan_init")));

void (*__tsan_baton_init(void))(void);
void (*__tsan_baton_init(void))(void)
{
	return own_init;
}

/* Stacks are unwound when they are asked for. */
void __tsan_func_entry(void *caller);
void __tsan_func_entry(void *caller)
{
	(void)caller;
}

void __tsan_func_exit(void);
void __tsan_func_exit(void)
{
}
