/* SPDX-License-Identifier: MIT */
#include "explore/coverage.h"

#include <stddef.h>
#include <string.h>

static size_t count_points(void)
{
	const struct baton_point *point = NULL;
	size_t count = 0;

	while ((point = baton_point_next(point)))
		count++;
	return count;
}

/* ---- Sets of places ---------------------------------------------------------------------- */

static uint64_t *passed(const struct coverage *coverage, uint32_t object, unsigned int class)
{
	return coverage->passed + (object * COVERAGE_CLASSES + class) * coverage->words;
}

static void add(uint64_t *set, size_t place)
{
	set[place / COVERAGE_WORD_BITS] |= UINT64_C(1) << place % COVERAGE_WORD_BITS;
}

/* A number of sets, of so many words each. */
struct shape {
	size_t count, words;
};

/* The sets @old, of shape @from, in memory of shape @to; new ones are empty. */
static uint64_t *reshape(uint64_t *old, struct shape from, struct shape to)
{
	uint64_t *sets = xcalloc(to.count * to.words + 1, sizeof(*sets));

	for (size_t i = 0; i < from.count; i++)
		memcpy(sets + i * to.words, old + i * from.words, from.words * sizeof(*sets));
	free(old);
	return sets;
}

static void make_room_for_place(struct coverage *coverage)
{
	size_t old = coverage->words, words = old ? 2 * old : 1;
	size_t sets = coverage->object_count * COVERAGE_CLASSES;

	if (coverage->places.count < old * COVERAGE_WORD_BITS)
		return;
	coverage->before = reshape(coverage->before,
				   (struct shape){ old * COVERAGE_WORD_BITS, old },
				   (struct shape){ words * COVERAGE_WORD_BITS, words });
	coverage->passed = reshape(coverage->passed, (struct shape){ sets, old },
				   (struct shape){ sets, words });
	coverage->words = words;
}

static void make_room_for_object(struct coverage *coverage, uint32_t object)
{
	size_t old = coverage->object_count;

	if (object < old)
		return;
	while (object >= coverage->object_count)
		coverage->object_count = 2 * coverage->object_count + 16;
	coverage->passed = reshape(
		coverage->passed, (struct shape){ old * COVERAGE_CLASSES, coverage->words },
		(struct shape){ coverage->object_count * COVERAGE_CLASSES, coverage->words });
}

/* ---- Places ------------------------------------------------------------------------------ */

static uint32_t *number_of(const struct coverage *coverage, struct coverage_place place)
{
	size_t index = place.cpu * coverage->point_count + place.point;

	return &coverage->numbers[index * COVERAGE_CLASSES + place.class];
}

static uint32_t find_place(struct coverage *coverage, struct coverage_place place)
{
	uint32_t *number = number_of(coverage, place);

	if (*number)
		return *number - 1;
	make_room_for_place(coverage);
	vec_push(&coverage->places, place);
	*number = (uint32_t)coverage->places.count;
	return *number - 1;
}

static uint8_t class_of(enum baton_access_kind kind)
{
	if (kind == BATON_READ)
		return DPOR_READS;
	return kind == BATON_ADD ? DPOR_ADDS : DPOR_EXCLUSIVE;
}

/* ---- Looking on -------------------------------------------------------------------------- */

static struct coverage *of_strategy(struct strategy *strategy)
{
	return (void *)((char *)strategy - offsetof(struct coverage, strategy));
}

static void coverage_begin(struct strategy *strategy)
{
	of_strategy(strategy)->position = 0;
	strategy->inner->begin(strategy->inner);
}

/* Forget the events from the current position on. */
static void cut(struct coverage *coverage)
{
	while (coverage->events.count > coverage->position) {
		const struct coverage_event *event = &vec_pop(&coverage->events);
		unsigned int class;

		if (!event->fresh || coverage->looked <= coverage->events.count)
			continue;
		class = coverage->places.items[event->place].class;
		passed(coverage, event->object, class)[event->place / COVERAGE_WORD_BITS] &=
			~(UINT64_C(1) << event->place % COVERAGE_WORD_BITS);
	}
	if (coverage->looked > coverage->position)
		coverage->looked = coverage->position;
}

/* What CPU @cpu is about to do. */
static struct coverage_event event_of(struct coverage *coverage, uint32_t cpu)
{
	struct sim_access access = sim_pending((int)cpu);
	struct coverage_event event = { BATON_CHOICE_CPU, (uint8_t)cpu, false, 0, 0 };
	struct coverage_place place = { .cpu = (uint8_t)cpu, .class = class_of(access.kind) };

	if (access.kind == BATON_LOCAL)
		return event;
	place.point = (uint32_t)(access.point - baton_point_next(NULL));
	event.object = dpor_object_find(&coverage->objects, access.object);
	event.place = find_place(coverage, place);
	make_room_for_object(coverage, event.object);
	return event;
}

/* Does the last execution have the same pick here, after the same ones? */
static bool is_known(const struct coverage *coverage, const struct choice *choice, uint32_t picked)
{
	const struct coverage_event *event;

	if (coverage->position >= coverage->events.count)
		return false;
	event = &coverage->events.items[coverage->position];
	return event->picked == picked && event->kind == choice->kind;
}

static uint32_t coverage_pick(struct strategy *strategy, const struct choice *choice)
{
	struct coverage *coverage = of_strategy(strategy);
	uint32_t picked = strategy->inner->pick(strategy->inner, choice);

	if (picked == STRATEGY_STOP)
		return picked;
	if (is_known(coverage, choice, picked)) {
		coverage->position++;
		return picked;
	}
	cut(coverage);
	if (choice->kind == BATON_CHOICE_CPU)
		vec_push(&coverage->events, event_of(coverage, picked));
	else
		vec_push(&coverage->events,
			 ((struct coverage_event){ (uint8_t)choice->kind, (uint8_t)picked, false, 0,
						   0 }));
	coverage->position++;
	return picked;
}

static bool coverage_end(struct strategy *strategy)
{
	return strategy->inner->end(strategy->inner);
}

static struct strategy *wrap(struct explore_filter *observer, struct strategy *inner)
{
	struct coverage *coverage =
		(void *)((char *)observer - offsetof(struct coverage, observer));

	coverage->strategy.inner = inner;
	return &coverage->strategy;
}

/* ---- The order of events ----------------------------------------------------------------- */

static bool classes_conflict(unsigned int a, unsigned int b)
{
	return a != b || a == DPOR_EXCLUSIVE;
}

static void look_at(struct coverage *coverage, struct coverage_event *event)
{
	unsigned int class = coverage->places.items[event->place].class;
	uint64_t *mine = passed(coverage, event->object, class);
	uint64_t *row = coverage_before(coverage, event->place);

	for (unsigned int other = 0; other < COVERAGE_CLASSES; other++) {
		const uint64_t *set = passed(coverage, event->object, other);

		for (size_t i = 0; classes_conflict(class, other) && i < coverage->words; i++)
			row[i] |= set[i];
	}
	event->fresh = !coverage_has(mine, event->place);
	add(mine, event->place);
}

void coverage_execution(struct coverage *coverage)
{
	cut(coverage); /* it may be a beginning of the last one */
	for (; coverage->looked < coverage->events.count; coverage->looked++) {
		struct coverage_event *event = &coverage->events.items[coverage->looked];

		if (event->object)
			look_at(coverage, event);
	}
}

/* ---- Parts of a search ------------------------------------------------------------------- */

static struct coverage *of_gatherer(struct gatherer *gatherer)
{
	return (struct coverage *)gatherer;
}

static void restart(struct gatherer *gatherer)
{
	struct coverage *coverage = of_gatherer(gatherer);

	coverage->position = 0;
	cut(coverage);
	if (coverage->words)
		memset(coverage->before, 0,
		       coverage->words * COVERAGE_WORD_BITS * coverage->words * sizeof(uint64_t));
}

static void save_place(const struct coverage_place *place, struct text *text)
{
	text_addf(text, " %u %u %u", place->cpu, place->point, place->class);
}

/* "order 0 17 0 1 20 1": CPU, point and class of what came first, and of what came then. */
static void save(const struct gatherer *gatherer, struct text *text)
{
	const struct coverage *coverage = (const struct coverage *)gatherer;

	for (size_t then = 0; then < coverage->places.count; then++)
		for (size_t first = 0; first < coverage->places.count; first++) {
			if (!coverage_has(coverage_before(coverage, then), first))
				continue;
			text_add(text, "order");
			save_place(&coverage->places.items[first], text);
			save_place(&coverage->places.items[then], text);
			text_add_char(text, '\n');
		}
}

static int read_place(const struct coverage *coverage, struct fields *fields,
		      struct coverage_place *place, struct err *err)
{
	uint64_t cpu = 0, point = 0, class = 0;

	if (!coverage->point_count)
		return fields_fail(fields, err, "the program has no points");
	if (fields_number(fields, coverage->program->cpu_count - 1, &cpu, err) ||
	    fields_number(fields, coverage->point_count - 1, &point, err) ||
	    fields_number(fields, COVERAGE_CLASSES - 1, &class, err))
		return -1;
	*place = (struct coverage_place){ (uint8_t)cpu, (uint8_t) class, (uint32_t)point };
	return 0;
}

static int merge(struct gatherer *gatherer, struct fields *fields, struct err *err)
{
	struct coverage *coverage = of_gatherer(gatherer);
	struct coverage_place first, then;

	while (fields_take(fields, "order")) {
		uint32_t a, b;

		if (read_place(coverage, fields, &first, err) ||
		    read_place(coverage, fields, &then, err) || fields_end(fields, err))
			return -1;
		a = find_place(coverage, first);
		b = find_place(coverage, then);
		add(coverage_before(coverage, b), a);
	}
	return 0;
}

void coverage_init(struct coverage *coverage, const struct baton_program *program)
{
	*coverage = (struct coverage){
		.gatherer = { .restart = restart, .save = save, .merge = merge },
		.observer = { .wrap = wrap },
		.strategy = { .begin = coverage_begin, .pick = coverage_pick, .end = coverage_end },
		.program = program,
		.point_count = count_points(),
	};
	coverage->numbers =
		xcalloc(program->cpu_count * coverage->point_count * COVERAGE_CLASSES + 1,
			sizeof(*coverage->numbers));
	dpor_objects_init(&coverage->objects);
}

void coverage_release(struct coverage *coverage)
{
	free(coverage->numbers);
	vec_release(&coverage->places);
	free(coverage->before);
	dpor_objects_release(&coverage->objects);
	free(coverage->passed);
	vec_release(&coverage->events);
}
