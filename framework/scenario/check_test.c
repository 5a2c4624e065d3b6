/* SPDX-License-Identifier: MIT */
/* Mistakes that the grammar cannot see: names, types, places. */
#include <criterion/criterion.h>

#include "scenario/toy_model.h"

TestSuite(check, .timeout = 20);

Test(check, unknown_names_have_suggestions)
{
	TOY_CHECK({ "cpu b { evikt(A); }",
		    "5:9: error: unknown operation 'evikt'; did you mean 'evict'?" },
		  { "invariant i = refcont(A);",
		    "5:15: error: unknown observable 'refcont'; did you mean 'refcount'?" },
		  { "cpu bob { m: evict(A); }\norder { bo:m before l; }",
		    "6:9: error: unknown cpu 'bo'; did you mean 'bob'?" },
		  { "cpu b { first: evict(A); }\norder { frist before l; }",
		    "6:9: error: unknown label 'frist'; did you mean 'first'?" },
		  { "cpu b { evict(A); }\norder { b:toy/cleaned before l; }",
		    "6:11: error: unknown point 'toy/cleaned'; did you mean 'toy/cleared'?" },
		  { "faults { fail toy/aloc; }",
		    "5:15: error: unknown fault point 'toy/aloc'; did you mean 'toy/alloc'?" },
		  { "faults { fail slot; }",
		    "5:15: error: unknown fault point 'slot'; did you mean 'toy/slot'?" },
		  { "faults { fail toy/slot errno ENOMM; }",
		    "5:30: error: unknown errno 'ENOMM'; did you mean 'ENOMEM'?" },
		  { "faults { fail toy/slot errno EIO; }",
		    "5:30: error: 'toy/slot' fails with ENOSPC or ENOMEM and never with EIO; leave "
		    "'errno' out" },
		  { "faults { fail toy/pick times 1 errno EIO; }",
		    "5:38: error: 'toy/pick' is a choice and has no errno; leave 'errno' out" },
		  { "faults { fail toy/* errno ENOMEM; }",
		    "5:27: error: 'toy/pick' is a choice and has no errno; leave 'errno' out" },
		  { "matrix { chek = none; }",
		    "5:10: error: unknown rule 'chek'; did you mean 'check'?" },
		  { "matrix { check = nine; }",
		    "5:18: error: unknown value of rule 'check': 'nine'; did you mean 'none'?" },
		  { "search { limits 3; }",
		    "5:10: error: unknown search key 'limits'; did you mean 'limit'?" },
		  { "search { strategy bfs; }",
		    "5:19: error: unknown strategy 'bfs'; did you mean 'dfs'?" },
		  { "cpu b in P { load(A, mn = P); }",
		    "5:22: error: unknown argument of 'load': 'mn'; did you mean 'mm'?" },
		  { "cpu b in P { pin(A, FOLL_WRITTEN); }",
		    "5:21: error: unknown variable 'FOLL_WRITTEN'; did you mean 'FOLL_WRITE'?" });
}

Test(check, where_nothing_is_near_all_are_listed)
{
	TOY_CHECK({ "matrix { colour = none; }",
		    "5:10: error: unknown rule 'colour'; there are check, flush and batched" },
		  { "scenario t\nuse mm;\n",
		    "1:10: error: no 'cpu NAME { ... }': there is nothing to run\n"
		    "1:10: error: no 'variants { ... }': nothing is expected of anything\n"
		    "2:5: error: unknown model 'mm'; there is only toy" });
}

Test(check, missing_parts)
{
	TOY_CHECK({ "scenario t\n",
		    "1:10: error: no 'use NAME;': which model is this about?\n"
		    "1:10: error: no 'cpu NAME { ... }': there is nothing to run\n"
		    "1:10: error: no 'variants { ... }': nothing is expected of anything" },
		  { "cpu b { }", "5:5: error: cpu 'b' does nothing" },
		  { "faults { budget 1; }", "5:1: error: no 'fail POINT': nothing can fail" },
		  { "permutation { }", "5:1: error: a permutation of nothing" });
}

Test(check, arguments)
{
	TOY_CHECK({ "cpu b in P { pg = pin(flags = FOLL_WRITE, address = A); unpin(pg); }", "" },
		  { "cpu b in P { load(0); load(A, 0); }", "" },
		  { "cpu b { evict(); }",
		    "5:9: error: operation 'evict' needs 'address', an address" },
		  { "cpu b { evict(A, 3); }",
		    "5:18: error: operation 'evict' takes no further argument: evict(address)" },
		  { "cpu b { evict(A, address = A); }", "5:18: error: 'address' is given twice" },
		  { "cpu b { evict(address = A, A); }",
		    "5:28: error: an argument without a name cannot follow one with a name" },
		  { "cpu b { unpin(A); }",
		    "5:15: error: 'page' of 'unpin' is a page, not an address" },
		  { "cpu b in P { pg = pin(A); dma_write(pg, pg); }",
		    "5:41: error: 'value' of 'dma_write' is a number, not a page" },
		  { "cpu b { evict(1); }",
		    "5:15: error: 'address' of 'evict' is an address, not a number" },
		  { "invariant i = sum(1, b = 2) == 3 && sum(A);",
		    "5:41: error: 'a' of 'sum' is a number, not an address" });
}

Test(check, flags_are_bare_names)
{
	static const char behind[] = "\ncpu a in P { fork(); }\npredicate ok = 1;\n"
				     "variants { v1.0 never ok; }\n";
	static const struct toy_example setups[] = {
		{ "page(P, writable)", "" },
		{ "page(writable, P)", "" },
		{ "page(P, writable = 1)", "" },
		{ "page(P, fill = 3, writable)", "" },
		{ "page(P, writable = P)",
		  "3:43: error: 'writable' of 'page' is a number, not a process" },
		{ "page(P, writeable)",
		  "3:32: error: unknown variable 'writeable'; there are P, FOLL_WRITE and "
		  "FOLL_LONGTERM" },
		{ "page(P, writable, writable)", "3:42: error: 'writable' is given twice" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(setups); i++) {
		struct text text = TEXT_INIT;
		struct toy_example example = setups[i];

		text_addf(&text, "scenario t\nuse toy;\nsetup { P = process(); %s; }%s",
			  setups[i].text, behind);
		example.text = text.bytes;
		toy_check(&example, 1);
		text_release(&text);
	}
}

Test(check, places_of_operations)
{
	TOY_CHECK({ "cpu b { process(); }",
		    "5:9: error: operation 'process' can only be used in setup" },
		  { "finally { page(P); }",
		    "5:11: error: operation 'page' can only be used in setup" },
		  { "cpu b { load(A); }",
		    "5:9: error: operation 'load' needs a process: 'cpu b in PROCESS { ... }'" },
		  { "cpu b { load(A, mm = P); }", "" },
		  { "cpu b in A { load(A); }", "5:10: error: 'A' is an address, not a process" },
		  { "cpu b in Q { load(A); }",
		    "5:10: error: unknown variable 'Q'; there are P, A, FOLL_WRITE and "
		    "FOLL_LONGTERM" },
		  { "cpu b { refcount(A); }",
		    "5:9: error: 'refcount' is an observable, not an operation; use it in a "
		    "predicate" },
		  { "predicate p = load(A);",
		    "5:11: warning: no variant says anything about predicate 'p'\n"
		    "5:15: error: 'load' is an operation: give it a line and a variable of its "
		    "own" },
		  { "cpu b { evict(A + refcount(A)); }",
		    "5:19: error: an observable looks at what CPUs share, so a CPU cannot use it; "
		    "only predicates, invariants, setup and finally can" });
}

Test(check, process_of_setup_and_finally)
{
	static const char behind[] = "cpu a { evict(A); }\npredicate ok = 1;\n"
				     "variants { v1.0 never ok; }\n";
	static const struct toy_example examples[] = {
		{ "setup { P = process(); A = page(P); store(A, 1); }\nfinally { load(A); }\n",
		  "" },
		{ "setup { P = process(); Q = process(); A = page(P); store(A, 1); }\n",
		  "3:52: error: operation 'store' needs a process, and setup has made none so far, "
		  "or several" },
		{ "setup { P = process(); Q = process(); A = page(P); }\nfinally { load(A); }\n",
		  "4:11: error: operation 'load' needs a process: 'finally in PROCESS { ... }'" },
		{ "setup { P = process(); Q = process(); A = page(P); }\n"
		  "finally in Q { load(A); }\n",
		  "" },
		{ "setup { evict(A); A = page(P); P = process(); }\n",
		  "3:9: error: operation 'evict' can only be used on a CPU and in finally\n"
		  "3:15: error: variable 'A' is used before it is assigned, on line 3\n"
		  "3:28: error: variable 'P' is used before it is assigned, on line 3" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(examples); i++) {
		struct text text = TEXT_INIT;
		struct toy_example example = examples[i];

		text_addf(&text, "scenario t\nuse toy;\n%s%s", examples[i].text, behind);
		example.text = text.bytes;
		toy_check(&example, 1);
		text_release(&text);
	}
}

Test(check, variables)
{
	TOY_CHECK({ "invariant i = x == 1 && a:x == 1;", "" },
		  { "cpu b in P { x = load(A); }\ninvariant i = a:x == b:x;", "" },
		  { "cpu b in P { x = load(A); }\ninvariant i = x;",
		    "6:15: error: 'x' is assigned on several CPUs; write a:x or b:x" },
		  { "cpu b in P { y = load(A); y = load(A); }",
		    "5:27: error: variable 'y' is already assigned on line 5" },
		  { "cpu b in P { A = load(A); }",
		    "5:14: error: variable 'A' is already assigned on line 3" },
		  { "cpu b in P { FOLL_WRITE = load(A); }",
		    "5:14: error: 'FOLL_WRITE' is a constant of model 'toy'" },
		  { "cpu b { y = evict(A); }",
		    "5:9: error: operation 'evict' has no result to keep in 'y'" },
		  { "cpu b { unpin(pg); pg = pin(A); }",
		    "5:15: error: variable 'pg' is used before it is assigned, on line 5\n"
		    "5:25: error: operation 'pin' needs a process: 'cpu b in PROCESS { ... }'" },
		  { "cpu b in P { store(A, x); }",
		    "5:23: error: variable 'x' belongs to a; a CPU can use only its own variables "
		    "and those of setup" },
		  { "cpu b in P { store(A, a:x); }",
		    "5:25: error: variable 'x' belongs to a; a CPU can use only its own variables "
		    "and those of setup" },
		  { "finally { seen = load(A); }\ninvariant i = seen;",
		    "6:15: error: variable 'seen' is assigned in finally, on line 5: an invariant "
		    "is judged before that; make it a predicate" },
		  { "invariant i = a:y;", "5:17: error: unknown variable 'y'; there is only x" },
		  { "cpu b in P { my-x = load(A); }",
		    "5:14: error: the name of a variable is letters, digits and '_', and begins "
		    "with no digit" });
}

Test(check, names_that_are_no_variables)
{
	TOY_CHECK({ "invariant i = x-1;",
		    "5:15: error: 'x-1' is one word; a minus needs blanks: 'x - 1'" },
		  { "invariant i = x - 1 && x -1 && 3 - -1;", "" },
		  { "invariant i = toy/checked;",
		    "5:15: error: 'toy/checked' is a point, which has no value" },
		  { "invariant i = refcount;",
		    "5:15: error: 'refcount' is an observable: write refcount(...)" },
		  { "invariant i = 010;",
		    "5:15: error: there are no octal numbers; write it without the leading 0" },
		  { "invariant i = 99999999999999999999;",
		    "5:15: error: number is too large; at most 9223372036854775807" });
}

Test(check, types_of_expressions)
{
	TOY_CHECK({ "invariant i = A + 8 > A && A - A == 0 && A != 0 && !P;", "" },
		  { "invariant i = A + A;", "5:15: error: '+' cannot be used on an address and an "
					    "address" },
		  { "invariant i = P == x;",
		    "5:15: error: '==' cannot be used on a process and a number" },
		  { "invariant i = P < P;",
		    "5:15: error: '<' cannot be used on a process and a process" },
		  { "invariant i = -A;", "5:15: error: '-' cannot be used on an address" },
		  { "invariant i = (A | 1) && x;",
		    "5:15: error: '|' cannot be used on an address and a number" });
}

Test(check, cpus_and_labels)
{
	TOY_CHECK({ "cpu a { evict(A); }", "5:5: error: cpu 'a' is already defined on line 4" },
		  { "cpu b-c { evict(A); }",
		    "5:5: error: the name of a cpu is letters, digits and '_', and begins with no "
		    "digit" },
		  { "cpu b {\n\tm: evict(A);\n\tm: evict(A);\n}",
		    "7:2: error: label 'm' is already defined on line 6" },
		  { "cpu b { l: evict(A); }\npermutation { b:l a:l }", "" },
		  { "cpu b { l: evict(A); }\npermutation { l }",
		    "6:15: error: label 'l' is on several CPUs; write a:l or b:l" });
}

Test(check, orders)
{
	TOY_CHECK({ "cpu b { m: evict(A); n: evict(A); }\norder { m before n; }",
		    "6:9: warning: this always holds: cpu 'b' runs them in this order" },
		  { "cpu b { m: evict(A); n: evict(A); }\norder { n before m; }",
		    "6:9: error: this can never hold: cpu 'b' does not run 'n' before 'm'" },
		  { "order { l before l; }",
		    "5:9: error: this can never hold: cpu 'a' does not run 'l' before 'l'" },
		  { "cpu b { m: evict(A); n: evict(A); }\norder { n before l; l before m; }",
		    "6:9: error: this can never hold together with the other orders" },
		  { "cpu b { m: evict(A); n: evict(A); }\norder { m before l; l before n; }", "" },
		  { "cpu b { m: evict(A); }\norder { l before m; a stops at l until m passed; }",
		    "6:9: error: this can never hold together with the other orders" },
		  { "cpu b { m: evict(A); }\norder { b stops at l until m; }",
		    "6:20: error: unknown label 'l'; there is only m" },
		  { "cpu b { m: evict(A); }\norder { b stops at a:l until m; }",
		    "6:20: error: cpu 'b' can only stop at a place of its own" },
		  { "order { a stops at l until a:toy/checked; }",
		    "5:28: error: cpu 'a' would wait for itself" },
		  { "order { toy/checked before l; }",
		    "5:9: error: on which CPU? write CPU:toy/checked" },
		  { "order { a:toy/checked@1 before a:toy/checked@2; }",
		    "5:9: warning: this always holds: cpu 'a' runs them in this order" },
		  { "cpu b { m: evict(A); }\norder { a:toy/checked@0 before m; }",
		    "6:23: error: '@0' is out of range: it counts from 1" },
		  { "cpu b { m: evict(A); }\norder { l@2 before m; }",
		    "6:11: error: label 'l' is passed only once; '@' is for points" });
}

Test(check, answers)
{
	TOY_CHECK(
		{ "faults { fail toy/alloc; }\norder { a:toy/alloc@2 fails; }", "" },
		{ "faults { fail toy/*; }\norder { a:toy/alloc works; }", "" },
		{ "faults { fail toy/alloc; }\norder { a:toy/slot fails; }",
		  "6:11: error: nothing lets 'toy/slot' fail: write 'faults { fail toy/slot; }'" },
		{ "faults { fail toy/alloc; }\norder { toy/alloc fails; }",
		  "6:9: error: on which CPU? write CPU:toy/alloc" },
		{ "faults { fail toy/alloc; }\norder { c:toy/alloc fails; }",
		  "6:9: error: unknown cpu 'c'; there is only a" },
		{ "faults { fail toy/alloc; }\norder { a:toy/alloc@0 works; }",
		  "6:21: error: '@0' is out of range: it counts from 1" },
		{ "faults { fail toy/alloc; }\norder { a:toy/alloc wroks; }",
		  "6:21: error: expected 'before', 'fails', 'works', 'is' or '@', found 'wroks'; "
		  "did you mean 'works'?" },
		{ "faults { fail toy/alloc; }\norder { a:toy/alloc fails; a:toy/alloc works; }",
		  "6:28: error: line 6 has another answer to this choice" },
		{ "order { a:toy/pick is 1; a:toy/pick is 1; a:toy/pick@2 is 0; }", "" },
		{ "order { a:toy/pick is 1; a:toy/pick is 0; }",
		  "5:26: error: line 5 has another answer to this choice" },
		{ "order { a:toy/pick is 63; }", "" },
		{ "order { a:toy/pick is 64; }",
		  "5:23: error: a choice has at most 64 options: write a number from 0 to 63" },
		{ "order { toy/pick is 1; }", "5:9: error: on which CPU? write CPU:toy/pick" },
		{ "order { b:toy/pick is 1; }", "5:9: error: unknown cpu 'b'; there is only a" });
}

Test(check, interrupts_in_orders)
{
	TOY_CHECK(
		{ "order { a_irq:toy/checked before l; l before a_irq:toy/cleared@2; }", "" },
		{ "order { a stops at l until a_irq:toy/checked passed; }", "" },
		{ "order { a_irq:l before a:toy/checked; }",
		  "5:15: error: 'a_irq' has no labels; name a point: 'a_irq:SUBSYSTEM/WHAT'" },
		{ "order { a_irq:toy/checked@2 before a_irq:toy/checked; }",
		  "5:9: error: this can never hold: cpu 'a_irq' does not run 'toy/checked' before "
		  "'toy/checked'" },
		{ "order { b_irq:toy/checked before l; }",
		  "5:9: error: unknown cpu 'b_irq'; there is only a" },
		{ "permutation { a_irq:toy/checked }",
		  "5:15: error: unknown cpu 'a_irq'; there is only a" });
}

Test(check, permutations)
{
	TOY_CHECK({ "permutation { a:toy/checked a:toy/checked@2 l }", "" },
		  { "permutation { a:toy/checked a:toy/checked }",
		    "5:29: error: 'toy/checked' is in this permutation already, on line 5; '@2' is "
		    "the second time" },
		  { "permutation { l l }",
		    "5:17: error: 'l' is in this permutation already, on line 5" },
		  { "cpu b { m: evict(A); n: evict(A); }\npermutation { n m }",
		    "6:17: error: cpu 'b' runs 'm' before 'n': it cannot follow it here" },
		  { "permutation \"p\" { l }\npermutation \"p\" { l }",
		    "6:13: error: permutation \"p\" is already on line 5" });
}
