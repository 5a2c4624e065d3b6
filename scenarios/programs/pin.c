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
static unsigned int pinners;
static bool freed, rechecks, commuting;
static bool pinned[PROGRAM_CPUS_MAX];

/* Nobody uses the sum. */
static void ref_add(int i)
{
	if (commuting)
		atomic_add(i, &ref);
	else
		(void)atomic_add_return(i, &ref);
}

static void pinner(void *arg)
{
	unsigned int i = (unsigned int)(uintptr_t)arg;
	int seen = READ_ONCE(pte);

	if (!seen)
		return;
	ref_add(1);
	if (rechecks && READ_ONCE(pte) != seen)
		ref_add(-1);
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
	for (unsigned int i = 0; i < pinners; i++)
		pinned[i] = false;
}

static void finally(void *arg)
{
	(void)arg;
	for (unsigned int i = 0; i < pinners; i++)
		if (freed && pinned[i])
			baton_fail("freed_in_use", "the page is free, and pinned by t%u", i);
}

static const struct baton_program *program_of(const char *name, unsigned int count)
{
	static struct program_cpus storage;
	struct baton_program *program = program_of_cpus(&storage, name, count + 1, pinner);

	storage.cpus[count] = (struct baton_cpu_program){ "unmapper", unmapper, NULL, -1 };
	pinners = count;
	program->setup = setup;
	program->finally = finally;
	return program;
}

void pin_set_commuting(bool on)
{
	commuting = on;
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
