/* SPDX-License-Identifier: MIT */
/* Places in a run (labels and points), and the orders made of them. */
#include <string.h>

#include "scenario/check.h"

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
	const char *now = baton_point_alias(ref->name.text);
	struct names names = { 0 };

	ref->point = baton_point_find(ref->name.text);
	if (ref->point && now)
		diagnostics_warning(check->diagnostics, ref->name.at,
				    "point '%s' is called '%s' now", ref->name.text, now);
	if (!ref->point && !check->old) {
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

/* What interrupts a CPU is called like it: "user_irq". Return: its index, or -1. */
static int find_context(const struct check *check, const char *name)
{
	const struct scenario *scenario = check->scenario;
	size_t cpus = scenario->cpus.count - scenario->irq_count;

	for (size_t i = 0; check->model && check->model->irq && i < cpus; i++) {
		const char *host = scenario->cpus.items[i].name.text;
		size_t length = strlen(host);

		if (!strncmp(name, host, length) && !strcmp(name + length, "_irq"))
			return (int)(cpus + i);
	}
	return -1;
}

static void check_occurrence(struct check *check, const struct ref *ref)
{
	if (ref->occurrence_name.text && ref->occurrence == 0)
		diagnostics_error(check->diagnostics, ref->occurrence_name.at,
				  "'@%s' is out of range: it counts from 1",
				  ref->occurrence_name.text);
}

bool check_ref(struct check *check, struct ref *ref, int default_cpu)
{
	int cpu = default_cpu;

	check_occurrence(check, ref);
	if (ref->cpu_name.text) {
		cpu = check_running_cpu(check, ref->cpu_name);
		if (cpu < 0)
			return false;
	}
	if (ref->kind == REF_LABEL)
		return check_label_ref(check, ref, cpu) && ref->occurrence > 0;
	return check_point_ref(check, ref, cpu) && ref->occurrence > 0;
}

/* The same, of an order: it may speak of what interrupts a CPU. */
static bool resolve_order_ref(struct check *check, struct ref *ref)
{
	const char *name = ref->cpu_name.text;
	int irq = name ? check_find_cpu(check, name) : -1;
	int context = name && irq < 0 ? find_context(check, name) : -1;

	if (irq >= 0 && check->scenario->cpus.items[irq].irq) {
		diagnostics_error(check->diagnostics, ref->cpu_name.at,
				  "'%s' is an irq: its points are those of '%s_irq'", name,
				  check->scenario->cpus.items[irq].in.text);
		return false;
	}
	if (context < 0)
		return check_ref(check, ref, -1);
	check_occurrence(check, ref);
	if (ref->kind == REF_LABEL) {
		diagnostics_error(check->diagnostics, ref->name.at,
				  "'%s' has no labels; name a point: '%s:SUBSYSTEM/WHAT'", name,
				  name);
		return false;
	}
	return check_point_ref(check, ref, context) && ref->occurrence > 0;
}

bool check_comparable(const struct ref *a, const struct ref *b)
{
	if (a->cpu != b->cpu || a->kind != b->kind)
		return false;
	return a->kind == REF_LABEL || baton_point_same(a->point, b->point);
}

bool check_earlier(const struct ref *a, const struct ref *b)
{
	return a->kind == REF_LABEL ? a->step < b->step : a->occurrence < b->occurrence;
}

/* ---- Order */

static const char *cpu_of(const struct check *check, const struct ref *ref)
{
	return ref->cpu_name.text ? ref->cpu_name.text :
				    check->scenario->cpus.items[ref->cpu].name.text;
}

static bool check_before(struct check *check, const struct constraint *constraint)
{
	const struct ref *first = &constraint->first, *second = &constraint->second;

	if (!check_comparable(first, second))
		return true;
	if (check_earlier(first, second)) {
		diagnostics_warning(check->diagnostics, constraint->at,
				    "this always holds: cpu '%s' runs them in this order",
				    cpu_of(check, first));
		return true;
	}
	diagnostics_error(check->diagnostics, constraint->at,
			  "this can never hold: cpu '%s' does not run '%s' before '%s'",
			  cpu_of(check, first), first->name.text, second->name.text);
	return false;
}

static bool may_fail(const struct scenario *scenario, const struct ref *ref)
{
	for (size_t i = 0; i < scenario->faults.list.count; i++)
		if (fault_matches(scenario->faults.list.items[i].name.text, ref->name.text))
			return true;
	return false;
}

/* "fails", or "is 2"; the choice itself is known only where it is made. */
static bool check_said(struct check *check, const struct constraint *constraint)
{
	const struct ref *ref = &constraint->first;
	const char *name = ref->name.text;

	if (constraint->choice == BATON_CHOICE_FAULT) {
		if (!may_fail(check->scenario, ref) && !check->incomplete)
			diagnostics_error(check->diagnostics, ref->name.at,
					  "nothing lets '%s' fail: write 'faults { fail %s; }'",
					  name, name);
		return true;
	}
	if (constraint->answer < BATON_OPTIONS_MAX)
		return true;
	diagnostics_error(check->diagnostics, constraint->answer_at,
			  "a choice has at most %d options: write a number from 0 to %d",
			  BATON_OPTIONS_MAX, BATON_OPTIONS_MAX - 1);
	return false;
}

/* "b:toy/take fails", "b:pool/slot is 2" */
static bool check_answer(struct check *check, struct constraint *constraint)
{
	struct ref *ref = &constraint->first;
	const char *name = ref->name.text;
	int cpu = -1;

	check_occurrence(check, ref);
	if (ref->cpu_name.text)
		cpu = check_running_cpu(check, ref->cpu_name);
	else
		diagnostics_error(check->diagnostics, ref->name.at, "on which CPU? write CPU:%s",
				  name);
	ref->cpu = cpu < 0 ? 0 : (unsigned int)cpu;
	constraint->second = *ref;
	return check_said(check, constraint) && cpu >= 0;
}

static bool check_stops(struct check *check, struct constraint *constraint)
{
	int cpu = check_running_cpu(check, constraint->cpu_name);
	bool first, second;

	first = check_ref(check, &constraint->first, cpu);
	second = resolve_order_ref(check, &constraint->second);
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

/* Answers of the same choice are the same. */
static void check_answered(struct check *check, size_t index)
{
	const struct constraint *items = check->scenario->order.items;
	const struct constraint *second = &items[index];

	for (size_t i = 0; i < index && second->kind == CONSTRAINT_ANSWER; i++)
		if (items[i].kind == CONSTRAINT_ANSWER && items[i].choice == second->choice &&
		    items[i].first.cpu == second->first.cpu &&
		    items[i].first.occurrence == second->first.occurrence &&
		    !strcmp(items[i].first.name.text, second->first.name.text) &&
		    items[i].answer != second->answer)
			diagnostics_error(check->diagnostics, second->at,
					  "line %u has another answer to this choice",
					  diagnostics_line(check->diagnostics, items[i].at));
}

/* Return: is it resolved? */
static bool check_constraint(struct check *check, struct constraint *constraint)
{
	bool first, second;

	if (constraint->kind == CONSTRAINT_STOPS)
		return check_stops(check, constraint);
	if (constraint->kind == CONSTRAINT_ANSWER)
		return check_answer(check, constraint);
	first = resolve_order_ref(check, &constraint->first);
	second = resolve_order_ref(check, &constraint->second);
	return first && second && check_before(check, constraint);
}

static bool is_gone(const struct ref *ref)
{
	return ref->kind == REF_POINT && !ref->point;
}

void check_order(struct check *check)
{
	struct scenario *scenario = check->scenario;
	size_t kept = 0;
	bool resolved = true;

	scenario->order.count = check_limit(check, scenario->order.count, SCENARIO_ENTRIES_MAX,
					    scenario->order_at, "orders");
	for (size_t i = 0; i < scenario->order.count; i++) {
		struct constraint constraint = scenario->order.items[i];
		bool is_resolved = check_constraint(check, &constraint);
		bool lost = check->old &&
			    (is_gone(&constraint.first) || is_gone(&constraint.second));

		if (lost)
			pool_push(&scenario->pool, &scenario->lost, constraint);
		else
			scenario->order.items[kept++] = constraint;
		resolved &= is_resolved || lost;
	}
	scenario->order.count = kept;
	check->old = false;
	for (size_t i = 0; i < kept; i++)
		check_answered(check, i);
	if (resolved)
		check_cycle(check);
}
