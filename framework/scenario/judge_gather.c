/* SPDX-License-Identifier: MIT */
/*
 * judge_gather.c - what the judge has seen, saved and put together again.
 *
 *	judged 120
 *	verdict 3 117 lost_dma
 *	kept 17 0 2 11 k2d3k2u2d2
 *	ending 11 steps; lost_dma at step 9: frame 3 was freed
 *
 * A verdict has the number of executions in which it held and did not. kept belongs to it:
 * the number of the execution, its faults, preemptions and steps, and its schedule; and
 * how it ended.
 */
#include <limits.h>
#include <string.h>

#include "scenario/judge.h"

static void restart(struct gatherer *gatherer)
{
	struct judge *judge = (struct judge *)gatherer;
	struct variant_result *result = judge->result;

	while (judge->tallies.count > judge->named) {
		(void)vec_pop(&judge->tallies);
		verdict_release(&vec_pop(&result->verdicts));
	}
	for (size_t i = 0; i < result->verdicts.count; i++)
		result->verdicts.items[i].execution = 0;
	judge_restart(judge);
}

static void save_kept(const struct judge *judge, size_t index, struct text *text)
{
	const struct verdict *verdict = &judge->result->verdicts.items[index];
	struct cost cost = judge->tallies.items[index].cost;

	text_addf(text, "kept %llu %u %u %u ", (unsigned long long)verdict->execution, cost.faults,
		  cost.preemptions, cost.steps);
	schedule_format(&verdict->schedule, &judge->runner->program, text);
	text_add(text, "\nending ");
	fields_add(text, verdict->ending);
	text_add_char(text, '\n');
}

static void save(const struct gatherer *gatherer, struct text *text)
{
	const struct judge *judge = (const struct judge *)gatherer;

	text_addf(text, "judged %llu\n", (unsigned long long)judge->number);
	for (size_t i = 0; i < judge->tallies.count; i++) {
		const struct verdict *verdict = &judge->result->verdicts.items[i];

		text_addf(text, "verdict %llu %llu ", (unsigned long long)verdict->holds,
			  (unsigned long long)verdict->fails);
		fields_add(text, verdict->predicate);
		text_add_char(text, '\n');
		if (verdict->execution)
			save_kept(judge, i, text);
	}
}

/* The verdict's name is the runner's from now on; once, however often it is merged. */
static const char *keep_name(struct runner *runner, const char *name)
{
	for (size_t i = 0; i < runner->strings.count; i++)
		if (!strcmp(runner->strings.items[i], name))
			return runner->strings.items[i];
	vec_push(&runner->strings, xstrdup(name));
	return runner->strings.items[runner->strings.count - 1];
}

static int read_cost(struct fields *fields, struct cost *cost, struct err *err)
{
	unsigned int *const parts[] = { &cost->faults, &cost->preemptions, &cost->steps };

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		uint64_t number = 0;

		if (fields_number(fields, UINT_MAX, &number, err))
			return -1;
		*parts[i] = (unsigned int)number;
	}
	return 0;
}

static int read_schedule(const struct judge *judge, struct fields *fields,
			 struct schedule *schedule, struct err *err)
{
	const struct fields before = *fields;
	struct text line = TEXT_INIT;
	struct err why = ERR_INIT;
	int status = fields_rest(fields, &line, err);

	if (!status && schedule_parse(schedule, &judge->runner->program, line.bytes, &why))
		status = fields_fail(&before, err, "no schedule of this scenario");
	err_release(&why);
	text_release(&line);
	return status;
}

/* What merge_kept() reads; the schedule and the ending are for whoever takes them. */
struct kept {
	uint64_t number;
	struct cost cost;
	struct schedule schedule;
	struct text ending;
};

static int read_kept(const struct judge *judge, struct fields *fields, struct kept *kept,
		     struct err *err)
{
	if (fields_number(fields, UINT64_MAX / 2, &kept->number, err) ||
	    read_cost(fields, &kept->cost, err) ||
	    read_schedule(judge, fields, &kept->schedule, err) ||
	    fields_expect(fields, "ending", err))
		return -1;
	return fields_rest(fields, &kept->ending, err);
}

/* An equally cheap one that was found earlier stays. */
static int merge_kept(struct judge *judge, size_t index, struct fields *fields, struct err *err)
{
	struct verdict *verdict = &judge->result->verdicts.items[index];
	struct tally *tally = &judge->tallies.items[index];
	struct kept kept = { .ending = TEXT_INIT };
	int status = read_kept(judge, fields, &kept, err);

	if (!status && (!verdict->execution || judge_is_cheaper(kept.cost, tally->cost))) {
		schedule_copy(&verdict->schedule, &kept.schedule);
		free(verdict->ending);
		verdict->ending = text_detach(&kept.ending);
		verdict->execution = judge->number + kept.number;
		tally->cost = kept.cost;
	}
	schedule_release(&kept.schedule);
	text_release(&kept.ending);
	return status;
}

static int merge_verdict(struct judge *judge, struct fields *fields, uint64_t judged,
			 struct err *err)
{
	struct text name = TEXT_INIT;
	struct verdict *verdict;
	uint64_t holds = 0, fails = 0;
	size_t index;

	if (fields_number(fields, judged, &holds, err) ||
	    fields_number(fields, judged - holds, &fails, err) || fields_rest(fields, &name, err)) {
		text_release(&name);
		return -1;
	}
	index = judge_find(judge, name.bytes);
	if (index == judge->tallies.count)
		judge_add_finding(judge, keep_name(judge->runner, name.bytes));
	text_release(&name);
	verdict = &judge->result->verdicts.items[index];
	verdict->holds += holds;
	verdict->fails += fails;
	if (verdict->holds + verdict->fails > judge->number + judged)
		return fields_fail(fields, err, "more executions than there are");
	return fields_take(fields, "kept") ? merge_kept(judge, index, fields, err) : 0;
}

/* Every execution counts for a finding; those of a part that does not know it are without. */
static void complete_findings(struct judge *judge)
{
	for (size_t i = judge->named; i < judge->tallies.count; i++) {
		struct verdict *verdict = &judge->result->verdicts.items[i];

		verdict->fails = judge->number - verdict->holds;
	}
}

static int merge(struct gatherer *gatherer, struct fields *fields, struct err *err)
{
	struct judge *judge = (struct judge *)gatherer;
	uint64_t judged = 0;

	if (fields_expect(fields, "judged", err) ||
	    fields_number(fields, UINT64_MAX / 2, &judged, err) || fields_end(fields, err))
		return -1;
	while (fields_take(fields, "verdict"))
		if (merge_verdict(judge, fields, judged, err))
			return -1;
	judge->number += judged;
	complete_findings(judge);
	return 0;
}

void judge_gather_init(struct judge *judge)
{
	judge->gatherer = (struct gatherer){ .restart = restart, .save = save, .merge = merge };
}
