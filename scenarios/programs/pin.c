/* SPDX-License-Identifier: MIT */
/*
 * pin.c - the race of get_user_pages_fast() with unmapping, in its smallest form.
 *
 *	pinner                          unmapper
 *	1  reads the pte: mapped
 *	                                2  clears the pte
 *	                                3  reads the count: nobody else has the page
 *	4  takes a reference
 *	                                   frees the page
 *	5  reads the pte again: gone, so drops the reference
 *
 * Without step 5 the pinner goes on with a page that is free.
 */
#include "scenarios/programs/programs.h"

#include "baton/kernel.h"

static int pte;
static atomic_t ref;
static bool freed, rechecks;
static bool pinned[PROGRAM_CPUS_MAX];

static void pinner(void *arg)
{
	unsigned int i = (unsigned int)(uintptr_t)arg;
	int seen = READ_ONCE(pte);

	if (!seen)
		return;
	atomic_inc_return(&ref);
	if (rechecks && READ_ONCE(pte) != seen)
		atomic_add_return(-1, &ref);
	else
		pinned[i] = true;
}

static void unmapper(void *arg)
{
	int old = xchg(&pte, 0);

	(void)arg;
	if (atomic_read(&ref) != 1)
		WRITE_ONCE(pte, old);
	else
		freed = true;
}

static void setup(void *arg)
{
	(void)arg;
	pte = 1;
	ref = (atomic_t){ 1 };
	freed = false;
	for (unsigned int i = 0; i < PROGRAM_CPUS_MAX; i++)
		pinned[i] = false;
}

static void finally(void *arg)
{
	(void)arg;
	for (unsigned int i = 0; i < PROGRAM_CPUS_MAX; i++)
		if (freed && pinned[i])
			baton_fail("freed_in_use", "the page is free, and pinned by p%u", i);
}

static const struct baton_program *program_of(const char *name, unsigned int count)
{
	static const char *const names[] = { "p0", "p1", "p2", "p3", "p4", "p5", "p6" };
	static struct baton_cpu_program programs[PROGRAM_CPUS_MAX];
	static struct baton_program program = { .setup = setup, .finally = finally };

	for (unsigned int i = 0; i < count; i++)
		programs[i] =
			(struct baton_cpu_program){ names[i], pinner, (void *)(uintptr_t)i, -1 };
	programs[count] = (struct baton_cpu_program){ "unmapper", unmapper, NULL, -1 };
	program.name = name;
	program.cpus = programs;
	program.cpu_count = count + 1;
	return &program;
}

const struct baton_program *pin_program(unsigned int count)
{
	rechecks = true;
	return program_of("pin", count);
}

const struct baton_program *pinbug_program(unsigned int count)
{
	rechecks = false;
	return program_of("pinbug", count);
}
