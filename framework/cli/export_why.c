/* SPDX-License-Identifier: MIT */
#include "cli/export_why.h"

#include "engine/scout.h"
#include "explain/story.h"
#include "scenario/failing.h"

/* Number of the step in which a CPU passes a point for the nth time; 0: it does not. */
static unsigned int find_step(const struct trace *trace, const struct place *place)
{
	unsigned int passed = 0;

	for (size_t i = 0; i < trace->events.count; i++) {
		const struct trace_event *event = &trace->events.items[i];

		if (event->phase != TRACE_MAIN || event->type != TRACE_STEP ||
		    event->cpu != (int)place->cpu || event->point != place->point)
			continue;
		if (++passed == place->nth)
			return event->step;
	}
	return 0;
}

struct finding_why {
	struct export_why *why;
	const struct trace *trace;
	struct failing failing;
	struct core core;
	struct err err;
};

static int add_order(struct finding_why *finding, const struct core_candidate *candidate)
{
	const struct condition *condition = &candidate->condition;
	const struct subject *subject = &finding->failing.subject;
	struct text text = TEXT_INIT, otherwise = TEXT_INIT;
	struct exhibit_order order = { 0 };
	int status;

	if (condition->kind == CONDITION_ORDER) {
		order.first = find_step(finding->trace, &condition->first);
		order.second = find_step(finding->trace, &condition->second);
	}
	condition_format(condition, subject->program, &text);
	status = story_otherwise(subject, &finding->failing.schedule, candidate, &otherwise,
				 &finding->err);
	order.text = text_detach(&text);
	order.otherwise = text_detach(&otherwise);
	vec_push(&finding->why->orders, order);
	return status;
}

static void count_all(struct export_why *why, const struct core *core)
{
	const struct trial_count *all = &core->all;

	why->counts[0] = (struct exhibit_count){ "fail like this", all->fails, all->executions };
	why->counts[1] =
		(struct exhibit_count){ "fail in another way", all->differs, all->executions };
	why->counts[2] = (struct exhibit_count){ "pass", all->passes, all->executions };
}

static int tell(struct finding_why *finding)
{
	const struct core *core = &finding->core;
	int status = story_write(&finding->failing.subject, &finding->failing.schedule, core,
				 &finding->why->story, &finding->err);

	for (size_t i = 0; i < core->candidates.count && core->explained && !status; i++)
		if (core->candidates.items[i].role == CORE_NEEDED)
			status = add_order(finding, &core->candidates.items[i]);
	count_all(finding->why, core);
	if (core->nearest.entries.count)
		schedule_format(&core->nearest, finding->failing.subject.program,
				&finding->why->schedule);
	return status;
}

static int explain(struct finding_why *finding, const struct recorded *recorded, uint64_t limit)
{
	const struct core_limits limits = {
		.obeying = limit,
		.all = limit,
		.total = EXPORT_WHY_STEPS / (finding->trace->steps + 1) + 1,
	};
	int status;

	scout_begin_all();
	status = failing_open(&finding->failing, &recorded->which, &recorded->source, NULL,
			      &finding->err);
	if (!status) {
		status = core_find(&finding->failing.subject, &finding->failing.schedule, &limits,
				   &finding->core, &finding->err);
		if (!status)
			status = tell(finding);
		core_release(&finding->core);
	}
	if (finding->failing.nothing)
		text_addf(&finding->why->story, "Not explained: %s", finding->err.text.bytes);
	status = finding->failing.nothing ? 0 : status;
	failing_release(&finding->failing);
	return status;
}

/* The nearest one that passes, recorded as the failing one was. */
static int record_passing(struct export_why *why, const struct recorded *recorded, struct err *err)
{
	struct rerun_source source = recorded->source;

	source.line = why->schedule.bytes;
	source.file = NULL;
	why->has_passing = true;
	if (rerun_scenario(&why->passing, &recorded->which, &source, err))
		return -1;
	if (why->passing.diverged)
		text_addf(&why->story, "The nearest that passes cannot be shown: %s",
			  why->passing.why.bytes);
	else
		why->exhibit = (struct exhibit){ .schedule = why->schedule.bytes,
						 .trace = &why->passing.trace };
	return 0;
}

int export_why_find(struct export_why *why, const struct recorded *recorded,
		    const struct trace *trace, uint64_t limit, struct err *err)
{
	struct finding_why finding = { .why = why, .trace = trace, .err = ERR_INIT };
	int status;

	*why = (struct export_why){ .story = TEXT_INIT, .schedule = TEXT_INIT };
	if (trace->steps > CONFLICT_STEPS_MAX) {
		text_addf(&why->story, "Not explained: it has more than %u steps.\n",
			  CONFLICT_STEPS_MAX);
		return 0;
	}
	status = explain(&finding, recorded, limit);
	if (status) {
		text_add(&err->text, finding.err.text.bytes);
		err->count += finding.err.count;
		err->bug |= finding.err.bug;
	}
	err_release(&finding.err);
	if (!status && why->schedule.length)
		status = record_passing(why, recorded, err);
	return status ? -1 : 0;
}

void export_why_put(const struct export_why *why, struct exhibit *exhibit)
{
	exhibit->orders = why->orders.items;
	exhibit->order_count = why->orders.count;
	exhibit->explained = why->story.bytes;
	if (why->counts[0].of) {
		exhibit->counts = why->counts;
		exhibit->count_count = 3;
	}
	exhibit->passing = why->exhibit.trace ? &why->exhibit : NULL;
}

void export_why_release(struct export_why *why)
{
	for (size_t i = 0; i < why->orders.count; i++) {
		free(why->orders.items[i].text);
		free(why->orders.items[i].otherwise);
	}
	vec_release(&why->orders);
	text_release(&why->story);
	text_release(&why->schedule);
	if (why->has_passing)
		rerun_release(&why->passing);
}
