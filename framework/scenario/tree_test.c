/* SPDX-License-Identifier: MIT */
/* What the executor gets: a tree in which every name is resolved. */
#include <criterion/criterion.h>
#include <errno.h>
#include <string.h>

#include "scenario/expr.h"
#include "scenario/rules.h"
#include "scenario/toy_model.h"

TestSuite(tree, .timeout = 20);

static struct scenario *load(const char *text)
{
	struct err err = ERR_INIT;
	struct scenario *scenario = scenario_parse("t.scn", text, strlen(text), toy_models, &err);

	cr_assert_not_null(scenario, "%s", err.text.bytes);
	err_release(&err);
	return scenario;
}

static int slot_of(const struct scenario *scenario, const char *name)
{
	for (size_t i = 0; i < scenario->variables.count; i++)
		if (!strcmp(scenario->variables.items[i].name, name))
			return (int)i;
	return -1;
}

Test(tree, header)
{
	struct scenario *scenario = load(toy_scenario);

	cr_expect_str_eq(scenario->name.text, "all-of-it");
	cr_expect_str_eq(scenario->title, "a device writes to a page that is being evicted");
	cr_expect_eq(scenario->refs.count, 1);
	cr_expect_str_eq(scenario->refs.items[0].text, "https://example.org/a#b");
	cr_expect_eq(scenario->model, &toy_model);
	scenario_free(scenario);
}

Test(tree, steps_have_all_arguments)
{
	struct scenario *scenario = load(toy_scenario);
	const struct step *page = &scenario->setup.steps.items[1];
	const struct step *pin = &scenario->cpus.items[0].block.steps.items[0];
	const struct step *evict = &scenario->cpus.items[1].block.steps.items[0];
	long slots[16] = { 0 };

	slots[slot_of(scenario, "A")] = 1000;
	cr_expect_str_eq(page->op->name, "page");
	cr_expect_eq(page->arg_count, 3);
	cr_expect_eq(expr_eval(page->args[1], slots), 0x11);
	cr_expect_eq(expr_eval(page->args[2], slots), 1);
	cr_expect_eq(page->slot, slot_of(scenario, "A"));
	cr_expect_eq(expr_eval(pin->args[1], slots), 0x101);
	cr_expect_eq(pin->process, slot_of(scenario, "P"));
	cr_expect_eq(expr_eval(evict->args[0], slots), 1008);
	cr_expect_eq(evict->process, -1);
	cr_expect_eq(evict->slot, -1);
	scenario_free(scenario);
}

Test(tree, what_is_left_out_has_the_model_s_value)
{
	struct scenario *scenario =
		load("scenario t use toy; setup { P = process(); A = page(P); }\n"
		     "cpu a in P { x = load(A); } finally { y = load(A); }\n"
		     "predicate p = sum(2) == 42; variants { v1.0 never p; }\n");
	const struct step *page = &scenario->setup.steps.items[1];

	cr_expect_eq(expr_eval(page->args[1], NULL), 7);
	cr_expect_eq(expr_eval(page->args[2], NULL), 0);
	cr_expect_eq(scenario->finally.steps.items[0].process, 0);
	cr_expect_eq(expr_eval(scenario->predicates.items[0].expr, NULL), 1);
	cr_expect_eq(scenario->faults.budget, 1);
	cr_expect_eq(scenario->search.preemptions, -1);
	cr_expect_eq(scenario->search.limit, 0);
	cr_expect_eq(scenario_cell_count(scenario), 1);
	scenario_free(scenario);
}

Test(tree, variables_are_one_flat_array)
{
	static const struct {
		const char *name;
		enum model_type type;
		int owner;
	} expected[] = {
		{ "P", MODEL_PROCESS, OWNER_SETUP },
		{ "A", MODEL_ADDRESS, OWNER_SETUP },
		{ "pg", MODEL_PAGE, 0 },
		{ "C", MODEL_PROCESS, 2 },
		{ "c0", MODEL_INT, 2 },
		{ "seen", MODEL_INT, OWNER_FINALLY },
	};
	struct scenario *scenario = load(toy_scenario);

	cr_assert_eq(scenario->variables.count, ARRAY_SIZE(expected));
	for (size_t i = 0; i < ARRAY_SIZE(expected); i++) {
		const struct variable *variable = &scenario->variables.items[i];

		cr_expect_str_eq(variable->name, expected[i].name);
		cr_expect_eq(variable->type, expected[i].type, "%s", variable->name);
		cr_expect_eq(variable->owner, expected[i].owner, "%s", variable->name);
	}
	scenario_free(scenario);
}

Test(tree, places)
{
	struct scenario *scenario = load(toy_scenario);
	const struct constraint *before = &scenario->order.items[0];
	const struct constraint *stops = &scenario->order.items[1];
	const struct permutation *told = &scenario->permutations.items[0];

	cr_expect_eq(before->kind, CONSTRAINT_BEFORE);
	cr_expect_eq(before->first.cpu, 1);
	cr_expect_eq(before->first.step, 0);
	cr_expect_eq(before->second.cpu, 2);
	cr_expect_eq(before->second.step, 1);
	cr_expect_eq(stops->kind, CONSTRAINT_STOPS);
	cr_expect(stops->passed);
	cr_expect_eq(stops->first.cpu, 2);
	cr_expect_eq(stops->second.kind, REF_POINT);
	cr_expect_eq(stops->second.occurrence, 2);
	cr_expect_str_eq(stops->second.point->name, "toy/cleared");
	cr_expect_str_eq(told->title.text, "as told");
	cr_expect_eq(told->items.count, 7);
	cr_expect_eq(told->items.items[0].ref.occurrence, 1);
	cr_expect_eq(told->items.items[6].ref.step, 2);
	cr_expect_null(scenario->permutations.items[1].title.text);
	scenario_free(scenario);
}

Test(tree, faults_and_search)
{
	struct scenario *scenario = load(toy_scenario);
	const struct fault *alloc = &scenario->faults.list.items[0];
	const struct fault *slot = &scenario->faults.list.items[1];

	cr_expect_eq(scenario->faults.budget, 2);
	cr_expect_str_eq(alloc->fault->name, "toy/alloc");
	cr_expect_eq(alloc->rule.first, 1);
	cr_expect_eq(alloc->rule.last, 3);
	cr_expect_eq(alloc->rule.times, 0);
	cr_expect_eq(alloc->rule.error, EAGAIN);
	cr_expect_eq(alloc->rule.cpu, 2);
	cr_expect_eq(slot->rule.first, 0);
	cr_expect_eq(slot->rule.times, 1);
	cr_expect_eq(slot->rule.error, 0);
	cr_expect_eq(slot->rule.cpu, -1);
	cr_expect_eq(scenario->search.preemptions, 3);
	cr_expect_eq(scenario->search.limit, 100000);
	cr_expect_eq(scenario->search.steps, 500);
	scenario_free(scenario);
}

Test(tree, verdicts)
{
	struct scenario *scenario = load(toy_scenario);
	const struct variant *middle = &scenario->variants.items[1];
	const struct variant *last = &scenario->variants.items[2];

	cr_expect_str_eq(scenario->variants.items[0].help, "no check");
	cr_expect_eq(middle->verdicts.items[0].word, EXPECT_SOMETIMES);
	cr_expect_eq(middle->verdicts.items[0].kind, JUDGED_PREDICATE);
	cr_expect_eq(middle->verdicts.items[1].kind, JUDGED_ORACLE);
	cr_expect_eq(middle->verdicts.items[1].index, 0);
	cr_expect_eq(middle->verdicts.items[2].index, 1);
	cr_expect_str_eq(last->title, "v1.2-rc1 - double-check + 09854ba94c6a + check=none");
	cr_expect_eq(last->verdicts.items[1].kind, JUDGED_FINDING);
	scenario_free(scenario);
}

/* Indices of check, flush and batched. */
static void expect_rules(const struct scenario *scenario, unsigned int variant,
			 const struct matrix_cell *cell, const unsigned int *expected)
{
	unsigned int rules[MODEL_RULES_MAX];

	cr_assert_eq(variant_rules(&toy_model, &scenario->variants.items[variant], cell, rules), 0);
	for (size_t i = 0; i < 3; i++)
		cr_expect_eq(rules[i], expected[i], "variant %u, rule %zu: %u", variant, i,
			     rules[i]);
}

Test(tree, rules_of_variants)
{
	struct scenario *scenario = load(
		"scenario t use toy; cpu a { evict(0); } predicate p = 1; variants {\n"
		"v1.0 never p; v1.1 never p; v1.2-rc1 never p; v1.2-rc1 - double-check never p;\n"
		"v1.0 + 09854ba94c6a never p; v1.1 + 09854ba94c6a + flush=ipi never p; }\n");
	static const unsigned int expected[][3] = { { 0, 0, 0 }, { 1, 0, 0 }, { 2, 0, 0 },
						    { 1, 0, 0 }, { 0, 1, 1 }, { 1, 0, 1 } };
	static const struct matrix_cell cell = { 2, { { 0, 2 }, { 1, 1 } } };
	static const unsigned int in_cell[] = { 2, 1, 1 };

	for (unsigned int i = 0; i < ARRAY_SIZE(expected); i++)
		expect_rules(scenario, i, NULL, expected[i]);
	expect_rules(scenario, 5, &cell, in_cell);
	scenario_free(scenario);
}

Test(tree, cells_of_the_matrix)
{
	static const char *const names[] = { "flush=ipi batched=0", "flush=ipi batched=1",
					     "flush=quiet batched=0", "flush=quiet batched=1" };
	struct scenario *scenario = load(toy_scenario);
	unsigned int rules[MODEL_RULES_MAX];
	struct err err = ERR_INIT;

	cr_assert_eq(scenario_cell_count(scenario), 4);
	for (unsigned int i = 0; i < 4; i++) {
		struct text name = TEXT_INIT;

		scenario_cell_name(scenario, i, &name);
		cr_expect_str_eq(name.bytes, names[i]);
		text_release(&name);
		cr_expect_eq(scenario_rules(scenario, 1, i, rules, &err), 0);
		cr_expect_eq(rules[0], 1);
		cr_expect_eq(rules[1], i / 2);
		cr_expect_eq(rules[2], i % 2);
	}
	err_release(&err);
	scenario_free(scenario);
}

Test(tree, values_of_expressions)
{
	static const struct {
		const char *expr;
		long value;
	} cases[] = {
		{ "1 + 2 - 4", -1 },
		{ "1 - 2 - 3", -4 },
		{ "-3 + +5", 2 },
		{ "!0 + !7", 1 },
		{ "1 | 2 & 6", 3 },
		{ "6 & 3 == 3", 0 }, /* as in C: 6 & (3 == 3) */
		{ "1 || 0 && 0", 1 },
		{ "(1 || 0) && 0", 0 },
		{ "2 && 3", 1 },
		{ "1 < 2 == 1", 1 },
		{ "3 <= 3 && 3 >= 3 && !(3 < 3) && !(3 > 3)", 1 },
		{ "0x10 == 16 && 0X1f != 0x1F + 1", 1 },
		{ "FOLL_WRITE | FOLL_LONGTERM", 0x101 },
		{ "9223372036854775807 + 1 < 0", 1 },
		{ "sum(3, b = -1)", 2 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct text text = TEXT_INIT;
		struct scenario *scenario;

		text_addf(&text,
			  "scenario t use toy; cpu a { evict(0); } predicate p = %s;"
			  "variants { v1.0 never p; }",
			  cases[i].expr);
		scenario = load(text.bytes);
		cr_expect_eq(expr_eval(scenario->predicates.items[0].expr, NULL), cases[i].value,
			     "%s", cases[i].expr);
		scenario_free(scenario);
		text_release(&text);
	}
}

/* The right side is not looked at where the left one decides: the slots are not there. */
Test(tree, logic_evaluates_only_what_it_needs)
{
	struct scenario *scenario =
		load("scenario t use toy; setup { P = process(); } cpu a in P { fork(); }\n"
		     "predicate p = 0 && P; predicate q = 1 || P;\n"
		     "variants { v1.0 never p, always q; }");

	cr_expect_eq(expr_eval(scenario->predicates.items[0].expr, NULL), 0);
	cr_expect_eq(expr_eval(scenario->predicates.items[1].expr, NULL), 1);
	scenario_free(scenario);
}

/* The two stories for which the language was made, on the model of these tests. */
Test(tree, pin_against_unmap)
{
	scenario_free(load(
		"scenario pin-vs-unmap \"reclaim takes the page away from under a direct read\"\n"
		"use toy;\n"
		"setup {\n\tP = process();\n\tA = page(P, fill = 0x11, writable);\n}\n"
		"cpu dio in P {\n"
		"\tpin:   pg = pin(A, FOLL_WRITE);   # read(2) with O_DIRECT\n"
		"\tdma:   dma_write(pg, 0x5a);\n"
		"\tunpin: unpin(pg);\n}\n"
		"cpu kswapd {\n\tevict: evict(A);\n}\n"
		"cpu user in P {\n\tpeek:  load(A);\n\ttouch: store(A + 8, 1);\n}\n"
		"finally {\n\tseen = load(A);\n}\n"
		"predicate lost_dma = pg && seen != 0x5a;\n"
		"invariant no_use   = !freed(A) || refcount(A) == 0;\n"
		"variants {\n"
		"\tv1.0 \"no check\"                     never     lost_dma;\n"
		"\tv1.1 \"check, then clear\"            sometimes lost_dma;\n"
		"\tv1.1 + double-check \"check again\"   never     lost_dma;\n}\n"
		"order {\n\tkswapd:evict before user:touch;\n}\n"
		"permutation \"the mail of 14 April\" {\n"
		"\tkswapd:toy/checked   # nobody else holds it\n"
		"\tpin                  # and now somebody does\n"
		"\tevict peek touch     # the user gets a copy\n"
		"\tdma unpin            # the device writes to the page that nobody maps\n}\n"
		"search {\n\tstrategy dfs;\n\tpreemptions 3;\n\tlimit 100000;\n}\n"));
}

Test(tree, swap_against_fork)
{
	scenario_free(load(
		"scenario swap-vs-fork \"the exclusive mark survives swap-out, and ends at fork\"\n"
		"ref \"https://example.org/exclusive\";\n"
		"use toy;\n"
		"setup { P = process(); A = page(P, fill = 0x11, writable); }\n"
		"cpu kswapd { evict: evict(A); }\n"
		"cpu parent in P {\n"
		"\tpin:   pg = pin(A, FOLL_WRITE | FOLL_LONGTERM);\n"
		"\twrite: store(A, 0x22);\n"
		"\tread:  r0 = load(A);\n"
		"\tunpin: unpin(pg);\n}\n"
		"cpu forker in P {\n"
		"\tfork:   C  = fork();\n"
		"\tchild:  c0 = load(A, mm = C);\n"
		"\tchild2: c1 = load(A, mm = C);\n}\n"
		"predicate leak      = C && c0 == 0x11 && c1 == 0x22;\n"
		"predicate stale_pin = pg && r0 != 0x22;\n"
		"invariant alone     = !freed(A) || refcount(A) + sum(0, 0) <= 1;\n"
		"variants {\n"
		"\tv1.0     \"no mark\"               never leak, sometimes stale_pin;\n"
		"\tv1.1     \"fork copies the mark\"  sometimes leak, never stale_pin;\n"
		"\tv1.2-rc1 \"fork clears the mark\"  never leak, never stale_pin;\n}\n"
		"order {\n"
		"\tforker stops at forker:fork/read until kswapd:toy/cleared passed;\n"
		"\tparent:toy/checked before forker:toy/cleared;\n}\n"
		"faults {\n\tbudget 1;\n\tfail toy/slot  nth 1..2 errno ENOMEM;\n"
		"\tfail toy/alloc nth 1..3 in forker;\n}\n"
		"matrix {\n\tflush   = ipi, quiet;\n\tbatched = 0, 1;\n}\n"
		"search { strategy dfs; preemptions 2; limit 200000; }\n"));
}
