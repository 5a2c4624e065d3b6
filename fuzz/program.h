/* SPDX-License-Identifier: MIT */
/*
 * program.h - CPUs for schedules: names with a common beginning, digits, an interrupt.
 *
 * Layer: fuzz. May include: all layers.
 */
#ifndef FUZZ_PROGRAM_H
#define FUZZ_PROGRAM_H

#include "baton/program.h"

static void fuzz_nothing(void *arg)
{
	(void)arg;
}

#define FUZZ_CPU(text, of)                                    \
	{                                                     \
		.name = text, .run = fuzz_nothing, .host = of \
	}

static const struct baton_cpu_program fuzz_cpus[] = {
	FUZZ_CPU("kswapd", -1), FUZZ_CPU("dio", -1), FUZZ_CPU("dio_irq", 1), FUZZ_CPU("cpu1", -1),
	FUZZ_CPU("cpu10", -1),  FUZZ_CPU("k2x", -1), FUZZ_CPU("cpu", -1),    FUZZ_CPU("nmi", 1),
};

static const struct baton_program fuzz_program = { .name = "fuzz",
						   .cpus = fuzz_cpus,
						   .cpu_count = 8 };

#endif
