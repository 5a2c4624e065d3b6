/* SPDX-License-Identifier: MIT */
/*
 * reduction_test.c - what dfs finds in the scenarios, dpor finds too.
 *
 * Both run each variant, dfs within a bound on preemptions; every final state that dfs
 * reaches must be among those of dpor. A state is what can be observed: the finding or the
 * rules that were violated, the scenario's variables, and all observables of its addresses.
 */
#include <criterion/criterion.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "explore/explore.h"
#include "injectors/fiu.h"
#include "mm/model.h"
#include "scenario/runner.h"

TestSuite(reduction, .timeout = 300);

struct states {
	const struct runner *runner;
	VEC(uint64_t) hashes;
};

static void add_observables(const struct runner *runner, long address, XXH3_state_t *hash)
{
	const struct model_observable *observable = runner->scenario->model->observables;

	for (; observable->name; observable++) {
		long args[MODEL_PARAMS_MAX] = { address }, value;

		for (unsigned int i = 1; i < MODEL_PARAMS_MAX && observable->params[i].name; i++)
			args[i] = observable->params[i].missing;
		if (observable->params[0].type != MODEL_ADDRESS)
			continue;
		value = observable->get(args);
		XXH3_64bits_update(hash, &value, sizeof(value));
	}
}

static uint64_t hash_state(const struct runner *runner, enum sim_end end)
{
	const struct scenario *scenario = runner->scenario;
	const char *finding = end == SIM_FINDING ? sim_finding()->name : "";
	XXH3_state_t hash;

	XXH3_64bits_reset(&hash);
	XXH3_64bits_update(&hash, finding, strlen(finding));
	for (size_t i = 0; i < runner->rules.count; i++)
		XXH3_64bits_update(&hash, &runner->rules.items[i].violated, sizeof(bool));
	if (end == SIM_FINDING)
		return XXH3_64bits_digest(&hash);
	XXH3_64bits_update(&hash, runner->slots, scenario->variables.count * sizeof(long));
	for (size_t i = 0; i < scenario->variables.count; i++)
		if (scenario->variables.items[i].type == MODEL_ADDRESS)
			add_observables(runner, runner->slots[i], &hash);
	return XXH3_64bits_digest(&hash);
}

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
	uint64_t hash = hash_state(states->runner, end);

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

static void compare_variant(const struct run_case *which, int preemptions,
			    void (*compare_states)(struct states *states, int preemptions))
{
	struct runner runner;
	struct states states = { .runner = &runner };
	struct err err = ERR_INIT;

	cr_assert_eq(runner_init(&runner, which, &err), 0);
	cr_assert_eq(sim_init(&runner.program, &err), 0);
	fault_set_plan(&runner.fault_plan);
	compare_states(&states, preemptions);
	fault_set_plan(NULL);
	sim_release();
	vec_release(&states.hashes);
	runner_release(&runner);
}

static const struct model *const models[] = { &mm_model, NULL };

static void compare_all(struct scenario *scenario, int preemptions,
			void (*compare_states)(struct states *states, int preemptions))
{
	struct err err = ERR_INIT;

	cr_assert_eq(inject_fiu_init(&err), 0);
	for (unsigned int i = 0; i < scenario->variants.count; i++)
		compare_variant(&(struct run_case){ scenario, i, 0 }, preemptions, compare_states);
	scenario_free(scenario);
}

static void compare(const char *path, int preemptions,
		    void (*compare_states)(struct states *states, int preemptions))
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
