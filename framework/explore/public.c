/* SPDX-License-Identifier: MIT */
/*
 * public.c - baton/explore.h on top of explore.h.
 */
#include "baton/explore.h"

#include "explore/explore.h"

struct collect {
	const struct baton_program *program;
	struct baton_result *result;
};

static void keep_first(const struct collect *collect)
{
	struct text text = TEXT_INIT;

	text_addf(&text, "%s: %s", sim_finding()->name, sim_finding()->text.bytes);
	collect->result->finding = text_detach(&text);
	schedule_format(sim_schedule(), collect->program, &text);
	collect->result->schedule = text_detach(&text);
}

static bool count_execution(void *arg, enum sim_end end, uint64_t number)
{
	const struct collect *collect = arg;

	(void)number;
	if (end != SIM_FINDING)
		return true;
	if (!collect->result->findings++)
		keep_first(collect);
	return true;
}

static int explore(const struct baton_program *program, const struct baton_search *search,
		   struct baton_result *result, struct err *err)
{
	struct explore_search wanted = EXPLORE_ALL;
	struct collect collect = { program, result };
	struct explore_judge judge = { count_execution, &collect };
	struct explore_result explored;
	int status;

	if (search) {
		wanted.preemptions_max = search->preemptions_max;
		wanted.executions_max = search->executions_max;
		wanted.steps_max = search->steps_max;
		if (search->strategy == BATON_DFS)
			wanted.strategy = EXPLORE_DFS;
	}
	if (sim_init(program, err))
		return -1;
	status = explore_run(&wanted, NULL, &judge, &explored, err);
	sim_release();
	result->executions = explored.executions;
	result->exhaustive = explored.strength == STRENGTH_EXHAUSTIVE;
	return status;
}

int baton_explore(const struct baton_program *program, const struct baton_search *search,
		  struct baton_result *result)
{
	struct err err = ERR_INIT;
	int status;

	*result = (struct baton_result){ 0 };
	status = explore(program, search, result, &err);
	if (status) {
		free(result->finding);
		result->finding = text_detach(&err.text);
	}
	err_release(&err);
	return status;
}

void baton_result_release(struct baton_result *result)
{
	free(result->finding);
	free(result->schedule);
	*result = (struct baton_result){ 0 };
}
