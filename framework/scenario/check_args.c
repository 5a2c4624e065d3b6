/* SPDX-License-Identifier: MIT */
#include "scenario/check.h"

#include <string.h>

#include "scenario/expr.h"

static unsigned int count_params(const struct model_param *params)
{
	unsigned int count = 0;

	while (count < MODEL_PARAMS_MAX && params[count].name)
		count++;
	return count;
}

static int find_param(const struct model_param *params, const char *name)
{
	for (unsigned int i = 0; i < count_params(params); i++)
		if (!strcmp(params[i].name, name))
			return (int)i;
	return -1;
}

/* The flag that @arg sets by its bare name, or -1. */
static int find_flag(const struct callee *callee, const struct arg *arg)
{
	int param;

	if (arg->name.text || arg->value->kind != EXPR_NAME || arg->value->cpu.text)
		return -1;
	param = find_param(callee->params, arg->value->name.text);
	return param >= 0 && callee->params[param].type == MODEL_FLAG ? param : -1;
}

/* The next parameter without an argument that is given by position, or -1. */
static int next_position(const struct callee *callee)
{
	for (unsigned int i = 0; i < count_params(callee->params); i++)
		if (!callee->args[i] && callee->params[i].type != MODEL_FLAG)
			return (int)i;
	return -1;
}

static void refuse_surplus(struct check *check, const struct callee *callee, struct span at)
{
	struct text list = TEXT_INIT;

	for (unsigned int i = 0; i < count_params(callee->params); i++)
		text_addf(&list, "%s%s", i ? ", " : "", callee->params[i].name);
	diagnostics_error(check->diagnostics, at, "%s '%s' takes no further argument: %s(%s)",
			  callee->kind, callee->name.text, callee->name.text, list.bytes);
	text_release(&list);
}

static int named_param(struct check *check, const struct callee *callee, struct name name)
{
	struct names names = { 0 };
	int param = find_param(callee->params, name.text);
	struct text what = TEXT_INIT;

	if (param >= 0)
		return param;
	for (unsigned int i = 0; i < count_params(callee->params); i++)
		names_add(&names, callee->params[i].name);
	text_addf(&what, "argument of '%s':", callee->name.text);
	names_unknown(check->diagnostics, what.bytes, name, &names);
	text_release(&what);
	return -1;
}

/* Index of the parameter that @arg is for, or -1 if there is none, which is reported. */
static int param_of(struct check *check, const struct callee *callee, const struct arg *arg,
		    bool *named)
{
	int param = find_flag(callee, arg);

	if (param >= 0)
		return param;
	if (arg->name.text) {
		*named = true;
		return named_param(check, callee, arg->name);
	}
	if (*named) {
		diagnostics_error(check->diagnostics, arg->value->at,
				  "an argument without a name cannot follow one with a name");
		return -1;
	}
	param = next_position(callee);
	if (param < 0)
		refuse_surplus(check, callee, arg->value->at);
	return param;
}

static void check_type(struct check *check, const struct callee *callee,
		       const struct model_param *param, const struct expr *value)
{
	enum model_type wanted = param->type == MODEL_FLAG ? MODEL_INT : param->type;

	if (value->type == MODEL_VOID || value->type == wanted)
		return;
	if (value->kind == EXPR_NUMBER && value->literal && value->value == 0)
		return;
	diagnostics_error(check->diagnostics, value->at, "'%s' of '%s' is %s, not %s", param->name,
			  callee->name.text, type_name(wanted), type_name(value->type));
}

static void check_arg(struct check *check, struct callee *callee, const struct arg *arg,
		      struct scope scope, bool *named)
{
	int param = param_of(check, callee, arg, named);
	bool flag = param >= 0 && param == find_flag(callee, arg);

	if (!flag)
		check_expr(check, arg->value, scope);
	if (param < 0)
		return;
	if (callee->args[param]) {
		diagnostics_error(check->diagnostics, arg->name.at, "'%s' is given twice",
				  callee->params[param].name);
		return;
	}
	if (flag)
		callee->args[param] = expr_number(&check->scenario->pool, arg->value->at, 1);
	else
		callee->args[param] = arg->value;
	if (!flag)
		check_type(check, callee, &callee->params[param], arg->value);
}

static void fill_missing(struct check *check, struct callee *callee, unsigned int param)
{
	const struct model_param *missing = &callee->params[param];
	struct expr *value;

	if (!missing->optional && missing->type != MODEL_FLAG)
		diagnostics_error(check->diagnostics, callee->name.at, "%s '%s' needs '%s', %s",
				  callee->kind, callee->name.text, missing->name,
				  type_name(missing->type));
	value = expr_number(&check->scenario->pool, callee->name.at, missing->missing);
	value->type = missing->type;
	callee->args[param] = value;
}

unsigned int check_args(struct check *check, struct callee *callee, struct scope scope)
{
	unsigned int count = count_params(callee->params);
	bool named = false, wrong = false;

	for (size_t i = 0; i < callee->written->list.count; i++) {
		unsigned int errors = check->diagnostics->errors;

		check_arg(check, callee, &callee->written->list.items[i], scope, &named);
		wrong |= check->diagnostics->errors > errors;
	}
	/* After a wrong argument, nobody can say which one is missing. */
	for (unsigned int i = 0; i < count && !wrong; i++)
		if (!callee->args[i])
			fill_missing(check, callee, i);
	return count;
}
