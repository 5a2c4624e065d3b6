/* SPDX-License-Identifier: MIT */
/* align.c - the longest common subsequence of two lists of steps. */
#include "reports/align.h"

#include <string.h>

#include "base/text.h"
#include "reports/format.h"

/* ---- The steps of a trace, with their notes ---------------------------------------------- */

static void say(struct align_step *step, const char *what)
{
	struct text text = TEXT_INIT;

	text_add(&text, step->notes);
	text_add(&text, *step->notes ? "; " : "");
	format_clean(what, &text);
	free(step->notes);
	step->notes = text_detach(&text);
}

/* A fault that did not happen is no news. */
static void say_choice(struct align_step *step, const struct trace_event *event)
{
	bool fault = event->choice_kind == BATON_CHOICE_FAULT;
	struct text text = TEXT_INIT;

	if (fault)
		text_addf(&text, "%s fails", event->text);
	else
		text_addf(&text, "%s = %u", event->text, event->option);
	if (!fault || event->option)
		say(step, text.bytes);
	text_release(&text);
}

static void add_step(struct align *align, int side, const struct trace *trace,
		     const struct trace_event *event)
{
	size_t count = align->steps[side].count;
	const long *before = count ? align->steps[side].items[count - 1].values : NULL;
	const struct align_step step = {
		.event = event,
		.cpu = trace->program->cpus[event->cpu].name,
		.notes = xstrdup(""),
		.values = event->values ? event->values : before,
	};

	vec_push(&align->steps[side], step);
}

static void collect(struct align *align, int side, const struct trace *trace)
{
	size_t last[BATON_CPUS_MAX] = { 0 }; /* step of the CPU + 1 */

	for (size_t i = 0; i < trace->events.count; i++) {
		const struct trace_event *event = &trace->events.items[i];

		if (event->phase != TRACE_MAIN || event->cpu < 0)
			continue;
		if (event->type == TRACE_STEP) {
			add_step(align, side, trace, event);
			last[event->cpu] = align->steps[side].count;
		} else if (last[event->cpu] && event->type == TRACE_NOTE) {
			say(&align->steps[side].items[last[event->cpu] - 1], event->text);
		} else if (last[event->cpu] && event->type == TRACE_CHOICE) {
			say_choice(&align->steps[side].items[last[event->cpu] - 1], event);
		}
	}
}

/* ---- Which of them are the same ---------------------------------------------------------- */

/* A label means the same wherever it stands; other points are places in the source. */
static bool same_point(const struct baton_point *a, const struct baton_point *b)
{
	return !strcmp(a->name, b->name) &&
	       (a->labelled ? b->labelled : a->line == b->line && !strcmp(a->file, b->file));
}

static bool alike(const struct align_step *a, const struct align_step *b)
{
	return !strcmp(a->cpu, b->cpu) && same_point(a->event->point, b->event->point);
}

static void add_row(struct align *align, const struct align_step *a, const struct align_step *b)
{
	const struct align_row row = { a, b };

	vec_push(&align->rows, row);
}

enum way {
	WAY_BOTH,
	WAY_A, /* the step of A has no partner */
	WAY_B,
};

/* The part between what is common at both ends. */
struct middle {
	const struct align_step *a, *b;
	size_t a_count, b_count;
	uint8_t *ways; /* of (i, j), from there to the end: the best first move */
};

/* From the end to the beginning; two rows of lengths are enough. */
static void find_ways(struct middle *middle)
{
	size_t width = middle->b_count + 1;
	uint32_t *below = xcalloc(width, sizeof(*below)), *row = xcalloc(width, sizeof(*row));

	for (size_t i = middle->a_count; i-- > 0;) {
		uint32_t *swap = below;

		for (size_t j = middle->b_count; j-- > 0;) {
			enum way way = below[j] >= row[j + 1] ? WAY_A : WAY_B;

			row[j] = way == WAY_A ? below[j] : row[j + 1];
			if (alike(&middle->a[i], &middle->b[j])) {
				way = WAY_BOTH;
				row[j] = below[j + 1] + 1;
			}
			middle->ways[i * width + j] = (uint8_t)way;
		}
		below = row;
		row = swap;
		row[middle->b_count] = 0;
	}
	free(below);
	free(row);
}

static void add_middle(struct align *align, struct middle *middle)
{
	size_t width = middle->b_count + 1, i = 0, j = 0;

	middle->ways = xcalloc(middle->a_count + 1, width);
	find_ways(middle);
	while (i < middle->a_count || j < middle->b_count) {
		enum way way = i == middle->a_count ? WAY_B :
			       j == middle->b_count ? WAY_A :
						      (enum way)middle->ways[i * width + j];

		add_row(align, way == WAY_B ? NULL : &middle->a[i],
			way == WAY_A ? NULL : &middle->b[j]);
		i += way != WAY_B;
		j += way != WAY_A;
	}
	free(middle->ways);
}

void align_init(struct align *align, const struct trace *a, const struct trace *b)
{
	size_t before = 0, after = 0, a_count, b_count;
	struct middle middle;

	*align = (struct align){ 0 };
	collect(align, 0, a);
	collect(align, 1, b);
	a_count = align->steps[0].count;
	b_count = align->steps[1].count;
	middle = (struct middle){ align->steps[0].items, align->steps[1].items, a_count, b_count,
				  NULL };
	while (before < a_count && before < b_count &&
	       alike(&middle.a[before], &middle.b[before])) {
		add_row(align, &middle.a[before], &middle.b[before]);
		before++;
	}
	align->first = before;
	while (after < a_count - before && after < b_count - before &&
	       alike(&middle.a[a_count - 1 - after], &middle.b[b_count - 1 - after]))
		after++;
	middle.a += before;
	middle.b += before;
	middle.a_count = a_count - before - after;
	middle.b_count = b_count - before - after;
	add_middle(align, &middle);
	for (size_t i = after; i > 0; i--)
		add_row(align, &align->steps[0].items[a_count - i],
			&align->steps[1].items[b_count - i]);
}

void align_release(struct align *align)
{
	for (int side = 0; side < 2; side++) {
		for (size_t i = 0; i < align->steps[side].count; i++)
			free(align->steps[side].items[i].notes);
		vec_release(&align->steps[side]);
	}
	vec_release(&align->rows);
}
