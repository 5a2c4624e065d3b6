/* SPDX-License-Identifier: MIT */
/*
 * cut.c - of a depth-first search the parts are all beginnings with the same number of
 * choices; the shortest ones that are enough. Of a reduced one they are nodes (pop_part.h), or
 * with interrupt contexts, and of one that remembers states, beginnings (dpor_part.h,
 * memo_part.h). Of samples they are ranges of equal size.
 */
#include "explore/cut.h"

#include "explore/dpor_part.h"
#include "explore/pop_part.h"

static int load(struct explorer *explorer, const char *text, struct err *err)
{
	struct fields fields;

	fields_init(&fields, "part", text);
	return explorer_load(explorer, &fields, err);
}

static int load_root(struct explorer *explorer, struct err *err)
{
	struct text part = TEXT_INIT;
	int status;

	explorer_root(explorer, &part);
	status = load(explorer, part.bytes, err);
	text_release(&part);
	return status;
}

static void execute(struct explorer *explorer)
{
	explorer->strategy->begin(explorer->strategy);
	sim_execute(explorer->strategy, explorer->search->steps_max, NULL);
}

/* All beginnings of @depth choices, and what is over before. */
static int find_beginnings(struct explorer *explorer, size_t depth, struct parts *parts,
			   struct err *err)
{
	bool more = true;

	if (load_root(explorer, err))
		return -1;
	explorer->dfs.depth_max = depth;
	explorer->dfs.deeper = false;
	while (more) {
		execute(explorer);
		vec_push(&parts->list, dfs_beginning(&explorer->dfs));
		more = explorer->strategy->end(explorer->strategy);
	}
	explorer->dfs.depth_max = SIZE_MAX;
	return explorer_check(explorer, err);
}

static int cut_tree(struct explorer *explorer, struct parts *parts, struct err *err)
{
	explorer->dfs.deeper = true;
	for (size_t depth = 1; explorer->dfs.deeper && parts->list.count < CUT_PARTS; depth++) {
		parts_release(parts);
		if (find_beginnings(explorer, depth, parts, err))
			return -1;
	}
	return 0;
}

/* The first sample is run: pct learns from it. */
static int cut_samples(struct explorer *explorer, struct parts *parts, struct err *err)
{
	if (load_root(explorer, err))
		return -1;
	execute(explorer);
	explorer->strategy->end(explorer->strategy);
	explorer->sampler.executions = 0;
	sampler_split(&explorer->sampler, CUT_PARTS, parts);
	return 0;
}

/* All beginnings of @depth events of the part @text, and what is over before. */
static int find_parts(struct explorer *explorer, const char *text, size_t depth,
		      struct parts *parts, struct err *err)
{
	bool more = true;

	if (load(explorer, text, err))
		return -1;
	dpor_cut(&explorer->dpor, depth);
	while (more) {
		char *part;

		execute(explorer);
		part = dpor_beginning(&explorer->dpor);
		if (part)
			vec_push(&parts->list, part);
		more = explorer->strategy->end(explorer->strategy);
	}
	return explorer_check(explorer, err);
}

int explorer_recut(struct explorer *explorer, const char *text, struct parts *parts,
		   struct err *err)
{
	size_t depth;

	if (explorer->way == WAY_MEMO)
		return beginning_cut(text, explorer->search, CUT_PARTS_STATES, parts, err);
	if (load(explorer, text, err))
		return -1;
	depth = explorer->dpor.base.steps.count;
	explorer->dpor.deeper = true;
	while (explorer->dpor.deeper && parts->list.count < CUT_PARTS) {
		parts_release(parts);
		if (find_parts(explorer, text, ++depth, parts, err))
			return -1;
	}
	return 0;
}

/* What became of the whole search @text, before it had to be given up. */
enum trial {
	TRIAL_FAILED,
	TRIAL_THROUGH,
	TRIAL_LARGE,
	TRIAL_VOID,
};

/* Steps after which a search that splits is large: others need not come to its end, either. */
#define TRIAL_STEPS 500000u

static bool is_large(const struct explorer *explorer, uint64_t steps)
{
	return explorer_recuts(explorer) ? explorer_must_recut(explorer, steps) :
					   steps >= TRIAL_STEPS;
}

static enum trial try_whole(struct explorer *explorer, const char *text, struct err *err)
{
	uint64_t steps = 0;
	bool more = true;

	if (load(explorer, text, err))
		return TRIAL_FAILED;
	while (more && !is_large(explorer, steps)) {
		execute(explorer);
		if (explorer_is_void(explorer, sim_ended()))
			return TRIAL_VOID;
		(void)explorer_counts(explorer, sim_ended());
		more = explorer->strategy->end(explorer->strategy);
		steps += sim_steps() + 1;
	}
	if (explorer_check(explorer, err))
		return TRIAL_FAILED;
	return more ? TRIAL_LARGE : TRIAL_THROUGH;
}

/* The execution of the part @text, without what it leads to; and all nodes that it leads to. */
static int expand(struct explorer *explorer, const char *text, struct parts *parts, struct err *err)
{
	struct pop *pop = &explorer->pop;
	bool was_expanded, more;

	if (load(explorer, text, err))
		return -1;
	was_expanded = pop->node.alone;
	pop->node.alone = true;
	pop_part_nodes(pop, parts);
	if (was_expanded)
		return 0;
	pop->node.alone = false;
	do {
		execute(explorer);
		more = explorer->strategy->end(explorer->strategy);
	} while (explorer_asks(explorer));
	if (more)
		pop_part_nodes(pop, parts);
	return explorer_check(explorer, err);
}

static int expand_all(struct explorer *explorer, const struct parts *parts, struct parts *expanded,
		      struct err *err)
{
	for (size_t i = 0; i < parts->list.count; i++)
		if (expand(explorer, parts->list.items[i], expanded, err))
			return -1;
	return 0;
}

/* Expand all nodes, again and again. */
static int cut_nodes(struct explorer *explorer, struct parts *parts, struct err *err)
{
	struct text whole = TEXT_INIT;
	size_t before = 0;

	explorer_root(explorer, &whole);
	vec_push(&parts->list, text_detach(&whole));
	while (parts->list.count < CUT_PARTS && parts->list.count != before) {
		struct parts expanded = { .list = { 0 } };
		int status = expand_all(explorer, parts, &expanded, err);

		before = parts->list.count;
		parts_release(parts);
		*parts = expanded;
		if (status)
			return -1;
	}
	return 0;
}

/* The search @whole, of which nothing can be known before its end: one part if it is short. */
static int cut_large(struct explorer *explorer, struct text *whole, struct parts *parts,
		     struct err *err)
{
	enum trial trial = TRIAL_THROUGH;

	if (explorer_recuts(explorer))
		trial = try_whole(explorer, whole->bytes, err);
	if (trial == TRIAL_VOID) {
		text_clear(whole);
		explorer_again(explorer, whole);
		trial = try_whole(explorer, whole->bytes, err);
	}
	if (trial == TRIAL_LARGE)
		return explorer_recut(explorer, whole->bytes, parts, err);
	if (trial == TRIAL_THROUGH)
		vec_push(&parts->list, xstrdup(whole->bytes));
	return trial == TRIAL_FAILED ? -1 : 0;
}

/* Nodes of the parsimonious search, unless a trial shows that it has to be another one. */
static int cut_reduced(struct explorer *explorer, struct text *whole, struct parts *parts,
		       struct err *err)
{
	if (try_whole(explorer, whole->bytes, err) == TRIAL_FAILED)
		return -1;
	if (!sim_awaits_several())
		return cut_nodes(explorer, parts, err);
	text_clear(whole);
	explorer_again(explorer, whole);
	return load(explorer, whole->bytes, err) || cut_large(explorer, whole, parts, err) ? -1 : 0;
}

int explorer_cut(struct explorer *explorer, struct parts *parts, struct err *err)
{
	struct text whole = TEXT_INIT;
	int status;

	if (explorer_samples(explorer))
		return cut_samples(explorer, parts, err);
	if (explorer->way == WAY_DFS)
		return cut_tree(explorer, parts, err);
	explorer_root(explorer, &whole);
	status = explorer->way == WAY_POP ? cut_reduced(explorer, &whole, parts, err) :
					    cut_large(explorer, &whole, parts, err);
	text_release(&whole);
	return status;
}
