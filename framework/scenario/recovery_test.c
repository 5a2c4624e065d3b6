/* SPDX-License-Identifier: MIT */
/* All mistakes of a file in one run, each once. */
#include <criterion/criterion.h>

#include "scenario/toy_model.h"

TestSuite(recovery, .timeout = 20);

Test(recovery, one_mistake_in_each_block)
{
	TOY_CHECK({ "finally {\n\tseen = lod(A);\n}\n"
		    "cpu b {\n\tm: evict(A)\n\tn: evict(B);\n}\n"
		    "order { m befor l; bb:m before l; n before l; }\n"
		    "predicate p = && x;\n"
		    "faults { fail toy/aloc; budget x; }\n"
		    "matrix { check = nine }\n"
		    "search { limits 3; }\n"
		    "permutation { m k }\n",
		    "6:9: error: unknown operation 'lod'; did you mean 'load'?\n"
		    "10:2: error: expected ';', found 'n'\n"
		    "10:11: error: unknown variable 'B'; there are P, A, FOLL_WRITE and "
		    "FOLL_LONGTERM\n"
		    "12:11: error: expected 'before', 'stops', 'fails', 'works' or 'is', "
		    "found 'befor'; did you "
		    "mean 'before'?\n"
		    "12:20: error: unknown cpu 'bb'; did you mean 'b'?\n"
		    "13:15: error: expected an expression, found '&&'\n"
		    "14:15: error: unknown fault point 'toy/aloc'; did you mean 'toy/alloc'?\n"
		    "14:32: error: expected a number, found 'x'\n"
		    "15:18: error: unknown value of rule 'check': 'nine'; did you mean 'none'?\n"
		    "15:23: error: expected ';' or ',', found '}'\n"
		    "16:10: error: unknown search key 'limits'; did you mean 'limit'?\n"
		    "17:17: error: unknown label 'k'; there are l, m and n" });
}

/* What a line that is given up would have defined is not reported again where it is used. */
Test(recovery, no_errors_that_follow_from_others)
{
	TOY_CHECK({ "cpu b in P {\n\tm: pg = pin(A;\n\tn: unpin(pg);\n}\norder { m before l; }\n",
		    "6:15: error: expected ')' or ',', found ';'" },
		  { "predicate lost = x = 1;\ncpu b b { m: evict(A); }\norder { b:m before l; }\n",
		    "5:20: error: expected ';', found '='\n"
		    "6:7: error: expected 'in' or '{', found 'b'" });
}

Test(recovery, missing_braces)
{
	TOY_CHECK({ "cpu b {\n\tm: evict(A);\ncpu c {\n\tn: evict(A);\n}\norder { m before n; }\n",
		    "7:1: error: expected '}' before 'cpu': the block that begins on line 5 is not "
		    "closed" },
		  { "cpu b {\n\tm: evict(A);\npredicate p = 2;\n",
		    "7:1: error: expected '}' before 'predicate': the block that begins on line 5 "
		    "is not closed\n"
		    "7:11: warning: no variant says anything about predicate 'p'" },
		  { "permutation \"p\" {\n\tl\n",
		    "8:1: error: expected '}' before 'predicate': the block that begins on line 5 "
		    "is not closed" },
		  { "}\n", "5:1: error: this '}' closes nothing" },
		  { "cpu b { { evict(A); } }\n",
		    "5:9: error: a '{' inside the block that begins on line 5: blocks do not nest\n"
		    "5:23: error: this '}' closes nothing" },
		  { "cpu b { evict(A); }\nscenario-less {\n",
		    "6:1: error: expected a block such as 'cpu' or 'variants', found "
		    "'scenario-less'\n"
		    "8:1: error: expected '}' before 'predicate': the block that begins on line 6 "
		    "is not closed" });
}

Test(recovery, missing_semicolons)
{
	TOY_CHECK({ "cpu b {\n\tm: evict(A)\n\tn: evict(A)\n\to: evict(A)\n}\n",
		    "7:2: error: expected ';', found 'n'\n"
		    "8:2: error: expected ';', found 'o'\n"
		    "9:1: error: expected ';', found '}'" },
		  { "predicate p = x\ninvariant i = x\n",
		    "5:11: warning: no variant says anything about predicate 'p'\n"
		    "6:1: error: expected ';', found 'invariant'\n"
		    "8:1: error: expected ';', found 'predicate'" });
}

/* A misspelt word at the begin of a line is not taken for the next statement. */
Test(recovery, misspelt_word_on_a_line_of_its_own)
{
	TOY_CHECK({ "scenario t\nuse toy;\ncpu a { evict(0); }\npredicate p = 1;\n"
		    "variants {\n\tv1.0 \"text\"\n\t\tsomtimes p;\n\tv1.1 never p;\n}\n",
		    "7:3: error: expected 'never', 'sometimes', 'always' or ';', found 'somtimes'; "
		    "did you mean 'sometimes'?" });
}

Test(recovery, deep_nesting)
{
	struct text text = TEXT_INIT;
	struct toy_example deep = { NULL, "5:15: error: expression is 70 levels deep, at most 64; "
					  "split it" };
	struct toy_example chain = deep;

	text_add(&text, "invariant i = ");
	for (int i = 0; i < 69; i++)
		text_add(&text, "!");
	text_add(&text, "x;");
	deep.text = text.bytes;
	toy_check(&deep, 1);
	text_clear(&text);
	text_add(&text, "invariant i = x");
	for (int i = 0; i < 69; i++)
		text_add(&text, " + x");
	text_add(&text, ";");
	chain.text = text.bytes;
	toy_check(&chain, 1);
	text_release(&text);
}
