/* SPDX-License-Identifier: MIT */
/*
 * mutate_run.c - which case runs next, and what its answer means for the mutant.
 */
#include <string.h>

#include "cli/mutate.h"
#include "cli/select.h"

static void (*tell)(const struct mutant *mutant);

static bool begin_case(struct mutation *mutation, struct mutate_task *task)
{
	if (mutation->next == mutation->cases.count)
		return false;
	*task = (struct mutate_task){ &mutation->cases.items[mutation->next++], NULL };
	return true;
}

static void end_case(struct mutation *mutation, const struct mutate_task *task,
		     const struct mutate_answer *answer)
{
	struct mutate_case *which = task->which;

	which->usable = answer->outcome == OUTCOME_OK;
	which->executions = answer->executions;
	memcpy(which->reached, answer->reached, mutation->place_count * sizeof(bool));
}

static int compare_cases(const void *a, const void *b)
{
	const struct mutate_case *first = a, *second = b;
	int order =
		(first->executions > second->executions) - (first->executions < second->executions);

	if (!order)
		order = strcmp(first->which.scenario->source.path,
			       second->which.scenario->source.path);
	if (!order)
		order = (first->which.variant > second->which.variant) -
			(first->which.variant < second->which.variant);
	return order ? order : (int)first->which.cell - (int)second->which.cell;
}

int mutate_baseline(struct mutation *mutation, struct err *err)
{
	static const struct mutate_work work = { begin_case, end_case };

	mutation->next = 0;
	mutate_pool(mutation, &work);
	qsort(mutation->cases.items, mutation->cases.count, sizeof(*mutation->cases.items),
	      compare_cases);
	for (size_t i = 0; i < mutation->cases.count; i++) {
		struct text title = TEXT_INIT;

		select_title(&mutation->cases.items[i].which, &title);
		if (!mutation->cases.items[i].usable)
			err_add(err,
				"%s is not as expected with nothing left out: it cannot kill a "
				"mutant",
				title.bytes);
		text_release(&title);
	}
	return err->count ? -1 : 0;
}

/* Is there a case left that could kill it? Moves on to it. */
static bool find_case(const struct mutation *mutation, struct mutant *mutant)
{
	unsigned int place = baton_mutable_index(mutant->place);

	for (; mutant->next < mutation->cases.count; mutant->next++) {
		const struct mutate_case *which = &mutation->cases.items[mutant->next];

		if (which->usable && which->reached[place])
			return true;
	}
	mutant->state = mutant->ran ? MUTANT_SURVIVES : MUTANT_UNREACHED;
	return false;
}

/* Print those that are through, in their order. */
static void tell_ended(struct mutation *mutation)
{
	while (mutation->next < mutation->mutants.count &&
	       mutation->mutants.items[mutation->next].state != MUTANT_RUNS)
		tell(&mutation->mutants.items[mutation->next++]);
}

static bool begin_mutant(struct mutation *mutation, struct mutate_task *task)
{
	for (size_t i = mutation->next; i < mutation->mutants.count; i++) {
		struct mutant *mutant = &mutation->mutants.items[i];

		if (mutant->state != MUTANT_RUNS || mutant->busy || !find_case(mutation, mutant))
			continue;
		mutant->busy = true;
		*task = (struct mutate_task){ &mutation->cases.items[mutant->next++], mutant };
		return true;
	}
	return false;
}

static void end_mutant(struct mutation *mutation, const struct mutate_task *task,
		       const struct mutate_answer *answer)
{
	struct mutant *mutant = task->mutant;

	mutant->busy = false;
	mutant->ran++;
	mutant->cut += answer->cut && answer->outcome != OUTCOME_FAIL;
	if (answer->outcome == OUTCOME_FAIL) {
		mutant->state = MUTANT_KILLED;
		mutant->killer = task->which;
		mutant->what = xstrdup(answer->what);
	} else {
		find_case(mutation, mutant);
	}
	tell_ended(mutation);
}

void mutate_run(struct mutation *mutation, void (*done)(const struct mutant *mutant))
{
	static const struct mutate_work work = { begin_mutant, end_mutant };

	tell = done;
	mutation->next = 0;
	mutate_pool(mutation, &work);
	tell_ended(mutation);
}
