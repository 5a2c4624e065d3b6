/* SPDX-License-Identifier: MIT */
/*
 * memo_part_test.c - on thousands of small programs: the parts of a search that remembers make
 * the executions of the whole, each of them once, wherever and how often it is cut.
 */
#include <criterion/criterion.h>

#include "explore/beginning.h"
#include "explore/explorer.h"
#include "explore/random_program_test.h"

TestSuite(memo_part, .timeout = 240);

#define EXECUTIONS_MAX 1500
#define STEPS_MAX 60

struct executions {
	VEC(char *) schedules;
	uint64_t dropped;
	bool complete;
};

static void release(struct executions *executions)
{
	for (size_t i = 0; i < executions->schedules.count; i++)
		free(executions->schedules.items[i]);
	vec_release(&executions->schedules);
}

static char *schedule_text(void)
{
	struct text text = TEXT_INIT;

	schedule_format(sim_schedule(), &random_program, &text);
	return text_detach(&text);
}

/* Return: whether there is another one. */
static bool run_one(struct explorer *explorer, struct executions *executions)
{
	enum sim_end end;

	explorer->strategy->begin(explorer->strategy);
	end = sim_execute(explorer->strategy, STEPS_MAX, NULL);
	if (explorer_counts(explorer, end))
		vec_push(&executions->schedules, schedule_text());
	else
		executions->dropped++;
	return explorer->strategy->end(explorer->strategy);
}

/* Add those of the part @text. */
static void explore(const struct explore_search *search, const char *text,
		    struct executions *executions)
{
	struct explorer explorer;
	struct fields fields;
	struct err err = ERR_INIT;
	bool more = true;

	explorer_init(&explorer, search, NULL, true);
	fields_init(&fields, "part", text);
	cr_assert_eq(explorer_load(&explorer, &fields, &err), 0, "%s: %s", text, err.text.bytes);
	while (more && executions->schedules.count < EXECUTIONS_MAX)
		more = run_one(&explorer, executions);
	executions->complete = !more;
	cr_expect_eq(explorer_check(&explorer, &err), 0, "%s", err.text.bytes);
	explorer_release(&explorer);
}

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort(struct executions *executions)
{
	if (executions->schedules.count)
		qsort(executions->schedules.items, executions->schedules.count, sizeof(char *),
		      compare_texts);
}

static bool is_same(const struct executions *a, const struct executions *b)
{
	if (a->schedules.count != b->schedules.count)
		return false;
	for (size_t i = 0; i < a->schedules.count; i++)
		if (strcmp(a->schedules.items[i], b->schedules.items[i]) != 0)
			return false;
	return true;
}

/* All parts that @text is cut into, and each of these again, @times times. */
static void explore_cut(const struct explore_search *search, const char *text, unsigned int times,
			struct executions *all)
{
	struct parts parts = { 0 };
	struct err err = ERR_INIT;

	if (!times) {
		explore(search, text, all);
		return;
	}
	cr_assert_eq(beginning_cut(text, search, times == 1 ? 12 : 3, &parts, &err), 0);
	for (size_t i = 0; i < parts.list.count; i++)
		explore_cut(search, parts.list.items[i], times - 1, all);
	parts_release(&parts);
}

struct totals {
	uint64_t compared, executions, dropped, dropped_in_parts;
};

static void check(const struct explore_search *search, unsigned int number, struct totals *totals)
{
	struct executions whole = { .dropped = 0 };

	explore(search, "states", &whole);
	sort(&whole);
	for (unsigned int times = 1; whole.complete && times <= 3; times++) {
		struct executions cut = { .dropped = 0 };

		explore_cut(search, "states", times, &cut);
		sort(&cut);
		cr_expect(is_same(&whole, &cut),
			  "program %u, preemptions<=%d, cut %u times: %zu executions, not %zu",
			  number, search->preemptions_max, times, cut.schedules.count,
			  whole.schedules.count);
		totals->dropped_in_parts += cut.dropped;
		release(&cut);
	}
	totals->compared += whole.complete;
	totals->executions += whole.schedules.count;
	totals->dropped += whole.dropped;
	release(&whole);
}

static void check_many(const struct recipe *recipe)
{
	struct explore_search search = EXPLORE_ALL;
	struct totals totals = { 0 };

	search.steps_max = STEPS_MAX;
	for (unsigned int number = 0; number < 300; number++) {
		struct err err = ERR_INIT;

		random_program_build(recipe, number);
		cr_assert_eq(sim_init(&random_program, &err), 0);
		search.faults_max = (int)(number % 4) - 1;
		for (search.preemptions_max = 0; search.preemptions_max < 5;
		     search.preemptions_max++)
			check(&search, number, &totals);
		sim_release();
	}
	cr_log_info("%llu searches, %llu executions; %llu dropped, %llu in parts",
		    (unsigned long long)totals.compared, (unsigned long long)totals.executions,
		    (unsigned long long)totals.dropped,
		    (unsigned long long)totals.dropped_in_parts);
	cr_expect_gt(totals.compared, 1400);
}

Test(memo_part, reads_and_writes)
{
	static const enum op_kind kinds[] = { OP_READ, OP_WRITE, OP_RMW, OP_ADD, OP_LOCAL };

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 4, 4 });
}

Test(memo_part, locks)
{
	static const enum op_kind kinds[] = { OP_READ, OP_WRITE,   OP_RMW,       OP_LOCK,
					      OP_LOCK, OP_TRYLOCK, OP_DOWN_READ, OP_DOWN_WRITE,
					      OP_WAIT, OP_SPIN,    OP_SPIN_TWO };

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 4, 4 });
}

Test(memo_part, choices_and_findings)
{
	static const enum op_kind kinds[] = { OP_READ,    OP_WRITE,   OP_RMW,   OP_LOCK,  OP_ADD,
					      OP_LIMITED, OP_LIMITED, OP_VALUE, OP_FAULT, OP_FAIL };

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 3, 4 });
}

Test(memo_part, interrupts)
{
	static const enum op_kind kinds[] = { OP_READ, OP_WRITE, OP_RMW,    OP_LOCK,     OP_CALL,
					      OP_CALL, OP_MASK,  OP_UNMASK, OP_TWO_READS };

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), true, 4, 4 });
}
