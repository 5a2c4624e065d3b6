/* SPDX-License-Identifier: MIT */
/*
 * sim.c - the life of a simulation and the phases of one execution.
 */
#include "engine/sim.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/prng.h"
#include "baton/injector.h"
#include "engine/death.h"
#include "engine/fault.h"
#include "engine/heap.h"
#include "engine/scout.h"
#include "engine/sim_state.h"
#include "engine/tls.h"

unsigned long sim_execution;

static bool is_name(const char *name)
{
	if (!name || isdigit((unsigned char)*name) || !*name)
		return false;
	for (; *name; name++)
		if (!isalnum((unsigned char)*name) && *name != '_')
			return false;
	return true;
}

static int check_cpu(const struct baton_program *program, unsigned int index, struct err *err)
{
	const struct baton_cpu_program *cpu = &program->cpus[index];

	if (!is_name(cpu->name))
		return err_add(err, "CPU %u of '%s' needs a name of letters, digits and '_'", index,
			       program->name);
	for (unsigned int i = 0; i < index; i++)
		if (!strcmp(program->cpus[i].name, cpu->name))
			return err_add(err, "two CPUs of '%s' are named '%s'", program->name,
				       cpu->name);
	if (cpu->host >= (int)program->cpu_count ||
	    (cpu->host >= 0 && program->cpus[cpu->host].host >= 0))
		return err_add(err, "interrupt context '%s' needs a CPU as its host", cpu->name);
	return 0;
}

static int check_program(const struct baton_program *program, struct err *err)
{
	if (program->cpu_count < 1 || program->cpu_count > BATON_CPUS_MAX - 1)
		return err_add(err, "'%s' has %u CPUs, expected 1 to %d", program->name,
			       program->cpu_count, BATON_CPUS_MAX - 1);
	for (unsigned int i = 0; i < program->cpu_count; i++)
		if (check_cpu(program, i, err))
			return -1;
	return 0;
}

/* Number the CPUs as baton_cpu() documents. */
static void number_cpus(void)
{
	int next = 0;

	for (unsigned int i = 0; i < sim.cpu_count; i++) {
		sim.cpus[i].bit = UINT64_C(1) << i;
		sim.cpus[i].host = sim.program->cpus[i].host;
		if (sim.cpus[i].host < 0)
			sim.cpus[i].number = next++;
	}
	for (unsigned int i = 0; i < sim.cpu_count; i++)
		if (sim.cpus[i].host >= 0)
			sim.cpus[i].number = sim.cpus[sim.cpus[i].host].number;
	sim.cpus[sim.cpu_count].bit = UINT64_C(1) << sim.cpu_count;
	sim.cpus[sim.cpu_count].host = -1;
	sim.cpus[sim.cpu_count].number = next;
}

static int map_stacks(struct err *err)
{
	for (unsigned int i = 0; i <= sim.cpu_count; i++)
		if (fiber_init(&sim.cpus[i].fiber))
			return err_add(err, "no memory for the stack of CPU %u: %s", i,
				       strerror(errno));
	return 0;
}

/* A handler is called once, so the next exit() needs another one. */
static void catch_exit(void)
{
	if (!crash_in_fiber())
		return;
	(void)atexit(catch_exit);
	baton_fail("death", "exit() was called");
}

static void catch_exits(void)
{
	static bool caught;

	if (!caught)
		(void)atexit(catch_exit);
	caught = true;
}

int sim_init(const struct baton_program *program, struct err *err)
{
	static const struct crash_target target = {
		.running = &sim.running,
		.scheduler = &sim.scheduler,
		.progress = &sim.progress,
		.report = &sim.crash,
	};

	BUG_ON(sim.open);
	if (check_program(program, err))
		return -1;
	memset(&sim, 0, sizeof(sim));
	text_init(&sim.finding.text);
	text_init(&sim.finding.details);
	sim.open = true;
	sim.thread = pthread_self();
	sim.program = program;
	sim.cpu_count = program->cpu_count;
	fiber_init_thread(&sim.scheduler);
	catch_exits();
	number_cpus();
	tls_init();
	if (map_stacks(err) || crash_init(&target, err)) {
		sim_release();
		return -1;
	}
	return 0;
}

void sim_forked(void)
{
	BUG_ON(!sim.open || sim.current);
	crash_forked();
}

void sim_release(void)
{
	BUG_ON(!sim.open || sim.current);
	crash_release();
	tls_release();
	for (unsigned int i = 0; i <= sim.cpu_count; i++)
		if (sim.cpus[i].fiber.stack)
			fiber_release(&sim.cpus[i].fiber);
	finding_release(&sim.finding);
	schedule_release(&sim.schedule);
	vec_release(&sim.made);
	sim.open = false;
	sim.program = NULL;
}

static void prepare(struct cpu *cpu)
{
	cpu->label = NULL;
	cpu->point = NULL;
	cpu->wait = NULL;
	cpu->accesses = 0;
	cpu->iteration = 0;
	cpu->retry_point = NULL;
	cpu->spin.count = 0;
	cpu->retries = false;
	if (sim.trace)
		fiber_fill(&cpu->fiber, 0xb5);
	fiber_prepare(&cpu->fiber, step_entry, cpu);
}

/* Prepared CPUs [first, end) make up a phase. */
static enum sim_end run_phase(enum trace_phase phase, unsigned int first, unsigned int end)
{
	sim.phase = phase;
	sim.last = -1;
	sim.solo_steps = 0;
	sim.alive = 0;
	for (unsigned int i = first; i < end; i++) {
		prepare(&sim.cpus[i]);
		sim.alive |= sim_bit(&sim.cpus[i]);
	}
	step_phase(first, end);
	if (sim.crash.signal) {
		/* The handler left the code under test without going through the scheduler. */
		fail_crash();
		sim.end = SIM_FINDING;
	}
	sim.current = NULL;
	return sim.end;
}

static enum sim_end run_solo(enum trace_phase phase)
{
	return run_phase(phase, sim.cpu_count, sim.cpu_count + 1);
}

static enum sim_end run_main(void)
{
	return run_phase(TRACE_MAIN, 0, sim.cpu_count);
}

static enum sim_end run_phases(void)
{
	if (sim.program->setup && run_solo(TRACE_SETUP) != SIM_DONE)
		return sim.end;
	if (run_main() != SIM_DONE)
		return sim.end;
	return sim.program->finally ? run_solo(TRACE_FINALLY) : SIM_DONE;
}

enum sim_end sim_execute(struct strategy *strategy, unsigned int steps_max, struct trace *trace)
{
	BUG_ON(!sim.open || sim.current);
	scout_execution();
	sim_execution++;
	sim.strategy = strategy;
	if (!steps_max)
		steps_max = SIM_STEPS_MAX_DEFAULT;
	sim.steps_max = steps_max;
	sim.steps_end = steps_max;
	if (sim.steps_bound && sim.steps_bound < steps_max)
		sim.steps_end = sim.steps_bound;
	sim.steps = sim.preemptions = 0;
	sim.checking = sim.known = false;
	sim.seen = 0;
	sim.awaits_several = false;
	sim.made.count = 0;
	sim.ready = sim.waiting = sim.retrying = sim.frozen = sim.held = 0;
	sim.entries_before = sim.schedule.entries.count;
	sim.repeats = !trace;
	sim.schedule.entries.count = 0;
	sim.crash.signal = 0;
	sim.describe = NULL;
	if (sim.finding.kind != FINDING_NONE)
		finding_clear(&sim.finding);
	sim.trace = trace;
	sim.watched = trace || sim.program->step;
	if (trace)
		record_begin();
	fault_begin();
	heap_reset();
	tls_begin();
	sim.careful = death_watches();
	sim.watched |= sim.careful;
	if (sim.careful)
		death_begin();
	death_executes(true);
	run_phases();
	death_check_thread();
	tls_end();
	death_executes(false);
	scout_note(&sim.finding);
	if (sim.careful)
		death_end();
	if (sim.end == SIM_DONE && fail_leak())
		sim.end = SIM_FINDING;
	if (trace)
		record_end();
	sim.trace = NULL;
	return sim.end;
}

void sim_bound_steps(unsigned int steps)
{
	sim.steps_bound = steps;
}

const struct baton_program *sim_program(void)
{
	return sim.program;
}

enum sim_end sim_ended(void)
{
	return sim.end;
}

const struct finding *sim_finding(void)
{
	return &sim.finding;
}

const struct schedule *sim_schedule(void)
{
	return &sim.schedule;
}

unsigned int sim_steps(void)
{
	return sim.steps;
}

bool sim_repeats(void)
{
	return sim.repeats;
}

unsigned int sim_preemptions(void)
{
	return sim.preemptions;
}

const struct sim_step *sim_made(size_t *count)
{
	*count = sim.made.count;
	return sim.made.items;
}

unsigned long baton_execution(void)
{
	return sim_execution;
}

void sim_describe(void (*describe)(struct text *details))
{
	sim.describe = describe;
}

void sim_saw(unsigned int what)
{
	struct prng prng;

	prng_init(&prng, what, 0);
	sim.seen += prng_next(&prng);
}

uint64_t sim_seen(void)
{
	return sim.seen;
}

bool sim_awaits_several(void)
{
	return sim.awaits_several;
}

struct sim_access sim_pending(int cpu)
{
	const struct cpu *c = &sim.cpus[cpu];

	BUG_ON(cpu < 0 || cpu >= (int)sim.cpu_count);
	return (struct sim_access){
		.point = c->point,
		.object = c->object,
		.kind = c->kind,
		.wait = c->wait,
		.frozen = options_has(sim.frozen, (uint32_t)cpu),
		.retries = c->retries,
		.retried = c->retries && options_has(sim.ready, (uint32_t)cpu),
		.idle = c->wait && !options_has(sim.alive, (uint32_t)cpu),
		.held = options_has(sim.held, (uint32_t)cpu),
	};
}

uint64_t sim_unfinished(void)
{
	return (sim.alive | sim.waiting) & (sim_bit(&sim.cpus[sim.cpu_count]) - 1);
}

bool sim_cut_short(void)
{
	enum finding_kind kind = sim_finding()->kind;

	if (kind != FINDING_RULE && kind != FINDING_CRASH && kind != FINDING_OVERFLOW &&
	    kind != FINDING_LOOP)
		return false;
	for (uint64_t set = sim_unfinished(); set; set &= set - 1) {
		struct sim_access access = sim_pending(__builtin_ctzll(set));

		if (access.point && !access.idle)
			return true;
	}
	return false;
}

const char *baton_cpu_name(int index)
{
	if (!sim.open || index < 0 || index >= (int)sim.cpu_count)
		return sim.phase == TRACE_SETUP ? "setup" : "finally";
	return sim.program->cpus[index].name;
}
