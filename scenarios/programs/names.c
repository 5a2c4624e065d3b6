/* SPDX-License-Identifier: MIT */
#include "scenarios/programs/programs.h"

const char *const program_names[PROGRAM_MANY_CPUS_MAX] = {
	"t0",  "t1",  "t2",  "t3",  "t4",  "t5",  "t6",  "t7",  "t8",  "t9",  "t10", "t11", "t12",
	"t13", "t14", "t15", "t16", "t17", "t18", "t19", "t20", "t21", "t22", "t23", "t24", "t25",
};

struct baton_program *program_of_cpus(struct program_cpus *storage, const char *name,
				      unsigned int count, void (*run)(void *arg))
{
	for (unsigned int i = 0; i < count; i++)
		storage->cpus[i] = (struct baton_cpu_program){ program_names[i], run,
							       (void *)(uintptr_t)i, -1 };
	storage->program = (struct baton_program){
		.name = name,
		.cpus = storage->cpus,
		.cpu_count = count,
	};
	return &storage->program;
}
