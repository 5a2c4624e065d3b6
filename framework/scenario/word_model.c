/* SPDX-License-Identifier: MIT */
/* word_model.c - two words of memory and a lock, for tests that run scenarios. */
#include "scenario/word_model.h"

#include <stdio.h>
#include <string.h>

#include "baton/sim.h"

static struct {
	long x[2];
	long made;
	bool held;
} toy;

static long *word(const struct model_call *call)
{
	return &toy.x[call->args[0] - 1];
}

static long op_word(const struct model_call *call)
{
	(void)call;
	return ++toy.made;
}

static long op_read(const struct model_call *call)
{
	POINT("toy/read");
	baton_access(BATON_HERE("read"), word(call), BATON_READ);
	return *word(call);
}

static long op_write(const struct model_call *call)
{
	POINT("toy/write");
	baton_access(BATON_HERE("write"), word(call), BATON_WRITE);
	if (!baton_fault("toy/write_fails"))
		*word(call) = call->args[1];
	return 0;
}

static bool lock_is_free(const void *object)
{
	(void)object;
	return !toy.held;
}

static const char *lock_name(const void *object)
{
	(void)object;
	return "the lock";
}

static long op_lock(const struct model_call *call)
{
	static const struct baton_wait wait = { lock_is_free, NULL, lock_name };

	(void)call;
	POINT("toy/lock");
	baton_block(BATON_HERE("lock"), &toy.held, BATON_LOCK, &wait);
	toy.held = true;
	return 0;
}

static long op_unlock(const struct model_call *call)
{
	(void)call;
	POINT("toy/unlock");
	baton_access(BATON_HERE("unlock"), &toy.held, BATON_UNLOCK);
	toy.held = false;
	return 0;
}

static long op_pick(const struct model_call *call)
{
	(void)call;
	return baton_choose(BATON_CHOICE_VALUE, 3, "toy/pick");
}

/* 1 in the first call ever: no function of the choices. */
static long op_forget(const struct model_call *call)
{
	static bool called;
	bool first = !called;

	(void)call;
	called = true;
	return first;
}

static long op_never(const struct model_call *call)
{
	(void)call;
	if (toy.x[0] == 12345) {
		POINT("toy/unreachable");
		baton_access(BATON_HERE("never"), &toy.x[0], BATON_READ);
	}
	return 0;
}

static bool is_negative(char *why, size_t size)
{
	if (toy.x[0] >= 0)
		return false;
	(void)snprintf(why, size, "the word is %ld", toy.x[0]);
	return true;
}

static void reset(unsigned int cpu_count, const unsigned int *rules)
{
	(void)cpu_count;
	(void)rules;
	memset(&toy, 0, sizeof(toy));
}

static const struct model_op ops[] = {
	{ .name = "word", .places = MODEL_IN_SETUP, .result = MODEL_ADDRESS, .run = op_word },
	{ .name = "read",
	  .places = MODEL_ON_CPU,
	  .result = MODEL_INT,
	  .run = op_read,
	  .params = { { .name = "word", .type = MODEL_ADDRESS } } },
	{ .name = "write",
	  .places = MODEL_ON_CPU,
	  .run = op_write,
	  .params = { { .name = "word", .type = MODEL_ADDRESS },
		      { .name = "value", .type = MODEL_INT } } },
	{ .name = "lock", .places = MODEL_ON_CPU, .run = op_lock },
	{ .name = "unlock", .places = MODEL_ON_CPU, .run = op_unlock },
	{ .name = "pick", .places = MODEL_ON_CPU, .result = MODEL_INT, .run = op_pick },
	{ .name = "forget", .places = MODEL_ON_CPU, .result = MODEL_INT, .run = op_forget },
	{ .name = "never_reached", .places = MODEL_ON_CPU, .run = op_never },
	{ .name = NULL },
};
static const struct model_oracle oracles[] = {
	{ .name = "negative", .id = "T1", .violated = is_negative },
	{ .name = NULL },
};
static const struct model_version versions[] = { { .name = "v1" }, { .name = NULL } };
static const struct model_fault faults[] = { { .name = "toy/write_fails", .error = "EIO" },
					     { .name = NULL } };
const struct model word_model = {
	.name = "toy",
	.release = "1",
	.ops = ops,
	.oracles = oracles,
	.versions = versions,
	.faults = faults,
	.state = &toy,
	.state_bytes = sizeof(toy),
	.reset = reset,
};
