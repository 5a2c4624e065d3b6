/* SPDX-License-Identifier: MIT */
/*
 * run_coverage.c - what a scenario names and no variant ever reached.
 */
#include "scenario/diagnostics.h"
#include "scenario/run.h"

void run_coverage_release(struct run_coverage *coverage)
{
	vec_release(&coverage->refs);
	vec_release(&coverage->passed);
	vec_release(&coverage->faults);
}

static void check_ref(struct diagnostics *diagnostics, const struct run_coverage *coverage,
		      size_t index, const struct ref *ref)
{
	if (index < coverage->refs.count && !coverage->refs.items[index])
		diagnostics_error(diagnostics, ref->at, "'%s' is never reached in any variant",
				  ref->name.text);
}

/* A choice is known only where it is made, and so is how many options it has. */
static void check_value(struct diagnostics *diagnostics, const struct constraint *constraint)
{
	const struct ref *ref = &constraint->first;
	struct text nth = TEXT_INIT;

	if (ref->occurrence > 1)
		text_addf(&nth, "@%u", ref->occurrence);
	diagnostics_error(diagnostics, constraint->at,
			  "cpu '%s' never makes a choice '%s%s' with an option %ld in any variant",
			  ref->cpu_name.text, ref->name.text, nth.bytes, constraint->answer);
	text_release(&nth);
}

static void check_refs(struct diagnostics *diagnostics, const struct run_coverage *coverage,
		       const struct scenario *scenario)
{
	size_t next = 0;

	for (size_t i = 0; i < scenario->order.count; i++) {
		const struct constraint *constraint = &scenario->order.items[i];

		if (constraint->choice != BATON_CHOICE_VALUE)
			check_ref(diagnostics, coverage, next, &constraint->first);
		else if (next < coverage->refs.count && !coverage->refs.items[next])
			check_value(diagnostics, constraint);
		next++;
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

/* Which pass is meant, where the line says so. */
static struct span selection_of(const struct fault *fault)
{
	for (size_t i = 0; i < fault->settings.count; i++) {
		const struct fault_setting *setting = &fault->settings.items[i];

		if (setting->attr == FAULT_NTH || setting->attr == FAULT_SPACE ||
		    setting->attr == FAULT_INTERVAL)
			return setting->at;
	}
	return fault->name.at;
}

static void tell_elsewhere(struct diagnostics *diagnostics, const struct scenario *scenario,
			   const struct fault *fault)
{
	const struct fault_rule *rule = &fault->rule;
	struct text where = TEXT_INIT;

	if (rule->cpu >= 0)
		text_addf(&where, " on CPU %s", scenario->cpus.items[rule->cpu].name.text);
	if (rule->function)
		text_addf(&where, " in function %s()", rule->function);
	diagnostics_error(diagnostics, fault->name.at,
			  "fault point '%s' is never reached%s in any variant", fault->name.text,
			  where.bytes);
	text_release(&where);
}

static void tell_fault(struct diagnostics *diagnostics, const struct scenario *scenario,
		       const struct fault *fault, const struct fault_reach *reach)
{
	const char *name = fault->name.text;

	if (reach->level == FAULT_UNREACHED)
		diagnostics_error(diagnostics, fault->name.at,
				  "fault point '%s' is never reached in any variant", name);
	else if (reach->level == FAULT_ELSEWHERE)
		tell_elsewhere(diagnostics, scenario, fault);
	else if (reach->level == FAULT_PASSED)
		diagnostics_error(
			diagnostics, selection_of(fault),
			"no pass of '%s' is meant by this in any variant: a CPU has %u of "
			"them at most",
			name, reach->passes);
	else if (reach->level == FAULT_SELECTED)
		diagnostics_warning(
			diagnostics, fault->name.at,
			"nothing has failed by this: 'probability' has drawn no pass of "
			"'%s' under this seed",
			name);
	else if (reach->level == FAULT_DRAWN)
		diagnostics_warning(diagnostics, fault->name.at,
				    "nothing has failed by this: lines before it let each pass of "
				    "'%s' fail that it is about",
				    name);
}

void run_coverage_tell_fault(const struct scenario *scenario, const struct fault *fault,
			     const struct fault_reach *reach, struct err *err)
{
	struct diagnostics diagnostics;

	diagnostics_init(&diagnostics, fault->option ? fault->option : &scenario->source);
	tell_fault(&diagnostics, scenario, fault, reach);
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
		if (!scenario->faults.list.items[i].option)
			run_coverage_tell_fault(scenario, &scenario->faults.list.items[i],
						&coverage->faults.items[i], err);
	return err->count > errors ? -1 : 0;
}
