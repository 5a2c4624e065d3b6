/* SPDX-License-Identifier: MIT */
#include "explore/slice.h"

#include <limits.h>

#include "base/clock.h"
#include "base/resident.h"
#include "engine/death.h"
#include "engine/scout.h"
#include "explore/cut.h"

/* Steps between two looks at the memory: some ms, in which a state each is not much. */
#define LOOK_STEPS 30000u

/* ---- What the search counts: "explored 120 0 3 11 1 0" ------------------------------------ */

static void counts_restart(struct gatherer *gatherer)
{
	struct slice_counts *counts = (struct slice_counts *)gatherer;

	counts->executions = counts->cut = counts->pruned = 0;
	counts->steps_max = 0;
	counts->preemptions_reached = counts->faults_reached = counts->switches_reached = false;
}

static void counts_save(const struct gatherer *gatherer, struct text *text)
{
	const struct slice_counts *counts = (const struct slice_counts *)gatherer;

	text_addf(text, "explored %llu %llu %llu %u %d %d %d\n",
		  (unsigned long long)counts->executions, (unsigned long long)counts->cut,
		  (unsigned long long)counts->pruned, counts->steps_max,
		  counts->preemptions_reached, counts->faults_reached, counts->switches_reached);
}

static int counts_merge(struct gatherer *gatherer, struct fields *fields, struct err *err)
{
	struct slice_counts *counts = (struct slice_counts *)gatherer;
	uint64_t executions = 0, cut = 0, pruned = 0, steps_max = 0;

	if (fields_expect(fields, "explored", err) ||
	    fields_number(fields, UINT64_MAX / 2, &executions, err) ||
	    fields_number(fields, executions, &cut, err) ||
	    fields_number(fields, UINT64_MAX / 2, &pruned, err) ||
	    fields_number(fields, UINT_MAX, &steps_max, err) ||
	    gather_read_flags(fields, &counts->preemptions_reached, 1, err) ||
	    gather_read_flags(fields, &counts->faults_reached, 1, err) ||
	    gather_read_flags(fields, &counts->switches_reached, 1, err))
		return -1;
	counts->executions += executions;
	counts->cut += cut;
	counts->pruned += pruned;
	if (steps_max > counts->steps_max)
		counts->steps_max = (unsigned int)steps_max;
	return fields_end(fields, err);
}

void slicer_init(struct slicer *slicer, const struct explore_search *search,
		 struct explore_filter *filter, const struct explore_judge *judge)
{
	*slicer = (struct slicer){
		.counts.gatherer = { counts_restart, counts_save, counts_merge,
				     judge ? judge->gatherers : NULL },
		.judge = judge,
	};
	if (search->seconds_max)
		slicer->end_ms = (search->begun ? search->begun : clock_ms()) +
				 search->seconds_max * UINT64_C(1000);
	explorer_init(&slicer->explorer, search, filter,
		      !judge || judge->gatherers || judge->restart);
}

void slicer_release(struct slicer *slicer)
{
	explorer_release(&slicer->explorer);
}

void slice_result_release(struct slice_result *result)
{
	parts_release(&result->rest);
	text_release(&result->gathered);
}

/* ---- Running one -------------------------------------------------------------------------- */

/* Return: whether the judge wants more. */
static bool judge_execution(struct slicer *slicer, enum sim_end end, uint64_t before)
{
	struct slice_counts *counts = &slicer->counts;
	const struct explore_judge *judge = slicer->judge;

	counts->executions++;
	counts->cut += end == SIM_CUT;
	death_count(counts->executions);
	return !judge || judge->execution(judge->arg, end, before + counts->executions);
}

bool slice_overflows(const struct explore_search *search)
{
	return search->memory_max && resident_bytes() > (uint64_t)search->memory_max << 20;
}

static void look_at_memory(struct slicer *slicer, uint64_t steps)
{
	if (steps < slicer->look_steps)
		return;
	slicer->look_steps = steps + LOOK_STEPS;
	if (slice_overflows(slicer->explorer.search))
		slicer->spent = SPENT_MEMORY;
}

static bool is_limited(struct slicer *slicer, const struct slice *slice, uint64_t steps)
{
	look_at_memory(slicer, steps);
	if (slicer->end_ms && clock_ms() >= slicer->end_ms)
		slicer->spent = SPENT_TIME;
	return slicer->spent ||
	       (slice->executions_max && slicer->counts.executions >= slice->executions_max);
}

/* How must the slice end before its next execution? SLICE_THROUGH: it need not. */
static enum slice_end must_end(struct slicer *slicer, const struct slice *slice, uint64_t steps)
{
	bool splits = explorer_splits(&slicer->explorer);

	if (explorer_asks(&slicer->explorer))
		return SLICE_THROUGH;
	if (is_limited(slicer, slice, steps))
		return splits ? SLICE_MORE : SLICE_ENOUGH;
	if (slicer->stop && *slicer->stop)
		return splits ? SLICE_MORE : SLICE_DROPPED;
	if (explorer_recuts(&slicer->explorer))
		return explorer_must_recut(&slicer->explorer, steps) ? SLICE_MORE : SLICE_THROUGH;
	return steps >= slice->steps_max && splits ? SLICE_MORE : SLICE_THROUGH;
}

static enum slice_end explore(struct slicer *slicer, const struct slice *slice)
{
	struct strategy *strategy = slicer->explorer.strategy;
	unsigned int limit = slicer->explorer.search->steps_max;
	uint64_t steps = 0;
	bool more = true, wanted = true;

	while (more && wanted) {
		enum slice_end now = must_end(slicer, slice, steps);
		enum sim_end end;
		bool counts;

		if (now != SLICE_THROUGH)
			return now;
		if (slicer->scouts && !scout_send())
			return SLICE_ANSWERED;
		strategy->begin(strategy);
		end = sim_execute(strategy, limit, NULL);
		if (explorer_is_void(&slicer->explorer, end))
			return SLICE_VOID;
		counts = explorer_counts(&slicer->explorer, end);
		more = strategy->end(strategy);
		steps += sim_steps() + 1;
		if (sim_steps() > slicer->counts.steps_max)
			slicer->counts.steps_max = sim_steps();
		if (counts)
			wanted = judge_execution(slicer, end, slice->before);
		else
			slicer->counts.pruned++;
	}
	if (!wanted)
		return more ? SLICE_ENOUGH : SLICE_LAST;
	return SLICE_THROUGH;
}

/* The part was too large: as if it had never been begun, but for the parts that it is now. */
static int recut(struct slicer *slicer, const struct slice *slice, struct slice_result *result,
		 struct err *err)
{
	gather_restart(&slicer->counts.gatherer);
	if (explorer_recut(&slicer->explorer, slice->part, &result->rest, err))
		return -1;
	gather_save(&slicer->counts.gatherer, &result->gathered);
	return 0;
}

/* Not this part alone: all of the search is the part that it begins again with. */
static void begin_again(struct slicer *slicer, struct slice_result *result)
{
	struct text part = TEXT_INIT;

	explorer_again(&slicer->explorer, &part);
	vec_push(&result->rest.list, text_detach(&part));
	if (slicer->judge && slicer->judge->restart)
		slicer->judge->restart(slicer->judge->arg);
}

static void finish(struct slicer *slicer, struct slice_result *result)
{
	struct slice_counts *counts = &slicer->counts;

	counts->pruned -= explorer_asked(&slicer->explorer);
	counts->preemptions_reached = slicer->explorer.bound.preemptions_reached;
	counts->faults_reached = slicer->explorer.bound.faults_reached;
	counts->switches_reached = slicer->explorer.bound.switches_reached;
	if (result->end == SLICE_MORE)
		explorer_split(&slicer->explorer, &result->rest);
	result->executions = counts->executions;
	gather_save(&counts->gatherer, &result->gathered);
}

int slice_run(struct slicer *slicer, const struct slice *slice, struct slice_result *result,
	      struct err *err)
{
	bool careful = death_is_careful();
	struct fields part;

	fields_init(&part, "part", slice->part);
	if (explorer_load(&slicer->explorer, &part, err))
		return -1;
	gather_restart(&slicer->counts.gatherer);
	slicer->look_steps = 0;
	death_count(0);
	death_careful(careful || slice->careful);
	if (slicer->scouts)
		scout_begin();
	result->end = explore(slicer, slice);
	if (slicer->scouts)
		scout_end();
	death_careful(careful);
	if (result->end == SLICE_ANSWERED)
		return 0;
	result->spent = slicer->spent;
	if (explorer_check(&slicer->explorer, err))
		return -1;
	if (result->end == SLICE_MORE && explorer_recuts(&slicer->explorer))
		return recut(slicer, slice, result, err);
	if (result->end == SLICE_VOID && slicer->explorer.search->shard.count &&
	    sim_awaits_several())
		return err_add(err,
			       "a loop waits for several objects, and the shards were cut before "
			       "one did; explore with dfs");
	if (result->end == SLICE_VOID)
		begin_again(slicer, result);
	else if (result->end != SLICE_DROPPED)
		finish(slicer, result);
	return 0;
}

/* ---- In another process ------------------------------------------------------------------- */

void slice_ask(const struct slice *slice, struct text *request)
{
	text_addf(request, "slice %llu %llu %llu %d\n%s\n",
		  (unsigned long long)slice->executions_max, (unsigned long long)slice->steps_max,
		  (unsigned long long)slice->before, slice->careful, slice->part);
}

static int read_request(struct slice *slice, const char *request, struct err *err)
{
	struct fields fields;

	*slice = (struct slice){ 0 };
	fields_init(&fields, "request", request);
	if (fields_expect(&fields, "slice", err) ||
	    fields_number(&fields, UINT64_MAX, &slice->executions_max, err) ||
	    fields_number(&fields, UINT64_MAX, &slice->steps_max, err) ||
	    fields_number(&fields, UINT64_MAX, &slice->before, err) ||
	    gather_read_flags(&fields, &slice->careful, 1, err))
		return -1;
	slice->part = fields.next;
	return 0;
}

static void add_reply(const struct slice_result *result, struct text *reply)
{
	text_addf(reply, "sliced %u %u %llu %zu\n", (unsigned int)result->end,
		  (unsigned int)result->spent, (unsigned long long)result->executions,
		  result->rest.list.count);
	for (size_t i = 0; i < result->rest.list.count; i++)
		text_addf(reply, "rest %s\n", result->rest.list.items[i]);
	text_add_bytes(reply, result->gathered.bytes, result->gathered.length);
}

void slice_answer(void *slicer, const char *request, struct text *reply)
{
	struct slice_result result = SLICE_RESULT_INIT;
	struct err err = ERR_INIT;
	struct slice slice;

	((struct slicer *)slicer)->scouts = true;
	if (read_request(&slice, request, &err) || slice_run(slicer, &slice, &result, &err))
		text_addf(reply, "%s\n%s", err.bug ? "bug" : "error", err.text.bytes);
	else if (result.end != SLICE_ANSWERED)
		add_reply(&result, reply);
	slice_result_release(&result);
	err_release(&err);
}

static int read_rest(struct slice_result *result, struct fields *fields, struct err *err)
{
	struct text part = TEXT_INIT;

	if (fields_expect(fields, "rest", err) || fields_rest(fields, &part, err)) {
		text_release(&part);
		return -1;
	}
	vec_push(&result->rest.list, text_detach(&part));
	return 0;
}

static int read_error(const struct fields *fields, bool bug, struct err *err)
{
	text_add(&err->text, fields->next);
	err->count++;
	err->bug |= bug;
	return -1;
}

int slice_read(struct slice_result *result, const char *reply, struct err *err)
{
	uint64_t end = 0, spent = 0, count = 0;
	struct fields fields;

	fields_init(&fields, "reply", reply);
	if (fields_take(&fields, "error"))
		return read_error(&fields, false, err);
	if (fields_take(&fields, "bug"))
		return read_error(&fields, true, err);
	if (fields_expect(&fields, "sliced", err) ||
	    fields_number(&fields, SLICE_VOID, &end, err) ||
	    fields_number(&fields, SPENT_DEATHS, &spent, err) ||
	    fields_number(&fields, UINT64_MAX, &result->executions, err) ||
	    fields_number(&fields, UINT32_MAX, &count, err))
		return -1;
	while (count--)
		if (read_rest(result, &fields, err))
			return -1;
	result->end = (enum slice_end)end;
	result->spent = (enum spent)spent;
	text_add(&result->gathered, fields.next);
	return 0;
}
