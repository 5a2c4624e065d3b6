/* SPDX-License-Identifier: MIT */
#include "bisect/bisect.h"

#include "base/vec.h"

static int ask(struct bisect *bisect, size_t state, struct err *err)
{
	if (bisect->answers[state] != BISECT_UNASKED)
		return 0;
	bisect->asked++;
	return bisect->ask(bisect->arg, state, &bisect->answers[state], err);
}

static bool is_like(const struct bisect *bisect, size_t state, size_t other)
{
	return bisect->answers[state] == bisect->answers[other];
}

/* Which of the states between is asked next: the one in the middle that is not known to be
 * unknown; 0: none is left. */
static size_t next_between(const struct bisect *bisect)
{
	size_t middle = bisect->before + (bisect->after - bisect->before) / 2;

	for (size_t away = 0; away < bisect->after - bisect->before; away++) {
		if (middle + away < bisect->after &&
		    bisect->answers[middle + away] == BISECT_UNASKED)
			return middle + away;
		if (middle > bisect->before + away &&
		    bisect->answers[middle - away] == BISECT_UNASKED)
			return middle - away;
	}
	return 0;
}

static int halve(struct bisect *bisect, struct err *err)
{
	size_t state;

	while ((state = next_between(bisect))) {
		if (ask(bisect, state, err))
			return -1;
		if (is_like(bisect, state, 0))
			bisect->before = state;
		else if (is_like(bisect, state, bisect->count - 1))
			bisect->after = state;
	}
	return 0;
}

static int ask_neighbours(struct bisect *bisect, struct err *err)
{
	if (bisect->before > 0 && ask(bisect, bisect->before - 1, err))
		return -1;
	if (bisect->after < bisect->count - 1 && ask(bisect, bisect->after + 1, err))
		return -1;
	return 0;
}

static int ask_all(struct bisect *bisect, struct err *err)
{
	for (size_t i = 1; i < bisect->count - 1; i++)
		if (ask(bisect, i, err))
			return -1;
	return 0;
}

/* In a list that is asked whole: the change that is still there at the end. */
static void find_last(struct bisect *bisect)
{
	for (size_t i = 0; i < bisect->count; i++)
		if (is_like(bisect, i, 0))
			bisect->before = i;
	bisect->after = bisect->before + 1;
	while (!is_like(bisect, bisect->after, bisect->count - 1))
		bisect->after++;
}

/* Is nothing like the last state before the change, and nothing like the first behind it? */
static bool changes_once(const struct bisect *bisect)
{
	for (size_t i = 0; i < bisect->count; i++)
		if (is_like(bisect, i, i <= bisect->before ? bisect->count - 1 : 0))
			return false;
	return true;
}

static bool is_answer(enum bisect_answer answer)
{
	return answer == BISECT_GOOD || answer == BISECT_BAD;
}

int bisect_run(struct bisect *bisect, enum bisect_end *end, struct err *err)
{
	size_t last = bisect->count - 1;
	bool whole = bisect->count <= BISECT_WHOLE_MAX;

	bisect->answers = xcalloc(bisect->count, sizeof(*bisect->answers));
	if (ask(bisect, 0, err) || ask(bisect, last, err))
		return -1;
	*end = BISECT_NOT_IT;
	if (!is_answer(bisect->answers[0]) || !is_answer(bisect->answers[last]))
		return 0;
	*end = BISECT_SAME;
	if (is_like(bisect, 0, last))
		return 0;
	*end = BISECT_FOUND;
	bisect->before = 0;
	bisect->after = last;
	if (whole ? ask_all(bisect, err) : halve(bisect, err) || ask_neighbours(bisect, err))
		return -1;
	if (whole)
		find_last(bisect);
	bisect->changes_once = changes_once(bisect);
	return 0;
}

void bisect_release(struct bisect *bisect)
{
	free(bisect->answers);
	bisect->answers = NULL;
}
