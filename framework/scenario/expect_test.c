/* SPDX-License-Identifier: MIT */
/* Mistakes in what is expected and how it is searched: variants, matrix, faults, search. */
#include <criterion/criterion.h>

#include "scenario/toy_model.h"

TestSuite(expect, .timeout = 20);

/* @variants and what follows them begin on line 5. */
static void check_variants(const struct toy_example *examples, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct text text = TEXT_INIT;
		struct toy_example example = examples[i];

		text_addf(&text,
			  "scenario t\nuse toy; setup { P = process(); }\n"
			  "cpu a in P { fork(); }\npredicate ok = 1; invariant inv = 1;\n%s\n",
			  examples[i].text);
		example.text = text.bytes;
		toy_check(&example, 1);
		text_release(&text);
	}
}

Test(expect, variants)
{
	static const struct toy_example examples[] = {
		{ "variants { v1.2-rc1 - double-check never ok; v1.2-rc1 - double-check "
		  "- single-check always inv; }",
		  "" },
		{ "variants { v1.3 never ok; }",
		  "5:12: error: unknown version 'v1.3'; did you mean 'v1.0'?" },
		{ "variants { v1.0; v1.1 never ok; }",
		  "5:12: error: variant 'v1.0' has no verdict: say never, sometimes or always of a "
		  "predicate" },
		{ "variants { v1.0 never ok; v1.0 sometimes ok; }",
		  "5:27: error: variant 'v1.0' is already on line 5" },
		{ "variants { v1.0 + singel-check never ok; }",
		  "5:19: error: unknown patch 'singel-check'; did you mean 'single-check'?" },
		{ "variants { v1.1 + single-check never ok; }",
		  "5:19: error: patch 'single-check' is in version 'v1.1' already" },
		{ "variants { v1.0 - single-check never ok; }",
		  "5:19: error: patch 'single-check' is not in version 'v1.0'" },
		{ "variants { v1.0 + check never ok; }",
		  "5:19: error: 'check' is a rule: write + check=VALUE, for example check=none" },
		{ "variants { v1.0 + chek=none never ok; }",
		  "5:19: error: unknown rule 'chek'; did you mean 'check'?" },
		{ "variants { v1.0 + check=nine never ok; }",
		  "5:25: error: unknown value of rule 'check': 'nine'; did you mean 'none'?" },
		{ "variants { v1.0 + check=none + check=double never ok; }",
		  "5:32: error: 'check' is changed twice" },
		{ "variants { v1.0 + double-check never ok; }",
		  "5:12: error: patch 'double-check' needs patch 'single-check', which is not in "
		  "force" },
		{ "variants { v1.2-rc1 - single-check never ok; }",
		  "5:12: error: patch 'double-check' needs patch 'single-check', which is not in "
		  "force" },
	};

	check_variants(examples, ARRAY_SIZE(examples));
}

Test(expect, verdicts)
{
	static const struct toy_example examples[] = {
		{ "variants { v1.0 never ok, never pin_lost, sometimes deadlock, always inv; }",
		  "" },
		{ "variants { v1.0 never okk; }",
		  "4:11: warning: no variant says anything about predicate 'ok'\n"
		  "5:23: error: unknown predicate 'okk'; did you mean 'ok'?" },
		{ "variants { v1.0 never ok, sometimes ok; }",
		  "5:37: error: variant 'v1.0' already says 'never ok', on line 5" },
		{ "variants { v1.0 never ok, never deadlok; }",
		  "5:33: error: unknown predicate 'deadlok'; did you mean 'deadlock'?" },
		{ "predicate ok = 2; variants { v1.0 never ok; }",
		  "5:11: error: 'ok' is already defined on line 4" },
		{ "predicate crash = 2; variants { v1.0 never ok, never crash; }",
		  "5:11: error: 'crash' is what baton itself calls a finding; choose another "
		  "name" },
		{ "predicate pin_lost = 2; variants { v1.0 never ok, never pin_lost; }",
		  "5:11: error: 'pin_lost' is an oracle of model 'toy'; choose another name" },
		{ "variants { v1.0 always inv; }",
		  "4:11: warning: no variant says anything about predicate 'ok'" },
	};

	check_variants(examples, ARRAY_SIZE(examples));
}

Test(expect, matrix)
{
	static const struct toy_example examples[] = {
		{ "variants { v1.0 never ok; }\nmatrix { check = none, double; flush = ipi; }",
		  "" },
		{ "variants { v1.0 never ok; }\nmatrix { check = none, none; }",
		  "6:24: error: 'none' is given twice" },
		{ "variants { v1.0 never ok; }\nmatrix { check = none; check = double; }",
		  "6:24: error: rule 'check' is already on line 6" },
		{ "variants { v1.0 + check=none never ok; }\nmatrix { check = none; }",
		  "5:19: error: rule 'check' is set by the matrix, on line 6" },
	};

	check_variants(examples, ARRAY_SIZE(examples));
}

Test(expect, faults)
{
	TOY_CHECK({ "faults { fail toy/alloc nth 0; }",
		    "5:29: error: 'nth' is a number from 1 to 2147483647" },
		  { "faults { fail toy/alloc nth 3..2; }", "5:25: error: '3..2' is empty" },
		  { "faults { fail toy/alloc nth 3 nth 2; }", "5:31: error: 'nth' is given twice" },
		  { "faults { fail toy/alloc in b; }",
		    "5:28: error: unknown cpu 'b'; there is only a" },
		  { "faults { fail toy/alloc probability 101; }",
		    "5:37: error: 'probability' is a number from 1 to 100" },
		  { "faults { fail toy/alloc interval 0 space 0; }",
		    "5:34: error: 'interval' is a number from 1 to 2147483647\n"
		    "5:42: error: 'space' is a number from 1 to 2147483647" },
		  { "faults { fail toy/alloc errno 132; }", "" },
		  { "faults { fail toy/alloc errno 134; }",
		    "5:31: error: Linux has no name for error 134" },
		  { "faults { fail toy/alloc errno 0x1000; }",
		    "5:31: error: 'errno' is a number from 1 to 4095" },
		  { "faults { fail toy/alloc in function no_such; }",
		    "5:37: error: no function 'no_such' in this program: was it built with -g?" },
		  { "faults { fail tay/*; }",
		    "5:15: error: no fault point of model 'toy' begins like 'tay/*'" },
		  { "faults { budget 0; fail toy/alloc; }",
		    "5:17: error: 'budget' is a number from 1 to 2147483647" },
		  { "faults { budget 1; budget 2; fail toy/alloc; }",
		    "5:27: error: a second 'budget'; the first is on line 5" });
}

Test(expect, search)
{
	TOY_CHECK({ "search { limit 0; }",
		    "5:16: error: 'limit' is a number from 1 to 2147483647" },
		  { "search { preemptions few; }",
		    "5:22: error: 'preemptions' is a number from 0 to 2147483647" },
		  { "search { limit 3; limit 4; }", "5:19: error: 'limit' is already on line 5" },
		  { "search { faults some; }",
		    "5:17: error: 'faults' is a number from 0 to 2147483647" },
		  { "search { seconds 0; }",
		    "5:18: error: 'seconds' is a number from 1 to 2147483647" },
		  { "search { memory 512M; }",
		    "5:17: error: 'memory' is a number from 1 to 2147483647" },
		  { "search { memory 0; }",
		    "5:17: error: 'memory' is a number from 1 to 2147483647" },
		  { "search { limit 3 4; }", "5:18: error: 'limit' takes one value" });
}

Test(expect, irqs)
{
	TOY_CHECK({ "irq t in a { evict(A); }",
		    "5:5: error: model 'toy' has no interrupts; make it a 'cpu'" },
		  { "irq t in a times 0 { evict(A); }",
		    "5:5: error: model 'toy' has no interrupts; make it a 'cpu'\n"
		    "5:18: error: an irq comes 1 to 255 times" },
		  { "irq t in b { evikt(A); }",
		    "5:5: error: model 'toy' has no interrupts; make it a 'cpu'\n"
		    "5:10: error: unknown cpu 'b'; there are a and t\n"
		    "5:14: error: unknown operation 'evikt'; did you mean 'evict'?" },
		  { "irq t in a { evict(A); } irq u in a { l2: evict(A); } order { l2 before l; }",
		    "5:5: error: model 'toy' has no interrupts; make it a 'cpu'\n"
		    "5:30: error: model 'toy' has no interrupts; make it a 'cpu'\n"
		    "5:35: error: 'a' has an irq already: 't' on line 5\n"
		    "5:63: error: 'u' is an irq, which comes at any moment; name the CPU that it "
		    "interrupts: 'a'" });
}

Test(expect, what_is_not_executable_yet_says_so)
{
	TOY_CHECK(
		{ "teardown { evict(A); }",
		  "5:10: error: 'teardown' is not executable yet; leave it out: every execution "
		  "begins with a new world" },
		{ "permutation { l(*) }",
		  "5:17: error: a marker in a permutation is not executable yet; leave it out, and "
		  "name the points between" },
		{ "cpu b { m: evict(A); }\npermutation { l(m) m(x) }",
		  "6:17: error: a marker in a permutation is not executable yet; leave it out, and "
		  "name the points between\n"
		  "6:22: error: a marker in a permutation is not executable yet; leave it out, and "
		  "name the points between\n"
		  "6:22: error: unknown label 'x'; there are l and m" });
}
