/* SPDX-License-Identifier: MIT */
/*
 * pop_part_test.c - a parsimonious search can be cut between any two executions.
 *
 * Random programs are searched in pieces: after so many executions what is left is cut, and
 * each part searched in pieces again. Together it is the same executions in the same order.
 */
#include <criterion/criterion.h>

#include "explore/pop_part.h"
#include "explore/random_program_test.h"
#include "explore/trace_set_test.h"

TestSuite(pop_part, .timeout = 240);

#define STEPS_MAX 60

struct run {
	VEC(uint64_t) traces; /* in the order of their executions */
	size_t parts;
	bool together; /* several nodes in one part */
};

static void load(struct pop *pop, const char *text)
{
	struct fields fields;
	struct err err = ERR_INIT;

	pop_init(pop, sim_program());
	fields_init(&fields, "part", text);
	cr_assert_eq(fields_expect(&fields, "pop", &err), 0);
	cr_assert_eq(pop_part_load(pop, &fields, &err), 0, "%s: %s", text, err.text.bytes);
	err_release(&err);
}

/* Return: whether there is more. */
static bool execute(struct pop *pop, struct run *run)
{
	struct fingerprint fingerprint;
	bool more = true;

	fingerprint_init(&fingerprint, sim_program(), &pop->strategy);
	do {
		bool again = pop->asking;

		fingerprint.strategy.begin(&fingerprint.strategy);
		sim_execute(&fingerprint.strategy, STEPS_MAX, NULL);
		more = fingerprint.strategy.end(&fingerprint.strategy);
		if (!again)
			vec_push(&run->traces, fingerprint_value(&fingerprint));
	} while (pop->asking);
	fingerprint_release(&fingerprint);
	return more;
}

static void search(struct run *run, const char *text, size_t executions)
{
	struct parts parts = { .list = { 0 } };
	struct pop pop;
	bool more = true;

	load(&pop, text);
	for (size_t i = 0; i < executions && more; i++)
		more = execute(&pop, run);
	if (more)
		pop_part_split(&pop, &parts);
	cr_expect(!pop.mismatch.found && !pop.infeasible);
	pop_release(&pop);
	run->parts += parts.list.count;
	for (size_t i = 0; i < parts.list.count; i++) {
		run->together |= !!strncmp(parts.list.items[i], "pop 1 ", 6);
		search(run, parts.list.items[i], executions);
	}
	parts_release(&parts);
}

static size_t check(const struct recipe *recipe, unsigned int number)
{
	struct err err = ERR_INIT;
	struct run whole = { .parts = 0 };
	size_t parts = 0;

	random_program_build(recipe, number);
	cr_assert_eq(sim_init(&random_program, &err), 0);
	search(&whole, "pop", 100000);
	for (size_t executions = 1; executions < 30 && executions < whole.traces.count;
	     executions = executions * 3 + 1) {
		struct run cut = { .parts = 0 };

		search(&cut, "pop", executions);
		cr_assert_eq(cut.traces.count, whole.traces.count, "program %u, cut behind %zu",
			     number, executions);
		cr_expect_arr_eq(cut.traces.items, whole.traces.items,
				 whole.traces.count * sizeof(*whole.traces.items), "program %u",
				 number);
		parts += cut.parts;
		vec_release(&cut.traces);
	}
	vec_release(&whole.traces);
	sim_release();
	return parts;
}

static void check_many(const struct recipe *recipe, unsigned int programs)
{
	size_t parts = 0;

	for (unsigned int number = 0; number < programs; number++)
		parts += check(recipe, number);
	cr_expect_gt(parts, programs * 4);
}

Test(pop_part, accesses_and_locks)
{
	static const enum op_kind kinds[] = { OP_READ, OP_WRITE, OP_RMW,       OP_ADD,
					      OP_LOCK, OP_WAIT,  OP_DOWN_READ, OP_DOWN_WRITE };

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 4, 4 }, 300);
}

Test(pop_part, choices)
{
	static const enum op_kind kinds[] = { OP_READ,    OP_WRITE, OP_RMW,  OP_LOCK,
					      OP_LIMITED, OP_VALUE, OP_FAULT };

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 3, 4 }, 300);
}

Test(pop_part, findings)
{
	static const enum op_kind kinds[] = { OP_RMW,  OP_WRITE,     OP_FAIL,       OP_FAULT,
					      OP_LOCK, OP_DOWN_READ, OP_DOWN_WRITE, OP_WAIT };

	check_many(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 4, 4 }, 300);
}

/* Where a search is cut, more nodes than a few stay together. */
Test(pop_part, parts_of_several_nodes)
{
	static const enum op_kind kinds[] = { OP_WRITE, OP_RMW };
	const struct recipe recipe = { kinds, ARRAY_SIZE(kinds), false, 4, 4 };
	struct run run = { .parts = 0 };
	struct err err = ERR_INIT;

	for (unsigned int number = 0; !run.together && number < 100; number++) {
		random_program_build(&recipe, number);
		cr_assert_eq(sim_init(&random_program, &err), 0);
		search(&run, "pop", 10);
		sim_release();
	}
	cr_expect(run.together);
	vec_release(&run.traces);
}

static void expect_error(const char *text, const char *error)
{
	struct err err = ERR_INIT;
	struct fields fields;
	struct pop pop;

	pop_init(&pop, sim_program());
	fields_init(&fields, "part", text);
	cr_assert_eq(fields_expect(&fields, "pop", &err), 0);
	cr_expect_eq(pop_part_load(&pop, &fields, &err), -1, "%s", text);
	cr_expect_not_null(strstr(err.text.bytes, error), "%s: %s", text, err.text.bytes);
	pop_release(&pop);
	err_release(&err);
}

Test(pop_part, hostile)
{
	static const enum op_kind kinds[] = { OP_READ, OP_WRITE };
	struct err err = ERR_INIT;

	random_program_build(&(struct recipe){ kinds, ARRAY_SIZE(kinds), false, 4, 4 }, 1);
	cr_assert_eq(sim_init(&random_program, &err), 0);
	expect_error("pop 0", "a part has a node");
	expect_error("pop 1 0 1 99 0 1 0 0 0 0 0", "expected a number up to");
	expect_error("pop 1 0 1 0 0 1 1 0 1 0 0 0 0 0 0", "no deviation can be there");
	expect_error("pop 1 0 1 0 0 1 0 2 0 0 0", "expected a number up to 1");
	expect_error("pop 1 0 0 0 0 1 0 0", "there is no step before the first");
	expect_error("pop 1 1 2 2 0 0 0 0 0 0 0", "option 2 of 2");
	expect_error("pop 1 0 0 0 0 0 0 0 7", "7");
	sim_release();
}
