/* SPDX-License-Identifier: MIT */
/*
 * test_model.c - a small model for the tests of the command: counters that lose
 * additions, two locks, something to run out of, and code that crashes.
 *
 * All its points are labelled, so that transcripts do not change with line numbers.
 */
#include <errno.h>
#include <fiu.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "baton/kernel.h"
#include "baton/sim.h"
#include "cli/cli.h"

#define COUNTERS 4
#define LOCKS 2
#define COUNTER_MAX 9 /* more is an overflow */

enum {
	RULE_ADD,
	RULE_ORDER,
	RULES,
};

/* For scenarios that are older than the model. */
POINT_ALIAS("toy/fetched", "toy/read");

static struct {
	unsigned int rules[RULES];
	long made;
	int counters[COUNTERS];
	spinlock_t locks[LOCKS];
} toy;

static int *counter(const struct model_call *call)
{
	return &toy.counters[(call->args[0] - 1) % COUNTERS];
}

static spinlock_t *lock(const struct model_call *call)
{
	return &toy.locks[call->args[0] & 1];
}

static long op_counter(const struct model_call *call)
{
	(void)call;
	return ++toy.made;
}

/* The two halves of an addition, unless it is made whole. */
static long op_add(const struct model_call *call)
{
	int *where = counter(call), value;
	int more = (int)call->args[1];

	POINT("toy/read");
	if (toy.rules[RULE_ADD]) {
		baton_access(BATON_HERE("whole"), where, BATON_RMW);
		*where += more;
		return 0;
	}
	value = READ_ONCE(*where);
	baton_note("%d", value);
	POINT("toy/write");
	WRITE_ONCE(*where, value + more);
	return 0;
}

static long op_load(const struct model_call *call)
{
	POINT("toy/load");
	return READ_ONCE(*counter(call));
}

static long op_lock(const struct model_call *call)
{
	POINT("toy/lock");
	spin_lock(lock(call));
	return 0;
}

static long op_unlock(const struct model_call *call)
{
	POINT("toy/unlock");
	spin_unlock(lock(call));
	return 0;
}

/* Under a lock that nobody else takes, and a look again that finds nothing new. */
static long op_guard(const struct model_call *call)
{
	int *where = counter(call), value;

	spin_lock(&toy.locks[1]);
	value = READ_ONCE(*where);
	spin_unlock(&toy.locks[1]);
	return BATON_RECHECK(value < 0);
}

/* Return: 0 where there is nothing left. */
static long op_take(const struct model_call *call)
{
	POINT("toy/take");
	WRITE_ONCE(*counter(call), 1);
	return !baton_fault("toy/take");
}

/* What fails here is not handled. */
static long op_put(const struct model_call *call)
{
	POINT("toy/put");
	WRITE_ONCE(*counter(call), baton_fault("toy/put") ? COUNTER_MAX + 1 : 1);
	return 0;
}

/* Code with libfiu's macros. Return: the errno that it fails with, 0: it does not. */
static long op_try(const struct model_call *call)
{
	POINT("toy/try");
	(void)READ_ONCE(*counter(call));
	return fiu_fail("toy/try") ? (long)(intptr_t)fiu_failinfo() : 0;
}

/* The same, from another function. */
static long op_again(const struct model_call *call)
{
	long error = op_try(call);

	baton_note("%ld", error);
	return error;
}

static long op_crash(const struct model_call *call)
{
	/* Not 0, which tools know to be wrong; the CPU is in no process. */
	const volatile int *nowhere = (const volatile int *)(call->process + 64);

	POINT("toy/crash");
	return READ_ONCE(*counter(call)) < 0 ? 0 : *nowhere;
}

static long op_bug(const struct model_call *call)
{
	(void)call;
	bug("toy.c", 1, "a test wants this");
}

/* Not in the state that is put back, as it should be. */
static long op_remember(const struct model_call *call)
{
	static int calls;
	int *where = counter(call);

	POINT("toy/remember");
	WRITE_ONCE(*where, ++calls);
	return calls;
}

/* Changes a counter in a step that says it reads. */
static long op_sneak(const struct model_call *call)
{
	POINT("toy/sneak");
	(void)READ_ONCE(*counter(call));
	*counter(call) += 1;
	return 0;
}

static bool overflow(char *why, size_t size)
{
	for (int i = 0; i < COUNTERS; i++)
		if (toy.counters[i] > COUNTER_MAX) {
			(void)snprintf(why, size, "counter %d is %d", i + 1, toy.counters[i]);
			return true;
		}
	return false;
}

static long value_of(const long *args)
{
	return args[0] ? toy.counters[(args[0] - 1) % COUNTERS] : 0;
}

static void reset(unsigned int cpu_count, const unsigned int *rules)
{
	(void)cpu_count;
	memset(&toy, 0, sizeof(toy));
	memcpy(toy.rules, rules, sizeof(toy.rules));
	spin_lock_init(&toy.locks[0], "lock 0");
	spin_lock_init(&toy.locks[1], "lock 1");
}

static unsigned int regions(struct baton_region *to)
{
	to[0] = (struct baton_region){ "the counters", toy.counters, sizeof(toy.counters) };
	return 1;
}

static void enter(int cpu, long process)
{
	(void)cpu;
	(void)process;
}

/* clang-format off */
#define COUNTER { "counter", MODEL_ADDRESS, false, 0 }
#define LOCK { "lock", MODEL_INT, false, 0 }

static const struct model_op ops[] = {
	{ "counter", "make a counter", MODEL_IN_SETUP, false, MODEL_ADDRESS, { { 0 } },
	  op_counter },
	{ "add", "add to a counter, in two steps", MODEL_ON_CPU, false, MODEL_VOID,
	  { COUNTER, { "more", MODEL_INT, true, 1 } }, op_add },
	{ "load", "read a counter", MODEL_ON_CPU, false, MODEL_INT, { COUNTER }, op_load },
	{ "lock", "take lock 0 or 1", MODEL_ON_CPU, false, MODEL_VOID, { LOCK }, op_lock },
	{ "unlock", "give it back", MODEL_ON_CPU, false, MODEL_VOID, { LOCK }, op_unlock },
	{ "guard", "look at a counter twice", MODEL_ON_CPU, false, MODEL_INT, { COUNTER },
	  op_guard },
	{ "take", "get something, or 0", MODEL_ON_CPU, false, MODEL_INT, { COUNTER }, op_take },
	{ "put", "write 1", MODEL_ON_CPU, false, MODEL_VOID, { COUNTER }, op_put },
	{ "try", "0, or why it fails", MODEL_ON_CPU, false, MODEL_INT, { COUNTER }, op_try },
	{ "again", "the same, from another function", MODEL_ON_CPU, false, MODEL_INT, { COUNTER },
	  op_again },
	{ "crash", "read from address 64", MODEL_ON_CPU, false, MODEL_INT, { COUNTER }, op_crash },
	{ "sneak", "add to a counter behind the explorer's back", MODEL_ON_CPU, false, MODEL_VOID,
	  { COUNTER }, op_sneak },
	{ "remember", "how often it was called, ever: no function of the choices", MODEL_ON_CPU,
	  false, MODEL_INT, { COUNTER }, op_remember },
	{ "bug", "stop as baton does where it is wrong", MODEL_ON_CPU, false, MODEL_VOID,
	  { { 0 } }, op_bug },
	{ 0 },
};

static const struct model_observable observables[] = {
	{ "value", "of a counter", MODEL_INT, { COUNTER }, value_of, "is" },
	{ 0 },
};

static const struct model_constant constants[] = {
	{ "MANY", 10 },
	{ "ENOMEM", ENOMEM },
	{ "ENOSPC", ENOSPC },
	{ 0 },
};

static const struct model_oracle oracles[] = {
	{ .name = "overflow", .id = "O1", .help = "a counter is above 9", .violated = overflow },
	{ 0 },
};

static const char *const add_values[] = { "split", "whole", NULL };
static const char *const order_values[] = { "weak", "strong", NULL };

static const struct model_rule rules[] = {
	[RULE_ADD] = { "add", "how an addition is made", add_values, NULL },
	[RULE_ORDER] = { "order", "nothing depends on it", order_values, NULL },
	{ 0 },
};

static const struct model_patch patches[] = {
	{ "whole-add", "2001-02-03", "A. Tester", "test_model.c", MODEL_DATE_FROM_MEMORY,
	  "make each addition one step", NULL, NULL, { { "add", "whole" } } },
	{ 0 },
};

static const struct model_version versions[] = {
	{ "v1.0", "as it was at first", NULL, { NULL } },
	{ "v1.1", "with whole additions", NULL, { "whole-add" } },
	{ 0 },
};

static const struct model_fault faults[] = {
	{ "toy/put", NULL, MODEL_FAULT_ABSORBED, "there is nothing to write", "nothing like it" },
	{ "toy/try", "ENOMEM|ENOSPC", MODEL_FAULT_ABSORBED, "it is refused", "nothing like it" },
	{ "toy/take", "ENOMEM", MODEL_FAULT_MAY_SHOW, "nothing is left", "nothing like it" },
	{ 0 },
};
/* clang-format on */

static const struct model toy_model = {
	.name = "toy",
	.release = "1",
	.ops = ops,
	.observables = observables,
	.constants = constants,
	.oracles = oracles,
	.rules = rules,
	.patches = patches,
	.versions = versions,
	.faults = faults,
	.state = &toy,
	.state_bytes = sizeof(toy),
	.regions = regions,
	.reset = reset,
	.enter = enter,
};

const struct model *const cli_models[] = { &toy_model, NULL };

const struct verb cli_model_verbs[] = { { .name = NULL } };
