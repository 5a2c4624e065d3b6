/* SPDX-License-Identifier: MIT */
/*
 * testing.h - small words for the unit tests of the model.
 *
 * Layer: tests of mm. May include: mm.
 */
#ifndef MM_TESTING_H
#define MM_TESTING_H

#include "mm/mm.h"
#include "mm/model.h"
#include "mm/ops.h"
#include "mm/oracles.h"

/* An empty world with @cpus CPUs and the patches of @version. */
void boot(unsigned int cpus, const char *version);

/* Put another value of a rule in force. */
void set_rule(enum rule_value value);

/* Is the rule's value that belongs to @value called @name? */
bool rule_value_is(enum rule_value value, const char *name);

/* Run an operation on a CPU that is in @process; missing parameters are 0. */
long run_op(const char *name, long process, const long *args);
#define op_in(process, name, ...) \
	run_op(name, process, (const long[MODEL_PARAMS_MAX]){ __VA_ARGS__ })
#define op(name, ...) op_in(0, name, __VA_ARGS__)

/* The value of an observable of an address. */
long look_at(const char *name, long address);

/* Is the oracle violated? */
bool violated(const char *oracle);
/* The first violated oracle and why, "" if there is none. */
const char *first_violation(void);
#define assert_no_violation() cr_assert_str_empty(first_violation(), "%s", first_violation())

/* A step callback: a violated oracle is a finding. */
void check_oracles(void *arg);

#endif
