/* SPDX-License-Identifier: MIT */
/*
 * run_coverage.c - the names of a scenario that no variant ever reached.
 */
#include "scenario/diagnostics.h"
#include "scenario/run.h"

void run_coverage_release(struct run_coverage *coverage)
{
	vec_release(&coverage->refs);
	vec_release(&coverage->faults);
}

static void check_ref(struct diagnostics *diagnostics, const struct run_coverage *coverage,
		      size_t index, const struct ref *ref)
{
	if (index < coverage->refs.count && !coverage->refs.items[index])
		diagnostics_error(diagnostics, ref->at, "'%s' is never reached in any variant",
				  ref->name.text);
}

static void check_refs(struct diagnostics *diagnostics, const struct run_coverage *coverage,
		       const struct scenario *scenario)
{
	size_t next = 0;

	for (size_t i = 0; i < scenario->order.count; i++) {
		const struct constraint *constraint = &scenario->order.items[i];

		check_ref(diagnostics, coverage, next++, &constraint->first);
		if (constraint->kind != CONSTRAINT_ANSWER)
			check_ref(diagnostics, coverage, next, &constraint->second);
		next++;
	}
	for (size_t i = 0; i < scenario->permutations.count; i++) {
		const struct permutation *permutation = &scenario->permutations.items[i];

		for (size_t j = 0; j < permutation->items.count; j++)
			check_ref(diagnostics, coverage, next++, &permutation->items.items[j].ref);
	}
}

void run_coverage_tell_fault(const struct scenario *scenario, const struct fault *fault,
			     struct err *err)
{
	struct diagnostics diagnostics;

	diagnostics_init(&diagnostics, fault->option ? fault->option : &scenario->source);
	diagnostics_error(&diagnostics, fault->name.at,
			  "fault point '%s' is never reached in any variant", fault->name.text);
	diagnostics_tell(&diagnostics, err);
	diagnostics_release(&diagnostics);
}

int run_coverage_check(const struct run_coverage *coverage, const struct scenario *scenario,
		       struct err *err)
{
	struct diagnostics diagnostics;
	unsigned int errors = err->count;

	diagnostics_init(&diagnostics, &scenario->source);
	check_refs(&diagnostics, coverage, scenario);
	diagnostics_tell(&diagnostics, err);
	diagnostics_release(&diagnostics);
	for (size_t i = 0; i < coverage->faults.count; i++)
		if (!coverage->faults.items[i] && !scenario->faults.list.items[i].option)
			run_coverage_tell_fault(scenario, &scenario->faults.list.items[i], err);
	return err->count > errors ? -1 : 0;
}
