/* SPDX-License-Identifier: MIT */
/* Predicates, and what the variants say about them. */
#include <string.h>

#include "scenario/check.h"

/* What the engine finds by itself. */
static const char *const findings[] = {
	"deadlock",    "livelock",       "crash",           "overflow", "loop",
	"assert",      "use_after_free", "double_free",     "bad_free", "out_of_bounds",
	"memory_leak", "refcount",       "sleep_in_atomic", "death",    "bug",
};

static bool is_finding(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(findings); i++)
		if (!strcmp(findings[i], name))
			return true;
	return false;
}

static int find_predicate(const struct scenario *scenario, const char *name)
{
	for (size_t i = 0; i < scenario->predicates.count; i++)
		if (!strcmp(scenario->predicates.items[i].name.text, name))
			return (int)i;
	return -1;
}

static void check_predicate_name(struct check *check, size_t index)
{
	const struct predicate *list = check->scenario->predicates.items;
	const struct predicate *predicate = &list[index];
	const char *name = predicate->name.text;
	size_t first = (size_t)find_predicate(check->scenario, name);

	check_identifier(check, predicate->invariant ? "invariant" : "predicate", predicate->name);
	if (first != index)
		diagnostics_error(check->diagnostics, predicate->name.at,
				  "'%s' is already defined on line %u", name,
				  check_line(check, list[first].name.at));
	else if (is_finding(name))
		diagnostics_error(check->diagnostics, predicate->name.at,
				  "'%s' is what baton itself calls a finding; choose another name",
				  name);
	else if (check->model && model_find(check->model->oracles, name))
		diagnostics_error(check->diagnostics, predicate->name.at,
				  "'%s' is an oracle of model '%s'; choose another name", name,
				  check->model->name);
}

void check_predicates(struct check *check)
{
	struct scenario *scenario = check->scenario;

	if (scenario->predicates.count)
		scenario->predicates.count = check_limit(check, scenario->predicates.count,
							 SCENARIO_ENTRIES_MAX,
							 scenario->predicates.items[0].name.at,
							 "predicates and invariants");
	for (size_t i = 0; i < scenario->predicates.count; i++) {
		struct predicate *predicate = &scenario->predicates.items[i];
		struct scope scope = { SCOPE_PREDICATE, -1 };

		if (predicate->invariant)
			scope.kind = SCOPE_INVARIANT;
		check_predicate_name(check, i);
		check_expr(check, predicate->expr, scope);
	}
}

static void unknown_judged(struct check *check, struct name name)
{
	const struct scenario *scenario = check->scenario;
	struct names names = { 0 };

	for (size_t i = 0; i < scenario->predicates.count; i++)
		names_add(&names, scenario->predicates.items[i].name.text);
	if (check->model)
		names_add_rows(&names, check->model->oracles);
	for (size_t i = 0; i < ARRAY_SIZE(findings); i++)
		names_add(&names, findings[i]);
	check_unknown(check, DEFINED_PREDICATE, name, &names);
}

static void resolve_judged(struct check *check, struct expected *expected)
{
	const char *name = expected->name.text;
	int predicate = find_predicate(check->scenario, name);
	const struct model_oracle *oracle = check->model ? model_find(check->model->oracles, name) :
							   NULL;

	if (predicate >= 0) {
		expected->kind = JUDGED_PREDICATE;
		expected->index = (unsigned int)predicate;
		check->scenario->predicates.items[predicate].judged = true;
	} else if (oracle) {
		expected->kind = JUDGED_ORACLE;
		expected->index = (unsigned int)(oracle - check->model->oracles);
	} else if (is_finding(name)) {
		expected->kind = JUDGED_FINDING;
	} else if (check->model) {
		unknown_judged(check, expected->name);
	}
}

static void check_judged_once(struct check *check, const struct variant *variant, size_t index)
{
	static const char *const words[] = { [EXPECT_NEVER] = "never",
					     [EXPECT_SOMETIMES] = "sometimes",
					     [EXPECT_ALWAYS] = "always" };
	const struct expected *expected = &variant->verdicts.items[index];

	for (size_t i = 0; i < index; i++) {
		const struct expected *other = &variant->verdicts.items[i];

		if (strcmp(other->name.text, expected->name.text) != 0)
			continue;
		diagnostics_error(check->diagnostics, expected->name.at,
				  "variant '%s' already says '%s %s', on line %u", variant->title,
				  words[other->word], other->name.text,
				  check_line(check, other->name.at));
		return;
	}
}

static void check_variant_verdicts(struct check *check, struct variant *variant)
{
	if (!variant->verdicts.count)
		diagnostics_error(
			check->diagnostics, variant->at,
			"variant '%s' has no verdict: say never, sometimes or always of a "
			"predicate",
			variant->title);
	variant->verdicts.count = check_limit(check, variant->verdicts.count, SCENARIO_ENTRIES_MAX,
					      variant->at, "verdicts");
	for (size_t i = 0; i < variant->verdicts.count; i++) {
		resolve_judged(check, &variant->verdicts.items[i]);
		check_judged_once(check, variant, i);
	}
}

void check_verdicts(struct check *check)
{
	struct scenario *scenario = check->scenario;

	for (size_t i = 0; i < scenario->variants.count; i++)
		check_variant_verdicts(check, &scenario->variants.items[i]);
	for (size_t i = 0; i < scenario->predicates.count && !check->incomplete; i++) {
		const struct predicate *predicate = &scenario->predicates.items[i];

		/* An invariant that no variant mentions is expected to hold. */
		if (!predicate->judged && !predicate->invariant &&
		    (size_t)find_predicate(scenario, predicate->name.text) == i)
			diagnostics_warning(check->diagnostics, predicate->name.at,
					    "no variant says anything about predicate '%s'",
					    predicate->name.text);
	}
}
