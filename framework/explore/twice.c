/* SPDX-License-Identifier: MIT */
#include "explore/twice.h"

#include "explore/mismatch.h"
#include "explore/trace_compare.h"

/* Nothing fails, and of CPUs the first one runs on as long as it can. */
static uint32_t pick_first(struct strategy *strategy, const struct choice *choice)
{
	(void)strategy;
	return options_first(choice->options);
}

static void record(const struct explore_search *search, struct trace *trace)
{
	struct strategy strategy = { .pick = pick_first };

	trace_init(trace, sim_program());
	sim_bound_steps(search->steps_bound);
	sim_execute(&strategy, search->steps_max, trace);
	sim_bound_steps(0);
}

int twice_check(const struct explore_search *search, struct err *err)
{
	struct text why = TEXT_INIT;
	struct trace first, second;
	int status = 0;

	record(search, &first);
	record(search, &second);
	if (!trace_compare(&first, &second, &why))
		status = mismatch_bug(err,
				      "one schedule, run twice, led to different executions: %s\n"
				      "(a static initializer counts for the first execution only)",
				      why.bytes);
	trace_release(&first);
	trace_release(&second);
	text_release(&why);
	return status;
}
