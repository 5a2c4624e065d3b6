/* SPDX-License-Identifier: MIT */
#include "engine/trace.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(trace, .timeout = 10);

static const struct baton_cpu_program cpus[] = {
	{ .name = "kswapd", .host = -1 },
	{ .name = "dio", .host = -1 },
};
static const struct baton_watch watches[] = { { .name = "map" }, { .name = "ref" } };
static const struct baton_program program = {
	.name = "race",
	.cpus = cpus,
	.cpu_count = 2,
	.watches = watches,
	.watch_count = 2,
};
static const struct baton_point here = { "swap/added", "mm/swap.c", 12, 1 };
static const struct baton_point there = { "swap/added", "mm/swap.c", 13, 1 };
static const struct baton_point other = { "swap/deleted", "mm/swap.c", 12, 1 };

static void fill(struct trace *trace)
{
	long *values = xcalloc(2, sizeof(*values));
	struct trace_event step = {
		.type = TRACE_STEP,
		.phase = TRACE_MAIN,
		.cpu = 1,
		.step = 1,
		.point = &here,
		.values = values,
	};

	values[1] = -3;
	trace_init(trace, &program);
	trace_add(trace, step);
	trace_add(trace, (struct trace_event){ .type = TRACE_NOTE, .text = xstrdup("busy") });
	trace_add_frame(trace, 0, "try_to_unmap", "mm/rmap.c", 7);
	trace_add_frame(trace, 0, "[libc.so.6]", NULL, 0);
	trace_set_state(trace, 0, xstrdup("next: a/b"));
	trace->finding.kind = FINDING_RULE;
	trace->finding.name = "lost_dma";
	text_add(&trace->finding.text, "lost");
	text_add(&trace->finding.details, "one\n");
	trace->steps = 1;
}

Test(trace, equal_recordings_have_one_hash)
{
	struct trace a, b;

	fill(&a);
	fill(&b);
	cr_expect_eq(trace_hash(&a), trace_hash(&b));
	trace_clear(&b);
	cr_expect_eq(b.events.count, 0);
	cr_expect_eq(b.finding.kind, FINDING_NONE);
	cr_expect_neq(trace_hash(&a), trace_hash(&b));
	trace_release(&b);
	fill(&b);
	cr_expect_eq(trace_hash(&a), trace_hash(&b));
	trace_release(&a);
	trace_release(&b);
}

/* main() calls f(), which calls @function. */
static unsigned int add_stack(struct trace *trace, char *function)
{
	char caller[] = "main", callee[] = "f", file[] = "a.c";
	char *const names[] = { caller, callee, function };
	unsigned int place = 0;

	for (unsigned int i = 0; i < ARRAY_SIZE(names); i++)
		place = trace_place(trace, place, &(struct trace_frame){ names[i], file, i });
	return place;
}

Test(trace, stacks_share_what_they_have_in_common)
{
	char left[] = "g", right[] = "h";
	struct trace trace;
	unsigned int g, h;

	trace_init(&trace, &program);
	g = add_stack(&trace, left);
	h = add_stack(&trace, right);
	cr_expect_eq(trace.places.count, 5, "none, main, f, g, h");
	cr_expect_eq(add_stack(&trace, left), g);
	cr_expect_neq(g, h);
	cr_expect_eq(trace.places.items[g].caller, trace.places.items[h].caller);
	cr_expect_eq(trace.places.items[g].depth, 3);
	cr_expect_str_eq(trace.places.items[h].frame.function, "h");
	trace_release(&trace);
}

Test(trace, fields_belong_to_one_object)
{
	struct trace trace;
	unsigned int a, b, a_ref;

	trace_init(&trace, &program);
	a = trace_object(&trace, "page", "A");
	b = trace_object(&trace, "pte", "A");
	a_ref = trace_field(&trace, a, "refs");
	cr_expect_neq(a, b);
	cr_expect_eq(trace_object(&trace, "page", "A"), a);
	cr_expect_eq(trace_object(&trace, "pte", "A"), b);
	cr_expect_neq(trace_field(&trace, b, "refs"), a_ref);
	cr_expect_eq(trace_field(&trace, a, "refs"), a_ref);
	trace_release(&trace);
}

static unsigned int numbered_object(struct trace *trace, unsigned int number)
{
	struct text name = TEXT_INIT;
	unsigned int object;

	text_addf(&name, "%u", number);
	object = trace_object(trace, "page", name.bytes);
	text_release(&name);
	return object;
}

Test(trace, objects_are_found_where_chains_hold_several)
{
	struct trace trace;

	trace_init(&trace, &program);
	for (unsigned int i = 0; i < 3 * TRACE_CHAINS; i++)
		cr_assert_eq(numbered_object(&trace, i), i + 1);
	for (unsigned int i = 3 * TRACE_CHAINS; i-- > 0;)
		cr_assert_eq(numbered_object(&trace, i), i + 1);
	trace_clear(&trace);
	cr_expect_eq(numbered_object(&trace, 7), 1, "nothing is left of what was there");
	trace_release(&trace);
}

Test(trace, fields_are_found_in_any_order)
{
	static const char *const names[] = { "refs", "maps", "flags", "data" };
	static const unsigned int orders[][4] = { { 0, 1, 2, 3 }, { 3, 1, 0, 2 }, { 2, 2, 3, 0 } };
	unsigned int object, made[4];
	struct trace trace;

	trace_init(&trace, &program);
	object = trace_object(&trace, "page", "A");
	for (unsigned int i = 0; i < 4; i++)
		made[i] = trace_field(&trace, object, names[i]);
	for (unsigned int i = 0; i < ARRAY_SIZE(orders); i++)
		for (unsigned int k = 0; k < 4; k++)
			cr_expect_eq(trace_field(&trace, object, names[orders[i][k]]),
				     made[orders[i][k]]);
	cr_expect_eq(trace.fields.count, 5, "none, and four");
	trace_release(&trace);
}

static uint64_t hash_with_change(unsigned int field_of, const char *value)
{
	struct trace trace;
	unsigned int fields[2];
	uint64_t hash;

	trace_init(&trace, &program);
	trace_add(&trace, (struct trace_event){ .type = TRACE_STATE, .cpu = -1 });
	fields[0] = trace_field(&trace, trace_object(&trace, "page", "A"), "refs");
	fields[1] = trace_field(&trace, 1, "maps");
	trace_change(&trace, &trace.events.items[0], fields[field_of],
		     value ? xstrdup(value) : NULL);
	hash = trace_hash(&trace);
	trace_release(&trace);
	return hash;
}

Test(trace, what_a_program_shows_is_part_of_the_hash)
{
	cr_expect_eq(hash_with_change(0, "1"), hash_with_change(0, "1"));
	cr_expect_neq(hash_with_change(0, "1"), hash_with_change(1, "1"));
	cr_expect_neq(hash_with_change(0, "1"), hash_with_change(0, "2"));
	cr_expect_neq(hash_with_change(0, ""), hash_with_change(0, NULL));
}

#define LAST_OF_EVENTS 12u

/* One change each; the next case undoes nothing, so every hash must be new. */
static void change_event(struct trace_event *step, struct trace_event *note, unsigned int which)
{
	const struct baton_point *points[] = { &there, &other };

	if (which < 2)
		step->point = points[which];
	step->values[0] = which >= 2;
	step->values[1] = which >= 3 ? 3 : -3;
	step->cpu = which >= 4 ? 0 : 1;
	step->preempts = which >= 5;
	step->object = which >= 6;
	step->kind = which >= 7 ? BATON_RMW : BATON_READ;
	note->text[0] = which >= 8 ? 'B' : 'b';
	note->type = which >= 9 ? TRACE_CALL : TRACE_NOTE;
	note->option = which >= 10;
	note->choice_kind = which >= 11 ? BATON_CHOICE_FAULT : BATON_CHOICE_CPU;
	note->phase = which >= 12 ? TRACE_FINALLY : TRACE_SETUP;
}

static void change_rest(struct trace *trace, unsigned int which)
{
	switch (which) {
	case 13:
		trace->stacks[0].frames.items[0].line++;
		break;
	case 14:
		trace->stacks[0].frames.items[0].function[0] = 'T';
		break;
	case 15:
		trace->stacks[0].frames.items[0].file[0] = 'M';
		break;
	case 16:
		trace_add_frame(trace, 1, "f", NULL, 0);
		break;
	case 17:
		trace_set_state(trace, 0, xstrdup("next: a/c"));
		break;
	case 18:
		trace->finding.kind = FINDING_CRASH;
		break;
	case 19:
		trace->finding.name = "lost";
		break;
	case 20:
		trace->finding.cpu = 1;
		break;
	case 21:
		text_add(&trace->finding.text, "!");
		break;
	case 22:
		text_add(&trace->finding.details, "two\n");
		break;
	case 23:
		trace->steps++;
		break;
	case 24:
		trace->faults++;
		break;
	case 25:
		trace->finding.step++;
		break;
	default:
		trace_add(trace, (struct trace_event){ .type = TRACE_RETURN });
		break;
	}
}

Test(trace, every_difference_changes_the_hash)
{
	uint64_t seen[28];
	struct trace trace;

	fill(&trace);
	seen[0] = trace_hash(&trace);
	for (unsigned int i = 0; i < 27; i++) {
		if (i <= LAST_OF_EVENTS)
			change_event(&trace.events.items[0], &trace.events.items[1], i);
		else
			change_rest(&trace, i);
		seen[i + 1] = trace_hash(&trace);
		for (unsigned int j = 0; j <= i; j++)
			cr_expect_neq(seen[i + 1], seen[j], "change %u", i);
	}
	trace_release(&trace);
}
