/* SPDX-License-Identifier: MIT */
/* Each production of the grammar, once right and once wrong. */
#include <criterion/criterion.h>

#include "scenario/toy_model.h"

TestSuite(grammar, .timeout = 20);

Test(grammar, everything_at_once_loads)
{
	struct toy_example all = { toy_scenario, "" };

	toy_check(&all, 1);
}

Test(grammar, header)
{
	static const char body[] = "\nuse toy;\nsetup { P = process(); }\ncpu a in P { fork(); }\n"
				   "predicate ok = 1;\nvariants { v1.0 never ok; }\n";
	struct text text = TEXT_INIT;
	struct toy_example examples[] = {
		{ NULL, "" },
		{ "scenario \"t\"\nuse toy;", "1:10: error: expected a name, found a string" },
		{ "scenario t \"t\" \"u\"\nuse toy;",
		  "1:16: error: expected a block such as 'cpu' or 'variants', found a string" },
	};

	text_addf(&text, "scenario pin-vs-unmap.2 \"title\"%s", body);
	examples[0].text = text.bytes;
	toy_check(examples, ARRAY_SIZE(examples));
	text_release(&text);
}

Test(grammar, ref_and_use)
{
	TOY_CHECK({ "ref \"https://example.org\";", "" },
		  { "ref https;", "5:5: error: expected a string, found 'https'" },
		  { "ref \"a\"\nref \"b\";", "6:1: error: expected ';', found 'ref'" },
		  { "use toy;", "5:5: error: a second 'use'; the first is on line 2" },
		  { "use \"toy\";", "5:5: error: expected a name, found a string" });
}

Test(grammar, blocks)
{
	TOY_CHECK({ "finally { y = load(A); }", "" }, { "finally in P { y = load(A); }", "" },
		  { "finally { } finally { }",
		    "5:13: error: a second 'finally'; the first is on line 5" },
		  { "setup { }", "5:1: error: a second 'setup'; the first is on line 3" },
		  { "setup P { }", "5:7: error: expected '{', found 'P'" },
		  { "finally P { }", "5:9: error: expected 'in' or '{', found 'P'" },
		  { "cpu { fork(); }", "5:5: error: expected a name, found '{'" },
		  { "cpu b in { evict(A); }", "5:10: error: expected a name, found '{'" },
		  { "cpu b im P { evict(A); }",
		    "5:7: error: expected 'in' or '{', found 'im'; did you mean 'in'?" });
}

Test(grammar, steps)
{
	TOY_CHECK({ "cpu b in P { fork; }", "" },
		  { "cpu b in P { m: fork(); n: c = fork(); d = fork(); }", "" },
		  { "cpu b { m: n: evict(A); }",
		    "5:13: error: expected ';', '=' or '(', found ':'" },
		  { "cpu b { m: = evict(A); }", "5:12: error: expected a name, found '='" },
		  { "cpu b { evict(A }", "5:17: error: expected ')' or ',', found '}'" },
		  { "cpu b { evict(A) }", "5:18: error: expected ';', found '}'" },
		  { "cpu b { 3: evict(A); }", "5:9: error: expected a name or '}', found '3'" });
}

Test(grammar, keywords_are_names_too)
{
	TOY_CHECK({ "cpu order in P { before: before = load(A); until: never = load(A); }\n"
		    "order { order:before before l; l before order:until; }\n"
		    "permutation { before l until }\n"
		    "predicate always = never == 3 && before;\n",
		    "8:11: warning: no variant says anything about predicate 'always'" });
}

Test(grammar, expressions)
{
	TOY_CHECK({ "predicate p = !(x == -1 || +x < 0x1f) && x & 1 | 2 && "
		    "x >= 0 && x <= 3 && x > 1;",
		    "5:11: warning: no variant says anything about predicate 'p'" },
		  { "predicate p = ;", "5:15: error: expected an expression, found ';'" },
		  { "predicate p x;", "5:13: error: expected '=', found 'x'" },
		  { "predicate = x;", "5:11: error: expected a name, found '='" },
		  { "predicate p = x x;", "5:17: error: expected ';', found 'x'" },
		  { "predicate p = x == ;", "5:20: error: expected an expression, found ';'" },
		  { "predicate p = (x;", "5:17: error: expected ')', found ';'" },
		  { "predicate p = freed(A,);", "5:23: error: expected an expression, found ')'" },
		  { "predicate p = x / 2;", "5:17: error: '/' has no meaning here" },
		  { "invariant i = a:;", "5:17: error: expected a name, found ';'" });
}

Test(grammar, order)
{
	TOY_CHECK({ "cpu b { m: evict(A); }\norder { m before a:l; }", "" },
		  { "cpu b { m: evict(A); }\norder { a stops at l until b:toy/checked; }", "" },
		  { "cpu b { m: evict(A); }\norder { a stops at l until m passed; }", "" },
		  { "order { l; }",
		    "5:10: error: expected 'before', 'stops', 'fails', 'works' or 'is', "
		    "found ';'" },
		  { "order { l befor l; }",
		    "5:11: error: expected 'before', 'stops', 'fails', 'works' or 'is', found "
		    "'befor'; did you mean 'before'?" },
		  { "order { a stop at l until l; }",
		    "5:11: error: expected 'before', 'stops', 'fails', 'works' or 'is', found "
		    "'stop'; did you mean 'stops'?" },
		  { "order { a stops l until l; }", "5:17: error: expected 'at', found 'l'" },
		  { "order { a stops at l passed; }",
		    "5:22: error: expected 'until', ':' or '@', found 'passed'" },
		  { "order { a:toy/is is 2; }", "" },
		  { "order { a:toy/pick is x; }", "5:23: error: expected a number, found 'x'" },
		  { "order { a:toy/checked@x before l; }",
		    "5:23: error: expected a number, found 'x'" });
}

Test(grammar, permutation)
{
	TOY_CHECK({ "permutation { l }", "" }, { "permutation \"named\" { a:l }", "" },
		  { "permutation { l; }",
		    "5:16: error: expected a name, '}', ':', '(' or '@', found ';'" },
		  { "permutation named { l }",
		    "5:13: error: expected a string or '{', found 'named'" },
		  { "permutation { l() }", "5:17: error: expected a name or '*', found ')'" });
}

Test(grammar, faults)
{
	TOY_CHECK(
		{ "faults { budget 3; fail toy/alloc; }", "" },
		{ "faults { fail toy/alloc nth 2 times 1 errno EIO in a; fail toy/slot nth 1..3; }",
		  "" },
		{ "faults { fail; }", "5:14: error: expected a name, found ';'" },
		{ "faults { budget many; }", "5:17: error: expected a number, found 'many'" },
		{ "faults { fial toy/alloc; }", "5:10: error: expected 'budget', 'fail' or '}', "
						"found 'fial'; did you mean 'fail'?" },
		{ "faults { fail toy/alloc nht 1; }",
		  "5:25: error: expected 'in', 'nth', 'times', 'interval', 'probability', 'space' "
		  "or 'errno', found 'nht'; did you mean 'nth'?" },
		{ "faults { fail toy/alloc nth; }",
		  "5:28: error: expected a number or '=', found ';'" },
		{ "faults { fail toy/alloc nth 1.. ; }",
		  "5:33: error: expected a number, found ';'" },
		{ "faults { fail toy/alloc errno =; }",
		  "5:32: error: expected a number or a name, found ';'" },
		{ "faults { fail toy/alloc interval 2 space 3 probability 4 errno 12; }", "" },
		{ "faults { fail toy/* nth=2,times=1; fail toy/al* in=a; fail *; }", "" },
		{ "faults { fail toy/alloc in a in function toy_check errno=ENOTBLK; }", "" },
		{ "faults { fail toy/alloc nth 1,; }",
		  "5:31: error: expected 'in', 'nth', 'times', 'interval', 'probability', 'space' "
		  "or 'errno', found ';'" },
		{ "faults { fail toy/ *; }", "5:18: error: '/' has no meaning here" });
}

Test(grammar, variants)
{
	static const char head[] = "scenario t\nuse toy;\nsetup { P = process(); }\n"
				   "cpu a in P { fork(); }\npredicate ok = 1;\n";
	static const struct toy_example lines[] = {
		{ "variants { v1.0 + single-check + batched=1 \"text\" never ok, "
		  "always pin_lost; }",
		  "" },
		{ "variants { v1.0 newer ok; }",
		  "6:17: error: expected 'never', 'sometimes' or 'always', "
		  "found 'newer'; did you mean 'never'?" },
		{ "variants { v1.0 never ok never deadlock; }",
		  "6:26: error: expected ';' or ',', found 'never'" },
		{ "variants { v1.0 never ok, deadlock; }",
		  "6:27: error: expected 'never', 'sometimes' or 'always', found 'deadlock'" },
		{ "variants { v1.0 + never ok; }",
		  "6:25: error: expected 'never', 'sometimes' or 'always', "
		  "found 'ok'" },
		{ "variants { v1.0 + batched= never ok; }",
		  "6:34: error: expected 'never', 'sometimes' or 'always', "
		  "found 'ok'" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		struct text text = TEXT_INIT;
		struct toy_example example = lines[i];

		text_addf(&text, "%s%s", head, lines[i].text);
		example.text = text.bytes;
		toy_check(&example, 1);
		text_release(&text);
	}
}

Test(grammar, matrix_and_search)
{
	TOY_CHECK({ "matrix { check = none, double; batched = 1, 0; }", "" },
		  { "matrix { check none; }", "5:16: error: expected '=', found 'none'" },
		  { "matrix { check = none double; }",
		    "5:23: error: expected ';' or ',', found 'double'" },
		  { "matrix { check = ; }", "5:18: error: expected a number or a name, found ';'" },
		  { "search { strategy dfs; preemptions 0; limit 1; steps 10; }", "" },
		  { "search { strategy pct 2; seed 0; }", "" },
		  { "search { faults 0; seconds 5; memory 512; livelock 100; }", "" },
		  { "search { strategy pos; limit 5; }", "" }, { "search { strategy dpor; }", "" },
		  { "search { strategy random 2; }", "5:26: error: 'strategy' takes one value" },
		  { "search { strategy pct 0; }",
		    "5:23: error: 'depth' is a number from 1 to 2147483647" },
		  { "search { strategy pct 65; }",
		    "5:23: error: the depth of pct is a number from 1 to 64" },
		  { "search { strategy; }", "5:18: error: expected a number or a name, found ';'" },
		  { "search { strategy = dfs; }",
		    "5:19: error: expected a number or a name, found '='" });
}

Test(grammar, misspelt_blocks)
{
	TOY_CHECK({ "varients { v1.0 never ok; }",
		    "5:1: error: expected a block such as 'cpu' or 'variants', found 'varients'; "
		    "did you mean 'variants'?" },
		  { "predicat p = 1;",
		    "5:1: error: expected a block such as 'cpu' or 'variants', found 'predicat'; "
		    "did you mean 'predicate'?" },
		  { "\"text\" { }",
		    "5:1: error: expected a block such as 'cpu' or 'variants', found a string" });
}
