/* SPDX-License-Identifier: MIT */
#include "explore/memo.h"

static void memo_begin(struct strategy *strategy)
{
	struct memo *memo = (struct memo *)strategy;

	memo->position = memo->asked = 0;
	memo->price = 0;
	strategy->inner->begin(strategy->inner);
}

/* Higher prices cannot be told apart. */
static unsigned int sum(unsigned int price, unsigned int more)
{
	return price + more < MEMO_PRICE_MAX ? price + more : MEMO_PRICE_MAX;
}

/* What it costs to pick another CPU than the last one. */
static unsigned int price_of_others(const struct memo *memo, const struct choice *choice)
{
	if (choice->current < 0)
		return 0;
	return memo->prices.change +
	       (choice_goes_on(choice, choice->options) ? memo->prices.preemption : 0);
}

/* Without the CPUs whose step leads to where all was explored. */
static uint64_t look_ahead(struct memo *memo, const struct memo_place *place, uint64_t options)
{
	struct class_hash hashes[BATON_CPUS_MAX];
	uint64_t left = options;

	for (uint64_t set = options; set; set &= set - 1) {
		uint32_t cpu = options_first(set);

		hashes[cpu] = trace_class_peek(&memo->class, cpu);
		memo_table_prefetch(&memo->table, &hashes[cpu]);
	}
	for (; options; options &= options - 1) {
		uint32_t cpu = options_first(options);
		bool other = place->current >= 0 && cpu != (uint32_t)place->current;
		unsigned int price = sum(place->price, other ? place->others : 0);

		if (memo_table_covers(&memo->table, &hashes[cpu], cpu, price,
				      memo->prices.preemption + memo->prices.change))
			left &= ~(options & -options);
	}
	return left;
}

/* The options of a choice of a CPU that are not explored yet. */
static uint64_t look_up(struct memo *memo, const struct choice *choice)
{
	struct memo_place place = {
		.hash = trace_class_value(&memo->class),
		.options = choice->options,
		.current = choice_goes_on(choice, choice->options) ? choice->current : -1,
		.price = memo->price,
		.others = price_of_others(memo, choice),
	};
	uint64_t left;

	if (place.current < 0)
		place.price = sum(place.price, place.others);
	left = memo_part_options(&memo->part, memo_table_enter(&memo->table, &place));
	return look_ahead(memo, &place, left);
}

static uint32_t pick_cpu(struct memo *memo, const struct choice *choice)
{
	struct choice narrowed = *choice;
	size_t position = memo->position++;
	uint32_t picked;

	memo->asked = 0;
	if (position == memo->steps.count)
		vec_push(&memo->steps, ((struct memo_step){ choice->options, look_up(memo, choice),
							    memo->dfs->depth }));
	if (memo->steps.items[position].offered != choice->options) {
		mismatch_options(&memo->dfs->mismatch, choice, memo->steps.items[position].offered);
		return STRATEGY_STOP;
	}
	narrowed.options = memo->steps.items[position].left;
	if (!narrowed.options)
		return STRATEGY_STOP;
	picked = memo->strategy.inner->pick(memo->strategy.inner, &narrowed);
	if (picked != STRATEGY_STOP && (int)picked != choice->current)
		memo->price = sum(memo->price, price_of_others(memo, choice));
	if (picked != STRATEGY_STOP && position >= memo->kept) {
		trace_class_step(&memo->class, picked);
		memo_part_step(&memo->part, picked);
	}
	return picked;
}

static uint32_t pick_answer(struct memo *memo, const struct choice *choice)
{
	struct choice narrowed = *choice;
	uint32_t picked;

	narrowed.options =
		memo_part_answers(&memo->part, memo->position, memo->asked++, choice->options);
	if (!narrowed.options)
		return STRATEGY_STOP;
	picked = memo->strategy.inner->pick(memo->strategy.inner, &narrowed);
	/* Kept: the answers in the steps kept, and with any step those before the first. */
	if (picked != STRATEGY_STOP && (memo->position > memo->kept || !memo->kept))
		trace_class_answer(&memo->class, choice, picked);
	return picked;
}

static uint32_t memo_pick(struct strategy *strategy, const struct choice *choice)
{
	struct memo *memo = (struct memo *)strategy;

	return choice->kind == BATON_CHOICE_CPU ? pick_cpu(memo, choice) :
						  pick_answer(memo, choice);
}

/*
 * dfs has another pick for its last node. That node is the choice of the last step that
 * has no node behind it, or one made in this step: the steps before it will be the same.
 */
static void keep_common(struct memo *memo)
{
	size_t last = memo->dfs->nodes.count - 1;

	while (memo->steps.count && memo->steps.items[memo->steps.count - 1].depth > last)
		memo->steps.count--;
	memo->kept = memo->steps.count ? memo->steps.count - 1 : 0;
	trace_class_cut(&memo->class, memo->kept);
	memo_part_cut(&memo->part, memo->kept);
}

static bool memo_end(struct strategy *strategy)
{
	struct memo *memo = (struct memo *)strategy;
	bool more = strategy->inner->end(strategy->inner);

	if (more)
		keep_common(memo);
	return more;
}

bool memo_is_within(const struct memo *memo)
{
	return memo_part_is_made(&memo->part);
}

bool memo_is_again(struct memo *memo)
{
	struct memo_place end = {
		.hash = trace_class_value(&memo->class),
		.options = 1,
		.current = -1,
		.price = memo->price,
	};

	return !memo_table_enter(&memo->table, &end);
}

void memo_init(struct memo *memo, struct dfs *dfs, const struct baton_program *program,
	       size_t table_size_max)
{
	*memo = (struct memo){
		.strategy = { .begin = memo_begin,
			      .pick = memo_pick,
			      .end = memo_end,
			      .inner = &dfs->strategy },
		.dfs = dfs,
		.prices = { .preemption = 1 },
	};
	trace_class_init(&memo->class, program);
	memo_table_init(&memo->table, table_size_max);
	memo_part_init(&memo->part, program);
}

void memo_release(struct memo *memo)
{
	trace_class_release(&memo->class);
	memo_table_release(&memo->table);
	memo_part_release(&memo->part);
	vec_release(&memo->steps);
}
