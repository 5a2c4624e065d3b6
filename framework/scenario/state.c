/* SPDX-License-Identifier: MIT */
#include "scenario/state.h"

#define XXH_INLINE_ALL
#include <string.h>
#include <xxhash.h>

static void feed_observables(const struct runner *runner, long address, XXH3_state_t *hash)
{
	const struct model_observable *observable = runner->scenario->model->observables;

	for (; observable && observable->name; observable++) {
		long args[MODEL_PARAMS_MAX] = { address }, value;

		for (unsigned int i = 1; i < MODEL_PARAMS_MAX && observable->params[i].name; i++)
			args[i] = observable->params[i].missing;
		if (observable->params[0].type != MODEL_ADDRESS)
			continue;
		value = observable->get(args);
		XXH3_64bits_update(hash, &value, sizeof(value));
	}
}

uint64_t state_hash(const struct runner *runner, enum sim_end end)
{
	const struct scenario *scenario = runner->scenario;
	const char *finding = end == SIM_FINDING ? sim_finding()->name : "";
	XXH3_state_t hash;

	XXH3_64bits_reset(&hash);
	XXH3_64bits_update(&hash, finding, strlen(finding));
	for (size_t i = 0; i < runner->rules.count; i++)
		XXH3_64bits_update(&hash, &runner->rules.items[i].violated, sizeof(bool));
	if (end == SIM_FINDING)
		return XXH3_64bits_digest(&hash);
	XXH3_64bits_update(&hash, runner->slots, scenario->variables.count * sizeof(long));
	for (size_t i = 0; i < scenario->variables.count; i++)
		if (scenario->variables.items[i].type == MODEL_ADDRESS)
			feed_observables(runner, runner->slots[i], &hash);
	return XXH3_64bits_digest(&hash);
}
