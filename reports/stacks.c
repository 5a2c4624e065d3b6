/* SPDX-License-Identifier: MIT */
/*
 * stacks.c - where every CPU was at the end of an execution.
 */
#include "reports/format.h"

/* Functions are padded to the longest one, up to this width. */
#define FUNCTION_WIDTH_MAX 40u

static size_t function_width(const struct trace *trace)
{
	size_t width = 0;

	for (unsigned int cpu = 0; cpu < trace->program->cpu_count; cpu++)
		for (size_t i = 0; i < trace->stacks[cpu].frames.count; i++) {
			size_t columns =
				format_columns(trace->stacks[cpu].frames.items[i].function);

			if (columns > width && columns <= FUNCTION_WIDTH_MAX)
				width = columns;
		}
	return width;
}

static void put_frame(const struct trace_frame *frame, size_t width, struct text *out)
{
	size_t columns = format_columns(frame->function);

	text_addf(out, "    %s", frame->function);
	if (frame->file) {
		for (; columns < width; columns++)
			text_add_char(out, ' ');
		text_addf(out, "  %s:%u", frame->file, frame->line);
	}
	text_add_char(out, '\n');
}

void report_stacks(const struct trace *trace, const struct report_options *options,
		   struct text *out)
{
	size_t width = function_width(trace);

	if (trace->stacks_step)
		text_addf(out, "  after step %u:\n", trace->stacks_step);
	for (unsigned int cpu = 0; cpu < trace->program->cpu_count; cpu++) {
		const struct trace_stack *stack = &trace->stacks[cpu];
		struct text line = TEXT_INIT;

		if (!stack->state)
			continue;
		text_addf(&line, "CPU %s", trace->program->cpus[cpu].name);
		text_add(out, "  ");
		format_styled(line.bytes, STYLE_BOLD, options, out);
		text_release(&line);
		text_addf(out, ", %s\n", stack->state);
		for (size_t i = 0; i < stack->frames.count; i++)
			put_frame(&stack->frames.items[i], width, out);
	}
}
