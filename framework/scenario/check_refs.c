/* SPDX-License-Identifier: MIT */
/* Places in a run (labels and points), and the orders and permutations made of them. */
#include <string.h>

#include "scenario/check.h"
#include "scenario/later.h"

/* Index of the step of @cpu with that label, or -1. */
static int find_label(const struct cpu *cpu, const char *label)
{
	for (size_t i = 0; i < cpu->block.steps.count; i++) {
		const char *other = cpu->block.steps.items[i].label.text;

		if (other && !strcmp(other, label))
			return (int)i;
	}
	return -1;
}

static void unknown_label(struct check *check, struct name label, int cpu)
{
	const struct scenario *scenario = check->scenario;
	struct names names = { 0 };

	for (size_t i = 0; i < scenario->cpus.count; i++)
		for (size_t j = 0; j < scenario->cpus.items[i].block.steps.count; j++)
			if ((cpu < 0 || (size_t)cpu == i) &&
			    scenario->cpus.items[i].block.steps.items[j].label.text)
				names_add(&names,
					  scenario->cpus.items[i].block.steps.items[j].label.text);
	check_unknown(check, DEFINED_LABEL, label, &names);
}

/* A label without a CPU: on the one that has it. */
static bool find_cpu_of_label(struct check *check, struct ref *ref)
{
	const struct scenario *scenario = check->scenario;
	int found = -1;

	for (size_t i = 0; i < scenario->cpus.count; i++) {
		if (find_label(&scenario->cpus.items[i], ref->name.text) < 0)
			continue;
		if (found >= 0) {
			diagnostics_error(check->diagnostics, ref->name.at,
					  "label '%s' is on several CPUs; write %s:%s or %s:%s",
					  ref->name.text, scenario->cpus.items[found].name.text,
					  ref->name.text, scenario->cpus.items[i].name.text,
					  ref->name.text);
			return false;
		}
		found = (int)i;
	}
	if (found < 0) {
		unknown_label(check, ref->name, -1);
		return false;
	}
	ref->cpu = (unsigned int)found;
	return check_not_irq(check, ref->cpu, ref->name.at);
}

static bool check_label_ref(struct check *check, struct ref *ref, int cpu)
{
	int step;

	if (cpu >= 0)
		ref->cpu = (unsigned int)cpu;
	else if (!find_cpu_of_label(check, ref))
		return false;
	step = find_label(&check->scenario->cpus.items[ref->cpu], ref->name.text);
	if (step < 0) {
		unknown_label(check, ref->name, cpu);
		return false;
	}
	ref->step = (unsigned int)step;
	if (ref->occurrence > 1)
		diagnostics_error(check->diagnostics, ref->occurrence_name.at,
				  "label '%s' is passed only once; '@' is for points",
				  ref->name.text);
	return ref->occurrence == 1;
}

static bool check_point_ref(struct check *check, struct ref *ref, int cpu)
{
	const struct baton_point *point = NULL;
	struct names names = { 0 };

	ref->point = baton_point_find(ref->name.text);
	if (!ref->point) {
		while ((point = baton_point_next(point)))
			if (point->labelled)
				names_add(&names, point->name);
		names_unknown(check->diagnostics, "point", ref->name, &names);
	}
	if (cpu < 0)
		diagnostics_error(check->diagnostics, ref->name.at, "on which CPU? write CPU:%s",
				  ref->name.text);
	ref->cpu = cpu < 0 ? 0 : (unsigned int)cpu;
	return ref->point && cpu >= 0;
}

/* @default_cpu: for one that names none, or -1. Returns true if it is resolved. */
static bool resolve_ref(struct check *check, struct ref *ref, int default_cpu)
{
	int cpu = default_cpu;

	if (ref->occurrence_name.text && ref->occurrence == 0)
		diagnostics_error(check->diagnostics, ref->occurrence_name.at,
				  "'@%s' is out of range: it counts from 1",
				  ref->occurrence_name.text);
	if (ref->cpu_name.text) {
		cpu = check_running_cpu(check, ref->cpu_name);
		if (cpu < 0)
			return false;
	}
	if (ref->kind == REF_LABEL)
		return check_label_ref(check, ref, cpu) && ref->occurrence > 0;
	return check_point_ref(check, ref, cpu) && ref->occurrence > 0;
}

/* Both on one CPU, and comparable: two labels, or the same point. */
static bool comparable(const struct ref *a, const struct ref *b)
{
	if (a->cpu != b->cpu || a->kind != b->kind)
		return false;
	return a->kind == REF_LABEL || baton_point_same(a->point, b->point);
}

/* Is @a earlier on its CPU than @b? Only for comparable ones. */
static bool earlier(const struct ref *a, const struct ref *b)
{
	return a->kind == REF_LABEL ? a->step < b->step : a->occurrence < b->occurrence;
}

/* ---- Order */

static bool check_before(struct check *check, const struct constraint *constraint)
{
	const struct ref *first = &constraint->first, *second = &constraint->second;

	if (!comparable(first, second))
		return true;
	if (earlier(first, second)) {
		diagnostics_warning(check->diagnostics, constraint->at,
				    "this always holds: cpu '%s' runs them in this order",
				    check->scenario->cpus.items[first->cpu].name.text);
		return true;
	}
	diagnostics_error(check->diagnostics, constraint->at,
			  "this can never hold: cpu '%s' does not run '%s' before '%s'",
			  check->scenario->cpus.items[first->cpu].name.text, first->name.text,
			  second->name.text);
	return false;
}

static bool check_stops(struct check *check, struct constraint *constraint)
{
	int cpu = check_running_cpu(check, constraint->cpu_name);
	bool first, second;

	first = resolve_ref(check, &constraint->first, cpu);
	second = resolve_ref(check, &constraint->second, -1);
	if (cpu < 0 || !first || !second)
		return false;
	if (constraint->first.cpu != (unsigned int)cpu) {
		diagnostics_error(check->diagnostics, constraint->first.at,
				  "cpu '%s' can only stop at a place of its own",
				  constraint->cpu_name.text);
		return false;
	}
	if (constraint->second.cpu == (unsigned int)cpu) {
		diagnostics_error(check->diagnostics, constraint->second.at,
				  "cpu '%s' would wait for itself", constraint->cpu_name.text);
		return false;
	}
	return true;
}

/* The label that must be over before the other one begins; false if it is not about labels. */
static bool label_edge(const struct constraint *constraint, const struct ref **from,
		       const struct ref **to)
{
	bool stops = constraint->kind == CONSTRAINT_STOPS;

	*from = stops ? &constraint->second : &constraint->first;
	*to = stops ? &constraint->first : &constraint->second;
	return (*from)->kind == REF_LABEL && (*to)->kind == REF_LABEL &&
	       (!stops || constraint->passed);
}

/* Does what @a holds back come, on its CPU, not after what @b waits for? */
static bool leads_to(const struct constraint *a, const struct constraint *b)
{
	const struct ref *from_a, *to_a, *from_b, *to_b;

	if (!label_edge(a, &from_a, &to_a) || !label_edge(b, &from_b, &to_b))
		return false;
	return to_a->cpu == from_b->cpu && to_a->step <= from_b->step;
}

/* Is there a way from constraint @at back to @goal? @seen: one per constraint. */
static bool leads_back(const struct scenario *scenario, size_t at, size_t goal, bool *seen)
{
	if (leads_to(&scenario->order.items[at], &scenario->order.items[goal]))
		return true;
	for (size_t i = 0; i < scenario->order.count; i++) {
		if (seen[i] || !leads_to(&scenario->order.items[at], &scenario->order.items[i]))
			continue;
		seen[i] = true;
		if (leads_back(scenario, i, goal, seen))
			return true;
	}
	return false;
}

static void check_cycle(struct check *check)
{
	bool seen[SCENARIO_ENTRIES_MAX];

	for (size_t i = 0; i < check->scenario->order.count; i++) {
		memset(seen, 0, sizeof(seen));
		if (!leads_back(check->scenario, i, i, seen))
			continue;
		diagnostics_error(check->diagnostics, check->scenario->order.items[i].at,
				  "this can never hold together with the other orders");
		return;
	}
}

void check_order(struct check *check)
{
	struct scenario *scenario = check->scenario;
	bool resolved = true;

	scenario->order.count = check_limit(check, scenario->order.count, SCENARIO_ENTRIES_MAX,
					    scenario->order_at, "orders");
	for (size_t i = 0; i < scenario->order.count; i++) {
		struct constraint *constraint = &scenario->order.items[i];
		bool first, second;

		if (constraint->kind == CONSTRAINT_STOPS) {
			resolved &= check_stops(check, constraint);
			continue;
		}
		first = resolve_ref(check, &constraint->first, -1);
		second = resolve_ref(check, &constraint->second, -1);
		resolved &= first && second && check_before(check, constraint);
	}
	if (resolved)
		check_cycle(check);
}

/* ---- Permutations */

/* Each place once, and those of one CPU in the order in which it gets there. */
static void check_item_order(struct check *check, const struct permutation *permutation,
			     size_t index)
{
	const struct ref *ref = &permutation->items.items[index].ref;
	const char *hint = ref->kind == REF_POINT ? "; '@2' is the second time" : "";

	for (size_t i = 0; i < index; i++) {
		const struct ref *other = &permutation->items.items[i].ref;

		if (!comparable(other, ref) || earlier(other, ref))
			continue;
		if (earlier(ref, other))
			diagnostics_error(
				check->diagnostics, ref->at,
				"cpu '%s' runs '%s' before '%s': it cannot follow it here",
				check->scenario->cpus.items[ref->cpu].name.text, ref->name.text,
				other->name.text);
		else
			diagnostics_error(check->diagnostics, ref->at,
					  "'%s' is in this permutation already, on line %u%s",
					  ref->name.text, check_line(check, other->at), hint);
		return;
	}
}

static void check_marker(struct check *check, struct permutation_item *item)
{
	if (item->marker == MARKER_NONE)
		return;
	later_refuse(check->diagnostics, item->marker_at, LATER_MARKER);
	if (item->marker == MARKER_AFTER)
		resolve_ref(check, &item->after, -1);
}

static void check_permutation(struct check *check, struct permutation *permutation)
{
	bool resolved = true;

	permutation->items.count = check_limit(check, permutation->items.count,
					       SCENARIO_ENTRIES_MAX, permutation->at,
					       "items in a permutation");
	if (!permutation->items.count && !check->incomplete)
		diagnostics_error(check->diagnostics, permutation->at, "a permutation of nothing");
	for (size_t i = 0; i < permutation->items.count; i++) {
		struct permutation_item *item = &permutation->items.items[i];

		resolved &= resolve_ref(check, &item->ref, -1);
		check_marker(check, item);
		if (resolved)
			check_item_order(check, permutation, i);
	}
}

void check_permutations(struct check *check)
{
	struct scenario *scenario = check->scenario;

	for (size_t i = 0; i < scenario->permutations.count; i++) {
		struct permutation *permutation = &scenario->permutations.items[i];

		check_permutation(check, permutation);
		for (size_t j = 0; j < i && permutation->title.text; j++) {
			const struct permutation *other = &scenario->permutations.items[j];

			if (other->title.text &&
			    !strcmp(other->title.text, permutation->title.text))
				diagnostics_error(check->diagnostics, permutation->title.at,
						  "permutation \"%s\" is already on line %u",
						  permutation->title.text,
						  check_line(check, other->at));
		}
	}
}
