/* SPDX-License-Identifier: MIT */
/* model.c - the tables of the model. */
#include "selfcheck/model.h"

#include <string.h>

#include "selfcheck/state.h"

/* An address at which nothing is, and not 0. */
#define NOWHERE ((uintptr_t)0x5a5a5a5a5a50)

enum {
	RULE_CODE,
	RULES,
};

struct state state;

static void reset(unsigned int cpu_count, const unsigned int *rules)
{
	memset(&state, 0, sizeof(state));
	state.right = rules[RULE_CODE];
	smp_init(&state.smp, cpu_count);
	lockdep_init(&state.lockdep, NULL);
	spin_lock_init(&state.lock, "lock");
	spin_lock_init(&state.first, "first");
	spin_lock_init(&state.second, "second");
	state.refs = (refcount_t)REFCOUNT_INIT(1);
	state.gate.number = (int *)NOWHERE;
	state.gate.function = (int (*)(int))NOWHERE;
	state.nodes[0].next = &state.nodes[1];
	state.head = &state.nodes[0];
	state.account.from = 1;
	state.shares = 4;
	state.buffers[0] = OWN_MAIL;
}

/* clang-format off */
#define ON_CPU(name, help, result, function) \
	{ name, help, MODEL_ON_CPU, false, result, { { 0 } }, function }
#define WHICH { "which", MODEL_INT, false, 0 }

static const struct model_op ops[] = {
	{ "publish", "allocate an object and let others find it", MODEL_IN_SETUP | MODEL_ON_CPU,
	  false, MODEL_VOID, { { 0 } }, publish },
	ON_CPU("look", "look into the object", MODEL_INT, look),
	ON_CPU("retire", "take the object away and free it", MODEL_VOID, retire),
	ON_CPU("discard", "free the object, if it is there", MODEL_VOID, discard),
	ON_CPU("install", "allocate the object, unless it is there", MODEL_VOID, install),
	ON_CPU("append", "use a slot of the object, if one is left", MODEL_VOID, append),
	ON_CPU("insert", "allocate the object under a lock, and fill it in", MODEL_INT, insert),
	ON_CPU("put", "give back the one reference, unless somebody has", MODEL_INT, put),
	ON_CPU("read_mail", "what is in the buffer with the mail: 1 is, 2 is another's mail",
	       MODEL_INT, read_mail),
	ON_CPU("next_mail", "give the buffer back, and fill any one with another's mail",
	       MODEL_VOID, next_mail),
	ON_CPU("hand_over", "fill in two pointers for others", MODEL_VOID, hand_over),
	ON_CPU("read_number", "read through the pointer", MODEL_INT, read_number),
	ON_CPU("write_number", "write through the pointer", MODEL_VOID, write_number),
	ON_CPU("ask_library", "read through the pointer in a library that crashes in its midst",
	       MODEL_INT, ask_library),
	ON_CPU("call_function", "call through the pointer", MODEL_INT, call_function),
	ON_CPU("turn_round", "turn the list of two round", MODEL_VOID, turn_round),
	ON_CPU("count_nodes", "of the list, by recursion", MODEL_INT, count_nodes),
	ON_CPU("find_end", "of the list, by a loop", MODEL_INT, find_end),
	ON_CPU("share", "divide by the number of shares, if there are some", MODEL_INT, share),
	ON_CPU("close_shares", "there are none from now on", MODEL_VOID, close_shares),
	ON_CPU("transfer", "move one from one account to another", MODEL_VOID, transfer),
	ON_CPU("audit", "assert that nothing is lost", MODEL_INT, audit),
	ON_CPU("audit_or_abort", "the same, and abort()", MODEL_INT, audit_or_abort),
	{ "lock_both", "take two locks, and give them back", MODEL_ON_CPU, false, MODEL_VOID,
	  { WHICH }, lock_both },
	{ "enter_first", "enter, and let the other one go first", MODEL_ON_CPU, false,
	  MODEL_VOID, { WHICH }, enter_first },
	ON_CPU("fill", "allocate the object under a lock, unless it is there", MODEL_VOID, fill),
	ON_CPU("remember", "hand_over(), and where fall(JUMP) jumps to", MODEL_INT, remember),
	{ "fall", "end the process or spoil it, unless the pointer is set", MODEL_ON_CPU, false,
	  MODEL_INT, { { "how", MODEL_INT, false, 0 } }, fall },
	{ 0 },
};

static const struct model_observable observables[] = { { 0 } };
static const struct model_constant constants[] = {
	{ "KILL", DEATH_KILL },
	{ "EXIT", DEATH_EXIT },
	{ "EXIT_AT_ONCE", DEATH_EXIT_AT_ONCE },
	{ "FORK", DEATH_FORK },
	{ "HEAP", DEATH_HEAP },
	{ "EXPLORER", DEATH_EXPLORER },
	{ "STACK", DEATH_STACK },
	{ "JUMP", DEATH_JUMP },
	{ "CLOSE", DEATH_CLOSE },
	{ "MASK", DEATH_MASK },
	{ "STUCK", DEATH_STUCK },
	{ "HANDLER", DEATH_HANDLER },
	{ "TIMER", DEATH_TIMER },
	{ "MEMORY", DEATH_MEMORY },
	{ "BUG", DEATH_BUG },
	{ 0 },
};
static const struct model_oracle oracles[] = { { 0 } };

static const char *const code_values[] = { "wrong", "right", NULL };

static const struct model_rule rules[] = {
	[RULE_CODE] = { "code", "has it the race?", code_values, NULL },
	{ 0 },
};

static const struct model_patch patches[] = {
	{ "mended", NULL, NULL, "framework/selfcheck", MODEL_MADE_UP, "take the race away", NULL,
	  NULL, { { "code", "right" } } },
	{ 0 },
};

static const struct model_version versions[] = {
	{ "wrong", "each piece of code has its race", NULL, { NULL } },
	{ "right", "none has", NULL, { "mended" } },
	{ 0 },
};

static const struct model_fault faults[] = {
	{ "slab/kmalloc", "ENOMEM", MODEL_FAULT_ABSORBED, "no memory for an object",
	  "kmalloc() returns NULL" },
	{ 0 },
};
/* clang-format on */

const struct model selfcheck_model = {
	.name = "selfcheck",
	.release = "1",
	.ops = ops,
	.observables = observables,
	.constants = constants,
	.oracles = oracles,
	.rules = rules,
	.patches = patches,
	.versions = versions,
	.faults = faults,
	.state = &state,
	.state_bytes = sizeof(state),
	.reset = reset,
};
