/* SPDX-License-Identifier: MIT */
/*
 * public_kinds_test.c - what baton_explore() found: which, how often, and what that comes to.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "baton/explore.h"

TestSuite(public_kinds, .timeout = 60);

static int x;
static unsigned int options;

/* One execution for each answer: 0 is good, and every other one a finding, of two names. */
static void chooses(void *arg)
{
	unsigned int answer;

	(void)arg;
	baton_access(BATON_HERE("x"), &x, BATON_WRITE);
	answer = baton_choose(BATON_CHOICE_VALUE, options, "answer");
	if (answer)
		baton_fail(answer % 2 ? "odd" : "even", "the answer\nis %u", answer);
}

static const struct baton_cpu_program one[] = { { "a", chooses, NULL, -1 } };
static const struct baton_program program = { .size = sizeof(struct baton_program),
					      .name = "kinds",
					      .cpus = one,
					      .cpu_count = 1 };

static struct baton_result explore(const struct baton_search *search, unsigned int count)
{
	struct baton_result result;

	options = count;
	cr_assert_eq(baton_explore(&program, search, &result), 0, "%s", result.finding);
	return result;
}

static void expect_kind(const struct baton_finding *kind, const char *name, uint64_t executions,
			const char *text)
{
	cr_expect_str_eq(kind->name, name);
	cr_expect_str_eq(kind->text, text);
	cr_expect_eq(kind->executions, executions);
}

/* Of 0 to 5, three are odd, and 2 and 4 are even. Behind 0 the search begins with 5. */
static void expect_kinds(unsigned int jobs)
{
	struct baton_search search = baton_search_all();
	struct baton_result result;

	search.jobs = jobs;
	result = explore(&search, 6);
	cr_assert_eq(result.kind_count, 2);
	expect_kind(&result.kinds[0], "odd", 3, "the answer\nis 5");
	expect_kind(&result.kinds[1], "even", 2, "the answer\nis 4");
	cr_expect_eq(result.findings, 5);
	cr_expect_str_eq(result.finding, "odd: the answer\nis 5");
	cr_expect_str_eq(result.schedule, result.kinds[0].schedule);
	cr_expect_str_eq(result.kinds[1].schedule, "a1[=4]");
	baton_result_release(&result);
	cr_expect_null(result.kinds);
}

Test(public_kinds, list)
{
	expect_kinds(0);
	expect_kinds(2);
}

static void expect_verdict(const struct baton_search *search, unsigned int count,
			   enum baton_verdict verdict, const char *name)
{
	struct baton_result result = explore(search, count);

	cr_expect_eq(baton_verdict(&result), verdict);
	cr_expect_str_eq(baton_verdict_name(baton_verdict(&result)), name);
	baton_result_release(&result);
}

static void fails(void *arg)
{
	(void)arg;
	baton_fail("always", "it always does");
}

Test(public_kinds, verdicts)
{
	const struct baton_cpu_program bad[] = { { "a", fails, NULL, -1 } };
	const struct baton_program wrong = { .name = "wrong", .cpus = bad, .cpu_count = 1 };
	struct baton_search search = baton_search_all();
	struct baton_result result;

	expect_verdict(NULL, 1, BATON_NEVER, "never");
	expect_verdict(NULL, 2, BATON_SOMETIMES, "sometimes");
	search.executions_max = 1;
	expect_verdict(&search, 2, BATON_NOT_FOUND, "not found");
	cr_assert_eq(baton_explore(&wrong, NULL, &result), 0);
	cr_expect_eq(baton_verdict(&result), BATON_ALWAYS);
	baton_result_release(&result);
}

/* ---- Structs of other versions -------------------------------------------------------------- */

static void expect_refused(const struct baton_program *asked, const struct baton_search *search,
			   const char *words)
{
	struct baton_result result;

	cr_expect_eq(baton_explore(asked, search, &result), -1);
	cr_expect(result.finding && strstr(result.finding, words), "%s", result.finding);
	baton_result_release(&result);
}

/* A program that was compiled with a later header, where there is more. */
struct later_search {
	struct baton_search search;
	uint64_t more;
};

Test(public_kinds, sizes)
{
	struct later_search later = { baton_search_all(), 0 };
	struct baton_search search = baton_search_all();
	struct baton_program small = program;

	later.search.size = sizeof(later);
	expect_verdict(&later.search, 1, BATON_NEVER, "never");
	later.more = 1;
	expect_refused(&program, &later.search, "compiled for a newer one");
	search.size = 0;
	expect_verdict(&search, 1, BATON_NEVER, "never");
	search.size = 8;
	expect_refused(&program, &search, "search.size is 8: it is sizeof(struct baton_search)");
	small.size = 8;
	expect_refused(&small, NULL, "program.size is 8: it is sizeof(struct baton_program)");
}
