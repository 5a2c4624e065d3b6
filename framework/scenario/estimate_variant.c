/* SPDX-License-Identifier: MIT */
#include "scenario/estimate_variant.h"

#include "base/clock.h"
#include "engine/death.h"
#include "explore/contain.h"
#include "scenario/order.h"

struct estimation {
	struct runner runner;
	struct order order;
	struct explore_search search;
	struct estimate_report *report;
};

/* Search for a second: how fast is it, and is that perhaps all? */
static int measure(const struct estimation *estimation, struct explore_filter *filter,
		   struct err *err)
{
	struct explore_search search = estimation->search;
	struct explore_result explored;
	uint64_t begun = clock_ms(), passed;

	search.seconds_max = 1;
	search.executions_max = 0;
	if (explore_run(&search, filter, NULL, &explored, err))
		return -1;
	passed = clock_ms() - begun;
	estimation->report->through = explored.strength != STRENGTH_CUT;
	estimation->report->executions = explored.executions;
	if (passed)
		estimation->report->per_second =
			1000 * (double)explored.executions / (double)passed;
	return 0;
}

/* In a process of its own. */
static int run(void *arg, struct text *reply, struct err *err)
{
	struct estimation *estimation = arg;
	bool ordered = estimation->order.refs.states.count != 0;
	struct explore_filter *filter = ordered ? &estimation->order.filter : NULL;
	const struct explore_search *search = &estimation->search;
	int status;

	if (sim_init(&estimation->runner.program, err))
		return -1;
	estimation->runner.fault_plan.seed = search->seed;
	fault_set_plan(&estimation->runner.fault_plan);
	status = measure(estimation, filter, err);
	estimation->report->at_most = search->strategy == EXPLORE_DPOR && !ordered &&
				      explore_is_bounded(search);
	if (!status && !estimation->report->through)
		estimate_run(search, filter, ESTIMATE_WALKS_DEFAULT, &estimation->report->estimate);
	fault_set_plan(NULL);
	sim_release();
	pack_bytes(reply, estimation->report, sizeof(*estimation->report));
	return status;
}

static int run_apart(struct estimation *estimation, struct err *err)
{
	struct text reply = TEXT_INIT;
	struct unpack from;
	int status = contain_call(run, estimation, &reply, err);

	unpack_init(&from, &reply);
	if (!status && !unpack_bytes(&from, estimation->report, sizeof(*estimation->report)))
		status = err_add(err, "an estimate came back in part only");
	text_release(&reply);
	return status;
}

int estimate_variant(const struct run_case *which, const struct run_options *options,
		     struct estimate_report *report, struct err *err)
{
	struct estimation estimation = { .report = report };
	int status;

	*report = (struct estimate_report){ .through = false };
	if (runner_init(&estimation.runner, which, err))
		return -1;
	estimation.search = run_search(which->scenario, options);
	order_init(&estimation.order, &estimation.runner);
	death_key(runner_key(&estimation.runner));
	status = run_apart(&estimation, err);
	order_release(&estimation.order);
	runner_release(&estimation.runner);
	return status;
}

void estimate_time_text(double seconds, struct text *text)
{
	static const struct {
		double seconds;
		const char *name;
	} units[] = { { 86400 * 365.0, "years" },
		      { 86400, "days" },
		      { 3600, "hours" },
		      { 60, "minutes" } };

	if (seconds > 10 * units[0].seconds) {
		text_add(text, "more than 10 years");
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(units); i++)
		if (seconds >= 2 * units[i].seconds) {
			text_addf(text, "%.0f %s", seconds / units[i].seconds, units[i].name);
			return;
		}
	text_addf(text, "%.0f s", seconds < 1 ? 1 : seconds);
}

void estimate_report_text(const struct estimate_report *report, struct text *text)
{
	double mean = report->estimate.mean;

	if (report->through) {
		text_add_counted(text, report->executions, "execution", "executions");
		text_add(text, ", in less than a second");
		return;
	}
	text_add(text, report->at_most ? "at most " : "");
	estimate_text(&report->estimate, text);
	if (report->per_second <= 0)
		return;
	text_addf(text, "; %.0f per second: ", report->per_second);
	text_add(text, report->at_most ? "at most " : "about ");
	estimate_time_text(mean / report->per_second, text);
}
