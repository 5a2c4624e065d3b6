/* SPDX-License-Identifier: MIT */
/* mixes.c - what the CPUs of the mixes do. */
#include "mm/mixes.h"

static const char *version;
static const struct mix *mix;
static long P, C, A;

static void forks(void *arg)
{
	(void)arg;
	C = op_in(P, "fork", 0);
}

static void stores(void *arg)
{
	(void)arg;
	op_in(P, "store", A, 0x22);
	op_in(P, "load", A);
}

/* The second one by the TLB, if nobody flushed it. */
static void stores_twice(void *arg)
{
	(void)arg;
	op_in(P, "store", A, 0x22);
	op_in(P, "store", A, 0x23);
}

static void loads(void *arg)
{
	(void)arg;
	op_in(P, "load", A);
	op_in(P, "load", A + 8);
}

static void child_stores(void *arg)
{
	(void)arg;
	op_in(C, "store", A, 0x33);
	op_in(C, "load", A);
}

static void child_splices(void *arg)
{
	long pg = op_in(C, "vmsplice", A);

	(void)arg;
	op_in(C, "munmap", A, 1);
	op_in(C, "dma_read", pg);
	op_in(C, "put_page", pg);
}

static void reclaims(void *arg)
{
	(void)arg;
	op("shrink_page", A);
}

static void reclaims_twice(void *arg)
{
	(void)arg;
	op("shrink_page", A);
	op("shrink_page", A);
}

static void pins(void *arg)
{
	long pg = op_in(P, "pin_user_page", A, FOLL_WRITE);

	(void)arg;
	op_in(P, "dma_write", pg, 0x5a);
	op_in(P, "unpin", pg);
}

static void pins_fast(void *arg)
{
	long pg = op_in(P, "pin_user_page_fast", A, FOLL_WRITE);

	(void)arg;
	op_in(P, "dma_write", pg, 0x5a);
	op_in(P, "unpin", pg);
}

static void pins_to_read(void *arg)
{
	long pg = op_in(P, "pin_user_page_fast", A, 0);

	(void)arg;
	op_in(P, "dma_read", pg);
	op_in(P, "unpin", pg);
}

static void gets(void *arg)
{
	long pg = op_in(P, "gup_fast", A, FOLL_WRITE);

	(void)arg;
	op_in(P, "dma_write", pg, 0x5a);
	op_in(P, "put_page", pg);
}

static void unmaps(void *arg)
{
	(void)arg;
	op_in(P, "munmap", A, 1);
}

static void protects(void *arg)
{
	(void)arg;
	op_in(P, "mprotect", A, false);
	op_in(P, "mprotect", A, true);
}

static void guest(void *arg)
{
	(void)arg;
	op("secondary_store", A, 0x44);
	op("secondary_load", A);
}

const struct mix mixes[] = {
	{ 0, { forks, stores, reclaims } },
	{ 0, { forks, stores_twice, loads } },
	{ 0, { forks, pins_fast, stores } },
	{ 0, { forks, reclaims_twice, loads } },
	{ CHILD, { stores, child_stores, reclaims_twice } },
	{ 0, { pins, reclaims_twice, stores } },
	{ 0, { pins_fast, protects, stores } },
	{ CHILD, { pins_to_read, stores, child_stores } },
	{ 0, { unmaps, reclaims, stores } },
	{ 0, { unmaps, gets, loads } },
	{ CHILD, { child_splices, stores, reclaims } },
	{ GUEST, { guest, reclaims_twice, stores } },
	{ GUEST, { guest, unmaps, loads } },
	{ GUEST, { guest, forks, stores } },
	{ SWAPPED | CHILD, { loads, stores, child_stores } },
	{ SWAPPED, { reclaims, stores, gets } },
	{ SWAPPED, { forks, stores, loads } },
	{ 0, { reclaims, reclaims, stores } },
};

const size_t mix_count = sizeof(mixes) / sizeof(mixes[0]);

static long process_of(void (*run)(void *))
{
	if (run == child_stores || run == child_splices)
		return C;
	return run == reclaims || run == reclaims_twice || run == guest ? 0 : P;
}

static void setup(void *arg)
{
	(void)arg;
	boot(3, version);
	P = op("process", 0);
	A = op("anon_page", P, 0x11, true);
	if (mix->setup & GUEST)
		op("secondary_mmu", P);
	if (mix->setup & SWAPPED)
		op("shrink_page", A);
	C = mix->setup & CHILD ? op("fork_of", P) : 0;
	for (int cpu = 0; cpu < 3; cpu++)
		mm_model.enter(cpu, process_of(mix->run[cpu]));
}

void mix_load_all(void)
{
	op("load", A);
	if (C)
		op("load", A, C);
}

int mix_explore(const struct mix *which, const struct mix_run *how, struct baton_result *result)
{
	const struct baton_cpu_program cpus[] = {
		{ "a", which->run[0], NULL, -1 },   { "b", which->run[1], NULL, -1 },
		{ "c", which->run[2], NULL, -1 },   { "a_irq", smp_irq, NULL, 0 },
		{ "b_irq", smp_irq, (void *)1, 1 }, { "c_irq", smp_irq, (void *)2, 2 },
	};
	const struct baton_program program = { .name = "mix",
					       .cpus = cpus,
					       .cpu_count = 6,
					       .setup = setup,
					       .finally = how->finally,
					       .step = how->step };
	const struct baton_search search = { .preemptions_max = 1 };

	mix = which;
	version = how->version;
	return baton_explore(&program, &search, result);
}
