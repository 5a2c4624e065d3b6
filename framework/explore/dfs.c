/* SPDX-License-Identifier: MIT */
#include "explore/dfs.h"

#include "base/bug.h"

static void dfs_begin(struct strategy *strategy)
{
	struct dfs *dfs = (struct dfs *)strategy;

	dfs->depth = 0;
	dfs->asked = 0;
}

/* The first one, then from the lowest on. */
uint64_t dfs_before(const struct choice *choice, uint32_t picked)
{
	uint32_t first = choice_default(choice, choice->options);
	uint64_t lower = choice->options & ((UINT64_C(1) << picked) - 1);

	return picked == first ? 0 : lower | UINT64_C(1) << first;
}

static uint32_t push_node(struct dfs *dfs, const struct choice *choice)
{
	struct dfs_node node = { .offered = choice->options,
				 .picked = choice_default(choice, choice->options),
				 .number = dfs->asked };

	node.left = choice->options & ~(UINT64_C(1) << node.picked);
	vec_push(&dfs->nodes, node);
	dfs->depth++;
	return node.picked;
}

static uint32_t descend(struct dfs *dfs, const struct choice *choice)
{
	if (dfs->depth < dfs->depth_max)
		return push_node(dfs, choice);
	dfs->deeper = true;
	return STRATEGY_STOP;
}

/* Was this choice one of several options the last time? */
static bool has_node(const struct dfs *dfs)
{
	return dfs->depth < dfs->nodes.count && dfs->nodes.items[dfs->depth].number == dfs->asked;
}

static uint32_t dfs_pick(struct strategy *strategy, const struct choice *choice)
{
	struct dfs *dfs = (struct dfs *)strategy;
	bool forced = !(choice->options & (choice->options - 1));
	const struct dfs_node *node;

	dfs->asked++;
	/* What is forced has no node, so none may be due now. */
	if (forced && !has_node(dfs))
		return options_first(choice->options);
	if (dfs->depth == dfs->nodes.count)
		return descend(dfs, choice);
	node = &dfs->nodes.items[dfs->depth];
	if (node->offered != choice->options || node->number != dfs->asked) {
		mismatch_options(&dfs->mismatch, choice, node->offered);
		return STRATEGY_STOP;
	}
	dfs->depth++;
	return node->picked;
}

static bool dfs_end(struct strategy *strategy)
{
	struct dfs *dfs = (struct dfs *)strategy;
	struct dfs_node *node;

	if (dfs->depth < dfs->nodes.count)
		mismatch_end(&dfs->mismatch);
	if (dfs->mismatch.found)
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
		.word = "dfs",
		.depth_max = SIZE_MAX,
		.mismatch = MISMATCH_INIT,
	};
}

void dfs_release(struct dfs *dfs)
{
	vec_release(&dfs->nodes);
	mismatch_release(&dfs->mismatch);
}
