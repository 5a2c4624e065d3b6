/* SPDX-License-Identifier: MIT */
/*
 * random_program_test.h - for tests: small programs, drawn by a fixed rule from a number.
 *
 * So a failure names a program that can be looked at. A program is a few CPUs with a few
 * operations each. Each operation is one access; what it saw goes into the CPU's register,
 * and operations are skipped or aimed at other variables depending on it.
 *
 * Layer: explore, tests only. May include: engine, base.
 */
#ifndef EXPLORE_RANDOM_PROGRAM_TEST_H
#define EXPLORE_RANDOM_PROGRAM_TEST_H

#include <limits.h>
#include <string.h>

#include "engine/fault.h"
#include "engine/sim.h"

#define CPUS_MAX 5
#define OPS_MAX 6
#define VARIABLES 3
#define LOCKS 2

enum op_kind {
	OP_READ,
	OP_WRITE,
	OP_RMW,
	OP_ADD,
	OP_LOCAL,
	OP_LOCK,
	OP_UNLOCK,
	OP_TRYLOCK,
	OP_DOWN_READ,
	OP_UP_READ,
	OP_DOWN_WRITE,
	OP_UP_WRITE,
	OP_VALUE,
	OP_FAULT,
	OP_LIMITED,  /* a planned fault: of variable 0 once, and twice in all */
	OP_PICKED,   /* a planned fault that only some passes may have */
	OP_SPIN,     /* reads it until it is not 0 */
	OP_SPIN_TWO, /* it and another one, until one of them is not 0 */
	OP_WAIT,     /* until the variable is not 0 */
	OP_FAIL,     /* a finding, if the register is odd */
	OP_RAISE,    /* CPU 0's interrupt */
	OP_CALL,     /* the same, and wait until it was handled */
	OP_MASK,     /* of CPU 0 only */
	OP_UNMASK,
	OP_TWO_READS, /* as one instruction: no interrupt between */
};

struct op {
	enum op_kind kind;
	int which;     /* variable, lock, number of options */
	int condition; /* made if the register & 3 is not this */
};

struct cpu_state {
	unsigned int reg;
};

static struct op ops[CPUS_MAX][OPS_MAX];
static int op_counts[CPUS_MAX];
static struct baton_cpu_program cpus[CPUS_MAX];
static struct baton_program random_program = { .name = "random", .cpus = cpus };
static const char *const names[CPUS_MAX] = { "a", "b", "c", "d", "e" };

static int variables[VARIABLES], adds[VARIABLES];
static int locks[LOCKS];
static struct {
	int readers, writer;
} sem;
static struct {
	bool raised, masked;
} line;
static struct cpu_state states[CPUS_MAX];
static bool program_has_context;

static bool is_free(const void *object)
{
	return !*(const int *)object;
}

static bool is_set(const void *object)
{
	return *(const int *)object;
}

static bool can_read(const void *object)
{
	(void)object;
	return !sem.writer;
}

static bool can_write(const void *object)
{
	(void)object;
	return !sem.writer && !sem.readers;
}

static bool is_taken(const void *object)
{
	(void)object;
	return line.raised && !line.masked;
}

static bool is_answered(const void *object)
{
	(void)object;
	return !line.raised;
}

static const struct baton_wait free_wait = { is_free, NULL, NULL };
static const struct baton_wait set_wait = { is_set, NULL, NULL };
static const struct baton_wait read_wait = { can_read, NULL, NULL };
static const struct baton_wait write_wait = { can_write, NULL, NULL };
static const struct baton_wait taken_wait = { is_taken, NULL, NULL };
static const struct baton_wait answered_wait = { is_answered, NULL, NULL };

static void access_variable(struct cpu_state *state, const struct op *op)
{
	int *variable = &variables[op->which];

	if (op->kind == OP_READ) {
		baton_access(BATON_HERE("read"), variable, BATON_READ);
		state->reg = state->reg * 5 + (unsigned int)*variable;
	} else if (op->kind == OP_WRITE) {
		baton_access(BATON_HERE("write"), variable, BATON_WRITE);
		*variable = (int)(state->reg & 3) + 1;
	} else if (op->kind == OP_RMW) {
		baton_access(BATON_HERE("rmw"), variable, BATON_RMW);
		state->reg = state->reg * 5 + (unsigned int)*variable;
		*variable = *variable * 3 + 1;
	} else if (op->kind == OP_ADD) {
		baton_access(BATON_HERE("add"), &adds[op->which], BATON_ADD);
		adds[op->which] += (int)(state->reg & 3) + 1;
	} else if (op->kind == OP_SPIN) {
		do {
			baton_retry(BATON_HERE("retry"));
			baton_access(BATON_HERE("spin"), variable, BATON_READ);
		} while (!*variable);
	} else {
		baton_block(BATON_HERE("wait"), variable, BATON_WAIT, &set_wait);
	}
}

static void spin_two(const struct op *op)
{
	int *other = &variables[(op->which + 1) % VARIABLES];
	bool found;

	do {
		baton_retry(BATON_HERE("retry two"));
		baton_access(BATON_HERE("spin on the first"), &variables[op->which], BATON_READ);
		found = variables[op->which];
		baton_access(BATON_HERE("spin on the second"), other, BATON_READ);
		found |= *other != 0;
	} while (!found);
}

static void access_lock(struct cpu_state *state, const struct op *op)
{
	int *lock = &locks[op->which % LOCKS];

	if (op->kind == OP_LOCK) {
		baton_block(BATON_HERE("lock"), lock, BATON_LOCK, &free_wait);
		*lock = 1;
	} else if (op->kind == OP_TRYLOCK) {
		baton_access(BATON_HERE("trylock"), lock, BATON_RMW);
		state->reg = state->reg * 5 + (unsigned int)!*lock;
		*lock = 1;
	} else {
		baton_access(BATON_HERE("unlock"), lock, BATON_UNLOCK);
		*lock = 0;
	}
}

static void access_sem(const struct op *op)
{
	if (op->kind == OP_DOWN_READ) {
		baton_block(BATON_HERE("down_read"), &sem, BATON_LOCK, &read_wait);
		sem.readers++;
	} else if (op->kind == OP_UP_READ) {
		baton_access(BATON_HERE("up_read"), &sem, BATON_UNLOCK);
		sem.readers--;
	} else if (op->kind == OP_DOWN_WRITE) {
		baton_block(BATON_HERE("down_write"), &sem, BATON_LOCK, &write_wait);
		sem.writer = 1;
	} else {
		baton_access(BATON_HERE("up_write"), &sem, BATON_UNLOCK);
		sem.writer = 0;
	}
}

static void call(bool wait)
{
	baton_block(BATON_HERE("call"), &line, BATON_LOCK, &answered_wait);
	line.raised = true;
	if (wait)
		baton_block(BATON_HERE("wait for the answer"), &line, BATON_WAIT, &answered_wait);
}

static void read_two(struct cpu_state *state, const struct op *op)
{
	baton_access(BATON_HERE("first"), &variables[op->which], BATON_READ);
	state->reg = state->reg * 5 + (unsigned int)variables[op->which];
	baton_irq_hold(true);
	baton_access(BATON_HERE("second"), &variables[0], BATON_READ);
	state->reg = state->reg * 5 + (unsigned int)variables[0];
	baton_irq_hold(false);
}

static void access_line(struct cpu_state *state, const struct op *op)
{
	if (op->kind == OP_CALL || op->kind == OP_RAISE) {
		call(op->kind == OP_CALL);
	} else if (state != &states[0]) {
		return;
	} else if (op->kind == OP_TWO_READS) {
		read_two(state, op);
	} else {
		baton_access(BATON_HERE("mask"), &line, BATON_WRITE);
		line.masked = op->kind == OP_MASK;
	}
}

static const char *const picked[VARIABLES] = { "picked/a", "picked/b", "picked/c" };

static void make(struct cpu_state *state, const struct op *op)
{
	if (op->condition == (int)(state->reg & 3))
		return;
	if (op->kind <= OP_ADD || op->kind == OP_WAIT || op->kind == OP_SPIN)
		access_variable(state, op);
	else if (op->kind == OP_SPIN_TWO)
		spin_two(op);
	else if (op->kind == OP_LOCAL)
		baton_access(BATON_HERE("local"), NULL, BATON_LOCAL);
	else if (op->kind <= OP_TRYLOCK)
		access_lock(state, op);
	else if (op->kind <= OP_UP_WRITE)
		access_sem(op);
	else if (op->kind == OP_VALUE || op->kind == OP_FAULT)
		state->reg =
			state->reg * 5 +
			baton_choose(op->kind == OP_VALUE ? BATON_CHOICE_VALUE : BATON_CHOICE_FAULT,
				     op->kind == OP_VALUE ? (unsigned int)op->which + 1 : 2,
				     "choice");
	else if (op->kind == OP_LIMITED)
		state->reg = state->reg * 5 + (baton_fault)(op->which ? "any" : "once");
	else if (op->kind == OP_PICKED)
		state->reg = state->reg * 5 + (baton_fault)(picked[op->which]);
	else if (op->kind == OP_FAIL && state->reg % 2)
		baton_fail("odd", "register %u", state->reg);
	else if (op->kind >= OP_RAISE && program_has_context)
		access_line(state, op);
}

static void run(void *arg)
{
	int cpu = (int)(intptr_t)arg;

	for (int i = 0; i < op_counts[cpu]; i++)
		make(&states[cpu], &ops[cpu][i]);
}

/*
 * The last CPU, where it is an interrupt context of the first: its operations, for each
 * interrupt once more, or only the answer, in one step. It makes no calls of its own.
 */
static void run_context(void *arg)
{
	int cpu = (int)(intptr_t)arg;

	for (;;) {
		baton_idle(BATON_HERE("idle"), &line, &taken_wait);
		for (int i = 0; i < op_counts[cpu] && op_counts[cpu] > 1; i++)
			if (ops[cpu][i].kind < OP_RAISE)
				make(&states[cpu], &ops[cpu][i]);
		if (op_counts[cpu] > 1)
			baton_access(BATON_HERE("answer"), &line, BATON_WRITE);
		line.raised = false;
	}
}

static void setup(void *arg)
{
	(void)arg;
	memset(variables, 0, sizeof(variables));
	memset(adds, 0, sizeof(adds));
	memset(locks, 0, sizeof(locks));
	memset(states, 0, sizeof(states));
	memset(&sem, 0, sizeof(sem));
	memset(&line, 0, sizeof(line));
}

/* Of all that the program in build() leaves behind. */
static inline uint64_t random_program_state(void)
{
	uint64_t hash = 7;

	for (int i = 0; i < VARIABLES; i++)
		hash = (hash * 1000003 + (uint64_t)variables[i]) * 1000003 + (uint64_t)adds[i];
	for (int i = 0; i < LOCKS; i++)
		hash = hash * 1000003 + (uint64_t)locks[i];
	for (int i = 0; i < CPUS_MAX; i++)
		hash = hash * 1000003 + states[i].reg;
	return hash * 1000003 + (uint64_t)sem.readers * 8 + (uint64_t)sem.writer * 4 +
	       line.raised * 2u + line.masked;
}

/* ---- Programs by number ------------------------------------------------------------------ */

static uint64_t dice;

static int draw(int count)
{
	dice = dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int)(dice >> 33) % count;
}

/* What a program is made of: plain accesses only, or more. */
struct recipe {
	const enum op_kind *kinds;
	int kind_count;
	bool context;
	int cpus_max, ops_max;
};

static void add_op(int cpu, enum op_kind kind, int which)
{
	if (op_counts[cpu] < OPS_MAX)
		ops[cpu][op_counts[cpu]++] = (struct op){ kind, which, draw(3) ? -1 : draw(4) };
}

/* A lock is mostly, but not always, given back. */
static void add_pair(int cpu, enum op_kind take, enum op_kind give, const struct recipe *recipe)
{
	int which = draw(LOCKS);

	add_op(cpu, take, which);
	ops[cpu][op_counts[cpu] - 1].condition = -1;
	if (draw(2))
		add_op(cpu, recipe->kinds[draw(recipe->kind_count)], draw(VARIABLES));
	if (draw(8))
		add_op(cpu, give, which);
}

static void add_some(int cpu, const struct recipe *recipe)
{
	enum op_kind kind = recipe->kinds[draw(recipe->kind_count)];

	if (kind == OP_LOCK)
		add_pair(cpu, OP_LOCK, OP_UNLOCK, recipe);
	else if (kind == OP_DOWN_READ)
		add_pair(cpu, OP_DOWN_READ, OP_UP_READ, recipe);
	else if (kind == OP_DOWN_WRITE)
		add_pair(cpu, OP_DOWN_WRITE, OP_UP_WRITE, recipe);
	else
		add_op(cpu, kind, draw(VARIABLES));
}

static const struct fault_rule fault_rules[] = {
	{ .point = "once", .times = 1, .cpu = -1 },
	{ .point = "any", .first = 2, .cpu = -1 },
	{ .point = "picked/a", .space = 1, .times = 1, .cpu = -1 },
	{ .point = "picked/b", .interval = 2, .cpu = -1 },
	{ .point = "picked/*", .first = 1, .last = 2, .probability = 50, .cpu = -1 },
};
static const struct fault_plan plan = { .rules = fault_rules, .count = 5, .budget = 2 };

/* Make random_program the one of this number. */
static inline void random_program_build(const struct recipe *recipe, unsigned int number)
{
	fault_set_plan(&plan);
	dice = number * UINT64_C(0x9e3779b97f4a7c15) + 1;
	draw(2);
	random_program.cpu_count = 2 + (unsigned int)draw(recipe->cpus_max - 1);
	random_program.setup = setup;
	program_has_context = recipe->context && random_program.cpu_count > 1;
	for (unsigned int cpu = 0; cpu < random_program.cpu_count; cpu++) {
		bool context = program_has_context && cpu == random_program.cpu_count - 1;
		int count = 1 + draw(recipe->ops_max);

		op_counts[cpu] = 0;
		while (op_counts[cpu] < count && op_counts[cpu] < OPS_MAX)
			add_some((int)cpu, recipe);
		cpus[cpu] = (struct baton_cpu_program){ names[cpu], context ? run_context : run,
							(void *)(intptr_t)cpu, context ? 0 : -1 };
	}
}

#endif
