/* SPDX-License-Identifier: MIT */
/* setup, the CPUs, finally and teardown: operations, labels, and the process they run in. */
#include <string.h>

#include "scenario/check.h"
#include "scenario/later.h"

/* What the steps of one block have in common. */
struct place {
	struct scope scope;
	int owner;
	unsigned int allowed;  /* enum model_place */
	int process;           /* slot, or -1 */
	const struct cpu *cpu; /* NULL: none */
};

static void check_label(struct check *check, const struct block *block, size_t index)
{
	struct name label = block->steps.items[index].label;

	if (!label.text || !check_identifier(check, "label", label))
		return;
	for (size_t i = 0; i < index; i++) {
		struct name other = block->steps.items[i].label;

		if (!other.text || strcmp(other.text, label.text) != 0)
			continue;
		diagnostics_error(check->diagnostics, label.at,
				  "label '%s' is already defined on line %u", label.text,
				  check_line(check, other.at));
		return;
	}
}

/* The only process that setup has made so far, or -1. */
static int only_process(const struct check *check)
{
	int only = -1;

	for (size_t i = 0; i < check->scenario->variables.count; i++) {
		const struct variable *variable = &check->scenario->variables.items[i];

		if (variable->owner != OWNER_SETUP || variable->type != MODEL_PROCESS)
			continue;
		if (only >= 0)
			return -1;
		only = (int)i;
	}
	return only;
}

/* The process of "in P", or -1. */
static int check_in(struct check *check, struct name in)
{
	struct expr name = { .kind = EXPR_NAME, .at = in.at, .depth = 1, .name = in };
	struct scope setup = { SCOPE_SETUP, -1 };

	check_expr(check, &name, setup);
	if (name.type == MODEL_PROCESS)
		return (int)name.slot;
	if (name.type != MODEL_VOID)
		diagnostics_error(check->diagnostics, in.at, "'%s' is %s, not a process", in.text,
				  type_name(name.type));
	return -1;
}

static const struct model_op *find_op(struct check *check, struct name name)
{
	const struct model_op *op = model_find(check->model->ops, name.text);
	struct names names = { 0 };

	if (op)
		return op;
	if (model_find(check->model->observables, name.text)) {
		diagnostics_error(check->diagnostics, name.at,
				  "'%s' is an observable, not an operation; use it in a predicate",
				  name.text);
		return NULL;
	}
	names_add_rows(&names, check->model->ops);
	names_unknown(check->diagnostics, "operation", name, &names);
	return NULL;
}

static void check_place(struct check *check, const struct step *step, const struct place *place)
{
	if (step->op->places & place->allowed)
		return;
	diagnostics_error(check->diagnostics, step->op_name.at,
			  "operation '%s' can only be used %s", step->op->name,
			  place->allowed == MODEL_IN_SETUP ? "on a CPU and in finally" :
							     "in setup");
}

/* Is an argument given that says which process? */
static bool names_process(const struct step *step)
{
	for (unsigned int i = 0; i < step->arg_count; i++)
		if (step->args[i] && step->args[i]->type == MODEL_PROCESS &&
		    step->args[i]->kind != EXPR_NUMBER)
			return true;
	return false;
}

static void check_process(struct check *check, const struct step *step, const struct place *place)
{
	struct diagnostics *diagnostics = check->diagnostics;
	const char *op = step->op->name;

	if (!step->op->needs_process || step->process >= 0 || names_process(step))
		return;
	if (place->cpu && place->cpu->in.text && !place->cpu->irq)
		return; /* what it is "in" was wrong */
	if (place->cpu && place->cpu->irq)
		diagnostics_error(diagnostics, step->op_name.at,
				  "operation '%s' needs a process, and an irq is in none", op);
	else if (place->cpu)
		diagnostics_error(diagnostics, step->op_name.at,
				  "operation '%s' needs a process: 'cpu %s in PROCESS { ... }'", op,
				  place->cpu->name.text);
	else if (place->scope.kind == SCOPE_SETUP)
		diagnostics_error(diagnostics, step->op_name.at,
				  "operation '%s' needs a process, and setup has made %s", op,
				  "none so far, or several");
	else
		diagnostics_error(diagnostics, step->op_name.at,
				  "operation '%s' needs a process: 'finally in PROCESS { ... }'",
				  op);
}

static void check_op(struct check *check, struct step *step, const struct place *place)
{
	struct callee callee = { "operation", step->op_name, NULL, &step->written, step->args };

	step->op = find_op(check, step->op_name);
	if (!step->op)
		return;
	callee.params = step->op->params;
	check_place(check, step, place);
	step->arg_count = check_args(check, &callee, place->scope);
	check_process(check, step, place);
}

static void check_block(struct check *check, struct block *block, struct place place)
{
	block->steps.count = check_limit(check, block->steps.count, SCENARIO_STEPS_MAX, block->at,
					 "steps in a block");
	for (size_t i = 0; i < block->steps.count; i++) {
		struct step *step = &block->steps.items[i];

		step->slot = -1;
		step->process = place.scope.kind == SCOPE_SETUP ? only_process(check) :
								  place.process;
		check_label(check, block, i);
		if (check->model)
			check_op(check, step, &place);
		if (step->variable.text)
			check_assignment(check, step, place.owner);
	}
}

static void check_cpu_block(struct check *check, size_t index)
{
	struct cpu *cpu = &check->scenario->cpus.items[index];
	struct place place = { { SCOPE_CPU, (int)index }, (int)index, MODEL_ON_CPU, -1, cpu };

	if (cpu->in.text && !cpu->irq)
		cpu->process = check_in(check, cpu->in);
	place.process = cpu->process;
	if (!cpu->block.steps.count && !check->incomplete)
		diagnostics_error(check->diagnostics, cpu->name.at, "cpu '%s' does nothing",
				  cpu->name.text);
	check_block(check, &cpu->block, place);
}

void check_blocks(struct check *check)
{
	struct scenario *scenario = check->scenario;
	struct place setup = { { SCOPE_SETUP, -1 }, OWNER_SETUP, MODEL_IN_SETUP, -1, NULL };
	struct place finally = { { SCOPE_FINALLY, -1 }, OWNER_FINALLY, MODEL_ON_CPU, -1, NULL };

	check_block(check, &scenario->setup, setup);
	for (size_t i = 0; i < scenario->cpus.count; i++)
		check_cpu_block(check, i);
	finally.process = scenario->finally_in.text ? check_in(check, scenario->finally_in) :
						      only_process(check);
	check_block(check, &scenario->finally, finally);
	if (!scenario->teardown.at.end)
		return;
	later_refuse(check->diagnostics,
		     (struct span){ scenario->teardown.at.begin, scenario->teardown.at.begin + 1 },
		     LATER_TEARDOWN);
	check_block(check, &scenario->teardown, finally);
}
