/* SPDX-License-Identifier: MIT */
#include "reports/sample.h"

#include <string.h>

void sample_init(struct sample *sample, const struct baton_program *program)
{
	trace_init(&sample->trace, program);
	sample->phase = TRACE_MAIN;
}

static struct trace_event *add(struct sample *sample, enum trace_type type, int cpu,
			       const char *text)
{
	return trace_add(&sample->trace, (struct trace_event){
						 .type = type,
						 .phase = sample->phase,
						 .cpu = cpu,
						 .step = sample->trace.steps,
						 .text = text ? xstrdup(text) : NULL,
					 });
}

void sample_step(struct sample *sample, int cpu, const struct baton_point *point)
{
	struct trace_event *event;

	if (sample->phase == TRACE_MAIN)
		sample->trace.steps++;
	event = add(sample, TRACE_STEP, cpu, NULL);
	event->point = point;
}

void sample_preempt(struct sample *sample, int cpu, const struct baton_point *point)
{
	sample_step(sample, cpu, point);
	sample->trace.events.items[sample->trace.events.count - 1].preempts = true;
	sample->trace.preemptions++;
}

void sample_values(struct sample *sample, const long *values)
{
	size_t size = sample->trace.program->watch_count * sizeof(*values);
	size_t last = sample->trace.events.count - 1;
	struct trace_event *event;

	while (last && sample->trace.events.items[last].type != TRACE_STEP &&
	       sample->trace.events.items[last].type != TRACE_STATE)
		last--;
	event = &sample->trace.events.items[last];
	free(event->values);
	event->values = xrealloc(NULL, size);
	memcpy(event->values, values, size);
}

void sample_call(struct sample *sample, int cpu, const char *text)
{
	add(sample, TRACE_CALL, cpu, text);
}

void sample_return(struct sample *sample, int cpu)
{
	add(sample, TRACE_RETURN, cpu, NULL);
}

void sample_wait(struct sample *sample, int cpu, const char *text)
{
	add(sample, TRACE_WAIT, cpu, text);
}

void sample_ready(struct sample *sample, int cpu)
{
	add(sample, TRACE_READY, cpu, NULL);
}

void sample_note(struct sample *sample, int cpu, const char *text)
{
	add(sample, TRACE_NOTE, cpu, text);
}

void sample_choice(struct sample *sample, int cpu, enum baton_choice_kind kind, const char *name,
		   unsigned int option)
{
	struct trace_event *event = add(sample, TRACE_CHOICE, cpu, name);

	event->choice_kind = kind;
	event->option = option;
	sample->trace.faults += kind == BATON_CHOICE_FAULT && option;
}

enum {
	KSWAPD,
	DIO,
	USER
};

static const struct baton_cpu_program kosaki_cpus[] = {
	{ .name = "kswapd", .host = -1 },
	{ .name = "dio", .host = -1 },
	{ .name = "user", .host = -1 },
};
static const struct baton_watch kosaki_watches[] = {
	{ .name = "A.ref" },
	{ .name = "map" },
	{ .name = "sc" },
	{ .name = "pin" },
};
static const struct baton_program kosaki = {
	.name = "pin-vs-unmap",
	.cpus = kosaki_cpus,
	.cpu_count = 3,
	.watches = kosaki_watches,
	.watch_count = 4,
};

static const struct baton_point added = { "swap/added", "mm/swap.c", 88, 1 };
static const struct baton_point count_checked = { "rmap/count_checked", "mm/rmap.c", 1807, 1 };
static const struct baton_point pte_read = { "gup_fast/pte_read", "mm/gup.c", 41, 1 };
static const struct baton_point ref_taken = { "gup_fast/ref_taken", "mm/gup.c", 47, 1 };
static const struct baton_point pte_recheck = { "gup_fast/pte_recheck", "mm/gup.c", 52, 1 };
static const struct baton_point pte_cleared = { "rmap/pte_cleared", "mm/rmap.c", 1815, 1 };
static const struct baton_point freeze = { "reclaim/freeze", "mm/reclaim.c", 64, 1 };
static const struct baton_point load = { "user/load", "mm/touch.c", 12, 1 };
static const struct baton_point store = { "user/store", "mm/touch.c", 25, 1 };
static const struct baton_point dma_write = { "dma/write", "mm/dma.c", 9, 1 };
static const struct baton_point put_page = { "page/put", "mm/page.c", 77, 1 };

static void values(struct sample *sample, long ref, long map, long swap_count)
{
	const long all[] = { ref, map, swap_count, 0 };

	sample_values(sample, all);
}

/* Steps 1 and 2: the page goes to the swap cache, and nobody holds it yet. */
static void kosaki_begin(struct sample *sample)
{
	add(sample, TRACE_STATE, -1, NULL);
	values(sample, 2, 1, 0);
	sample_call(sample, KSWAPD, "shrink_page(A)");
	sample_step(sample, KSWAPD, &added);
	values(sample, 3, 1, 1);
	sample_step(sample, KSWAPD, &count_checked);
	sample_note(sample, KSWAPD, "3 == 1 + 2");
	values(sample, 3, 1, 1);
}

static void kosaki_pin(struct sample *sample)
{
	sample_call(sample, DIO, "gup_fast(A, FOLL_WRITE)");
	sample_preempt(sample, DIO, &pte_read);
	sample_note(sample, DIO, "present, writable");
	values(sample, 3, 1, 1);
	sample_step(sample, DIO, &ref_taken);
	values(sample, 4, 1, 1);
	sample_step(sample, DIO, &pte_recheck);
	sample_note(sample, DIO, "same");
	values(sample, 4, 1, 1);
	sample_return(sample, DIO);
}

static void kosaki_unmap(struct sample *sample)
{
	sample_preempt(sample, KSWAPD, &pte_cleared);
	values(sample, 3, 0, 1);
	sample_step(sample, KSWAPD, &freeze);
	sample_note(sample, KSWAPD, "busy");
	values(sample, 3, 0, 1);
	sample_return(sample, KSWAPD);
}

static void kosaki_copy(struct sample *sample)
{
	sample_step(sample, USER, &load);
	sample_note(sample, USER, "maps A read-only");
	values(sample, 4, 1, 1);
	sample_step(sample, USER, &store);
	sample_note(sample, USER, "copies A -> A'");
	values(sample, 3, 0, 1);
	sample_step(sample, DIO, &dma_write);
	sample_note(sample, DIO, "0x5a -> A, nobody maps it");
	values(sample, 3, 0, 1);
	sample_step(sample, DIO, &put_page);
	values(sample, 2, 0, 1);
}

void sample_kosaki(struct sample *sample)
{
	sample_init(sample, &kosaki);
	kosaki_begin(sample);
	kosaki_pin(sample);
	kosaki_unmap(sample);
	kosaki_copy(sample);
	sample->phase = TRACE_FINALLY;
	sample_call(sample, -1, "load(A)");
	sample_note(sample, -1, "seen == 0x11");
	sample_return(sample, -1);
}

void sample_kosaki_schedule(struct schedule *schedule)
{
	static const uint8_t cpus[] = { KSWAPD, KSWAPD, DIO,  DIO, DIO, KSWAPD,
					KSWAPD, USER,   USER, DIO, DIO };

	for (size_t i = 0; i < ARRAY_SIZE(cpus); i++) {
		struct schedule_entry entry = { BATON_CHOICE_CPU, cpus[i] };

		vec_push(&schedule->entries, entry);
	}
}
