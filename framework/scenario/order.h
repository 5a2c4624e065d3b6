/* SPDX-License-Identifier: MIT */
/*
 * order.h - the order block: schedules that break it are not run.
 *
 * A CPU that an order holds back is not picked, and a choice is answered as is said. Where there is
 * nothing left to pick the execution is dropped, and counted as pruned.
 *
 * Layer: scenario. May include: explore, engine, base.
 */
#ifndef SCENARIO_ORDER_H
#define SCENARIO_ORDER_H

#include "explore/explore.h"
#include "scenario/refs.h"

struct order {
	struct strategy strategy;
	struct explore_filter filter;
	struct refs refs; /* two per constraint: first, second; of an answer the first counts */
};

/* @runner must outlive it. */
void order_init(struct order *order, struct runner *runner);
void order_release(struct order *order);

#endif
