/* SPDX-License-Identifier: MIT */
/* mixes.c - what the CPUs of the mixes do. */
#include "mm/mixes.h"

static const char *version;
static const struct mix *mix;
static long process, child, addr;

static void forks(void *arg)
{
	(void)arg;
	child = op_in(process, "fork", 0);
}

static void stores(void *arg)
{
	(void)arg;
	op_in(process, "store", addr, 0x22);
	op_in(process, "load", addr);
}

/* The second one by the TLB, if nobody flushed it. */
static void stores_twice(void *arg)
{
	(void)arg;
	op_in(process, "store", addr, 0x22);
	op_in(process, "store", addr, 0x23);
}

static void loads(void *arg)
{
	(void)arg;
	op_in(process, "load", addr);
	op_in(process, "load", addr + 8);
}

static void child_stores(void *arg)
{
	(void)arg;
	op_in(child, "store", addr, 0x33);
	op_in(child, "load", addr);
}

static void child_splices(void *arg)
{
	long pg = op_in(child, "vmsplice", addr);

	(void)arg;
	op_in(child, "munmap", addr, 1);
	op_in(child, "dma_read", pg);
	op_in(child, "put_page", pg);
}

static void reclaims(void *arg)
{
	(void)arg;
	op("shrink_page", addr);
}

static void reclaims_twice(void *arg)
{
	(void)arg;
	op("shrink_page", addr);
	op("shrink_page", addr);
}

static void pins(void *arg)
{
	long pg = op_in(process, "pin_user_page", addr, FOLL_WRITE);

	(void)arg;
	op_in(process, "dma_write", pg, 0x5a);
	op_in(process, "unpin", pg);
}

static void pins_fast(void *arg)
{
	long pg = op_in(process, "pin_user_page_fast", addr, FOLL_WRITE);

	(void)arg;
	op_in(process, "dma_write", pg, 0x5a);
	op_in(process, "unpin", pg);
}

static void pins_to_read(void *arg)
{
	long pg = op_in(process, "pin_user_page_fast", addr, 0);

	(void)arg;
	op_in(process, "dma_read", pg);
	op_in(process, "unpin", pg);
}

static void gets(void *arg)
{
	long pg = op_in(process, "gup_fast", addr, FOLL_WRITE);

	(void)arg;
	op_in(process, "dma_write", pg, 0x5a);
	op_in(process, "put_page", pg);
}

static void unmaps(void *arg)
{
	(void)arg;
	op_in(process, "munmap", addr, 1);
}

static void protects(void *arg)
{
	(void)arg;
	op_in(process, "mprotect", addr, false);
	op_in(process, "mprotect", addr, true);
}

static void guest(void *arg)
{
	(void)arg;
	op("secondary_store", addr, 0x44);
	op("secondary_load", addr);
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
		return child;
	return run == reclaims || run == reclaims_twice || run == guest ? 0 : process;
}

static void setup(void *arg)
{
	(void)arg;
	boot(3, version);
	process = op("process", 0);
	addr = op("anon_page", process, 0x11, true);
	if (mix->setup & GUEST)
		op("secondary_mmu", process);
	if (mix->setup & SWAPPED)
		op("shrink_page", addr);
	child = mix->setup & CHILD ? op("fork_of", process) : 0;
	for (int cpu = 0; cpu < 3; cpu++)
		mm_model.enter(cpu, process_of(mix->run[cpu]));
}

void mix_load_all(void)
{
	op("load", addr);
	if (child)
		op("load", addr, child);
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
