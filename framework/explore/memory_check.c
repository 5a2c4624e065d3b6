/* SPDX-License-Identifier: MIT */
#include "explore/memory_check.h"

#include <string.h>

#include "explore/contain.h"

/* More are not told: they will be of the same kind. */
#define NOTES_MAX 5u

/* One step. */
struct memory_event {
	int cpu, core;
	const struct baton_point *point;
	const void *object;
	enum baton_access_kind kind;
};

/* Two points that were told of. */
struct memory_pair {
	const struct baton_point *points[2];
};

struct memory_check {
	struct explore_filter observer; /* first: wrap() is given its address */
	struct strategy strategy;
	const struct baton_program *program; /* the caller's */
	unsigned int cpu_count;
	size_t size; /* of all regions, in bytes */
	bool over;   /* the CPUs are through: finally runs */
	/* One after the other as the regions are: what was there before the step, and which
	 * event changed it, + 1. */
	unsigned char *before;
	uint32_t *changed_by;
	VEC(struct memory_event) events;
	VEC(uint32_t) clocks; /* cpu_count per event: how many events of each CPU come before */
	uint32_t made[BATON_CPUS_MAX];
	VEC(struct memory_pair) told;
	struct text *notes;
};

static struct memory_check *of_strategy(struct strategy *strategy)
{
	return (void *)((char *)strategy - offsetof(struct memory_check, strategy));
}

/* ---- Happens-before ---------------------------------------------------------------------- */

static bool depend(const struct memory_event *a, const struct memory_event *b)
{
	if (a->core == b->core)
		return true;
	if (a->object != b->object || a->kind == BATON_LOCAL || b->kind == BATON_LOCAL)
		return false;
	return a->kind != b->kind || (a->kind != BATON_READ && a->kind != BATON_ADD);
}

static const uint32_t *clock_of(const struct memory_check *check, size_t event)
{
	return check->clocks.items + event * check->cpu_count;
}

static void take_clock(const struct memory_check *check, size_t event, uint32_t *clock)
{
	const uint32_t *other = clock_of(check, event);

	for (unsigned int cpu = 0; cpu < check->cpu_count; cpu++)
		if (other[cpu] > clock[cpu])
			clock[cpu] = other[cpu];
}

/* How many CPUs have events, up to number left[], that are not in @clock? */
static unsigned int count_open(const struct memory_check *check, const uint32_t *left,
			       const uint32_t *clock)
{
	unsigned int open = 0;

	for (unsigned int cpu = 0; cpu < check->cpu_count; cpu++)
		open += left[cpu] > clock[cpu];
	return open;
}

/*
 * The clock of the last event: all that it depends on, and itself. From the last one backwards,
 * most events come before one that has been taken already: then there is nothing in them. Soon
 * all that are left do.
 */
static void add_clock(struct memory_check *check)
{
	size_t last = check->events.count - 1;
	const struct memory_event *event = &check->events.items[last];
	uint32_t clock[BATON_CPUS_MAX] = { 0 }, left[BATON_CPUS_MAX];
	unsigned int open;

	memcpy(left, check->made, sizeof(left));
	open = count_open(check, left, clock);
	for (size_t i = last; open && i-- > 0;) {
		int cpu = check->events.items[i].cpu;

		if (clock_of(check, i)[cpu] <= clock[cpu])
			continue;
		if (depend(&check->events.items[i], event))
			take_clock(check, i, clock);
		left[cpu] = clock_of(check, i)[cpu] - 1;
		open = count_open(check, left, clock);
	}
	clock[event->cpu] = ++check->made[event->cpu];
	for (unsigned int cpu = 0; cpu < check->cpu_count; cpu++)
		vec_push(&check->clocks, clock[cpu]);
}

static bool happens_before(const struct memory_check *check, size_t first, size_t then)
{
	int cpu = check->events.items[first].cpu;

	return clock_of(check, then)[cpu] >= clock_of(check, first)[cpu];
}

/* ---- What a step changed ----------------------------------------------------------------- */

static bool same_points(const struct memory_pair *a, const struct memory_pair *b)
{
	return (a->points[0] == b->points[0] && a->points[1] == b->points[1]) ||
	       (a->points[0] == b->points[1] && a->points[1] == b->points[0]);
}

static bool is_told(struct memory_check *check, struct memory_pair pair)
{
	for (size_t i = 0; i < check->told.count; i++)
		if (same_points(&check->told.items[i], &pair))
			return true;
	vec_push(&check->told, pair);
	return check->told.count > NOTES_MAX;
}

static void add_step(const struct memory_check *check, const struct memory_event *event,
		     struct text *text)
{
	text_addf(text, "%s at %s (%s:%u)", check->program->cpus[event->cpu].name,
		  event->point->name, event->point->file, event->point->line);
}

static void tell(struct memory_check *check, size_t first, size_t then, const char *where)
{
	const struct memory_event *a = &check->events.items[first];
	const struct memory_event *b = &check->events.items[then];

	if (is_told(check, (struct memory_pair){ { a->point, b->point } }))
		return;
	text_addf(check->notes, "%s is changed by ", where);
	add_step(check, a, check->notes);
	text_add(check->notes, " and by ");
	add_step(check, b, check->notes);
	text_add(check->notes, ", and nothing orders the two steps: announce the access\n");
}

/* Additions that commute change one object without an order. */
static bool may_change_both(const struct memory_event *a, const struct memory_event *b)
{
	return a->kind == BATON_ADD && b->kind == BATON_ADD && a->object == b->object;
}

/* Byte @offset of @region, the one at @index of all, has another value than before. */
static void note_change(struct memory_check *check, const struct baton_region *region,
			size_t offset, size_t index)
{
	size_t now = check->events.count - 1, last = check->changed_by[index];
	struct text where = TEXT_INIT;

	check->changed_by[index] = (uint32_t)now + 1;
	if (!last || happens_before(check, last - 1, now) ||
	    may_change_both(&check->events.items[last - 1], &check->events.items[now]))
		return;
	text_addf(&where, "byte %zu of %s", offset, region->name);
	tell(check, last - 1, now, where.bytes);
	text_release(&where);
}

static void look_at_region(struct memory_check *check, const struct baton_region *region,
			   size_t start)
{
	const unsigned char *now = region->address;
	unsigned char *before = check->before + start;

	if (!memcmp(before, now, region->size))
		return;
	for (size_t i = 0; i < region->size; i++)
		if (before[i] != now[i])
			note_change(check, region, i, start + i);
	memcpy(before, now, region->size);
}

static void look(struct memory_check *check)
{
	size_t start = 0;

	for (unsigned int i = 0; i < check->program->region_count; i++) {
		look_at_region(check, &check->program->regions[i], start);
		start += check->program->regions[i].size;
	}
}

/* ---- Looking on -------------------------------------------------------------------------- */

static void copy_regions(struct memory_check *check)
{
	unsigned char *to = check->before;

	for (unsigned int i = 0; i < check->program->region_count; i++) {
		memcpy(to, check->program->regions[i].address, check->program->regions[i].size);
		to += check->program->regions[i].size;
	}
}

static void check_begin(struct strategy *strategy)
{
	struct memory_check *check = of_strategy(strategy);

	check->events.count = check->clocks.count = 0;
	check->over = false;
	memset(check->made, 0, sizeof(check->made));
	memset(check->changed_by, 0, check->size * sizeof(*check->changed_by));
	strategy->inner->begin(strategy->inner);
}

/* What CPUs do before their first access is not looked at: the engine orders that. */
static uint32_t check_pick(struct strategy *strategy, const struct choice *choice)
{
	struct memory_check *check = of_strategy(strategy);
	uint32_t picked = strategy->inner->pick(strategy->inner, choice);
	struct sim_access access;
	int host;

	if (picked == STRATEGY_STOP || choice->kind != BATON_CHOICE_CPU)
		return picked;
	if (!check->events.count)
		copy_regions(check);
	access = sim_pending((int)picked);
	host = check->program->cpus[picked].host;
	vec_push(&check->events,
		 ((struct memory_event){ (int)picked, host < 0 ? (int)picked : host, access.point,
					 access.object, access.kind }));
	add_clock(check);
	return picked;
}

static bool check_end(struct strategy *strategy)
{
	return strategy->inner->end(strategy->inner);
}

static struct strategy *wrap(struct explore_filter *observer, struct strategy *inner)
{
	struct memory_check *check = (struct memory_check *)observer;

	check->strategy.inner = inner;
	return &check->strategy;
}

/* ---- The program, with a look at its memory after each step ------------------------------- */

static void setup(void *arg)
{
	const struct memory_check *check = arg;

	if (check->program->setup)
		check->program->setup(check->program->arg);
}

/* It is alone: what it changes is no step's doing. */
static void finally(void *arg)
{
	struct memory_check *check = arg;

	check->over = true;
	check->program->finally(check->program->arg);
}

static void step(void *arg)
{
	struct memory_check *check = arg;

	if (check->events.count && !check->over)
		look(check);
	if (check->program->step)
		check->program->step(check->program->arg);
}

static int run(struct memory_check *check, const struct explore_search *search, struct err *err)
{
	struct baton_program program = *check->program;
	struct explore_search wanted = EXPLORE_ALL;
	struct explore_result ignored;
	int status;

	program.setup = setup;
	program.finally = program.finally ? finally : NULL;
	program.step = step;
	program.arg = check;
	wanted.strategy = EXPLORE_RANDOM;
	wanted.executions_max = MEMORY_CHECK_EXECUTIONS;
	wanted.steps_max = search->steps_max;
	wanted.steps_bound = search->steps_bound;
	wanted.seed = search->seed;
	wanted.observer = &check->observer;
	if (sim_init(&program, err))
		return -1;
	status = explore_run(&wanted, NULL, NULL, &ignored, err);
	sim_release();
	return status;
}

static size_t size_of_regions(const struct baton_program *program)
{
	size_t size = 0;

	for (unsigned int i = 0; i < program->region_count; i++)
		size += program->regions[i].size;
	return size;
}

struct looking {
	const struct baton_program *program;
	const struct explore_search *search;
};

static int look_for_changes(void *arg, struct text *notes, struct err *err)
{
	const struct baton_program *program = ((struct looking *)arg)->program;
	struct memory_check check = {
		.observer = { .wrap = wrap },
		.strategy = { .begin = check_begin, .pick = check_pick, .end = check_end },
		.program = program,
		.cpu_count = program->cpu_count,
		.notes = notes,
	};
	int status;

	check.size = size_of_regions(program);
	check.before = xcalloc(check.size, 1);
	check.changed_by = xcalloc(check.size, sizeof(*check.changed_by));
	status = run(&check, ((struct looking *)arg)->search, err);
	free(check.before);
	free(check.changed_by);
	vec_release(&check.events);
	vec_release(&check.clocks);
	vec_release(&check.told);
	return status;
}

int memory_check(const struct baton_program *program, const struct explore_search *search,
		 struct text *notes, struct err *err)
{
	struct looking looking = { program, search };

	if (!size_of_regions(program))
		return 0;
	return search->contained ? contain_call(look_for_changes, &looking, notes, err) :
				   look_for_changes(&looking, notes, err);
}
