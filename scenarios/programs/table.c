/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "scenarios/programs/programs.h"

const struct program_entry program_table[] = {
	{ "sb", sb_program, 2, PROGRAM_CPUS_MAX },
	{ "mutex", mutex_program, 1, PROGRAM_CPUS_MAX },
	{ "pin", pin_program, 1, PROGRAM_CPUS_MAX - 1 },
	{ "pinbug", pinbug_program, 1, PROGRAM_CPUS_MAX - 1 },
	{ "readers", readers_program, 1, PROGRAM_CPUS_MAX - 1 },
	{ "lastzero", lastzero_program, 1, PROGRAM_CPUS_MAX - 1 },
	{ "counter", counter_program, 1, PROGRAM_CPUS_MAX },
	{ "indexer", indexer_program, 1, INDEXER_CPUS_MAX },
	{ "filesystem", filesystem_program, 1, FILESYSTEM_CPUS_MAX },
	{ "dekker", dekker_program, 1, 1000 },
	{ "peterson", peterson_program, 1, 1000 },
	{ "inc", inc_program, 1, PROGRAM_CPUS_MAX },
	{ "inc_return", inc_return_program, 1, PROGRAM_CPUS_MAX },
	{ NULL, NULL, 0, 0 },
};

const struct program_entry *program_find(const char *name)
{
	for (const struct program_entry *entry = program_table; entry->name; entry++)
		if (!strcmp(entry->name, name))
			return entry;
	return NULL;
}
