/* SPDX-License-Identifier: MIT */
/*
 * explain_random_test.c - shrink and core_find() on small programs, drawn by a fixed rule from a
 * number, against what dfs enumerates of them.
 *
 * What fails is that an execution ends in a certain state: that of one of the program's executions,
 * which is drawn, too.
 */
#include <criterion/criterion.h>

#include "explain/against.h"
#include "explain/reduce.h"
#include "explore/random_program_test.h"
#include "scenarios/explain_enumerate.h"

TestSuite(explain_random, .timeout = 240);

#define PROGRAMS 250
#define EXECUTIONS_MAX 2000
#define STEPS_MAX 60

/* The state in which an execution fails. */
static uint64_t wrong_state;
static bool judging_end; /* the program is deadlocked or the like in it */

static enum subject_verdict judge(void *arg, enum sim_end end)
{
	(void)arg;
	if (random_program_state() == wrong_state && (end != SIM_DONE) == judging_end)
		return SUBJECT_FAILS;
	return end == SIM_DONE ? SUBJECT_PASSES : SUBJECT_DIFFERS;
}

/* ---- One execution, drawn ------------------------------------------------------------------- */

struct draw {
	uint64_t wanted, seen;
	struct schedule schedule;
};

static bool take(void *arg, enum sim_end end, uint64_t number)
{
	struct draw *draw = arg;

	(void)number;
	if (draw->seen++ == draw->wanted) {
		wrong_state = random_program_state();
		judging_end = end != SIM_DONE;
		schedule_copy(&draw->schedule, sim_schedule());
	}
	return true;
}

/* Return: how many there are; 0: too many. */
static uint64_t draw_execution(const struct explore_search *search, struct draw *draw)
{
	const struct explore_judge judge_draw = { .execution = take, .arg = draw };
	struct explore_search all = *search;
	struct explore_result result;
	struct err err = ERR_INIT;

	all.strategy = EXPLORE_DFS;
	all.executions_max = EXECUTIONS_MAX;
	draw->seen = 0;
	cr_assert(!explore_run(&all, NULL, &judge_draw, &result, &err), "%s", err.text.bytes);
	return result.strength == STRENGTH_CUT ? 0 : draw->seen;
}

/* ---- Shrinking ------------------------------------------------------------------------------ */

static struct {
	unsigned int programs, greedy_smallest, greedy_larger, depth[4];
	unsigned int reducible, reduced;    /* not the smallest, and made smaller step by step */
	unsigned int compared, one_differs; /* against one that passes */
	unsigned int lost;                  /* the nearest one that passes, with fewer searches */
} totals;

static struct sched_cost smallest_of(const struct subject *subject, const struct shrunk *shrunk)
{
	struct enumeration all = { .subject = subject, .signature = &shrunk->signature };

	cr_assert(enumerate(&all, &subject->search, EXECUTIONS_MAX) && all.any);
	return all.smallest;
}

/* With searches that come to their end it is the smallest one, and said to be. */
static void check_proved(const struct subject *subject, const struct schedule *failing,
			 struct shrunk *shrunk, unsigned int number)
{
	struct err err = ERR_INIT;
	struct sched_cost smallest;

	cr_assert(!shrink(subject, failing, UINT64_C(1000000), shrunk, &err), "program %u: %s",
		  number, err.text.bytes);
	smallest = smallest_of(subject, shrunk);
	cr_expect(shrunk->proved, "program %u: %s", number, shrunk->because.bytes);
	cr_expect(!sched_cost_compare(&shrunk->cost, &smallest), "program %u", number);
}

/*
 * With searches of one execution it is made smaller step by step: never larger than it was, never
 * smaller than the smallest, and never said to be that.
 */
static void check_shrunk_greedily(const struct subject *subject, const struct schedule *failing,
				  const struct sched_cost *smallest, unsigned int number)
{
	struct err err = ERR_INIT;
	struct shrunk shrunk;

	cr_assert(!shrink(subject, failing, 1, &shrunk, &err), "program %u: %s", number,
		  err.text.bytes);
	cr_expect(!shrunk.proved || !sched_cost_compare(&shrunk.cost, smallest), "program %u",
		  number);
	cr_expect(shrunk.proved || strstr(shrunk.because.bytes, "not proved: "));
	cr_expect_geq(sched_cost_compare(&shrunk.cost, smallest), 0, "program %u", number);
	cr_expect_leq(sched_cost_compare(&shrunk.cost, &shrunk.before), 0, "program %u", number);
	if (!shrunk.proved && sched_cost_compare(&shrunk.cost, smallest))
		totals.greedy_larger++;
	else if (!shrunk.proved)
		totals.greedy_smallest++;
	shrink_release(&shrunk);
}

static struct sched_cost reduce_once(const struct subject *subject, const struct schedule *failing,
				     struct shrunk *reduced)
{
	enum subject_verdict verdict;
	struct err err = ERR_INIT;
	struct trial trial;

	trial_init(&trial, subject);
	cr_assert(!trial_replay(&trial, failing, &verdict, &err), "%s", err.text.bytes);
	reduced->before = reduced->cost = sched_cost_of_execution();
	reduced->signature = signature_of_execution();
	schedule_copy(&reduced->schedule, failing);
	reduce(&trial, reduced);
	cr_expect(!trial_replay(&trial, &reduced->schedule, &verdict, &err));
	cr_expect_eq(verdict, SUBJECT_FAILS);
	trial_release(&trial);
	return sched_cost_of_execution();
}

/* Step by step alone: what it comes to is what it says, and no step makes it smaller again. */
static void check_reduced(const struct subject *subject, const struct schedule *failing,
			  const struct sched_cost *smallest, unsigned int number)
{
	struct shrunk reduced = { .because = TEXT_INIT }, again = { .because = TEXT_INIT };
	struct sched_cost cost = reduce_once(subject, failing, &reduced);

	cr_expect(!sched_cost_compare(&cost, &reduced.cost), "program %u", number);
	cr_expect_geq(sched_cost_compare(&cost, smallest), 0, "program %u", number);
	cr_expect_leq(sched_cost_compare(&cost, &reduced.before), 0, "program %u", number);
	totals.reducible += sched_cost_compare(&reduced.before, smallest) > 0;
	totals.reduced += sched_cost_compare(&cost, &reduced.before) < 0;
	cost = reduce_once(subject, &reduced.schedule, &again);
	cr_expect(!sched_cost_compare(&cost, &reduced.cost), "program %u", number);
	shrink_release(&reduced);
	shrink_release(&again);
}

/* ---- The core ------------------------------------------------------------------------------- */

/* What each execution that does not fail breaks, of all candidates. */
struct breaking {
	struct trial trial;
	const struct core *core;
	struct hitting hitting;
	struct hitting_set otherwise; /* what those that obey the core break */
};

static bool see_breaking(void *arg, enum subject_verdict verdict)
{
	struct breaking *breaking = arg;
	struct hitting_set set = { { 0 } };

	for (unsigned int i = 0; i < breaking->core->candidates.count; i++)
		if (!hold_obeyed(&breaking->trial.hold, i))
			hitting_put(&set, i);
	for (size_t i = 0; i < HITTING_WORDS && !hitting_meets(&set, &breaking->core->members); i++)
		breaking->otherwise.words[i] |= set.words[i];
	if (verdict != SUBJECT_FAILS)
		hitting_add(&breaking->hitting, &set);
	return true;
}

/* Of those that are no members: may it be otherwise, as far as the core goes? */
static void check_roles(const struct breaking *breaking, unsigned int number)
{
	for (unsigned int i = 0; i < breaking->core->candidates.count; i++) {
		bool needed = hitting_has(&breaking->core->members, i);
		bool otherwise = hitting_has(&breaking->otherwise, i);

		cr_expect_eq(breaking->core->candidates.items[i].role,
			     needed    ? CORE_NEEDED :
			     otherwise ? CORE_IRRELEVANT :
					 CORE_FORCED,
			     "program %u", number);
	}
}

/* A core has something of what each of these breaks: none that has is smaller than @core. */
static void check_all(const struct subject *subject, const struct core *core, unsigned int number)
{
	struct breaking breaking = { .core = core };
	const struct trial_eye eye = { see_breaking, &breaking };
	struct explore_search search = subject->search;
	struct trial_count count;
	struct hitting_set fewest;
	struct err err = ERR_INIT;

	search.strategy = EXPLORE_DFS;
	trial_init(&breaking.trial, subject);
	for (size_t i = 0; i < core->candidates.count; i++)
		hold_watch(&breaking.trial.hold, &core->candidates.items[i].condition);
	cr_assert(!trial_search(&breaking.trial, &search, &eye, &count, &err));
	cr_expect(hitting_solve(&breaking.hitting, &fewest) && core->smallest, "%u", number);
	cr_expect_eq(hitting_count(&core->members), hitting_count(&fewest), "program %u", number);
	check_roles(&breaking, number);
	hitting_release(&breaking.hitting);
	trial_release(&breaking.trial);
}

/* The first search, of everything, need not see what the others can see. */
static void check_hardly_searched(const struct subject *subject, const struct schedule *failing,
				  const struct core *core, unsigned int number)
{
	const struct core_limits limits = { .all = 1 };
	struct err err = ERR_INIT;
	struct core again;

	cr_assert(!core_find(subject, failing, &limits, &again, &err), "%s", err.text.bytes);
	cr_expect(again.explained, "program %u", number);
	cr_expect_eq(hitting_count(&again.members), hitting_count(&core->members), "program %u",
		     number);
	totals.lost += core->nearest.entries.count && !again.nearest.entries.count;
	core_release(&again);
}

static void check_core(const struct subject *subject, const struct shrunk *shrunk,
		       unsigned int number)
{
	const struct core_limits limits = { .all = 0 };
	struct enumeration *all = xcalloc(1, sizeof(*all));
	struct err err = ERR_INIT;
	struct core core;

	cr_assert(!core_find(subject, &shrunk->schedule, &limits, &core, &err), "program %u: %s",
		  number, err.text.bytes);
	cr_expect(core.explained, "program %u", number);
	all->subject = subject;
	all->signature = &shrunk->signature;
	for (size_t i = 0; i < core.candidates.count; i++)
		if (core.candidates.items[i].role == CORE_NEEDED)
			all->seen[all->count++].condition = &core.candidates.items[i].condition;
	cr_assert(enumerate(all, &subject->search, EXECUTIONS_MAX));
	cr_expect_eq(all->count, hitting_count(&core.members), "program %u", number);
	cr_expect_gt(all->obeying, 0, "program %u", number);
	cr_expect_eq(all->obeying, all->obeying_fail, "program %u: not sufficient", number);
	for (size_t i = 0; i < all->count; i++)
		cr_expect(all->needed[i], "program %u: not necessary", number);
	totals.depth[all->count < 3 ? all->count : 3]++;
	check_all(subject, &core, number);
	check_hardly_searched(subject, &shrunk->schedule, &core, number);
	core_release(&core);
	free(all);
}

/* ---- Against one that passes ---------------------------------------------------------------- */

static bool take_passing(void *arg, enum sim_end end, uint64_t number)
{
	struct schedule *passing = arg;

	(void)number;
	if (judge(NULL, end) != SUBJECT_PASSES)
		return true;
	schedule_copy(passing, sim_schedule());
	return false;
}

/* Something makes the difference, and nothing of it can be left out. */
static void check_against(const struct subject *subject, const struct shrunk *shrunk,
			  unsigned int number)
{
	struct schedule passing = { 0 };
	const struct explore_judge judge_passing = { .execution = take_passing, .arg = &passing };
	struct against against = { .runs = 0 };
	struct explore_search all = subject->search;
	struct explore_result result;
	struct err err = ERR_INIT;

	all.strategy = EXPLORE_DFS;
	cr_assert(!explore_run(&all, NULL, &judge_passing, &result, &err));
	if (!passing.entries.count)
		return;
	cr_assert(!against_find(&against, subject, &shrunk->schedule, &passing, &err),
		  "program %u: %s", number, err.text.bytes);
	cr_expect(against.members.count, "program %u", number);
	cr_expect_leq(against.members.count, against.differing);
	for (size_t i = 0; i < against.members.count; i++)
		cr_expect_neq(against.members.items[i].otherwise, SUBJECT_FAILS, "program %u",
			      number);
	totals.compared++;
	totals.one_differs += against.members.count == 1;
	against_release(&against);
	schedule_release(&passing);
}

/* ---- All of it ------------------------------------------------------------------------------ */

static void check_program(unsigned int number)
{
	const struct subject subject = { .program = &random_program,
					 .failure = "wrong",
					 .search = { .preemptions_max = -1,
						     .faults_max = -1,
						     .seed = 1,
						     .depth = 3,
						     .steps_max = STEPS_MAX },
					 .judge = judge };
	struct draw draw = { .wanted = UINT64_MAX };
	uint64_t count = draw_execution(&subject.search, &draw);
	struct shrunk shrunk;

	if (count < 2)
		return;
	draw.wanted = number * UINT64_C(7919) % count;
	draw_execution(&subject.search, &draw);
	totals.programs++;
	check_proved(&subject, &draw.schedule, &shrunk, number);
	check_shrunk_greedily(&subject, &draw.schedule, &shrunk.cost, number);
	check_reduced(&subject, &draw.schedule, &shrunk.cost, number);
	check_core(&subject, &shrunk, number);
	check_against(&subject, &shrunk, number);
	shrink_release(&shrunk);
	schedule_release(&draw.schedule);
}

static void check_programs(const enum op_kind *kinds, int kind_count, bool context)
{
	const struct recipe recipe = { kinds, kind_count, context, 3, 4 };

	memset(&totals, 0, sizeof(totals));
	for (unsigned int number = 0; number < PROGRAMS; number++) {
		struct err err = ERR_INIT;

		random_program_build(&recipe, number);
		cr_assert_eq(sim_init(&random_program, &err), 0);
		check_program(number);
		sim_release();
	}
	cr_log_info("%u programs; step by step %u to the smallest, %u not; %u, %u, %u cores of "
		    "none, one, two, %u larger",
		    totals.programs, totals.greedy_smallest, totals.greedy_larger, totals.depth[0],
		    totals.depth[1], totals.depth[2], totals.depth[3]);
	cr_log_info("%u of %u that could be smaller become so step by step", totals.reduced,
		    totals.reducible);
	cr_expect_gt(totals.reduced * 5, totals.reducible * 4);
	cr_log_info("%u compared with one that passes, one order or answer differs in %u",
		    totals.compared, totals.one_differs);
	cr_expect_gt(totals.programs, PROGRAMS / 2);
	cr_expect_gt(totals.one_differs, 0);
	cr_expect_gt(totals.compared, totals.one_differs);
	cr_expect_lt(totals.lost, 5);
	cr_expect_gt(totals.depth[1], 0);
	cr_expect_gt(totals.depth[2], 0);
	cr_expect_gt(totals.depth[3], 0);
	cr_expect_gt(totals.greedy_smallest, 0);
}

Test(explain_random, reads_and_writes)
{
	static const enum op_kind kinds[] = { OP_READ, OP_WRITE, OP_RMW, OP_ADD, OP_LOCAL };

	check_programs(kinds, ARRAY_SIZE(kinds), false);
	cr_expect_gt(totals.greedy_larger, 0, "then it would be worth to say that it is proved");
}

Test(explain_random, locks)
{
	static const enum op_kind kinds[] = { OP_READ, OP_WRITE,     OP_RMW,
					      OP_LOCK, OP_DOWN_READ, OP_DOWN_WRITE };

	check_programs(kinds, ARRAY_SIZE(kinds), false);
}

Test(explain_random, answers)
{
	static const enum op_kind kinds[] = { OP_READ, OP_WRITE, OP_RMW, OP_VALUE, OP_FAULT };

	check_programs(kinds, ARRAY_SIZE(kinds), false);
}

Test(explain_random, interrupts)
{
	static const enum op_kind kinds[] = { OP_READ,  OP_WRITE, OP_RMW,
					      OP_RAISE, OP_MASK,  OP_UNMASK };

	check_programs(kinds, ARRAY_SIZE(kinds), true);
}
