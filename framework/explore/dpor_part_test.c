/* SPDX-License-Identifier: MIT */
/*
 * dpor_part_test.c - the parts of a reduced search together are the search.
 *
 * Random programs are cut at several depths; the traces of all parts must be those of dfs,
 * and each in one part.
 */
#include <criterion/criterion.h>

#include "explore/dpor_part.h"
#include "explore/random_program_test.h"
#include "explore/trace_set_test.h"

TestSuite(dpor_part, .timeout = 240);

#define EXECUTIONS_MAX 2000
#define STEPS_MAX 60

struct part_list {
	VEC(char *) texts;
	bool deeper;
};

static void load(struct dpor *dpor, const char *text)
{
	struct fields fields;
	struct err err = ERR_INIT;

	dpor_init(dpor, sim_program());
	fields_init(&fields, "part", text);
	cr_assert_eq(fields_expect(&fields, "dpor", &err), 0);
	cr_assert_eq(dpor_part_load(dpor, &fields, &err), 0, "%s: %s", text, err.text.bytes);
	err_release(&err);
}

/* Of the part @text all beginnings of @depth events. */
static void cut(struct part_list *parts, const char *text, size_t depth)
{
	struct dpor dpor;
	bool more = true;

	load(&dpor, text);
	dpor_cut(&dpor, depth);
	while (more) {
		char *part;

		dpor.strategy.begin(&dpor.strategy);
		sim_execute(&dpor.strategy, STEPS_MAX, NULL);
		part = dpor_beginning(&dpor);
		if (part)
			vec_push(&parts->texts, part);
		more = dpor.strategy.end(&dpor.strategy);
	}
	cr_expect_not(dpor.mismatch.found);
	parts->deeper |= dpor.deeper;
	dpor_release(&dpor);
}

static void add_part(struct trace_set *all, const char *text)
{
	struct trace_set set;
	struct dpor dpor;

	load(&dpor, text);
	trace_set_collect(&set, &dpor.strategy, random_program_state, EXECUTIONS_MAX, STEPS_MAX);
	cr_expect_not(dpor.mismatch.found);
	for (size_t i = 0; i < set.marks.count; i++)
		vec_push(&all->marks, set.marks.items[i]);
	trace_set_release(&set);
	dpor_release(&dpor);
}

/* Return: the number of parts. */
static size_t compare(const struct trace_set *expected, struct part_list *parts,
		      unsigned int number)
{
	struct trace_set all = { .complete = true };
	size_t count = parts->texts.count, again, missed;

	for (size_t i = 0; i < count; i++) {
		add_part(&all, parts->texts.items[i]);
		free(parts->texts.items[i]);
	}
	vec_release(&parts->texts);
	trace_set_sort(&all);
	again = trace_set_unique(&all);
	missed = trace_set_missing(expected, &all);
	cr_expect(!again && !missed && all.marks.count == expected->marks.count,
		  "program %u, %zu parts: %zu of %zu traces missed, %zu again", number, count,
		  missed, expected->marks.count, again);
	trace_set_release(&all);
	return count;
}

/* Cut, and then each part again. */
static void cut_twice(const struct trace_set *expected, unsigned int number)
{
	struct part_list first = { .deeper = false }, second = { .deeper = false };

	cut(&first, "dpor", 2);
	for (size_t i = 0; i < first.texts.count; i++) {
		cut(&second, first.texts.items[i], 5);
		free(first.texts.items[i]);
	}
	vec_release(&first.texts);
	compare(expected, &second, number);
}

/* Return: parts of the deepest cut. */
static size_t check(const struct recipe *recipe, unsigned int number)
{
	struct err err = ERR_INIT;
	struct trace_set expected;
	struct dfs dfs;
	size_t count = 0;

	random_program_build(recipe, number);
	cr_assert_eq(sim_init(&random_program, &err), 0);
	dfs_init(&dfs);
	trace_set_collect(&expected, &dfs.strategy, random_program_state, EXECUTIONS_MAX,
			  STEPS_MAX);
	dfs_release(&dfs);
	trace_set_unique(&expected);
	for (size_t depth = 1; expected.complete && depth < 5; depth++) {
		struct part_list parts = { .deeper = false };

		cut(&parts, "dpor", depth);
		count = compare(&expected, &parts, number);
	}
	if (expected.complete)
		cut_twice(&expected, number);
	vec_release(&expected.marks);
	sim_release();
	return count;
}

static void check_many(const struct recipe *recipe, unsigned int programs)
{
	size_t parts = 0;

	for (unsigned int number = 0; number < programs; number++)
		parts += check(recipe, number);
	cr_expect_gt(parts, programs);
}

Test(dpor_part, accesses_and_locks)
{
	static const enum op_kind kinds[] = { OP_READ, OP_WRITE, OP_RMW,       OP_ADD,
					      OP_LOCK, OP_WAIT,  OP_DOWN_READ, OP_DOWN_WRITE };

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 4, 4 }, 300);
}

Test(dpor_part, choices)
{
	static const enum op_kind kinds[] = { OP_READ,    OP_WRITE, OP_RMW,  OP_LOCK,
					      OP_LIMITED, OP_VALUE, OP_FAULT };

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 3, 4 }, 300);
}

Test(dpor_part, interrupts)
{
	static const enum op_kind kinds[] = { OP_READ,  OP_WRITE, OP_RMW,    OP_LOCK,     OP_CALL,
					      OP_RAISE, OP_MASK,  OP_UNMASK, OP_TWO_READS };

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), true, 4, 4 }, 300);
}

Test(dpor_part, findings)
{
	static const enum op_kind kinds[] = { OP_READ, OP_WRITE, OP_RMW, OP_FAIL, OP_LOCK };

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 4, 4 }, 300);
}
