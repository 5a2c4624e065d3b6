/* SPDX-License-Identifier: MIT */
#include "explain/window.h"

/* Its number among the steps of its CPU, from 1; 0: it is not passed. */
static unsigned int number_of(const struct core *core, const struct place *place)
{
	unsigned int number = 0;

	for (size_t i = 0; i < core->conflicts.steps.count; i++) {
		const struct place *step = &core->conflicts.steps.items[i].place;

		number += step->cpu == place->cpu;
		if (place_is(step, place))
			return number;
	}
	return 0;
}

static const struct condition *order_at(const struct core *core, size_t index)
{
	const struct core_candidate *candidate = &core->candidates.items[index];

	if (candidate->role == CORE_IRRELEVANT || candidate->condition.kind != CONDITION_ORDER)
		return NULL;
	return &candidate->condition;
}

static void consider(const struct core *core, const struct condition *opens,
		     const struct condition *closes, struct window *best)
{
	unsigned int from, to;

	if (opens->first.cpu != closes->second.cpu || opens->second.cpu != closes->first.cpu)
		return;
	from = number_of(core, &opens->first);
	to = number_of(core, &closes->second);
	if (from >= to || (best->opens && best->steps <= to - from))
		return;
	*best = (struct window){ opens, closes, to - from };
}

bool window_find(const struct core *core, struct window *window)
{
	*window = (struct window){ NULL, NULL, 0 };
	for (size_t i = 0; i < core->candidates.count; i++)
		for (size_t j = 0; j < core->candidates.count; j++)
			if (order_at(core, i) && order_at(core, j))
				consider(core, order_at(core, i), order_at(core, j), window);
	return window->opens != NULL;
}

void window_write(const struct core *core, const struct baton_program *program, struct text *text)
{
	struct window window;

	if (!window_find(core, &window))
		return;
	text_addf(text, "  window:     %s between ", program->cpus[window.opens->first.cpu].name);
	place_format_point(&window.opens->first, text);
	text_add(text, " and ");
	place_format_point(&window.closes->second, text);
	text_addf(text, " (%u step%s)\n", window.steps, window.steps == 1 ? "" : "s");
}
