/* SPDX-License-Identifier: MIT */
/*
 * pointers.c - pointers that are used before they point to something, and lists that go round.
 */
#include "selfcheck/state.h"

static int add_one(int number)
{
	return number + 1;
}

/* Wrong: it says that it is ready before it is. */
long hand_over(const struct model_call *call)
{
	(void)call;
	POINT("selfcheck/ready");
	if (!state.right)
		WRITE_ONCE(state.gate.ready, 1);
	POINT("selfcheck/fill_in");
	baton_access(BATON_HERE("gate"), &state.gate, BATON_WRITE);
	state.gate.number = &state.number;
	state.gate.function = add_one;
	POINT("selfcheck/filled");
	WRITE_ONCE(state.gate.filled, 1);
	POINT("selfcheck/ready");
	if (state.right)
		WRITE_ONCE(state.gate.ready, 1);
	return 0;
}

static bool is_ready(void)
{
	bool ready;

	POINT("selfcheck/is_ready");
	ready = READ_ONCE(state.gate.ready);
	POINT("selfcheck/use");
	baton_access(BATON_HERE("gate"), &state.gate, BATON_READ);
	return ready;
}

long read_number(const struct model_call *call)
{
	(void)call;
	return is_ready() ? *(volatile int *)state.gate.number : 0;
}

/* A library that is not to be called again before it has returned: it remembers that itself. */
static long call_library(bool ready)
{
	static volatile bool busy;
	long answer;

	if (busy)
		return -1;
	busy = true;
	answer = ready ? 1 + *(volatile int *)state.gate.number : 0;
	busy = false;
	return answer;
}

/* If the pointer is not set, the library crashes; and stays busy, where nobody resets that. */
long ask_library(const struct model_call *call)
{
	(void)call;
	return call_library(is_ready());
}

long write_number(const struct model_call *call)
{
	(void)call;
	if (is_ready())
		*(volatile int *)state.gate.number = 1;
	return 0;
}

long call_function(const struct model_call *call)
{
	(void)call;
	return is_ready() ? state.gate.function(1) : 0;
}

/* Each link is shared, and all of them are one object. */
static void link_to(struct node *node, struct node *next)
{
	POINT("selfcheck/link");
	baton_access(BATON_HERE("nodes"), &state.nodes, BATON_WRITE);
	node->next = next;
}

/* The last node becomes the first one. Wrong: in between the list has no end. */
long turn_round(const struct model_call *call)
{
	(void)call;
	if (state.right)
		link_to(&state.nodes[0], NULL);
	link_to(&state.nodes[1], &state.nodes[0]);
	if (!state.right)
		link_to(&state.nodes[0], NULL);
	return 0;
}

static int length_from(const struct node *node)
{
	return node ? 1 + length_from(node->next) : 0;
}

long count_nodes(const struct model_call *call)
{
	(void)call;
	POINT("selfcheck/count");
	baton_access(BATON_HERE("nodes"), &state.nodes, BATON_READ);
	return length_from(state.head);
}

static const struct node *last_from(const struct node *node)
{
	while (((volatile const struct node *)node)->next)
		node = node->next;
	return node;
}

long find_end(const struct model_call *call)
{
	(void)call;
	POINT("selfcheck/find_end");
	baton_access(BATON_HERE("nodes"), &state.nodes, BATON_READ);
	return last_from(state.head) == &state.nodes[0];
}
