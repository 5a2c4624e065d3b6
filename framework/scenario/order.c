/* SPDX-License-Identifier: MIT */
#include "scenario/order.h"

#include <stddef.h>

static const struct constraint *constraint_at(const struct order *order, size_t index)
{
	return &order->refs.runner->scenario->order.items[index];
}

/* The CPU that constraint @index holds back now, as a set. */
static uint64_t held(const struct order *order, size_t index)
{
	const struct constraint *constraint = constraint_at(order, index);
	size_t first = 2 * index, second = first + 1;

	if (constraint->kind == CONSTRAINT_ANSWER)
		return 0;
	if (constraint->kind == CONSTRAINT_BEFORE)
		return refs_is_next(&order->refs, second) && !refs_passed(&order->refs, first) ?
			       UINT64_C(1) << constraint->second.cpu :
			       0;
	if (!refs_is_next(&order->refs, first))
		return 0;
	if (constraint->passed ? refs_passed(&order->refs, second) :
				 refs_reached(&order->refs, second))
		return 0;
	return UINT64_C(1) << constraint->first.cpu;
}

static void order_begin(struct strategy *strategy)
{
	refs_begin(&((struct order *)strategy)->refs);
	strategy->inner->begin(strategy->inner);
}

static uint32_t pick_answer(struct order *order, const struct choice *choice)
{
	struct choice narrowed = *choice;

	for (size_t i = 0; i < order->refs.states.count / 2; i++) {
		const struct constraint *constraint = constraint_at(order, i);
		uint64_t answer = UINT64_C(1) << constraint->answer;

		if (constraint->choice != choice->kind ||
		    !refs_asks(&order->refs, 2 * i, choice->name))
			continue;
		if (!(choice->options & answer))
			refs_refuse(&order->refs, 2 * i);
		narrowed.options &= answer;
	}
	if (!narrowed.options)
		return STRATEGY_STOP;
	return order->strategy.inner->pick(order->strategy.inner, &narrowed);
}

static uint32_t order_pick(struct strategy *strategy, const struct choice *choice)
{
	struct order *order = (struct order *)strategy;
	struct choice narrowed = *choice;
	uint32_t picked;

	if (choice->kind != BATON_CHOICE_CPU)
		return pick_answer(order, choice);
	for (size_t i = 0; i < order->refs.states.count / 2; i++)
		narrowed.options &= ~held(order, i);
	if (!narrowed.options)
		return STRATEGY_STOP;
	picked = strategy->inner->pick(strategy->inner, &narrowed);
	if (picked != STRATEGY_STOP)
		refs_step(&order->refs, picked);
	return picked;
}

static bool order_end(struct strategy *strategy)
{
	refs_end(&((struct order *)strategy)->refs);
	return strategy->inner->end(strategy->inner);
}

static struct strategy *order_wrap(struct explore_filter *filter, struct strategy *inner)
{
	struct order *order =
		(struct order *)(void *)((char *)filter - offsetof(struct order, filter));

	order->strategy.inner = inner;
	return &order->strategy;
}

void order_init(struct order *order, struct runner *runner)
{
	*order = (struct order){
		.strategy = { .begin = order_begin, .pick = order_pick, .end = order_end },
		.filter = { .wrap = order_wrap, .of_state = true },
		.refs = { .runner = runner },
	};
	for (size_t i = 0; i < runner->scenario->order.count; i++) {
		refs_add(&order->refs, &runner->scenario->order.items[i].first);
		refs_add(&order->refs, &runner->scenario->order.items[i].second);
	}
}

void order_release(struct order *order)
{
	refs_release(&order->refs);
}
