/* SPDX-License-Identifier: MIT */
/*
 * search.c - one execution among the others: how many of them show what, and where this one
 * could have gone another way.
 *
 * The drawing of the latter is a branch of the tree of schedules. From left to right are the
 * steps, each preemption is one level down, and a twig stands where another CPU could have made
 * the step instead. What the drawings say is also said in words.
 */
#include <string.h>

#include "reports/html/html.h"

/* Of a long execution, neighbouring steps share a twig: there are no more than these. */
#define TWIGS_MAX 400u

/* ---- Who else could have gone on ---- */

struct branch {
	const struct trace *trace;
	size_t last[BATON_CPUS_MAX]; /* event of the last step of each CPU */
	VEC(unsigned int) others;    /* of each step: CPUs that could have made it */
	VEC(unsigned int) levels;    /* of each step: preemptions up to it */
	unsigned int open;           /* steps with others */
};

/* An execution that a finding ends may leave CPUs behind that would have gone on. */
static bool is_left_behind(const struct trace *trace, unsigned int cpu)
{
	const char *state = trace->stacks ? trace->stacks[cpu].state : NULL;

	return trace->finding.kind != FINDING_NONE && state && strcmp(state, "finished") != 0;
}

static bool is_step(const struct trace_event *event)
{
	return event->phase == TRACE_MAIN && event->type == TRACE_STEP;
}

static void find_last(struct branch *branch)
{
	const struct trace *trace = branch->trace;

	for (size_t i = 0; i < trace->events.count; i++)
		if (is_step(&trace->events.items[i]))
			branch->last[trace->events.items[i].cpu] = i;
	for (unsigned int cpu = 0; cpu < trace->program->cpu_count; cpu++)
		if (is_left_behind(trace, cpu))
			branch->last[cpu] = trace->events.count;
}

static unsigned int count_others(const struct branch *branch, const bool *waits, size_t index)
{
	const struct baton_program *program = branch->trace->program;
	int cpu = branch->trace->events.items[index].cpu;
	unsigned int count = 0;

	for (unsigned int i = 0; i < program->cpu_count; i++)
		count += (int)i != cpu && program->cpus[i].host < 0 && !waits[i] &&
			 branch->last[i] > index;
	return count;
}

static void branch_init(struct branch *branch, const struct trace *trace)
{
	bool waits[BATON_CPUS_MAX] = { false };
	unsigned int level = 0;

	*branch = (struct branch){ .trace = trace };
	find_last(branch);
	for (size_t i = 0; i < trace->events.count; i++) {
		const struct trace_event *event = &trace->events.items[i];

		if (event->phase == TRACE_MAIN && event->type == TRACE_WAIT)
			waits[event->cpu] = true;
		else if (event->phase == TRACE_MAIN && event->type == TRACE_READY)
			waits[event->cpu] = false;
		if (!is_step(event))
			continue;
		waits[event->cpu] = false;
		level += event->preempts;
		vec_push(&branch->levels, level);
		vec_push(&branch->others, count_others(branch, waits, i));
		branch->open += branch->others.items[branch->others.count - 1] > 0;
	}
}

static void branch_release(struct branch *branch)
{
	vec_release(&branch->others);
	vec_release(&branch->levels);
}

/* ---- The drawing ---- */

/* The most of some steps. */
static unsigned int most_others(const struct branch *branch, size_t first, size_t count)
{
	unsigned int most = 0;

	for (size_t i = first; i < first + count && i < branch->others.count; i++)
		if (branch->others.items[i] > most)
			most = branch->others.items[i];
	return most;
}

static void put_twigs(const struct branch *branch, struct text *out)
{
	size_t each = branch->others.count / TWIGS_MAX + 1;

	text_add(out, "<path class=twigs d=\"");
	for (size_t i = 0; i < branch->others.count; i += each) {
		unsigned int most = most_others(branch, i, each);

		if (most)
			text_addf(out, "M%zu %ul%.1f %.2f", i, branch->levels.items[i],
				  (double)each * 0.8, 0.2 + 0.15 * most);
	}
	text_add(out, "\"/>");
}

static void put_trunk(const struct branch *branch, const char *name, struct text *out)
{
	unsigned int level = 0;

	text_addf(out, "<path class=%s d=\"M0 0", name);
	for (size_t i = 0; i < branch->levels.count; i++)
		if (branch->levels.items[i] != level) {
			level = branch->levels.items[i];
			text_addf(out, "H%zuV%u", i, level);
		}
	text_addf(out, "H%zu\"/>", branch->levels.count);
}

static unsigned int depth_of(const struct branch *branch)
{
	return branch->levels.count ? branch->levels.items[branch->levels.count - 1] : 0;
}

static void put_tree(const struct branch *branch, const struct branch *passing, struct text *out)
{
	unsigned int deep = depth_of(branch), other = passing ? depth_of(passing) : 0;
	size_t wide = branch->levels.count;

	if (passing && passing->levels.count > wide)
		wide = passing->levels.count;
	text_addf(out,
		  "<svg class=tree viewBox=\"0 -0.3 %zu %u\" preserveAspectRatio=none "
		  "aria-hidden=true>",
		  wide, (deep > other ? deep : other) + 2);
	put_twigs(branch, out);
	if (passing)
		put_trunk(passing, "passes", out);
	put_trunk(branch, "trunk", out);
	text_add(out, "</svg>\n");
}

static void put_caption(const struct branch *branch, const struct exhibit *exhibit,
			struct text *out)
{
	text_add(out, "<figcaption>This one has ");
	text_add_counted(out, exhibit->trace->preemptions, "preemption", "preemptions");
	if (exhibit->trace->preemptions)
		text_add(out, exhibit->trace->preemptions == 1 ? ", a level down" :
								 ", each a level down");
	text_add(out, ". Twigs: at ");
	text_add_count(out, branch->open);
	text_add(out, " of ");
	text_add_counted(out, branch->others.count, "step", "steps");
	text_add(out, " another CPU could have gone on.");
	text_add(out, exhibit->passing ? " Green: the nearest that passes.</figcaption>" :
					 "</figcaption>");
}

static void put_branch(const struct exhibit *exhibit, struct text *out)
{
	struct branch branch, passing;

	branch_init(&branch, exhibit->trace);
	if (exhibit->passing)
		branch_init(&passing, exhibit->passing->trace);
	text_add(out, "<figure>\n");
	put_tree(&branch, exhibit->passing ? &passing : NULL, out);
	put_caption(&branch, exhibit, out);
	text_add(out, "</figure>\n");
	if (exhibit->passing)
		branch_release(&passing);
	branch_release(&branch);
}

/* ---- How many show what ---- */

static void put_count(const struct exhibit_count *count, struct text *out)
{
	double part = count->of ? 100.0 * (double)count->count / (double)count->of : 0;

	text_add(out, "<tr><th scope=row>");
	html_text(count->what, out);
	text_addf(out,
		  "<td><svg viewBox=\"0 0 100 1\" preserveAspectRatio=none aria-hidden=true>"
		  "<rect width=\"%.2f\" height=1 /></svg><td>",
		  part > 0 && part < 1 ? 1 : part);
	text_add_count(out, count->count);
	text_add(out, " of ");
	text_add_count(out, count->of);
	text_add_char(out, '\n');
}

static void put_histogram(const struct exhibit *exhibit, struct text *out)
{
	if (!exhibit->count_count)
		return;
	text_add(out, "<table class=histogram><caption>Executions of the search</caption>\n");
	for (size_t i = 0; i < exhibit->count_count; i++)
		put_count(&exhibit->counts[i], out);
	text_add(out, "</table>\n");
}

void html_search(const struct html_run *run)
{
	text_add(run->out, "<details class=search open><summary>Among other executions"
			   "</summary>\n<div>\n");
	put_histogram(run->exhibit, run->out);
	put_branch(run->exhibit, run->out);
	text_add(run->out, "</div></details>\n");
}
