/* SPDX-License-Identifier: MIT */
#include "scenario/verify_variant.h"

#include "engine/death.h"
#include "engine/scout.h"
#include "explore/contain.h"
#include "explore/verify.h"
#include "scenario/order.h"
#include "scenario/show.h"
#include "scenario/state.h"

struct verification {
	struct runner runner;
	struct order order;
	struct verify_result result;
};

static uint64_t state_of(void *arg, enum sim_end end)
{
	return state_hash(arg, end);
}

static bool is_ordered(const struct verification *verification)
{
	return verification->order.refs.states.count != 0;
}

static int run(struct verification *verification, const struct run_options *options,
	       struct err *err)
{
	const struct scenario *scenario = verification->runner.scenario;
	struct verify wanted = { .search = run_search(scenario, options),
				 .filter = is_ordered(verification) ? &verification->order.filter :
								      NULL,
				 .state = state_of,
				 .arg = &verification->runner };
	int status;

	if (sim_init(&verification->runner.program, err))
		return -1;
	verification->runner.fault_plan.seed = wanted.search.seed;
	fault_set_plan(&verification->runner.fault_plan);
	status = verify_run(&wanted, &verification->result, err);
	fault_set_plan(NULL);
	sim_release();
	return status;
}

static enum strength strength_of(const struct verification *verification)
{
	const struct verify_result *result = &verification->result;

	if (result->reduced.strength == STRENGTH_CUT)
		return STRENGTH_CUT;
	if (result->all.strength == STRENGTH_CUT)
		return STRENGTH_SAMPLED;
	return is_ordered(verification) ? STRENGTH_BOUNDED : result->all.strength;
}

static void describe_cut(const struct verify_result *result, struct text *line)
{
	text_add(line, "the first ");
	text_add_counted(line, result->reduced.executions, "execution", "executions");
	if (result->reduced.executions == result->traces) {
		text_add(line, ": no trace twice");
	} else {
		text_add(line, " are of ");
		text_add_counted(line, result->traces, "trace", "traces");
	}
	text_add(line, "; not compared with dfs, as these are not all");
}

static void describe(const struct verification *verification, struct text *line)
{
	const struct verify_result *result = &verification->result;
	bool cut = result->all.strength == STRENGTH_CUT;

	if (result->reduced.strength == STRENGTH_CUT) {
		describe_cut(result, line);
		return;
	}
	text_add_counted(line, result->traces, "trace", "traces");
	if (result->reduced.executions != result->traces) {
		text_add(line, " in ");
		text_add_counted(line, result->reduced.executions, "execution", "executions");
	}
	text_add(line, cut ? ", the first " : ", ");
	text_add_counted(line, result->all.executions, "interleaving", "interleavings");
	text_add(line, is_ordered(verification) ? " in the order" : "");
	if (result->all.strength == STRENGTH_BOUNDED)
		text_addf(line, " with %s", result->all.bounds);
	text_add(line, cut || is_ordered(verification) ? ": none missed" : ": equal; none missed");
	if (result->reduced.executions == result->traces)
		text_add(line, ", no trace twice");
}

static void add_command(const struct verification *verification, const char *what,
			const struct schedule *schedule, const struct run_options *options,
			struct err *err)
{
	char *command = show_replay_command(&verification->runner, schedule, options->command);

	text_addf(&err->text, "%s: %s\n", what, command);
	free(command);
}

static int tell_fault(const struct verification *verification, const struct run_options *options,
		      struct err *err)
{
	static const char *const words[] = {
		[VERIFY_MADE_UP] = "the reduced search runs a trace that dfs does not run",
		[VERIFY_AGAIN] = "the reduced search runs a trace twice",
		[VERIFY_OTHER_STATE] = "two executions of one trace end in different states",
		[VERIFY_MISSED] = "the reduced search misses a trace that dfs runs",
	};
	const struct verify_result *result = &verification->result;

	err_bug(err, "%s: variant '%s': %s (%llu execution%s)",
		verification->runner.scenario->source.path, verification->runner.variant->title,
		words[result->fault], (unsigned long long)result->faults,
		result->faults == 1 ? "" : "s");
	add_command(verification, "the first is", &result->schedule, options, err);
	if (result->fault == VERIFY_OTHER_STATE)
		text_add(&err->text, "Something shared is touched without a point, or as what it "
				     "is not.\n");
	if (result->fault == VERIFY_AGAIN || result->fault == VERIFY_OTHER_STATE)
		add_command(verification, "before it", &result->other, options, err);
	return -1;
}

struct verifying {
	const struct run_case *which;
	const struct run_options *options;
};

/* In a process of its own. */
static int verify(void *arg, struct text *reply, struct err *err)
{
	const struct run_options *options = ((struct verifying *)arg)->options;
	struct verification verification = { .result = { .fault = VERIFY_EQUAL } };
	struct text line = TEXT_INIT;
	enum strength strength;
	int status;

	scout_begin_all();
	if (runner_init(&verification.runner, ((struct verifying *)arg)->which, err))
		return -1;
	death_key(runner_key(&verification.runner));
	order_init(&verification.order, &verification.runner);
	status = run(&verification, options, err);
	if (!status && verification.result.fault)
		status = tell_fault(&verification, options, err);
	if (!status) {
		strength = strength_of(&verification);
		describe(&verification, &line);
		pack_bytes(reply, &strength, sizeof(strength));
		pack_text(reply, &line);
	}
	text_release(&line);
	verify_release(&verification.result);
	order_release(&verification.order);
	runner_release(&verification.runner);
	return status;
}

int verify_variant(const struct run_case *which, const struct run_options *options,
		   enum strength *strength, struct text *line, struct err *err)
{
	struct verifying verifying = { which, options };
	struct text reply = TEXT_INIT;
	struct unpack from;
	int status = contain_call(verify, &verifying, &reply, err);

	unpack_init(&from, &reply);
	if (!status &&
	    (!unpack_bytes(&from, strength, sizeof(*strength)) || !unpack_text(&from, line)))
		status = err_add(err, "what was compared came back in part only");
	text_release(&reply);
	return status;
}
