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

/* One change each; the next case undoes nothing, so every hash must be new. */
static void change(struct trace *trace, unsigned int which)
{
	struct trace_event *step = &trace->events.items[0], *note = &trace->events.items[1];

	switch (which) {
	case 0:
		step->point = &there;
		break;
	case 1:
		step->point = &other;
		break;
	case 2:
		step->values[0] = 1;
		break;
	case 3:
		step->values[1] = 3;
		break;
	case 4:
		step->cpu = 0;
		break;
	case 5:
		step->preempts = true;
		break;
	case 6:
		step->blocked = 2;
		break;
	case 7:
		step->kind = BATON_RMW;
		break;
	case 8:
		note->text[0] = 'B';
		break;
	case 9:
		note->type = TRACE_CALL;
		break;
	case 10:
		note->option = 1;
		break;
	case 11:
		note->choice_kind = BATON_CHOICE_FAULT;
		break;
	case 12:
		note->phase = TRACE_FINALLY;
		break;
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
		change(&trace, i);
		seen[i + 1] = trace_hash(&trace);
		for (unsigned int j = 0; j <= i; j++)
			cr_expect_neq(seen[i + 1], seen[j], "change %u", i);
	}
	trace_release(&trace);
}
