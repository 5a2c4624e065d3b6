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

/* The most CPUs that a program here has. */
#define PROGRAM_CPUS_MAX 8

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

/* The same without the second look: "freed_in_use" is broken in some executions. */
const struct baton_program *pinbug_program(unsigned int count);

#endif
