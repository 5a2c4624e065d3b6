/* SPDX-License-Identifier: MIT */
#include "cli/prepare.h"

#include "cli/cli.h"
#include "cli/run_faults.h"
#include "cli/select.h"

bool prepare_pays(const struct run_args *args)
{
	const struct run_options *options = &args->options;

	return options->jobs > 1 && !options->first && !options->permutations_only &&
	       !args->verify && !args->estimate && !args->shard.count;
}

static void add_cells(struct prepared *prepared, const struct scenario *scenario,
		      unsigned int variant, int only)
{
	unsigned int count = scenario_cell_count(scenario);

	for (unsigned int cell = 0; cell < count; cell++)
		if (only == SELECT_ALL_CELLS || cell == (unsigned int)only)
			ahead_add(&prepared->ahead, &(struct run_case){ scenario, variant, cell });
}

static void add_scenario(struct prepared *prepared, const struct scenario *scenario,
			 const struct run_args *args)
{
	for (unsigned int i = 0; i < scenario->variants.count; i++)
		if (select_matches(&scenario->variants.items[i], args->variant))
			add_cells(prepared, scenario, i, args->cell);
}

static void add_file(struct prepared *prepared, const char *path, const struct run_args *args)
{
	struct err ignored = ERR_INIT;
	struct scenario *scenario = scenario_load(path, cli_models, &ignored);

	if (scenario && run_faults_apply(args, scenario, &ignored)) {
		scenario_free(scenario);
		scenario = NULL;
	}
	err_release(&ignored);
	if (!scenario)
		return;
	vec_push(&prepared->scenarios, scenario);
	add_scenario(prepared, scenario, args);
}

int prepare_begin(struct prepared *prepared, const struct paths *paths, const struct run_args *args,
		  const struct run_options *options, struct err *err)
{
	ahead_init(&prepared->ahead, options);
	prepared->begun = true;
	for (size_t i = 0; i < paths->list.count; i++)
		add_file(prepared, paths->list.items[i], args);
	return ahead_start(&prepared->ahead, err);
}

int prepare_wait(struct prepared *prepared, const struct run_case *which, struct err *err)
{
	return prepared->begun ? ahead_wait(&prepared->ahead, which, err) : 0;
}

void prepare_release(struct prepared *prepared)
{
	if (prepared->begun)
		ahead_release(&prepared->ahead);
	for (size_t i = 0; i < prepared->scenarios.count; i++)
		scenario_free(prepared->scenarios.items[i]);
	vec_release(&prepared->scenarios);
	prepared->begun = false;
}
