/* SPDX-License-Identifier: MIT */
#include "explain/guide.h"

static void guide_begin(struct strategy *strategy)
{
	((struct guide *)strategy)->next = 0;
}

/* A step passes over answers that nobody asked for; an answer passes over nothing. */
static uint32_t guide_pick(struct strategy *strategy, const struct choice *choice)
{
	struct guide *guide = (struct guide *)strategy;
	const struct schedule *schedule = guide->schedule;

	for (; guide->next < schedule->entries.count; guide->next++) {
		struct schedule_entry entry = schedule->entries.items[guide->next];

		if (entry.kind == choice->kind && options_has(choice->options, entry.value)) {
			guide->next++;
			return entry.value;
		}
		if (choice->kind != BATON_CHOICE_CPU)
			break;
	}
	return choice_default(choice, choice->options);
}

static bool guide_end(struct strategy *strategy)
{
	(void)strategy;
	return false;
}

void guide_init(struct guide *guide, const struct schedule *schedule)
{
	*guide = (struct guide){
		.strategy = { .begin = guide_begin, .pick = guide_pick, .end = guide_end },
		.schedule = schedule,
	};
}
