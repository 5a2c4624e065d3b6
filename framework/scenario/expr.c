/* SPDX-License-Identifier: MIT */
#include "scenario/expr.h"

#include "base/bug.h"

static struct expr *expr_new(struct pool *pool, enum expr_kind kind, struct span at)
{
	struct expr *expr = pool_alloc(pool, sizeof(*expr));

	expr->kind = kind;
	expr->at = at;
	expr->depth = 1;
	return expr;
}

struct expr *expr_number(struct pool *pool, struct span at, long value)
{
	struct expr *expr = expr_new(pool, EXPR_NUMBER, at);

	expr->value = value;
	expr->type = MODEL_INT;
	return expr;
}

struct expr *expr_name(struct pool *pool, struct name cpu, struct name name)
{
	struct span at = { cpu.text ? cpu.at.begin : name.at.begin, name.at.end };
	struct expr *expr = expr_new(pool, EXPR_NAME, at);

	expr->cpu = cpu;
	expr->name = name;
	return expr;
}

struct expr *expr_call(struct pool *pool, struct name name, struct args args, struct span at)
{
	struct expr *expr = expr_new(pool, EXPR_CALL, at);

	expr->name = name;
	expr->written = args;
	for (size_t i = 0; i < args.list.count; i++)
		if (args.list.items[i].value->depth >= expr->depth)
			expr->depth = args.list.items[i].value->depth + 1;
	return expr;
}

struct expr *expr_unary(struct pool *pool, enum expr_op op, struct expr *operand, struct span at)
{
	struct expr *expr = expr_new(pool, EXPR_UNARY, at);

	expr->op = op;
	expr->left = operand;
	expr->depth = operand->depth + 1;
	return expr;
}

struct expr *expr_binary(struct pool *pool, enum expr_op op, struct expr *left, struct expr *right)
{
	struct span at = { left->at.begin, right->at.end };
	struct expr *expr = expr_new(pool, EXPR_BINARY, at);

	expr->op = op;
	expr->left = left;
	expr->right = right;
	expr->depth = (left->depth > right->depth ? left->depth : right->depth) + 1;
	return expr;
}

static long eval_call(const struct expr *expr, const long *slots)
{
	long args[MODEL_PARAMS_MAX] = { 0 };

	for (size_t i = 0; i < MODEL_PARAMS_MAX && expr->args[i]; i++)
		args[i] = expr_eval(expr->args[i], slots);
	return expr->observable->get(args);
}

static long add(long a, long b)
{
	return (long)((unsigned long)a + (unsigned long)b);
}

static long subtract(long a, long b)
{
	return (long)((unsigned long)a - (unsigned long)b);
}

static long compare(enum expr_op op, long a, long b)
{
	switch ((int)op) {
	case EXPR_EQUAL:
		return a == b;
	case EXPR_UNEQUAL:
		return a != b;
	case EXPR_LESS:
		return a < b;
	case EXPR_LESS_EQUAL:
		return a <= b;
	case EXPR_GREATER:
		return a > b;
	case EXPR_GREATER_EQUAL:
		return a >= b;
	default:
		bug(__FILE__, __LINE__, "unknown comparison");
	}
}

static long eval_binary(const struct expr *expr, const long *slots)
{
	long left = expr_eval(expr->left, slots), right;

	if (expr->op == EXPR_AND && !left)
		return 0;
	if (expr->op == EXPR_OR && left)
		return 1;
	right = expr_eval(expr->right, slots);
	switch ((int)expr->op) {
	case EXPR_AND:
	case EXPR_OR:
		return right != 0;
	case EXPR_BIT_OR:
		return left | right;
	case EXPR_BIT_AND:
		return left & right;
	case EXPR_ADD:
		return add(left, right);
	case EXPR_SUBTRACT:
		return subtract(left, right);
	default:
		return compare(expr->op, left, right);
	}
}

long expr_eval(const struct expr *expr, const long *slots)
{
	switch (expr->kind) {
	case EXPR_NUMBER:
		return expr->value;
	case EXPR_VARIABLE:
		return slots[expr->slot];
	case EXPR_CALL:
		return eval_call(expr, slots);
	case EXPR_UNARY:
		if (expr->op == EXPR_NOT)
			return !expr_eval(expr->left, slots);
		return subtract(0, expr_eval(expr->left, slots));
	case EXPR_BINARY:
		return eval_binary(expr, slots);
	case EXPR_NAME:
		break;
	}
	bug(__FILE__, __LINE__, "expression was not checked");
}
