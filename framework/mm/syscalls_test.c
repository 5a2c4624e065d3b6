/* SPDX-License-Identifier: MIT */
/*
 * syscalls_test.c - system calls one after the other: what each of them leaves behind.
 *
 * What kernels answer to many of them is in scenarios/conform, and a test of framework/conform;
 * these tests look at what no system call tells.
 */
#include <criterion/criterion.h>
#include <errno.h>

#include "base/vec.h"
#include "mm/dma.h"
#include "mm/testing.h"

TestSuite(syscalls, .timeout = 20);

/* All oracles look again, whatever the model says that has changed. */
#define assert_nothing_violated()      \
	do {                           \
		ghost_changed();       \
		assert_no_violation(); \
	} while (0)

static long P, A;

static void start(const char *version)
{
	boot(1, version);
	P = op("process", 0);
	A = op("anon_page", P, 0x11, true);
}

static struct mm *mm_of(long process)
{
	return &world.mms[process];
}

static pte_t pte_of(long process)
{
	return mm_of(process)->pgtable[0];
}

static bool maps_zero_page(long process)
{
	return pte_present(pte_of(process)) && !vm_normal_page(pte_of(process));
}

Test(syscalls, zero_page)
{
	long C, pg;

	start("v6.1");
	op("madvise_dontneed", A, 1);
	cr_assert_eq(op("load", A), 0);
	cr_assert(maps_zero_page(P));
	cr_assert_eq(mm_of(P)->rss, 0);
	C = op("fork_of", P);
	cr_assert(maps_zero_page(C));
	pg = op_in(P, "vmsplice", A);
	cr_assert_neq(pg, 0);
	op("store", A, 0x22);
	cr_assert_eq(op("dma_read", pg), 0);
	cr_assert_eq(mm_of(P)->rss, 1);
	op("put_page", pg);
	op_in(C, "munmap", A, 1);
	assert_nothing_violated();
}

/* v2.6.29 has none: the page that a reader got is used when he stores. */
Test(syscalls, no_zero_page)
{
	start("v2.6.29");
	op("madvise_dontneed", A, 1);
	cr_assert_eq(op("load", A), 0);
	cr_assert_not(maps_zero_page(P));
	cr_assert_eq(mm_of(P)->rss, 1);
	assert_nothing_violated();
}

static void expect_pageout(const char *what, bool swapped)
{
	op("madvise_pageout", A);
	cr_assert_eq(pte_is_swap(pte_of(P)), swapped, "%s", what);
	assert_nothing_violated();
}

Test(syscalls, pageout)
{
	long C, pg;

	start("v6.1");
	expect_pageout("nobody else has it", true);
	start("v6.1");
	C = op("fork_of", P);
	expect_pageout("shared", false);
	op_in(C, "munmap", A, 1);
	pg = op_in(P, "gup_fast", A);
	expect_pageout("a plain reference", true);
	cr_assert(handle_page(pg)->swapcache);
	start("v6.1");
	op_in(P, "pin_user_page", A, FOLL_WRITE);
	expect_pageout("pinned", false);
	start("v5.10");
	op_in(P, "pin_user_page", A, FOLL_WRITE);
	expect_pageout("pinned, and nobody looks", true);
}

Test(syscalls, willneed)
{
	unsigned int entry;

	start("v6.1");
	op("madvise_pageout", A);
	entry = pte_to_swp_entry(pte_of(P));
	cr_assert_eq(world.swap.slot[entry].cache, 0);
	op("madvise_willneed", A);
	cr_assert_neq(world.swap.slot[entry].cache, 0);
	cr_assert(pte_is_swap(pte_of(P)));
	cr_assert_eq(op("load", A), 0x11);
	assert_nothing_violated();
}

Test(syscalls, free_of_a_swapped_page)
{
	unsigned int entry;

	start("v6.1");
	op("madvise_pageout", A);
	entry = pte_to_swp_entry(pte_of(P));
	op("madvise_free", A);
	cr_assert(pte_none(pte_of(P)));
	cr_assert_eq(swap_count(entry), 0);
	cr_assert_eq(op("load", A), 0);
	assert_nothing_violated();
}

/* mlock() copies what is shared, unless nobody may store there. */
Test(syscalls, mlock_faults_in)
{
	start("v6.1");
	op("fork_of", P);
	op("mprotect", A);
	do_mlock(mm_of(P), 0);
	cr_assert_eq(look_at("mapcount", A), 2);
	op("mprotect", A, true);
	do_mlock(mm_of(P), 0);
	cr_assert_eq(look_at("mapcount", A), 1);
	cr_assert(pte_write(pte_of(P)));
	assert_nothing_violated();
}

/* As a store would; that of a mapping which is not locked waits for one. */
static long sharers_after_mprotect(const char *version, bool lock)
{
	start(version);
	op("fork_of", P);
	op("mprotect", A);
	if (lock)
		do_mlock(mm_of(P), 0);
	op("mprotect", A, true);
	assert_nothing_violated();
	return look_at("mapcount", A);
}

Test(syscalls, making_a_locked_mapping_writable_copies)
{
	cr_assert_eq(sharers_after_mprotect("v4.0", true), 2);
	cr_assert_eq(sharers_after_mprotect("v6.1", false), 2);
	cr_assert_eq(sharers_after_mprotect("v6.1", true), 1);
	cr_assert(pte_write(pte_of(P)));
}

Test(syscalls, protecting_a_page_splits_its_mapping)
{
	boot(1, "v6.1");
	P = op("process", 0);
	A = op("anon_page", P, 0x11, true, false, 2);
	op("mprotect", A);
	cr_assert(find_vma(mm_of(P), 1)->vm_flags & VM_WRITE);
	cr_assert_eq(user_store(mm_of(P), 0, 0, 0x33), ACCESS_SIGSEGV);
	assert_nothing_violated();
}

Test(syscalls, dontfork)
{
	long C;

	start("v6.1");
	madvise_dontfork(mm_of(P), 0);
	C = op("fork_of", P);
	cr_assert_null(find_vma(mm_of(C), 0));
	cr_assert_not_null(find_vma(mm_of(P), 0));
	assert_nothing_violated();
}

static void expect_refs(const char *version, enum ref_kind kind)
{
	long pg;

	start(version);
	pg = op_in(P, "bio_get_page", A, true);
	cr_assert_eq(handle_page(pg)->refs[kind], 1, "%s", version);
	op_in(P, "bio_put_page", pg);
	cr_assert_eq(handle_page(pg)->refs[kind], 0, "%s", version);
	assert_nothing_violated();
}

Test(syscalls, direct_io_takes_references_and_later_pins)
{
	expect_refs("v5.10", REF_GET);
	expect_refs("v6.2", REF_GET);
	expect_refs("v6.5", REF_PIN);
	expect_refs("v7.2", REF_PIN);
}

/* io_uring of a page of a file; one that is on a disk accounts for dirty pages. */
static int register_page(const char *version, bool shared, bool accounts_dirty)
{
	long F, handle;

	start(version);
	F = op("file", 0x11, 1, accounts_dirty);
	op("map_file", P, F, 0, 1, shared, true);
	return io_sqe_buffer_register(mm_of(P), 1, 1, &handle);
}

static int register_file_page(const char *version, bool shared)
{
	return register_page(version, shared, true);
}

Test(syscalls, fixed_buffers_of_files)
{
	cr_assert_eq(register_file_page("v5.10", true), -EOPNOTSUPP);
	cr_assert_eq(register_file_page("v5.10", false), -EOPNOTSUPP);
	/* It was pinned to write before it was refused: so it was copied. */
	cr_assert(page_anon(pfn_to_page(pte_pfn(mm_of(P)->pgtable[1]))));
	assert_nothing_violated();
	cr_assert_eq(register_file_page("v6.18", true), -EFAULT);
	cr_assert_eq(register_file_page("v6.18", false), 0);
	assert_nothing_violated();
}

Test(syscalls, fixed_buffers_of_nothing)
{
	static const char *const versions[] = { "v5.10", "v6.1", "v6.18" };
	long handles[2];

	for (size_t i = 0; i < ARRAY_SIZE(versions); i++) {
		start(versions[i]);
		op("munmap", A, 1, P);
		cr_assert_eq(io_sqe_buffer_register(mm_of(P), 0, 1, handles), -EFAULT);
		/* The first page is there, and is given back. */
		start(versions[i]);
		cr_assert_eq(io_sqe_buffer_register(mm_of(P), 0, 2, handles), -EFAULT);
		cr_assert_eq(handles[0], 0);
		cr_assert_eq(pfn_to_page(pte_pfn(mm_of(P)->pgtable[0]))->refcount.counter, 1);
	}
}

Test(syscalls, fixed_buffers_of_shared_memory)
{
	cr_assert_eq(register_page("v5.12", true, false), -EOPNOTSUPP);
	cr_assert_eq(register_page("v5.14", true, false), 0);
	cr_assert_eq(register_page("v6.1", true, false), 0);
	cr_assert_eq(register_page("v6.18", true, false), 0);
	cr_assert_eq(register_file_page("v6.1", true), -EOPNOTSUPP);
	assert_nothing_violated();
}

/* Another process may not store where this one may not; /proc/self/mem may, and copies. */
Test(syscalls, stores_from_outside)
{
	long cells[NR_CELLS] = { 0x22, 0x22 };

	start("v6.1");
	op("fork_of", P);
	op("mprotect", A);
	cr_assert_eq(process_vm_rw(mm_of(P), 0, cells, true), -EFAULT);
	cr_assert_eq(mem_write(mm_of(P), 0, cells), 0);
	cr_assert_eq(op("load", A), 0x22);
	cr_assert_eq(look_at("mapcount", A), 1);
	assert_nothing_violated();
	set_rule(PROC_MEM_NEVER);
	cr_assert_eq(mem_write(mm_of(P), 0, cells), -EIO);
}

Test(syscalls, file_without_a_mapping)
{
	long cells[NR_CELLS] = { 0x22, 0x22 }, seen[NR_CELLS];
	struct address_space *file;
	long F, B;

	start("v6.1");
	F = op("file", 0x11, 1, true);
	B = op("map_file", P, F, 0, 1, false, true);
	file = &world.files[F];
	cr_assert_eq(op("load", B), 0x11);
	cr_assert(write_file(file, 0, cells));
	cr_assert_eq(op("load", B), 0x22);
	op("store", B, 0x33);
	cr_assert(read_file(file, 0, seen));
	cr_assert_eq(seen[0], 0x22);
	cr_assert_eq(file->disk[0][0].value, 0x11);
	op("fsync", F);
	cr_assert_eq(file->disk[0][0].value, 0x22);
	assert_nothing_violated();
}
