/* SPDX-License-Identifier: MIT */
/*
 * expr.h - building and evaluating expressions.
 *
 * Layer: scenario. May include: engine, base.
 */
#ifndef SCENARIO_EXPR_H
#define SCENARIO_EXPR_H

#include "scenario/ast.h"

struct expr *expr_number(struct pool *pool, struct span at, long value);
/* @cpu.text is NULL for a bare name. */
struct expr *expr_name(struct pool *pool, struct name cpu, struct name name);
struct expr *expr_call(struct pool *pool, struct name name, struct args args, struct span at);
struct expr *expr_unary(struct pool *pool, enum expr_op op, struct expr *operand, struct span at);
struct expr *expr_binary(struct pool *pool, enum expr_op op, struct expr *left, struct expr *right);

/**
 * expr_eval() - the value of a checked expression.
 * @slots: values of the scenario's variables
 *
 * Comparisons and logic give 0 or 1; arithmetic wraps around.
 *
 * Context: anywhere; calls the model's observables. Does not switch.
 */
long expr_eval(const struct expr *expr, const long *slots);

#endif
