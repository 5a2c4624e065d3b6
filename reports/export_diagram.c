/* SPDX-License-Identifier: MIT */
/*
 * export_diagram.c - sequence diagrams, in the languages of mermaid and of PlantUML: one
 * participant per CPU, one line per step that says something.
 *
 * Both are for pages that people look at: behind MESSAGES_MAX lines the rest is counted only.
 */
#include <string.h>

#include "reports/export.h"
#include "reports/story.h"

#define MESSAGES_MAX 60u

struct dialect {
	const char *begin, *end;
	const char *participant; /* with the number and the name of a CPU */
	const char *step;        /* with the CPU twice, and the text */
	const char *preempts;    /* with the CPU before, and this one */
	const char *waits;       /* with the CPU, and the text */
	const char *rest;        /* with a text, over all CPUs from the first to the last */
	void (*add)(const char *text, struct text *out);
};

/* What means something to mermaid is written as its number; so is the word that ends blocks. */
static void add_mermaid(const char *text, struct text *out)
{
	for (; *text; text++) {
		if (!strncmp(text, "end", 3) && (!text[3] || text[3] == ' ')) {
			text_add(out, "e#110;d");
			text += 2;
		} else if (strchr("#;<>{}\"%", *text)) {
			text_addf(out, "#%d;", *text);
		} else {
			text_add_char(out, *text);
		}
	}
}

/* In creole, "--", "**", "//" and the like are fonts: the first of two is written as its number. */
static void add_plantuml(const char *text, struct text *out)
{
	for (; *text; text++) {
		if (strchr("~\\<[\"'", *text) || (strchr("*_/-", *text) && text[1] == *text))
			text_addf(out, "<U+%04X>", (unsigned int)*text);
		else
			text_add_char(out, *text);
	}
}

static const struct dialect mermaid = {
	.begin = "sequenceDiagram\n",
	.end = "",
	.participant = "    participant C%d as CPU %s\n",
	.step = "    C%d->>C%d: %s\n",
	.preempts = "    C%d-->>C%d: preempted\n",
	.waits = "    Note right of C%d: %s\n",
	.rest = "    Note over C%d,C%d: %s\n",
	.add = add_mermaid,
};

static const struct dialect plantuml = {
	.begin = "@startuml\n",
	.end = "@enduml\n",
	.participant = "participant C%d as \"CPU %s\"\n",
	.step = "C%d -> C%d : %s\n",
	.preempts = "C%d -[dashed]-> C%d : preempted\n",
	.waits = "hnote right of C%d : %s\n",
	.rest = "note over C%d, C%d : %s\n",
	.add = add_plantuml,
};

struct diagram {
	const struct dialect *dialect;
	const struct trace *trace;
	const struct story *story;
	unsigned int messages;
	unsigned int left_out;
	size_t next; /* step of the story */
	int last;    /* CPU of the last step, -1 */
	struct text *out;
};

/* The formats are those of the dialects above. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static void put_participants(struct diagram *diagram)
{
	const struct baton_program *program = diagram->trace->program;
	uint64_t used = 0;

	for (size_t i = 0; i < diagram->trace->events.count; i++) {
		const struct trace_event *event = &diagram->trace->events.items[i];

		if (event->cpu >= 0)
			used |= UINT64_C(1) << event->cpu;
	}
	for (unsigned int cpu = 0; cpu < program->cpu_count; cpu++)
		if (used >> cpu & 1)
			text_addf(diagram->out, diagram->dialect->participant, (int)cpu,
				  program->cpus[cpu].name);
}

static void put_step(struct diagram *diagram, const struct story_step *step)
{
	const struct dialect *dialect = diagram->dialect;
	int cpu = step->event->cpu;
	struct text text = TEXT_INIT, shown = TEXT_INIT;

	if (step->event->preempts && diagram->last >= 0)
		text_addf(diagram->out, dialect->preempts, diagram->last, cpu);
	text_addf(&text, "%u ", step->event->step);
	story_text(step, &text);
	dialect->add(text.bytes, &shown);
	text_addf(diagram->out, dialect->step, cpu, cpu, shown.bytes);
	text_release(&text);
	text_release(&shown);
}

static void put_wait(struct diagram *diagram, const struct trace_event *event)
{
	struct text shown = TEXT_INIT;

	diagram->dialect->add(event->text, &shown);
	text_addf(diagram->out, diagram->dialect->waits, event->cpu, shown.bytes);
	text_release(&shown);
}

static void put_event(struct diagram *diagram, const struct trace_event *event)
{
	const struct story_step *step;

	if (event->phase != TRACE_MAIN)
		return;
	if (event->type == TRACE_WAIT && diagram->messages < MESSAGES_MAX)
		put_wait(diagram, event);
	if (event->type != TRACE_STEP)
		return;
	step = &diagram->story->steps.items[diagram->next++];
	if (story_tells(step)) {
		if (diagram->messages++ < MESSAGES_MAX)
			put_step(diagram, step);
		else
			diagram->left_out++;
	}
	diagram->last = event->cpu;
}

static void put_rest(struct diagram *diagram, const char *text)
{
	struct text shown = TEXT_INIT;
	int first = -1, last = -1;

	for (size_t i = 0; i < diagram->story->steps.count; i++) {
		int cpu = diagram->story->steps.items[i].event->cpu;

		first = first < 0 || cpu < first ? cpu : first;
		last = cpu > last ? cpu : last;
	}
	diagram->dialect->add(text, &shown);
	if (first >= 0)
		text_addf(diagram->out, diagram->dialect->rest, first, last, shown.bytes);
	text_release(&shown);
}

#pragma GCC diagnostic pop

static void put_end(struct diagram *diagram)
{
	const struct finding *finding = &diagram->trace->finding;
	struct text text = TEXT_INIT;

	if (diagram->left_out) {
		text_addf(&text, "%u more steps", diagram->left_out);
		put_rest(diagram, text.bytes);
		text_clear(&text);
	}
	if (finding->kind != FINDING_NONE) {
		text_addf(&text, "%s: %s", finding->name, finding->text.bytes);
		put_rest(diagram, text.bytes);
	}
	text_release(&text);
}

static void draw(const struct exhibit *exhibit, const struct dialect *dialect, struct text *out)
{
	struct story story;
	struct diagram diagram = { .dialect = dialect,
				   .trace = exhibit->trace,
				   .story = &story,
				   .last = -1,
				   .out = out };

	story_init(&story, exhibit->trace);
	text_add(out, dialect->begin);
	put_participants(&diagram);
	for (size_t i = 0; i < exhibit->trace->events.count; i++)
		put_event(&diagram, &exhibit->trace->events.items[i]);
	put_end(&diagram);
	text_add(out, dialect->end);
	story_release(&story);
}

void export_mermaid(const struct exhibit *exhibit, const struct report_options *options,
		    struct text *out)
{
	(void)options;
	draw(exhibit, &mermaid, out);
}

void export_plantuml(const struct exhibit *exhibit, const struct report_options *options,
		     struct text *out)
{
	(void)options;
	draw(exhibit, &plantuml, out);
}
