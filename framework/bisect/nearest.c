/* SPDX-License-Identifier: MIT */
#include "bisect/nearest.h"

#include <string.h>

#include "base/vec.h"

/* As much as so many characters of the name: it conflicts with the other place. */
#define CONFLICTS 4u

/* Are these the same place of a run? */
static bool is_same(const struct nearest_point *point, const struct ref *ref)
{
	return ref->kind == REF_POINT && ref->cpu == point->ref->cpu &&
	       !strcmp(ref->name.text, point->ref->name.text);
}

void nearest_add(struct nearest *nearest, const struct ref *ref, const struct ref *partner)
{
	for (size_t i = 0; i < nearest->points.count; i++)
		if (is_same(&nearest->points.items[i], ref))
			return;
	vec_push(&nearest->points, ((struct nearest_point){ .ref = ref, .partner = partner }));
}

void nearest_release(struct nearest *nearest)
{
	vec_release(&nearest->points);
}

/* ---- Which are near ------------------------------------------------------------------------ */

/* How much of the names is the same, from the front and from the back. */
static unsigned int likeness(const char *a, const char *b)
{
	size_t a_length = strlen(a), b_length = strlen(b), front = 0, back = 0;
	size_t shorter = a_length < b_length ? a_length : b_length;

	while (front < shorter && a[front] == b[front])
		front++;
	while (back < shorter - front && a[a_length - 1 - back] == b[b_length - 1 - back])
		back++;
	return (unsigned int)(front + back);
}

static bool is_gone(const struct nearest *nearest, const struct ref *ref)
{
	for (size_t i = 0; i < nearest->points.count; i++)
		if (is_same(&nearest->points.items[i], ref))
			return true;
	return false;
}

/* It may stand there by an old name that has an alias. */
static const char *name_of(const struct ref *ref)
{
	return ref->point ? ref->point->name : ref->name.text;
}

static bool names_it(const struct nearest *nearest, const struct ref *ref, unsigned int cpu,
		     const char *name)
{
	return ref->kind == REF_POINT && ref->cpu == cpu && !strcmp(name_of(ref), name) &&
	       !is_gone(nearest, ref);
}

/* Does the core name it, as a place that is still there? */
static bool is_taken(const struct nearest *nearest, const struct scenario *scenario,
		     unsigned int cpu, const char *name)
{
	for (size_t i = 0; i < scenario->order.count; i++)
		if (names_it(nearest, &scenario->order.items[i].first, cpu, name) ||
		    names_it(nearest, &scenario->order.items[i].second, cpu, name))
			return true;
	for (size_t i = 0; i < scenario->lost.count; i++)
		if (names_it(nearest, &scenario->lost.items[i].first, cpu, name) ||
		    names_it(nearest, &scenario->lost.items[i].second, cpu, name))
			return true;
	return false;
}

/* Sorted in, or left out if there are enough that are nearer. */
static void insert(struct nearest_point *point, const char *name, unsigned int like)
{
	size_t at = 0;

	for (size_t i = 0; i < point->count; i++)
		if (!strcmp(point->names[i], name)) {
			if (point->likeness[i] >= like)
				return;
			point->count--;
			memmove(&point->names[i], &point->names[i + 1],
				(point->count - i) * sizeof(*point->names));
			memmove(&point->likeness[i], &point->likeness[i + 1],
				(point->count - i) * sizeof(*point->likeness));
		}
	while (at < point->count && point->likeness[at] >= like)
		at++;
	if (at == NEAREST_MAX)
		return;
	point->count -= point->count == NEAREST_MAX;
	memmove(&point->names[at + 1], &point->names[at],
		(point->count - at) * sizeof(*point->names));
	memmove(&point->likeness[at + 1], &point->likeness[at],
		(point->count - at) * sizeof(*point->likeness));
	point->names[at] = name;
	point->likeness[at] = like;
	point->count++;
}

/* Is @side where the other place of the order is? If that is gone, too: any of its CPU. */
static bool is_partner(const struct nearest *nearest, const struct nearest_point *point,
		       const struct coverage_side *side)
{
	const struct ref *partner = point->partner;

	if (side->cpu_index != partner->cpu)
		return false;
	return partner->kind == REF_LABEL || is_gone(nearest, partner) ||
	       !strcmp(side->point->name, name_of(partner));
}

/* A CPU passes a point. */
struct passed {
	unsigned int cpu;
	const struct baton_point *point;
	unsigned int more; /* how near it is beside its name */
};

static void consider(const struct nearest *nearest, struct nearest_point *point,
		     const struct scenario *scenario, struct passed passed)
{
	const char *old = point->ref->name.text, *now = passed.point->name;

	if (passed.cpu == point->ref->cpu && passed.point->labelled && strcmp(now, old) != 0 &&
	    !is_taken(nearest, scenario, passed.cpu, now))
		insert(point, now, likeness(old, now) + passed.more);
}

static void look_at(struct nearest *nearest, struct nearest_point *point,
		    const struct scenario *scenario, const struct coverage_pair *pair)
{
	for (int i = 0; i < 2; i++) {
		const struct coverage_side *side = &pair->sides[i];
		bool conflicts = is_partner(nearest, point, &pair->sides[!i]);

		consider(nearest, point, scenario,
			 (struct passed){ side->cpu_index, side->point,
					  conflicts ? CONFLICTS : 0 });
	}
}

void nearest_conflicts(struct nearest *nearest, const struct scenario *scenario,
		       const struct coverage_result *pairs)
{
	for (size_t i = 0; i < nearest->points.count; i++)
		for (size_t k = 0; k < pairs->pairs.count; k++)
			look_at(nearest, &nearest->points.items[i], scenario,
				&pairs->pairs.items[k]);
}

void nearest_passed(struct nearest *nearest, const struct scenario *scenario,
		    const struct trace *trace)
{
	for (size_t i = 0; i < nearest->points.count; i++)
		for (size_t k = 0; k < trace->events.count; k++) {
			const struct trace_event *event = &trace->events.items[k];

			if (event->type == TRACE_STEP)
				consider(nearest, &nearest->points.items[i], scenario,
					 (struct passed){ (unsigned int)event->cpu, event->point,
							  0 });
		}
}

/* ---- The text ------------------------------------------------------------------------------ */

/* A name in the text, and what comes in its place. */
struct replaced {
	struct span span;
	const char *name;
};

struct replacements {
	VEC(struct replaced) list;
};

static void replace(struct replacements *replacements, const struct nearest *nearest,
		    const size_t *chosen, const struct ref *ref)
{
	for (size_t i = 0; i < nearest->points.count; i++)
		if (is_same(&nearest->points.items[i], ref))
			vec_push(&replacements->list,
				 ((struct replaced){ ref->name.at,
						     nearest->points.items[i].names[chosen[i]] }));
}

static int compare(const void *a, const void *b)
{
	const struct replaced *x = a, *y = b;

	return (x->span.begin > y->span.begin) - (x->span.begin < y->span.begin);
}

void nearest_text(const struct nearest *nearest, const struct scenario *scenario,
		  const size_t *chosen, struct text *text)
{
	const char *source = scenario->source.text;
	struct replacements replacements = { .list = { 0 } };
	uint32_t at = 0;

	for (size_t i = 0; i < scenario->order.count; i++) {
		replace(&replacements, nearest, chosen, &scenario->order.items[i].first);
		replace(&replacements, nearest, chosen, &scenario->order.items[i].second);
	}
	for (size_t i = 0; i < scenario->lost.count; i++) {
		replace(&replacements, nearest, chosen, &scenario->lost.items[i].first);
		replace(&replacements, nearest, chosen, &scenario->lost.items[i].second);
	}
	if (replacements.list.count)
		qsort(replacements.list.items, replacements.list.count,
		      sizeof(*replacements.list.items), compare);
	for (size_t i = 0; i < replacements.list.count; i++) {
		const struct replaced *replaced = &replacements.list.items[i];

		text_add_bytes(text, source + at, replaced->span.begin - at);
		text_add(text, replaced->name);
		at = replaced->span.end;
	}
	text_add(text, source + at);
	vec_release(&replacements.list);
}
