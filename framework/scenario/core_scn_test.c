/* SPDX-License-Identifier: MIT */
/*
 * core_scn_test.c - what no scenario can say of a core, and what is told then.
 */
#include <criterion/criterion.h>

#include "scenario/core_scn.h"

TestSuite(core_scn, .timeout = 10);

static void run(void *arg)
{
	(void)arg;
}

static const struct baton_cpu_program cpus[] = { { "a", run, NULL, -1 }, { "b", run, NULL, -1 } };
static const struct baton_program program = { .name = "test", .cpus = cpus, .cpu_count = 2 };
static const struct baton_point named = { "toy/read", "toy.c", 3, true };
static const struct baton_point unnamed = { "lock(&x)", "toy.c", 7, false };

#define UNNAMED                                                                        \
	"'a:lock(&x)' has no name that a scenario can use: put POINT(\"...\") before " \
	"toy.c:7, and explain it again"

static void expect_unsaid(const struct core_candidate *candidate, const char *reason)
{
	struct core core = { .explained = true };
	const struct failing failing = { .subject = { .program = &program } };
	const struct core_scn wanted = { .failing = &failing, .core = &core };
	struct text text = TEXT_INIT, why = TEXT_INIT;
	struct err err = ERR_INIT;

	if (candidate) {
		vec_push(&core.candidates, *candidate);
		hitting_put(&core.members, 0);
	}
	cr_expect_eq(core_scn_write(&wanted, &text, &why, &err), 1);
	cr_expect_str_eq(why.bytes, reason);
	cr_expect_eq(text.length, 0);
	vec_release(&core.candidates);
	text_release(&text);
	text_release(&why);
	err_release(&err);
}

Test(core_scn, a_place_without_a_name_is_to_get_one)
{
	const struct core_candidate first = {
		.condition = { .first = { 0, &unnamed, 1 }, .second = { 1, &named, 2 } },
	};
	const struct core_candidate second = {
		.condition = { .first = { 1, &named, 2 }, .second = { 0, &unnamed, 1 } },
	};

	expect_unsaid(&first, UNNAMED);
	expect_unsaid(&second, UNNAMED);
}

Test(core_scn, a_choice_without_a_name_is_to_get_one)
{
	const struct core_candidate picked = {
		.condition = { .kind = CONDITION_ANSWER,
			       .answer = { BATON_CHOICE_VALUE, 0, "who is woken", 1, 2 } },
		.named = true,
	};

	expect_unsaid(&picked, "'who is woken' is no name that a scenario can write: give the "
			       "choice another, as 'pool/slot', and explain it again");
}

Test(core_scn, what_fails_always_needs_nothing)
{
	expect_unsaid(NULL, "nothing is to be held: it fails always");
}
