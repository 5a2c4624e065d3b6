/* SPDX-License-Identifier: MIT */
/*
 * export_ftrace.c - the text of the kernel's trace file, as many tools read it.
 *
 * A CPU is a CPU with one task of its name. It is switched in where it makes steps, and out
 * where another one does; steps are markers. A step is 10 us.
 */
#include "reports/export.h"
#include "reports/story.h"

#define STEP_US 10u

/* Tasks have names without blanks, and 0 is the idle task. */
static void put_head(const struct trace *trace, int cpu, unsigned int time, bool idle,
		     struct text *out)
{
	text_addf(out, "%16s-%-5d [%03d] ....  %u.%06u: ",
		  idle ? "<idle>" : trace->program->cpus[cpu].name, idle ? 0 : cpu + 1, cpu,
		  time / 1000000, time % 1000000);
}

static void put_switch(const struct trace *trace, int cpu, unsigned int time, bool in,
		       struct text *out)
{
	const char *name = trace->program->cpus[cpu].name;

	put_head(trace, cpu, time, in, out);
	if (in)
		text_addf(out,
			  "sched_switch: prev_comm=swapper prev_pid=0 prev_prio=120 prev_state=R "
			  "==> next_comm=%s next_pid=%d next_prio=120\n",
			  name, cpu + 1);
	else
		text_addf(out,
			  "sched_switch: prev_comm=%s prev_pid=%d prev_prio=120 prev_state=R ==> "
			  "next_comm=swapper next_pid=0 next_prio=120\n",
			  name, cpu + 1);
}

/* '|' separates the parts of a marker. */
static void put_step(const struct trace *trace, const struct story_step *step, struct text *out)
{
	unsigned int time = step->event->step * STEP_US;
	struct text text = TEXT_INIT;

	story_text(step, &text);
	for (size_t i = 0; i < text.length; i++)
		if (text.bytes[i] == '|')
			text.bytes[i] = '/';
	put_head(trace, step->event->cpu, time + 1, false, out);
	text_addf(out, "tracing_mark_write: B|%d|%s\n", step->event->cpu + 1, text.bytes);
	put_head(trace, step->event->cpu, time + STEP_US - 1, false, out);
	text_addf(out, "tracing_mark_write: E|%d\n", step->event->cpu + 1);
	text_release(&text);
}

void export_ftrace(const struct exhibit *exhibit, const struct report_options *options,
		   struct text *out)
{
	const struct trace *trace = exhibit->trace;
	struct story story;
	int last = -1;

	(void)options;
	story_init(&story, trace);
	text_add(out, "# tracer: nop\n#\n");
	text_addf(out, "# entries-in-buffer/entries-written: %zu/%zu   #P:%u\n#\n",
		  story.steps.count, story.steps.count, trace->program->cpu_count);
	for (size_t i = 0; i < story.steps.count; i++) {
		const struct story_step *step = &story.steps.items[i];
		unsigned int time = step->event->step * STEP_US;

		if (last >= 0 && last != step->event->cpu)
			put_switch(trace, last, time, false, out);
		if (last != step->event->cpu)
			put_switch(trace, step->event->cpu, time, true, out);
		put_step(trace, step, out);
		last = step->event->cpu;
	}
	if (last >= 0)
		put_switch(trace, last, (trace->steps + 1) * STEP_US, false, out);
	story_release(&story);
}
