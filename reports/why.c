/* SPDX-License-Identifier: MIT */
#include "reports/why.h"

#include "explain/story.h"

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
	struct why *why;
	const struct subject *subject;
	const struct schedule *failing;
	const struct trace *trace;
};

static int add_order(const struct finding_why *finding, const struct core_candidate *candidate,
		     struct err *err)
{
	const struct condition *condition = &candidate->condition;
	struct text text = TEXT_INIT, otherwise = TEXT_INIT;
	struct exhibit_order order = { 0 };
	int status;

	if (condition->kind == CONDITION_ORDER) {
		order.first = find_step(finding->trace, &condition->first);
		order.second = find_step(finding->trace, &condition->second);
	}
	condition_format(condition, finding->subject->program, &text);
	status = story_otherwise(finding->subject, finding->failing, candidate, &otherwise, err);
	order.text = text_detach(&text);
	order.otherwise = text_detach(&otherwise);
	vec_push(&finding->why->orders, order);
	return status;
}

static void count_all(struct why *why, const struct core *core)
{
	const struct trial_count *all = &core->all;

	why->counts[0] = (struct exhibit_count){ "fail like this", all->fails, all->executions };
	why->counts[1] =
		(struct exhibit_count){ "fail in another way", all->differs, all->executions };
	why->counts[2] = (struct exhibit_count){ "pass", all->passes, all->executions };
}

static int tell(const struct finding_why *finding, const struct core *core, struct err *err)
{
	struct why *why = finding->why;
	int status = story_write(finding->subject, finding->failing, core, &why->story, err);

	for (size_t i = 0; i < core->candidates.count && core->explained && !status; i++)
		if (core->candidates.items[i].role == CORE_NEEDED)
			status = add_order(finding, &core->candidates.items[i], err);
	count_all(why, core);
	if (core->nearest.entries.count)
		schedule_format(&core->nearest, finding->subject->program, &why->nearest);
	return status;
}

int why_find(struct why *why, const struct subject *subject, const struct schedule *failing,
	     const struct trace *trace, struct err *err)
{
	const struct finding_why finding = { why, subject, failing, trace };
	const struct core_limits limits = {
		.obeying = why->limit,
		.all = why->limit,
		.total = WHY_STEPS / (trace->steps + 1) + 1,
	};
	struct core core;
	int status;

	if (trace->steps > CONFLICT_STEPS_MAX) {
		text_addf(&why->story, "Not explained: it has more than %u steps.\n",
			  CONFLICT_STEPS_MAX);
		return 0;
	}
	status = core_find(subject, failing, &limits, &core, err);
	if (!status)
		status = tell(&finding, &core, err);
	core_release(&core);
	return status;
}

void why_put(const struct why *why, struct exhibit *exhibit)
{
	exhibit->orders = why->orders.items;
	exhibit->order_count = why->orders.count;
	exhibit->explained = why->story.bytes;
	if (why->counts[0].of) {
		exhibit->counts = why->counts;
		exhibit->count_count = 3;
	}
}

void why_release(struct why *why)
{
	for (size_t i = 0; i < why->orders.count; i++) {
		free(why->orders.items[i].text);
		free(why->orders.items[i].otherwise);
	}
	vec_release(&why->orders);
	text_release(&why->story);
	text_release(&why->nearest);
}
