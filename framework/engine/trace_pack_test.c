/* SPDX-License-Identifier: MIT */
#include "engine/trace_pack.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(trace_pack, .timeout = 10);

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

static void add_events(struct trace *trace)
{
	char function[] = "shrink_page", file[] = "mm/vmscan.c";
	struct trace_frame frame = { function, file, 40 };
	struct trace_event step = { .type = TRACE_STEP, .phase = TRACE_MAIN, .cpu = 1, .step = 1 };
	struct trace_event *event;

	step.point = &here;
	step.values = xcalloc(2, sizeof(*step.values));
	step.values[1] = -3;
	step.place = trace_place(trace, 0, &frame);
	step.object = trace_object(trace, "page", "A");
	event = trace_add(trace, step);
	trace_change(trace, event, trace_field(trace, step.object, "refs"), xstrdup("2"));
	trace_change(trace, event, trace_field(trace, step.object, "maps"), NULL);
	trace_add(trace, (struct trace_event){ .type = TRACE_NOTE, .text = xstrdup("busy") });
}

static void fill(struct trace *trace)
{
	trace_init(trace, &program);
	add_events(trace);
	trace_add_frame(trace, 0, "try_to_unmap", "mm/rmap.c", 7);
	trace_add_frame(trace, 0, "[libc.so.6]", NULL, 0);
	trace_set_state(trace, 0, xstrdup("next: a/b"));
	trace->finding.kind = FINDING_RULE;
	trace->finding.name = "lost_dma";
	trace->finding.cpu = 1;
	trace->finding.step = 1;
	text_add(&trace->finding.text, "lost");
	text_add(&trace->finding.details, "one\n");
	trace->steps = 1;
	trace->preemptions = 2;
	trace->faults = 3;
	trace->stacks_step = 4;
	trace->hash = 5;
}

static void compare_tables(const struct trace *was, const struct trace *is)
{
	cr_assert_eq(is->places.count, was->places.count);
	cr_expect_str_eq(is->places.items[1].frame.function, "shrink_page");
	cr_expect_eq(is->places.items[1].depth, 1);
	cr_assert_eq(is->objects.count, was->objects.count);
	cr_expect_str_eq(is->objects.items[1].kind, "page");
	cr_expect_str_eq(is->objects.items[1].name, "A");
	cr_assert_eq(is->fields.count, was->fields.count);
	cr_expect_str_eq(is->fields.items[1].name, "refs");
	cr_expect_eq(is->fields.items[2].object, was->fields.items[2].object);
	cr_assert_eq(is->changes.count, 2);
	cr_expect_str_eq(is->changes.items[0].value, "2");
	cr_expect_null(is->changes.items[1].value);
	cr_expect_eq(is->changes.items[1].field, was->changes.items[1].field);
}

Test(trace_pack, comes_back_as_it_was)
{
	struct text packed = TEXT_INIT;
	struct unpack from;
	struct trace was, is;

	fill(&was);
	trace_pack(&was, &packed);
	unpack_init(&from, &packed);
	fill(&is); /* what it had is forgotten */
	cr_assert(trace_unpack(&is, &from));
	cr_expect_eq(from.at, from.end);
	cr_expect_eq(trace_hash(&is), trace_hash(&was));
	cr_expect_neq(is.events.items[0].values, was.events.items[0].values, "it has its own");
	cr_expect_eq(is.events.items[0].point, &here);
	compare_tables(&was, &is);
	cr_expect_eq(is.preemptions, 2);
	cr_expect_eq(is.faults, 3);
	cr_expect_eq(is.stacks_step, 4);
	cr_expect_eq(is.hash, 5);
	cr_expect_eq(is.finding.cpu, 1);
	/* Objects are still found by their names. */
	cr_expect_eq(trace_object(&is, "page", "A"), was.events.items[0].object);
	text_release(&packed);
	trace_release(&was);
	trace_release(&is);
}

Test(trace_pack, refuses_what_is_cut_short)
{
	struct text packed = TEXT_INIT;
	struct trace was;

	fill(&was);
	trace_pack(&was, &packed);
	for (size_t length = 0; length < packed.length; length++) {
		char *part = xrealloc(NULL, length + 1); /* a sanitizer sees whoever reads on */
		struct unpack from = { part, part + length };
		struct trace is;

		memcpy(part, packed.bytes, length);
		trace_init(&is, &program);
		cr_expect_not(trace_unpack(&is, &from), "%zu of %zu bytes", length, packed.length);
		trace_release(&is);
		free(part);
	}
	text_release(&packed);
	trace_release(&was);
}
