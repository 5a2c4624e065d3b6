/* SPDX-License-Identifier: MIT */
/*
 * against.h - what makes the difference between one execution that fails and one that passes:
 * delta debugging over the orders and answers that one has otherwise than the other.
 *
 * The passing schedule is followed, and bent so that some of the orders are as in the failing
 * execution; those that both have stay. Of all orders that differ, a set is looked for that makes
 * it fail, and no longer does if any single one is left out (Zeller's ddmin). There may be
 * another such set, and another passing schedule may have others: unlike the core (core.h), the
 * answer says nothing about all executions.
 *
 * Layer: explain. May include: explore, engine, base.
 */
#ifndef EXPLAIN_AGAINST_H
#define EXPLAIN_AGAINST_H

#include "explain/condition.h"
#include "explain/subject.h"

/* An order or answer of the failing execution that makes the difference. */
struct against_member {
	struct condition condition;
	enum subject_verdict otherwise; /* with all the others: SUBJECT_OPEN if nobody can go on */
};

struct against {
	VEC(struct against_member) members; /* none: all of them together do not make it fail */
	unsigned int compared, differing;   /* orders and answers of the failing execution */
	uint64_t runs;
};

/**
 * against_find() - find what makes @passing fail.
 * @against: all zero; against_release() it also after an error
 *
 * Context: the simulation of @subject is open.
 * Return: 0; 1 if @passing diverged; -1 if @failing does, or if @passing does not pass.
 */
int against_find(struct against *against, const struct subject *subject,
		 const struct schedule *failing, const struct schedule *passing, struct err *err);
void against_release(struct against *against);

/* Append it. @passing: its schedule, as the user has named it */
void against_write(const struct against *against, const struct baton_program *program,
		   const char *passing, struct text *text);

#endif
