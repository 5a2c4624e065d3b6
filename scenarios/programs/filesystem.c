/* SPDX-License-Identifier: MIT */
/*
 * filesystem.c - CPUs allocate blocks for inodes, each under a lock.
 *
 * Up to 13 CPUs want blocks of their own; each one more wants one that another has.
 */
#include "scenarios/programs/programs.h"

#include "baton/kernel.h"

#define INODES 32
#define BLOCKS FILESYSTEM_CPUS_MAX

static spinlock_t inode_locks[INODES], block_locks[BLOCKS];
static int inode[INODES];
static bool busy[BLOCKS];

/* Return: whether block @b was free. */
static bool take(unsigned int b, unsigned int i)
{
	bool taken = false;

	spin_lock(&block_locks[b]);
	if (!READ_ONCE(busy[b])) {
		WRITE_ONCE(busy[b], true);
		WRITE_ONCE(inode[i], (int)b + 1);
		taken = true;
	}
	spin_unlock(&block_locks[b]);
	return taken;
}

static void run(void *arg)
{
	unsigned int i = (unsigned int)(uintptr_t)arg % INODES;

	spin_lock(&inode_locks[i]);
	if (!READ_ONCE(inode[i])) {
		unsigned int b = i * 2 % BLOCKS;

		while (!take(b, i))
			b = (b + 1) % BLOCKS;
	}
	spin_unlock(&inode_locks[i]);
}

static void setup(void *arg)
{
	(void)arg;
	for (unsigned int i = 0; i < INODES; i++) {
		spin_lock_init(&inode_locks[i], "inode");
		inode[i] = 0;
	}
	for (unsigned int b = 0; b < BLOCKS; b++) {
		spin_lock_init(&block_locks[b], "block");
		busy[b] = false;
	}
}

const struct baton_program *filesystem_program(unsigned int count)
{
	static struct program_cpus storage;
	struct baton_program *program = program_of_cpus(&storage, "filesystem", count, run);

	program->setup = setup;
	return program;
}
