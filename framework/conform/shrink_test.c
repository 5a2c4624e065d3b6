/* SPDX-License-Identifier: MIT */
/* What is left of a script is what a predicate needs, and nothing more. */
#include <criterion/criterion.h>
#include <string.h>

#include "conform/compare.h"
#include "conform/kernel.h"
#include "conform/shrink.h"

TestSuite(shrink, .timeout = 60);

static struct conform_script parsed(const char *line)
{
	struct conform_script script = { 0 };
	struct err err = ERR_INIT;

	cr_assert_eq(conform_script_parse(&script, "test", 1, line, &err), 0, "%s", err.text.bytes);
	return script;
}

static void expect_script(struct conform_script *script, const char *line)
{
	struct text text = TEXT_INIT;

	conform_script_print(script, &text);
	cr_expect_str_eq(text.bytes, line);
	text_release(&text);
	conform_script_release(script);
}

/* Index of the next operation of this kind from @at on; the count if there is none. */
static size_t next(const struct conform_script *script, enum conform_what what, size_t at)
{
	while (at < script->ops.count && script->ops.items[at].what != what)
		at++;
	return at;
}

/* A pageout, later a splice by another process, and later a load by anyone. */
static bool shows_order(void *arg, struct conform_script *script)
{
	size_t out = next(script, CONFORM_PAGEOUT, 0), splice = next(script, CONFORM_SPLICE, out);

	*(unsigned long *)arg += 1;
	if (splice >= script->ops.count ||
	    script->ops.items[splice].process == script->ops.items[out].process)
		return false;
	return next(script, CONFORM_R, splice) < script->ops.count;
}

Test(shrink, what_is_left_is_what_the_predicate_needs)
{
	struct conform_script script =
		parsed("long : A.map A.w:9:2 A.fork:B A.w:3:1 B.fork:C B.exit A.pageout:3 A.w:5 "
		       "C.w:7 C.splice:3:2 A.reg:1 A.wfix=0 C.r:1=3 A.r=5 C.r=7 D.pipe:3=9");
	unsigned long asked = 0;
	struct shrink shrink = { .shows = shows_order, .arg = &asked, .tries_max = 10000 };

	shrink_script(&shrink, &script);
	expect_script(&script, "long : A.fork:B A.pageout=-12 B.splice:0=-14 A.r=-2011");
	cr_expect_eq(asked, shrink.tries);
}

Test(shrink, a_limit_is_kept_and_what_is_left_still_shows)
{
	struct conform_script script = parsed("x : A.map A.w:1 A.fork:B A.w:2 A.w:3 A.pageout "
					      "A.w:4 B.splice:1 A.w:5 A.r=5 B.r=1 B.r=1");
	unsigned long asked = 0;
	struct shrink shrink = { .shows = shows_order, .arg = &asked, .tries_max = 7 };

	shrink_script(&shrink, &script);
	cr_expect_eq(asked, 7);
	cr_expect(shows_order(&asked, &script));
	conform_script_release(&script);
}

static bool never(void *arg, struct conform_script *script)
{
	(void)arg;
	(void)script;
	return false;
}

Test(shrink, a_script_that_shows_nothing_smaller_stays)
{
	struct conform_script script = parsed("x : A.map A.w:1 A.fork:B B.r=1");
	struct shrink shrink = { .shows = never, .tries_max = 1000 };

	shrink_script(&shrink, &script);
	expect_script(&script, "x : A.map A.w:1 A.fork:B B.r=1");
}

static bool model_differs(void *arg, struct conform_script *script)
{
	struct conform_counts counts = { 0 };

	(void)arg;
	return conform_difference(script, &counts) < script->ops.count;
}

static void open_model(const char *kernel)
{
	unsigned int rules[MODEL_RULES_MAX];
	struct err err = ERR_INIT;

	cr_assert_eq(conform_kernel_rules(kernel, rules, &err), 0, "%s", err.text.bytes);
	cr_assert_eq(conform_open(rules, true, &err), 0, "%s", err.text.bytes);
}

/* What is left of a script that a kernel does not answer as an ideal one does. */
static void expect_shortest(const char *base, const char *change, const char *line,
			    const char *shortest)
{
	struct shrink shrink = { .shows = model_differs, .tries_max = 100000 };
	struct conform_script script = parsed(line);
	struct text kernel = TEXT_INIT;

	text_addf(&kernel, "%s %s", base, change);
	open_model(base);
	cr_expect_not(model_differs(NULL, &script), "%s does it, too", base);
	conform_close();
	open_model(kernel.bytes);
	cr_assert(model_differs(NULL, &script), "%s is ideal", kernel.bytes);
	text_release(&kernel);
	shrink_script(&shrink, &script);
	conform_close();
	expect_script(&script, shortest);
}

/* CVE-2020-29374: the child's reference sees what its parent stores later. */
Test(shrink, a_model_that_reuses_by_mapcount_shows_the_leak)
{
	expect_shortest("6.18", "+ reuse=mapcount",
			"x : A.map A.w:1 A.w:9:1 A.fork:B A.r=1 B.pageout:1 B.splice:2 A.willneed "
			"B.w:3:1 B.unmap A.odr:4:1 A.w:2 A.r=2 A.r:1=68 B.r:1=3 D.pipe:2=1",
			"x : A.map A.w:0 A.fork:B B.splice:0 B.unmap A.w:1 D.pipe:0=0");
}

/* The child has the page of the pin: it sees what the device writes. */
Test(shrink, a_model_whose_fork_shares_pinned_pages_shows_it)
{
	expect_shortest("5.10.262", "+ fork_pin=share",
			"x : A.map A.w:1 A.w:8:1 A.reg A.pageout A.r=1 A.fork:B B.dontneed:1 A.w:2 "
			"B.r=1 B.fork:C C.w:5:1 A.rfix:7 B.exit A.r:1=8 A.r=7 C.r=1",
			"x : A.map A.reg A.fork:B A.rfix:1 B.r=0");
}
