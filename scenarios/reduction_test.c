/* SPDX-License-Identifier: MIT */
/*
 * reduction_test.c - what dfs finds in the scenarios, dpor finds too.
 *
 * Both run each variant, dfs within a bound on preemptions; every final state that dfs
 * reaches must be among those of dpor. Rules look at the states between steps, so with
 * them each state is passed once, and without them one execution per trace is run.
 */
#include <criterion/criterion.h>

#include "explore/explore.h"
#include "injectors/fiu.h"
#include "mm/model.h"
#include "scenario/state.h"

TestSuite(reduction, .timeout = 300);

struct states {
	const struct runner *runner;
	VEC(uint64_t) hashes;
};

static bool is_known(const struct states *states, uint64_t hash)
{
	for (size_t i = 0; i < states->hashes.count; i++)
		if (states->hashes.items[i] == hash)
			return true;
	return false;
}

static bool add_state(void *arg, enum sim_end end, uint64_t number)
{
	struct states *states = arg;
	uint64_t hash = state_hash(states->runner, end);

	(void)number;
	if (!is_known(states, hash))
		vec_push(&states->hashes, hash);
	return true;
}

/* Return: how many states are known afterwards. */
static size_t explore(struct states *states, enum explore_strategy strategy, int preemptions)
{
	const struct explore_judge judge = { .execution = add_state, .arg = states };
	struct explore_search search = EXPLORE_ALL;
	struct explore_result result;
	struct err err = ERR_INIT;

	search.strategy = strategy;
	search.preemptions_max = preemptions;
	cr_assert_eq(explore_run(&search, NULL, &judge, &result, &err), 0, "%s", err.text.bytes);
	return states->hashes.count;
}

/* dpor, which has no bound, and dfs within one. */
static void compare_unbounded(struct states *states, int preemptions)
{
	const char *title = states->runner->variant->title;
	size_t reduced = explore(states, EXPLORE_DPOR, -1);
	size_t all = explore(states, EXPLORE_DFS, preemptions);

	cr_expect_gt(reduced, 1, "%s: one final state proves nothing", title);
	cr_expect_eq(all, reduced, "%s: dfs reaches %zu states that dpor does not", title,
		     all - reduced);
}

/* Both within the bound. */
static void compare_bounded(struct states *states, int preemptions)
{
	const char *title = states->runner->variant->title;
	size_t reduced = explore(states, EXPLORE_DPOR, preemptions);
	size_t all = explore(states, EXPLORE_DFS, preemptions);

	cr_expect_eq(all, reduced, "%s, preemptions<=%d: dfs reaches %zu more states", title,
		     preemptions, all - reduced);
	states->hashes.count = 0;
	cr_expect_eq(explore(states, EXPLORE_DFS, preemptions), all,
		     "%s, preemptions<=%d: dfs does not reach all", title, preemptions);
}

typedef void compare_states_fn(struct states *states, int preemptions);

static void compare_runner(struct runner *runner, int preemptions, compare_states_fn *compare)
{
	struct states states = { .runner = runner };
	struct err err = ERR_INIT;

	cr_assert_eq(sim_init(&runner->program, &err), 0);
	fault_set_plan(&runner->fault_plan);
	compare(&states, preemptions);
	fault_set_plan(NULL);
	sim_release();
	vec_release(&states.hashes);
}

static void compare_variant(const struct run_case *which, int preemptions,
			    compare_states_fn *compare)
{
	struct runner runner;
	struct err err = ERR_INIT;

	cr_assert_eq(runner_init(&runner, which, &err), 0);
	compare_runner(&runner, preemptions, compare);
	/* Where a rule is broken and nothing stops, a free page may be used: then no step is
	 * what it was announced as. So this is for scenarios in which that does not happen. */
	if (compare == compare_unbounded) {
		runner.program.step = NULL;
		compare_runner(&runner, preemptions, compare);
	}
	runner_release(&runner);
}

static const struct model *const models[] = { &mm_model, NULL };

static void compare_all(struct scenario *scenario, int preemptions,
			compare_states_fn *compare_states)
{
	struct err err = ERR_INIT;

	cr_assert_eq(inject_fiu_init(&err), 0);
	for (unsigned int i = 0; i < scenario->variants.count; i++)
		compare_variant(&(struct run_case){ scenario, i, 0 }, preemptions, compare_states);
	scenario_free(scenario);
}

static void compare(const char *path, int preemptions, compare_states_fn *compare_states)
{
	struct err err = ERR_INIT;
	struct scenario *scenario = scenario_load(path, models, &err);

	cr_assert_not_null(scenario, "%s", err.text.bytes);
	compare_all(scenario, preemptions, compare_states);
}

/* A lock that one CPU holds while the other prepares: both have interrupt contexts. */
Test(reduction, lock_and_interrupts)
{
	static const char text[] =
		"scenario gup\nuse mm;\n"
		"setup { P = process(); A = anon_page(P, fill = 1, writable); }\n"
		"cpu dio in P { pg = get_user_pages(A, FOLL_WRITE); }\n"
		"cpu kswapd { shrink_page(A); }\n"
		"predicate gone = freed(A);\nvariants { v2.6.29 sometimes gone; }\n";
	struct err err = ERR_INIT;
	struct scenario *scenario = scenario_parse("gup.scn", text, sizeof(text) - 1, models, &err);

	cr_assert_not_null(scenario, "%s", err.text.bytes);
	compare_all(scenario, 2, compare_unbounded);
}

#define READ_PIN_LEAK "scenarios/pin-vs-unmap/D01-read-pin-leak.scn"
#define SINGLE_CHECK "scenarios/pin-vs-unmap/D03-single-check-vs-gup-fast.scn"
#define VMSPLICE_LEAK "scenarios/pin-vs-unmap/D08-vmsplice-leak.scn"

Test(reduction, read_pin_leak)
{
	compare(READ_PIN_LEAK, 2, compare_unbounded);
}

Test(reduction, vmsplice_leak)
{
	compare(VMSPLICE_LEAK, 4, compare_unbounded);
}

Test(reduction, read_pin_leak_bounded)
{
	compare(READ_PIN_LEAK, 2, compare_bounded);
}

Test(reduction, single_check_bounded)
{
	compare(SINGLE_CHECK, 2, compare_bounded);
}

Test(reduction, vmsplice_leak_bounded)
{
	compare(VMSPLICE_LEAK, 4, compare_bounded);
}
