/* SPDX-License-Identifier: MIT */
#include "explore/pop_part.h"

#include "explore/dpor_text.h"
#include "explore/pop_search.h"

/* The last nodes of a search are the largest: each is a part. The rest is one more. */
#define SINGLES 7u

/* ---- Written ------------------------------------------------------------------------------ */

static void add_number(struct text *part, uint64_t number)
{
	text_addf(part, " %llu", (unsigned long long)number);
}

static void add_node(const struct pop *pop, const struct pop_node *node, struct text *part)
{
	dpor_text_add_choices(part, node->root.items, node->root.count);
	add_number(part, node->steps.count);
	for (size_t i = 0; i < node->steps.count; i++) {
		add_number(part, node->steps.items[i].cpu);
		dpor_text_add_outcome(part, &pop->outcomes, node->steps.items[i].outcome);
		add_number(part, node->steps.items[i].first);
	}
	add_number(part, node->deviations.count);
	for (size_t i = 0; i < node->deviations.count; i++) {
		add_number(part, node->deviations.items[i].place);
		add_number(part, node->deviations.items[i].target);
		add_number(part, node->deviations.items[i].kind);
		add_number(part, node->deviations.items[i].cpu);
	}
	add_number(part, node->tail);
	add_number(part, node->answers + 1);
	add_number(part, node->root_answers + 1);
	add_number(part, node->alone);
}

static const char *word_of(const struct pop *pop)
{
	return pop->path.orders_adds ? POP_ORDERED : POP_WORD;
}

static char *text_of(const struct pop *pop, const struct pop_node *node)
{
	struct text text = TEXT_INIT;

	add_node(pop, node, &text);
	return text_detach(&text);
}

/* All that is left, in the order of the search. */
static void list_nodes(const struct pop *pop, struct parts *nodes)
{
	struct pop_node node = { .tail = 0 };

	vec_push(&nodes->list, text_of(pop, &pop->node));
	for (size_t i = pop->frame_count; i > 0; i--) {
		const struct pop_frame *frame = &pop->frames.items[i - 1];

		for (size_t left = frame->plans.count; left > 0; left--) {
			pop_frame_node(frame, &frame->plans.items[left - 1], pop->path.clock_size,
				       &pop->outcomes, &node);
			vec_push(&nodes->list, text_of(pop, &node));
		}
	}
	for (size_t i = pop->queue.count; i > 0; i--)
		vec_push(&nodes->list, text_of(pop, &pop->queue.items[i - 1]));
	pop_node_release(&node);
}

static char *join(const struct pop *pop, char **nodes, size_t count)
{
	struct text part = TEXT_INIT;

	text_addf(&part, "%s %zu", word_of(pop), count);
	for (size_t i = 0; i < count; i++)
		text_add(&part, nodes[i]);
	return text_detach(&part);
}

/* The last @singles nodes are a part each, and those before them another one. */
static void split(const struct pop *pop, size_t singles, struct parts *parts)
{
	struct parts nodes = { .list = { 0 } };
	size_t together;

	list_nodes(pop, &nodes);
	together = nodes.list.count > singles ? nodes.list.count - singles : 1;
	vec_push(&parts->list, join(pop, nodes.list.items, together));
	for (size_t i = together; i < nodes.list.count; i++)
		vec_push(&parts->list, join(pop, &nodes.list.items[i], 1));
	parts_release(&nodes);
}

void pop_part_nodes(const struct pop *pop, struct parts *parts)
{
	split(pop, SIZE_MAX, parts);
}

void pop_part_split(const struct pop *pop, struct parts *parts)
{
	split(pop, SINGLES, parts);
}

/* ---- Read --------------------------------------------------------------------------------- */

static int read_count(struct fields *part, uint64_t max, size_t *count, struct err *err)
{
	uint64_t number = 0;

	if (fields_number(part, max, &number, err))
		return -1;
	*count = (size_t)number;
	return 0;
}

static int read_steps(struct pop *pop, struct pop_node *node, struct fields *part, struct err *err)
{
	size_t count = 0;

	if (read_count(part, DPOR_COUNT_MAX, &count, err))
		return -1;
	while (count--) {
		uint64_t cpu = 0, first = 0;
		struct pop_step step = { 0 };

		if (fields_number(part, pop->path.cpu_count - 1, &cpu, err) ||
		    dpor_text_outcome(part, &pop->outcomes, &step.outcome, err) ||
		    fields_number(part, 1, &first, err))
			return -1;
		step.cpu = (uint8_t)cpu;
		step.first = first;
		vec_push(&node->steps, step);
	}
	return 0;
}

static int read_deviations(struct pop *pop, struct pop_node *node, struct fields *part,
			   struct err *err)
{
	size_t count = 0, end = node->steps.count;
	uint64_t before = 0;

	if (read_count(part, DPOR_COUNT_MAX, &count, err))
		return -1;
	while (count--) {
		const struct fields at = *part;
		uint64_t place = 0, target = 0, kind = 0, cpu = 0;

		if (fields_number(part, end, &place, err) ||
		    fields_number(part, end, &target, err) ||
		    fields_number(part, POP_ASLEEP, &kind, err) ||
		    fields_number(part, pop->path.cpu_count - 1, &cpu, err))
			return -1;
		if (place < before || target < place || (target == end && kind != POP_ASLEEP))
			return fields_fail(&at, err, "no deviation can be there");
		before = place;
		vec_push(&node->deviations,
			 ((struct pop_deviation){ (uint32_t)place, (uint32_t)target, (uint8_t)kind,
						  (uint8_t)cpu }));
	}
	return 0;
}

static int read_node(struct pop *pop, struct pop_node *node, struct fields *part, struct err *err)
{
	uint64_t alone = 0;

	if (dpor_text_choices(part, &node->root, err) || read_steps(pop, node, part, err) ||
	    read_deviations(pop, node, part, err) ||
	    read_count(part, node->steps.count, &node->tail, err) ||
	    read_count(part, DPOR_COUNT_MAX, &node->answers, err) ||
	    read_count(part, DPOR_COUNT_MAX, &node->root_answers, err) ||
	    fields_number(part, 1, &alone, err))
		return -1;
	node->answers--;
	node->root_answers--;
	if (node->answers != SIZE_MAX && !node->tail)
		return fields_fail(part, err, "there is no step before the first");
	node->alone = alone;
	return 0;
}

int pop_part_load(struct pop *pop, struct fields *part, struct err *err)
{
	size_t count = 0;

	if (!fields_more(part))
		return 0;
	if (read_count(part, DPOR_COUNT_MAX, &count, err))
		return -1;
	if (!count)
		return fields_fail(part, err, "a part has a node");
	for (size_t i = 0; i < count; i++) {
		vec_push(&pop->queue, (struct pop_node){ .tail = 0 });
		if (read_node(pop, &pop->queue.items[i], part, err))
			return -1;
	}
	for (size_t i = 0; i < count / 2; i++) {
		struct pop_node node = pop->queue.items[i];

		pop->queue.items[i] = pop->queue.items[count - 1 - i];
		pop->queue.items[count - 1 - i] = node;
	}
	pop_next_queued(pop);
	return fields_end(part, err);
}
