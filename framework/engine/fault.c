/* SPDX-License-Identifier: MIT */
#include "engine/fault.h"

#include <limits.h>
#include <string.h>

#include "base/bug.h"
#include "base/prng.h"
#include "baton/injector.h"
#include "engine/fault_site.h"
#include "engine/function.h"
#include "engine/sim_state.h"

/* A rule of the plan, at a point that it is about. */
struct match {
	unsigned int rule;
	unsigned long execution; /* that passes are of */
	unsigned int passes[BATON_CPUS_MAX];
};

/* A point that was passed, by any program. Never given up: recordings have its name. */
struct point {
	char *name;
	uint64_t hash; /* of the name */
	bool matched;  /* error and matches are those of the plan */
	int error;
	VEC(struct match) matches;
};

static const struct fault_plan *plan;
static bool (*route)(const char *point, int error);
static VEC(struct point) points;
static const struct function *functions[FAULT_RULES_MAX];
static unsigned int failures[FAULT_RULES_MAX], failures_all;
static struct fault_reach reached[FAULT_RULES_MAX];
static VEC(struct fault_taken) taken;

void fault_set_plan(const struct fault_plan *new_plan)
{
	BUG_ON(new_plan && new_plan->count > FAULT_RULES_MAX);
	plan = new_plan;
	fault_reach_restart();
	for (size_t i = 0; i < points.count; i++)
		points.items[i].matched = false;
	for (unsigned int i = 0; plan && i < plan->count; i++)
		functions[i] = plan->rules[i].function ? function_find(plan->rules[i].function) :
							 NULL;
}

const struct fault_plan *fault_plan(void)
{
	return plan;
}

bool fault_matches(const char *pattern, const char *name)
{
	size_t length = strlen(pattern);

	if (length && pattern[length - 1] == '*')
		return !strncmp(pattern, name, length - 1);
	return !strcmp(pattern, name);
}

const struct fault_reach *fault_reach(unsigned int index)
{
	return &reached[index];
}

void fault_reach_restart(void)
{
	memset(reached, 0, sizeof(reached));
}

void fault_reach_merge(struct fault_reach *reach, const struct fault_reach *other)
{
	if (other->level > reach->level)
		reach->level = other->level;
	if (other->passes > reach->passes)
		reach->passes = other->passes;
}

void fault_reach_set(const struct fault_reach *reach)
{
	memcpy(reached, reach, sizeof(reached));
}

unsigned int fault_taken_count(void)
{
	return (unsigned int)taken.count;
}

const struct fault_taken *fault_taken(unsigned int index)
{
	return &taken.items[index];
}

void fault_begin(void)
{
	taken.count = 0;
	if (!plan)
		return;
	memset(failures, 0, sizeof(failures));
	failures_all = 0;
}

/* ---- Points and the rules about them ------------------------------------------------------ */

/* What the point itself fails with. */
static int error_of(const char *name)
{
	const struct model_fault *fault = model_fault_find(plan->points, name);
	int error = fault ? model_fault_errno(fault) : 0;

	return error ? error : 1;
}

static void match(struct point *point)
{
	point->matched = true;
	point->error = error_of(point->name);
	point->matches.count = 0;
	for (unsigned int i = 0; i < plan->count; i++)
		if (fault_matches(plan->rules[i].point, point->name))
			vec_push(&point->matches, (struct match){ .rule = i });
}

static uint64_t hash_of(const char *name)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325); /* FNV-1a */

	for (; *name; name++)
		hash = (hash ^ (unsigned char)*name) * UINT64_C(0x100000001b3);
	return hash;
}

static struct point *find_point(const char *name)
{
	size_t i = 0;

	while (i < points.count && strcmp(points.items[i].name, name) != 0)
		i++;
	if (i == points.count)
		vec_push(&points, ((struct point){ .name = xstrdup(name), .hash = hash_of(name) }));
	if (!points.items[i].matched)
		match(&points.items[i]);
	return &points.items[i];
}

/* ---- A pass ------------------------------------------------------------------------------- */

static bool counts(unsigned int index)
{
	const struct fault_rule *rule = &plan->rules[index];

	if (rule->cpu >= 0 && rule->cpu != baton_cpu())
		return false;
	return !rule->function || (functions[index] && function_is_running(functions[index]));
}

/* Count this pass. Return: which one it is, from 1. */
static unsigned int count_pass(struct match *match)
{
	if (match->execution != sim_execution) {
		match->execution = sim_execution;
		memset(match->passes, 0, sizeof(match->passes));
	}
	return ++match->passes[sim_index(sim.current)];
}

/* The same percentage of all passes, whichever are asked for, and in which order. */
static bool draw(const struct point *point, unsigned int pass, unsigned int percent)
{
	uint64_t cpu = (uint64_t)sim_index(sim.current) + 1;
	struct prng prng;

	prng_init(&prng, plan->seed, point->hash ^ (cpu << 32 | pass));
	return prng_below(&prng, 100) < percent;
}

/* @pass: 0 for one that is not counted. Return: up to FAULT_DRAWN. */
static enum fault_level level_of(const struct fault_rule *rule, const struct point *point,
				 unsigned int pass)
{
	unsigned int first = rule->first ? rule->first : 1;
	unsigned int last = rule->last ? rule->last : UINT_MAX;

	if (!pass)
		return FAULT_ELSEWHERE;
	if (pass <= rule->space || pass - rule->space < first || pass - rule->space > last)
		return FAULT_PASSED;
	if (rule->interval > 1 && (pass - rule->space - first + 1) % rule->interval)
		return FAULT_PASSED;
	if (rule->probability && !draw(point, pass, rule->probability))
		return FAULT_SELECTED;
	return FAULT_DRAWN;
}

static bool is_left(unsigned int index)
{
	unsigned int times = plan->rules[index].times;

	return (!times || failures[index] < times) && failures_all < plan->budget;
}

/* What is chosen now: it is known as taken before the code runs on, which may not come back. */
static bool is_asked;
static struct fault_taken asked;

void fault_note(void)
{
	if (!is_asked)
		return;
	failures[asked.rule]++;
	failures_all++;
	vec_push(&taken, asked);
	is_asked = false;
}

static int choose(struct point *point, unsigned int index, unsigned int pass)
{
	const struct fault_taken failure = { point->name, index,
					     (unsigned int)sim_index(sim.current), pass };
	struct choice choice = {
		.kind = BATON_CHOICE_FAULT,
		.options = is_left(index) ? 3 : 1,
		.unlimited = 3,
		.rule = index + 1,
		.name = point->name,
	};

	is_asked = true;
	asked = failure;
	if (!step_choose(&choice))
		return 0;
	return plan->rules[index].error ? plan->rules[index].error : point->error;
}

int fault_decide(const char *name)
{
	struct point *point;
	unsigned int pass = 0, index = 0;

	if (!plan || !plan->count || !sim.current || sim.phase != TRACE_MAIN)
		return 0;
	point = find_point(name);
	for (size_t i = 0; i < point->matches.count; i++) {
		struct match *match = &point->matches.items[i];
		struct fault_reach reach = { .passes = 0 };

		if (counts(match->rule))
			reach.passes = count_pass(match);
		reach.level = level_of(&plan->rules[match->rule], point, reach.passes);
		if (reach.level == FAULT_DRAWN && !pass) {
			reach.level = FAULT_ASKED;
			pass = reach.passes;
			index = match->rule;
		}
		fault_reach_merge(&reached[match->rule], &reach);
	}
	return pass ? choose(point, index, pass) : 0;
}

int baton_fault_decide(const char *point, const void *caller)
{
	if (baton_cpu() < 0)
		return 0;
	fault_site_pass(point, caller);
	return fault_decide(point);
}

void baton_fault_route(bool (*answer)(const char *point, int error))
{
	route = answer;
}

bool(baton_fault_at)(const char *point, const void *caller)
{
	int error;

	if (baton_cpu() < 0)
		return false;
	error = baton_fault_decide(point, caller);
	return route ? route(point, error) : error != 0;
}

bool(baton_fault)(const char *point)
{
	return (baton_fault_at)(point, __builtin_return_address(0));
}
