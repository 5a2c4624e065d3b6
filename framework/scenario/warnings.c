/* SPDX-License-Identifier: MIT */
#include "scenario/warnings.h"

#include "explore/memory_check.h"

/* Only a complete search of more than one CPU can show it. */
static bool is_without_race(const struct runner *runner, bool ordered,
			    const struct variant_result *result)
{
	return result->executions == 1 && result->strength == STRENGTH_EXHAUSTIVE && !ordered &&
	       runner->scenario->cpus.count > 1;
}

int warnings_add(struct runner *runner, const struct explore_search *search, bool ordered,
		 struct variant_result *result, struct err *err)
{
	size_t length;
	int status;

	if (is_without_race(runner, ordered, result))
		text_add(&result->notes, "nothing to race: no access of one CPU depends on another "
					 "CPU, so one execution stands for all\n");
	length = result->notes.length;
	fault_set_plan(&runner->fault_plan);
	status = memory_check(&runner->program, search, &result->notes, err);
	fault_set_plan(NULL);
	result->unannounced = result->notes.length > length;
	return status;
}
