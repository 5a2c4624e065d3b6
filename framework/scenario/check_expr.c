/* SPDX-License-Identifier: MIT */
#include "scenario/check.h"

static const char *op_sign(enum expr_op op)
{
	static const char *const signs[] = {
		[EXPR_NOT] = "!",         [EXPR_NEGATE] = "-",   [EXPR_OR] = "||",
		[EXPR_AND] = "&&",        [EXPR_BIT_OR] = "|",   [EXPR_BIT_AND] = "&",
		[EXPR_EQUAL] = "==",      [EXPR_UNEQUAL] = "!=", [EXPR_LESS] = "<",
		[EXPR_LESS_EQUAL] = "<=", [EXPR_GREATER] = ">",  [EXPR_GREATER_EQUAL] = ">=",
		[EXPR_ADD] = "+",         [EXPR_SUBTRACT] = "-",
	};

	return signs[op];
}

/* A written 0 is the null value of every type. */
static bool is_null(const struct expr *expr)
{
	return expr->kind == EXPR_NUMBER && expr->literal && expr->value == 0;
}

/* Type of an addition or subtraction; MODEL_VOID if it makes no sense. */
static enum model_type sum_type(enum expr_op op, enum model_type left, enum model_type right)
{
	if (left == MODEL_INT && right == MODEL_INT)
		return MODEL_INT;
	if (left == MODEL_ADDRESS && right == MODEL_INT)
		return MODEL_ADDRESS;
	if (op == EXPR_ADD && left == MODEL_INT && right == MODEL_ADDRESS)
		return MODEL_ADDRESS;
	if (op == EXPR_SUBTRACT && left == MODEL_ADDRESS && right == MODEL_ADDRESS)
		return MODEL_INT;
	return MODEL_VOID;
}

static enum model_type binary_type(const struct expr *expr)
{
	enum model_type left = expr->left->type, right = expr->right->type;

	switch (expr->op) {
	case EXPR_OR:
	case EXPR_AND:
		return MODEL_INT;
	case EXPR_EQUAL:
	case EXPR_UNEQUAL:
		return left == right || is_null(expr->left) || is_null(expr->right) ? MODEL_INT :
										      MODEL_VOID;
	case EXPR_LESS:
	case EXPR_LESS_EQUAL:
	case EXPR_GREATER:
	case EXPR_GREATER_EQUAL:
		return left == right && (left == MODEL_INT || left == MODEL_ADDRESS) ? MODEL_INT :
										       MODEL_VOID;
	case EXPR_BIT_OR:
	case EXPR_BIT_AND:
		return left == MODEL_INT && right == MODEL_INT ? MODEL_INT : MODEL_VOID;
	case EXPR_ADD:
	case EXPR_SUBTRACT:
		return sum_type(expr->op, left, right);
	case EXPR_NOT:
	case EXPR_NEGATE:
		break;
	}
	return MODEL_VOID;
}

static enum model_type check_binary(struct check *check, struct expr *expr, struct scope scope)
{
	enum model_type left = check_expr(check, expr->left, scope);
	enum model_type right = check_expr(check, expr->right, scope);
	enum model_type type;

	if (left == MODEL_VOID || right == MODEL_VOID)
		return MODEL_VOID;
	type = binary_type(expr);
	if (type == MODEL_VOID)
		diagnostics_error(check->diagnostics, expr->at, "'%s' cannot be used on %s and %s",
				  op_sign(expr->op), type_name(left), type_name(right));
	return type;
}

static enum model_type check_unary(struct check *check, struct expr *expr, struct scope scope)
{
	enum model_type type = check_expr(check, expr->left, scope);

	if (type == MODEL_VOID || expr->op == EXPR_NOT)
		return type == MODEL_VOID ? MODEL_VOID : MODEL_INT;
	if (type == MODEL_INT)
		return MODEL_INT;
	diagnostics_error(check->diagnostics, expr->at, "'-' cannot be used on %s",
			  type_name(type));
	return MODEL_VOID;
}

static const struct model_observable *find_observable(struct check *check, struct name name)
{
	const struct model_observable *observable =
		model_find(check->model->observables, name.text);
	struct names names = { 0 };

	if (observable)
		return observable;
	if (model_find(check->model->ops, name.text)) {
		diagnostics_error(check->diagnostics, name.at,
				  "'%s' is an operation: give it a line and a variable of its own",
				  name.text);
		return NULL;
	}
	names_add_rows(&names, check->model->observables);
	names_unknown(check->diagnostics, "observable", name, &names);
	return NULL;
}

static enum model_type check_call(struct check *check, struct expr *expr, struct scope scope)
{
	struct callee callee = { "observable", expr->name, NULL, &expr->written, expr->args };

	if (!check->model)
		return MODEL_VOID;
	expr->observable = find_observable(check, expr->name);
	if (!expr->observable)
		return MODEL_VOID;
	if (scope.kind == SCOPE_CPU) {
		diagnostics_error(check->diagnostics, expr->at,
				  "an observable looks at what CPUs share, so a CPU cannot use it; "
				  "only predicates, invariants, setup and finally can");
		return MODEL_VOID;
	}
	callee.params = expr->observable->params;
	check_args(check, &callee, scope);
	return expr->observable->result;
}

enum model_type check_expr(struct check *check, struct expr *expr, struct scope scope)
{
	expr->type = MODEL_VOID;
	if (expr->depth > EXPR_DEPTH_MAX) {
		diagnostics_error(check->diagnostics, expr->at,
				  "expression is %u levels deep, at most %d; split it", expr->depth,
				  EXPR_DEPTH_MAX);
		return MODEL_VOID;
	}
	switch (expr->kind) {
	case EXPR_NUMBER:
		expr->type = MODEL_INT;
		break;
	case EXPR_NAME:
	case EXPR_VARIABLE:
		check_expr_name(check, expr, scope);
		break;
	case EXPR_CALL:
		expr->type = check_call(check, expr, scope);
		break;
	case EXPR_UNARY:
		expr->type = check_unary(check, expr, scope);
		break;
	case EXPR_BINARY:
		expr->type = check_binary(check, expr, scope);
		break;
	}
	return expr->type;
}
