/* SPDX-License-Identifier: MIT */
#include "explore/dfs.h"

#include "base/bug.h"

static void dfs_begin(struct strategy *strategy)
{
	((struct dfs *)strategy)->depth = 0;
}

static uint32_t first_option(const struct choice *choice)
{
	if (choice->kind == BATON_CHOICE_CPU && choice->current >= 0 &&
	    options_has(choice->options, (uint32_t)choice->current))
		return (uint32_t)choice->current;
	return options_first(choice->options);
}

static uint32_t descend(struct dfs *dfs, const struct choice *choice)
{
	struct dfs_node node = { .offered = choice->options, .picked = first_option(choice) };

	node.left = choice->options & ~(UINT64_C(1) << node.picked);
	vec_push(&dfs->nodes, node);
	dfs->depth++;
	return node.picked;
}

static uint32_t dfs_pick(struct strategy *strategy, const struct choice *choice)
{
	struct dfs *dfs = (struct dfs *)strategy;
	const struct dfs_node *node;

	if (!(choice->options & (choice->options - 1)))
		return options_first(choice->options);
	if (dfs->depth == dfs->nodes.count)
		return descend(dfs, choice);
	node = &dfs->nodes.items[dfs->depth++];
	if (node->offered != choice->options) {
		dfs->not_deterministic = true;
		return STRATEGY_STOP;
	}
	return node->picked;
}

static bool dfs_end(struct strategy *strategy)
{
	struct dfs *dfs = (struct dfs *)strategy;
	struct dfs_node *node;

	if (dfs->depth < dfs->nodes.count)
		dfs->not_deterministic = true;
	if (dfs->not_deterministic)
		return false;
	while (dfs->nodes.count && !dfs->nodes.items[dfs->nodes.count - 1].left)
		dfs->nodes.count--;
	if (!dfs->nodes.count)
		return false;
	node = &dfs->nodes.items[dfs->nodes.count - 1];
	node->picked = options_first(node->left);
	node->left &= node->left - 1;
	return true;
}

void dfs_init(struct dfs *dfs)
{
	*dfs = (struct dfs){
		.strategy = { .begin = dfs_begin, .pick = dfs_pick, .end = dfs_end },
	};
}

void dfs_release(struct dfs *dfs)
{
	vec_release(&dfs->nodes);
}
