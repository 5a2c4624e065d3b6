/* SPDX-License-Identifier: MIT */
/*
 * dfs_part.c - the nodes of a depth-first search as text, and cut into several searches.
 *
 *	dfs 2 0 0 3 0 4 1 7 4
 *
 * The number of nodes, then of each: its number, the option that is picked, the options that
 * there are, and those that are yet to be explored, both as sets.
 */
#include "explore/dfs.h"

/* Subtrees that a cut takes off; what is left is one more part. */
#define SUBTREES_MAX 7u

/* Nodes of a part in a file: there is a choice in each step, or nearly. */
#define NODES_MAX 10000000u

static void add_node(const struct dfs_node *node, struct text *part)
{
	text_addf(part, " %u %u %llu %llu", node->number, node->picked,
		  (unsigned long long)node->offered, (unsigned long long)node->left);
}

static void add_count(const struct dfs *dfs, struct text *part, size_t count)
{
	text_addf(part, "%s %zu", dfs->word, count);
}

static void save(const struct dfs *dfs, struct text *part)
{
	add_count(dfs, part, dfs->nodes.count);
	for (size_t i = 0; i < dfs->nodes.count; i++)
		add_node(&dfs->nodes.items[i], part);
}

static char *beginning(const struct dfs *dfs, size_t count, struct dfs_node last)
{
	struct text part = TEXT_INIT;

	add_count(dfs, &part, count);
	for (size_t i = 0; i + 1 < count; i++) {
		struct dfs_node node = dfs->nodes.items[i];

		node.left = 0;
		add_node(&node, &part);
	}
	last.left = 0;
	if (count)
		add_node(&last, &part);
	return text_detach(&part);
}

char *dfs_beginning(const struct dfs *dfs)
{
	size_t count = dfs->nodes.count;
	struct dfs_node none = { 0 };

	return beginning(dfs, count, count ? dfs->nodes.items[count - 1] : none);
}

/* Take the last option of node @index off the search: all that is below it is a part. */
static char *take_subtree(struct dfs *dfs, size_t index)
{
	struct dfs_node node = dfs->nodes.items[index];

	node.picked = 63 - (uint32_t)__builtin_clzll(node.left);
	dfs->nodes.items[index].left &= ~(UINT64_C(1) << node.picked);
	return beginning(dfs, index + 1, node);
}

/* The options of a node are explored from the lowest on, so its last subtree comes last. */
void dfs_split(struct dfs *dfs, struct parts *parts)
{
	char *subtrees[SUBTREES_MAX];
	unsigned int count = 0;
	struct text rest = TEXT_INIT;

	for (size_t i = 0; i < dfs->nodes.count && count < SUBTREES_MAX;)
		if (dfs->nodes.items[i].left)
			subtrees[count++] = take_subtree(dfs, i);
		else
			i++;
	save(dfs, &rest);
	vec_push(&parts->list, text_detach(&rest));
	while (count)
		vec_push(&parts->list, subtrees[--count]);
}

static bool is_node(const struct dfs_node *node)
{
	return (node->offered & (node->offered - 1)) && options_has(node->offered, node->picked) &&
	       !(node->left & ~node->offered) && !options_has(node->left, node->picked);
}

static int read_node(struct fields *part, struct dfs_node *node, struct err *err)
{
	const struct fields before = *part;
	uint64_t number = 0, picked = 0;

	if (fields_number(part, UINT32_MAX, &number, err) ||
	    fields_number(part, BATON_OPTIONS_MAX - 1, &picked, err) ||
	    fields_number(part, UINT64_MAX, &node->offered, err) ||
	    fields_number(part, UINT64_MAX, &node->left, err))
		return -1;
	node->number = (uint32_t)number;
	node->picked = (uint32_t)picked;
	return is_node(node) ? 0 : fields_fail(&before, err, "no choice can be like that");
}

int dfs_load(struct dfs *dfs, struct fields *part, struct err *err)
{
	uint64_t count = 0;

	dfs->nodes.count = 0;
	if (fields_number(part, NODES_MAX, &count, err))
		return -1;
	while (count--) {
		struct dfs_node node = { 0 };

		if (read_node(part, &node, err))
			return -1;
		vec_push(&dfs->nodes, node);
	}
	return fields_end(part, err);
}
