/* SPDX-License-Identifier: MIT */
/*
 * export_dot.c - what happened before what, for Graphviz.
 *
 * A cluster per CPU, with its steps in order. An edge from one CPU to another: their accesses
 * are to one address, and their order matters. Only the nearest one of each CPU is drawn; what
 * follows from other edges mostly is not. Dashed: this step preempts. Steps without such an
 * edge and without a name are left out.
 */
#include <string.h>

#include "reports/export.h"
#include "reports/story.h"

/* Does the order of two accesses to one address matter? As in the search. */
static bool conflict(const struct trace_event *a, const struct trace_event *b)
{
	if (a->cpu == b->cpu || !a->location || a->location != b->location)
		return false;
	if (a->kind == BATON_LOCAL || b->kind == BATON_LOCAL)
		return false;
	return a->kind != b->kind || (a->kind != BATON_READ && a->kind != BATON_ADD);
}

static void add_label(const char *text, struct text *out)
{
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			text_add_char(out, '\\');
		text_add_char(out, *text);
	}
}

struct graph {
	const struct trace *trace;
	struct story story;
	bool *shown; /* by step */
	struct text edges;
	struct text *out;
};

static void add_edge(struct graph *graph, size_t from, size_t to)
{
	struct text object = TEXT_INIT;

	graph->shown[from] = graph->shown[to] = true;
	story_object(graph->trace, graph->story.steps.items[to].event, &object);
	text_addf(&graph->edges, "\ts%zu -> s%zu [color=red, label=\"", from + 1, to + 1);
	add_label(object.bytes, &graph->edges);
	text_add(&graph->edges, "\"];\n");
	text_release(&object);
}

/* The last step before @to of each other CPU that conflicts with it, up to a write of all. */
static void find_edges(struct graph *graph, size_t to)
{
	const struct trace_event *event = graph->story.steps.items[to].event;
	uint64_t found = 0;

	for (size_t from = to; from-- > 0;) {
		const struct trace_event *before = graph->story.steps.items[from].event;

		if (before->cpu == event->cpu && before->location == event->location &&
		    before->kind != BATON_READ)
			return; /* what was before that comes before this one, too */
		if (!conflict(before, event) || found >> before->cpu & 1)
			continue;
		found |= UINT64_C(1) << before->cpu;
		add_edge(graph, from, to);
		if (before->kind != BATON_READ && before->kind != BATON_ADD)
			return;
	}
}

static void put_node(struct graph *graph, size_t index)
{
	const struct story_step *step = &graph->story.steps.items[index];
	struct text text = TEXT_INIT;

	story_text(step, &text);
	text_addf(graph->out, "\t\ts%zu [label=\"%zu ", index + 1, index + 1);
	add_label(text.bytes, graph->out);
	text_addf(graph->out, "\"%s%s];\n", step->event->preempts ? ", style=bold" : "",
		  step->faults ? ", color=orange" : "");
	text_release(&text);
}

static void put_cpu(struct graph *graph, int cpu)
{
	size_t last = 0;

	text_addf(graph->out, "\tsubgraph cluster_%d {\n\t\tlabel=\"CPU %s\";\n", cpu,
		  graph->trace->program->cpus[cpu].name);
	for (size_t i = 0; i < graph->story.steps.count; i++) {
		if (graph->story.steps.items[i].event->cpu != cpu || !graph->shown[i])
			continue;
		put_node(graph, i);
		if (last)
			text_addf(graph->out, "\t\ts%zu -> s%zu;\n", last, i + 1);
		last = i + 1;
	}
	text_add(graph->out, "\t}\n");
}

static void put_preemptions(struct graph *graph)
{
	for (size_t i = 1; i < graph->story.steps.count; i++) {
		size_t before = i - 1;

		if (!graph->story.steps.items[i].event->preempts)
			continue;
		while (before && !graph->shown[before])
			before--;
		if (graph->shown[before])
			text_addf(graph->out,
				  "\ts%zu -> s%zu [style=dashed, label=\"preempted\"];\n",
				  before + 1, i + 1);
	}
}

void export_dot(const struct exhibit *exhibit, const struct report_options *options,
		struct text *out)
{
	struct graph graph = { .trace = exhibit->trace, .edges = TEXT_INIT, .out = out };

	(void)options;
	story_init(&graph.story, exhibit->trace);
	graph.shown = xcalloc(graph.story.steps.count + 1, sizeof(*graph.shown));
	for (size_t i = 0; i < graph.story.steps.count; i++) {
		graph.shown[i] |= story_tells(&graph.story.steps.items[i]);
		find_edges(&graph, i);
	}
	text_add(out, "digraph \"");
	add_label(exhibit->title, out);
	text_add(out, "\" {\n\trankdir=TB;\n\tnode [shape=box, fontname=monospace];\n");
	for (unsigned int cpu = 0; cpu < exhibit->trace->program->cpu_count; cpu++)
		put_cpu(&graph, (int)cpu);
	text_add(out, graph.edges.bytes);
	put_preemptions(&graph);
	text_add(out, "}\n");
	free(graph.shown);
	text_release(&graph.edges);
	story_release(&graph.story);
}
