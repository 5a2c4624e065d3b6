/* SPDX-License-Identifier: MIT */
/*
 * tls.h - thread-local variables (`_Thread_local`, `__thread`), of each CPU its own.
 *
 * All CPUs are one OS thread, and its variables are at one address: while a CPU runs, its values
 * are there, and those of the others, and of the thread itself, are kept elsewhere. A CPU begins
 * each execution with the initial values; an interrupt context has those of its host.
 *
 * These are the variables of the program, of shared libraries that are linked with baton's, and of
 * C++'s library; those of other libraries stay the thread's, as the C library's must. Nothing is
 * copied where there are none.
 *
 * Layer: engine. May include: base.
 */
#ifndef ENGINE_TLS_H
#define ENGINE_TLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of one program or library. */
struct tls_range {
	char *live;        /* where the variables of whoever runs are */
	const char *image; /* their initial values; behind these, zero */
	size_t image_size, size;
};

#define TLS_RANGES_MAX 16u

extern struct tls {
	size_t size; /* of all ranges; 0: there are none */
	unsigned int count;
	struct tls_range ranges[TLS_RANGES_MAX];
} tls;

/* Find the variables of the OS thread that calls it. Context: on no CPU. */
void tls_init(void);
void tls_release(void);

/* An execution begins: no CPU has run. Context: on no CPU, as for the next one. */
void tls_begin(void);
/* It has ended: the variables are the OS thread's own again. */
void tls_end(void);

void tls_switch(unsigned int cpu);

/**
 * tls_end_thread() - run the destructors of C++'s thread-local objects, the youngest first.
 *
 * Of the thread that ends on this CPU; those of a CPU that does not come to its end are not run.
 *
 * Context: on a CPU. May switch, as the destructors may.
 */
void tls_end_thread(void);

/* CPU @cpu, and no interrupt context, is to run. */
static inline void tls_enter(unsigned int cpu)
{
	if (__builtin_expect(tls.size != 0, 0))
		tls_switch(cpu);
}

/* Is it a variable that no other CPU can have at this address? */
static inline bool tls_has(const void *address)
{
	for (unsigned int i = 0; i < tls.count; i++)
		if ((uintptr_t)address - (uintptr_t)tls.ranges[i].live < tls.ranges[i].size)
			return true;
	return false;
}

#endif
