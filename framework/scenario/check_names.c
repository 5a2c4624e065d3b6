/* SPDX-License-Identifier: MIT */
/* Variables: who owns them, who may see them, and what else a bare name can be. */
#include <string.h>

#include "scenario/check.h"

static const char *owner_name(const struct check *check, int owner)
{
	if (owner == OWNER_SETUP)
		return "setup";
	if (owner == OWNER_FINALLY)
		return "finally";
	return check->scenario->cpus.items[owner].name.text;
}

static bool is_visible(const struct variable *variable, struct scope scope)
{
	switch (scope.kind) {
	case SCOPE_SETUP:
		return variable->owner == OWNER_SETUP;
	case SCOPE_CPU:
		return variable->owner == OWNER_SETUP || variable->owner == scope.cpu;
	case SCOPE_INVARIANT:
		return variable->owner != OWNER_FINALLY;
	case SCOPE_FINALLY:
	case SCOPE_PREDICATE:
		break;
	}
	return true;
}

/* ---- Assigning */

static bool clashes(const struct variable *variable, const char *name, int owner)
{
	return !strcmp(variable->name, name) &&
	       (variable->owner == owner || variable->owner == OWNER_SETUP ||
		owner == OWNER_FINALLY);
}

void check_assignment(struct check *check, struct step *step, int owner)
{
	struct scenario *scenario = check->scenario;
	struct name name = step->variable;
	struct variable variable = { name.text, MODEL_VOID, owner, name.at, false };

	step->slot = -1;
	if (!check_identifier(check, "variable", name))
		return;
	if (check->model && model_find(check->model->constants, name.text)) {
		diagnostics_error(check->diagnostics, name.at, "'%s' is a constant of model '%s'",
				  name.text, check->model->name);
		return;
	}
	for (size_t i = 0; i < scenario->variables.count; i++) {
		struct variable *other = &scenario->variables.items[i];

		if (!strcmp(other->name, name.text))
			other->ambiguous = variable.ambiguous = true;
		if (!clashes(other, name.text, owner))
			continue;
		diagnostics_error(check->diagnostics, name.at,
				  "variable '%s' is already assigned on line %u", name.text,
				  check_line(check, other->at));
		return;
	}
	if (step->op && step->op->result == MODEL_VOID)
		diagnostics_error(check->diagnostics, name.at,
				  "operation '%s' has no result to keep in '%s'", step->op->name,
				  name.text);
	if (step->op)
		variable.type = step->op->result;
	step->slot = (int)scenario->variables.count;
	pool_push(&scenario->pool, &scenario->variables, variable);
}

/* ---- Why a name means nothing */

static const struct step *find_in_block(const struct block *block, const char *name)
{
	for (size_t i = 0; i < block->steps.count; i++) {
		const struct step *step = &block->steps.items[i];

		if (step->variable.text && !strcmp(step->variable.text, name))
			return step;
	}
	return NULL;
}

/* The assignment to @name anywhere in the scenario, and its owner; or NULL. */
static const struct step *find_step(const struct check *check, const char *name, int *owner)
{
	const struct scenario *scenario = check->scenario;
	const struct step *step = find_in_block(&scenario->setup, name);

	*owner = OWNER_SETUP;
	for (size_t i = 0; i < scenario->cpus.count && !step; i++) {
		*owner = (int)i;
		step = find_in_block(&scenario->cpus.items[i].block, name);
	}
	if (!step) {
		*owner = OWNER_FINALLY;
		step = find_in_block(&scenario->finally, name);
	}
	return step;
}

static bool is_own(struct scope scope, int owner)
{
	return (scope.kind == SCOPE_SETUP && owner == OWNER_SETUP) ||
	       (scope.kind == SCOPE_FINALLY && owner == OWNER_FINALLY) ||
	       (scope.kind == SCOPE_CPU && owner == scope.cpu);
}

/* The variable exists, but cannot be seen from here. */
static void explain_hidden(struct check *check, struct name name, struct scope scope,
			   const struct step *step, int owner)
{
	struct diagnostics *diagnostics = check->diagnostics;
	unsigned int line = check_line(check, step->variable.at);

	if (is_own(scope, owner))
		diagnostics_error(diagnostics, name.at,
				  "variable '%s' is used before it is assigned, on line %u",
				  name.text, line);
	else if (scope.kind == SCOPE_INVARIANT)
		diagnostics_error(
			diagnostics, name.at,
			"variable '%s' is assigned in finally, on line %u: an invariant is "
			"judged before that; make it a predicate",
			name.text, line);
	else if (scope.kind == SCOPE_SETUP)
		diagnostics_error(diagnostics, name.at,
				  "variable '%s' is assigned after setup, on line %u", name.text,
				  line);
	else
		diagnostics_error(
			diagnostics, name.at,
			"variable '%s' belongs to %s; a CPU can use only its own variables "
			"and those of setup",
			name.text, owner_name(check, owner));
}

static bool explain_spelling(struct check *check, struct name name)
{
	struct diagnostics *diagnostics = check->diagnostics;
	const struct model *model = check->model;
	const char *minus = strchr(name.text, '-');

	if (strchr(name.text, '/'))
		diagnostics_error(diagnostics, name.at, "'%s' is a point, which has no value",
				  name.text);
	else if (minus)
		diagnostics_error(diagnostics, name.at,
				  "'%s' is one word; a minus needs blanks: '%.*s - %s'", name.text,
				  (int)(minus - name.text), name.text, minus + 1);
	else if (model && model_find(model->observables, name.text))
		diagnostics_error(diagnostics, name.at, "'%s' is an observable: write %s(...)",
				  name.text, name.text);
	else if (model && model_find(model->ops, name.text))
		diagnostics_error(diagnostics, name.at,
				  "'%s' is an operation: give it a line and a variable of its own",
				  name.text);
	else
		return false;
	return true;
}

/*
 * The name is assigned somewhere. Where the variable could be seen and is not there,
 * the assignment itself was wrong, and that has been reported.
 */
static void explain_assigned(struct check *check, struct name name, struct scope scope,
			     const struct step *step, int owner)
{
	bool early = is_own(scope, owner) && step->at.end > name.at.begin;

	if (early || !is_visible(&(struct variable){ .owner = owner }, scope))
		explain_hidden(check, name, scope, step, owner);
}

static void explain_unknown(struct check *check, struct name name, struct scope scope)
{
	struct names names = { 0 };
	int owner;
	const struct step *step = find_step(check, name.text, &owner);

	if (step) {
		explain_assigned(check, name, scope, step, owner);
		return;
	}
	if (explain_spelling(check, name))
		return;
	for (size_t i = 0; i < check->scenario->variables.count; i++)
		if (is_visible(&check->scenario->variables.items[i], scope))
			names_add(&names, check->scenario->variables.items[i].name);
	if (check->model)
		names_add_rows(&names, check->model->constants);
	check_unknown(check, DEFINED_VARIABLE, name, &names);
}

/* ---- Using */

static void resolve(struct check *check, struct expr *expr, size_t slot)
{
	expr->kind = EXPR_VARIABLE;
	expr->slot = (unsigned int)slot;
	expr->type = check->scenario->variables.items[slot].type;
}

/* cpu:name */
static void check_owned(struct check *check, struct expr *expr, struct scope scope)
{
	const struct scenario *scenario = check->scenario;
	int cpu = check_cpu(check, expr->cpu);
	struct names names = { 0 };
	const struct step *step;

	if (cpu < 0)
		return;
	for (size_t i = 0; i < scenario->variables.count; i++) {
		const struct variable *variable = &scenario->variables.items[i];

		if (variable->owner != cpu || !is_visible(variable, scope))
			continue;
		names_add(&names, variable->name);
		if (!strcmp(variable->name, expr->name.text)) {
			resolve(check, expr, i);
			names_release(&names);
			return;
		}
	}
	step = find_in_block(&scenario->cpus.items[cpu].block, expr->name.text);
	if (!step) {
		check_unknown(check, DEFINED_VARIABLE, expr->name, &names);
		return;
	}
	explain_assigned(check, expr->name, scope, step, cpu);
	names_release(&names);
}

static void refuse_ambiguous(struct check *check, const struct expr *expr, int one, int other)
{
	const char *name = expr->name.text;

	diagnostics_error(check->diagnostics, expr->at,
			  "'%s' is assigned on several CPUs; write %s:%s or %s:%s", name,
			  owner_name(check, one), name, owner_name(check, other), name);
}

void check_expr_name(struct check *check, struct expr *expr, struct scope scope)
{
	const struct scenario *scenario = check->scenario;
	const struct model_constant *constant;
	int found = -1;

	if (expr->cpu.text) {
		check_owned(check, expr, scope);
		return;
	}
	for (size_t i = 0; i < scenario->variables.count; i++) {
		const struct variable *variable = &scenario->variables.items[i];

		if (strcmp(variable->name, expr->name.text) != 0 || !is_visible(variable, scope))
			continue;
		if (found >= 0) {
			refuse_ambiguous(check, expr, scenario->variables.items[found].owner,
					 variable->owner);
			return;
		}
		found = (int)i;
	}
	if (found >= 0) {
		resolve(check, expr, (size_t)found);
		return;
	}
	constant = check->model ? model_find(check->model->constants, expr->name.text) : NULL;
	if (!constant) {
		explain_unknown(check, expr->name, scope);
		return;
	}
	expr->kind = EXPR_NUMBER;
	expr->value = constant->value;
	expr->type = MODEL_INT;
}
