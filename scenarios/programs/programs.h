/* SPDX-License-Identifier: MIT */
/*
 * programs.h - small programs with known numbers of interleavings.
 *
 * They measure and check the explorer: each is written as its users would write it,
 * with the kernel's primitives, and reads its size from one parameter.
 */
#ifndef SCENARIOS_PROGRAMS_H
#define SCENARIOS_PROGRAMS_H

#include "baton/program.h"

/* The most CPUs that a program has. */
#define PROGRAM_CPUS_MAX (BATON_CPUS_MAX - 1)

struct program_cpus {
	struct baton_cpu_program cpus[PROGRAM_CPUS_MAX];
	struct baton_program program;
};

/* A program of @count CPUs in @storage, "t0" and so on, that all run @run(index). */
struct baton_program *program_of_cpus(struct program_cpus *storage, const char *name,
				      unsigned int count, void (*run)(void *arg));

/**
 * sb_program() - store buffering: CPU i writes x[i], then reads x[i+1].
 * @count: CPUs, 2..PROGRAM_CPUS_MAX
 */
const struct baton_program *sb_program(unsigned int count);

/**
 * mutex_program() - each CPU takes a lock twice and increments a counter under it.
 * @count: CPUs, 1..PROGRAM_CPUS_MAX
 */
const struct baton_program *mutex_program(unsigned int count);

/**
 * pin_program() - lockless pinners of a page against one that unmaps it.
 * @count: pinners, 1..PROGRAM_CPUS_MAX - 1
 *
 * A pinner takes a reference and looks again whether the page is still mapped. The
 * rule "freed_in_use" is never broken.
 */
const struct baton_program *pin_program(unsigned int count);

/* Announce the references that pinners take and drop as BATON_ADD (off: BATON_RMW)? */
void pin_set_commuting(bool on);

/* The same without the second look: "freed_in_use" is broken in some executions. */
const struct baton_program *pinbug_program(unsigned int count);

/**
 * counter_program() - each CPU increments a counter once, under a lock.
 * @count: CPUs, 1..PROGRAM_CPUS_MAX
 */
const struct baton_program *counter_program(unsigned int count);

/* Each CPU makes one atomic increment, and uses the result, or (inc) does not. */
const struct baton_program *inc_return_program(unsigned int count);
const struct baton_program *inc_program(unsigned int count);

/**
 * readers_program() - one CPU writes a variable that the others read once.
 * @count: readers, 1..PROGRAM_CPUS_MAX - 1
 */
const struct baton_program *readers_program(unsigned int count);

/**
 * lastzero_program() - writers set a[j] = a[j-1] + 1, a reader looks for the last zero.
 * @count: writers, 1..PROGRAM_CPUS_MAX - 1
 */
const struct baton_program *lastzero_program(unsigned int count);

/* More CPUs would fill the table. */
#define INDEXER_CPUS_MAX 32

/**
 * indexer_program() - each CPU puts four values into one hash table.
 * @count: CPUs, 1..INDEXER_CPUS_MAX
 */
const struct baton_program *indexer_program(unsigned int count);

/* There is no block for more CPUs. */
#define FILESYSTEM_CPUS_MAX 26

/**
 * filesystem_program() - each CPU allocates a block for an inode.
 * @count: CPUs, 1..FILESYSTEM_CPUS_MAX
 */
const struct baton_program *filesystem_program(unsigned int count);

/**
 * dekker_program() - two CPUs raise their flag, look at the other's, and lower theirs.
 * @count: rounds, from 1
 */
const struct baton_program *dekker_program(unsigned int count);

/**
 * peterson_program() - two CPUs raise their flag, give way, look who may enter, and lower it.
 * @count: rounds, from 1
 */
const struct baton_program *peterson_program(unsigned int count);

/* @name: "SB", "MP", "LB", "2+2W", "IRIW". Return: NULL for another one. */
const struct baton_program *litmus_program(const char *name);

/* Programs by name, with the sizes that they can have. The last one's name is NULL. */
struct program_entry {
	const char *name;
	const struct baton_program *(*make)(unsigned int size);
	unsigned int least, most;
};

extern const struct program_entry program_table[];

/* NULL: there is none of that name. */
const struct program_entry *program_find(const char *name);

#endif
