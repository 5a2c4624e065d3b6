/* SPDX-License-Identifier: MIT */
/*
 * smp.c - which CPU this is, interrupts on and off, and calls to other CPUs.
 *
 * Each CPU has one interrupt line, and one object, the line's address, is
 * announced by everything that decides whether that CPU takes an interrupt:
 * putting a call on the line, answering it, waiting for the answer, and turning
 * interrupts off and on. A line carries one call; a second caller waits for the
 * line. That takes no behaviour away: the wait of the first caller changes
 * nothing, so it can always be made before the second one gets the line.
 *
 * A device's interrupt is taken by the same context, one at a time: what comes meanwhile waits, as
 * handlers run with interrupts off.
 *
 * Layer: kernel. May include: engine.
 */
#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "kernel/lockdep.h"

static struct smp own_smp = { .nr_cpus = 1 };
static struct smp *smp = &own_smp;

/* Of devices; they do not change while CPUs run. */
static struct {
	void (*run)(void *arg);
	void *arg;
} handlers[NR_CPUS];

void smp_init(struct smp *storage, unsigned int nr_cpus)
{
	BUG_ON(nr_cpus == 0 || nr_cpus > NR_CPUS);
	smp = storage ? storage : &own_smp;
	memset(smp, 0, sizeof(*smp));
	smp->nr_cpus = nr_cpus;
}

int smp_processor_id(void)
{
	int cpu = baton_cpu();

	return cpu >= 0 && cpu < (int)smp->nr_cpus ? cpu : (int)smp->nr_cpus;
}

bool smp_alone(void)
{
	return smp_processor_id() == (int)smp->nr_cpus;
}

const void *smp_line(int cpu)
{
	return &smp->cpu[cpu];
}

bool irqs_disabled_on(int cpu)
{
	return smp->cpu[cpu].irqs_off || smp->cpu[cpu].in_interrupt;
}

static struct smp_cpu *this_cpu(void)
{
	return &smp->cpu[smp_processor_id()];
}

static int line_index(const void *object)
{
	return (int)((const struct smp_cpu *)object - smp->cpu);
}

static const char *line_name(const void *object)
{
	static char name[NR_CPUS + 1][40];
	int cpu = line_index(object);

	(void)snprintf(name[cpu], sizeof(name[cpu]), "ipi(%s)", baton_cpu_name(cpu));
	return name[cpu];
}

static bool line_free(const void *object)
{
	const struct smp_cpu *line = object;

	return !line->func;
}

static bool line_taken(const void *object)
{
	const struct smp_cpu *line = object;

	return (line->func || line->interrupts) && !line->irqs_off;
}

static const struct baton_wait free_wait = { line_free, line_index, line_name };
static const struct baton_wait taken_wait = { line_taken, line_index, line_name };

static void answer(struct smp_cpu *line)
{
	smp_call_func_t func = line->func;

	func(line_index(line), line->info);
	line->func = NULL;
	line->info = NULL;
}

void local_irq_disable_at(const struct baton_point *here)
{
	struct smp_cpu *line = this_cpu();

	baton_access(here, line, BATON_WRITE);
	line->irqs_off = !BATON_LEFT_OUT(here);
}

void local_irq_enable_at(const struct baton_point *here)
{
	struct smp_cpu *line = this_cpu();

	baton_access(here, line, BATON_WRITE);
	line->irqs_off = false;
	if (line->func && !baton_fault("kernel/ipi_delay")) {
		baton_note("takes the pending ipi");
		answer(line);
	}
}

void smp_instruction_begin(void)
{
	baton_irq_hold(true);
}

void smp_instruction_end(void)
{
	baton_irq_hold(false);
}

static void call_directly(uint32_t mask, smp_cond_func_t cond, smp_call_func_t func,
			  const void *info)
{
	for (int cpu = 0; cpu < (int)smp->nr_cpus; cpu++) {
		if (mask >> cpu & 1 && (!cond || cond(cpu, info)))
			func(cpu, info);
	}
}

void smp_call_function_many_at(const struct baton_point *here, uint32_t mask, smp_cond_func_t cond,
			       smp_call_func_t func, const void *info)
{
	int self = smp_processor_id();
	uint32_t called = 0;

	lockdep_calls(here);
	if (smp_alone()) {
		call_directly(mask, cond, func, info);
		return;
	}
	for (int cpu = 0; cpu < (int)smp->nr_cpus; cpu++) {
		struct smp_cpu *line = &smp->cpu[cpu];

		if (cpu == self || !(mask >> cpu & 1))
			continue;
		baton_block(here, line, BATON_LOCK, &free_wait);
		if (cond && !cond(cpu, info))
			continue;
		line->func = func;
		line->info = info;
		called |= (uint32_t)1 << cpu;
	}
	for (int cpu = 0; cpu < (int)smp->nr_cpus; cpu++) {
		if (called >> cpu & 1) {
			POINT("ipi/wait");
			baton_block(BATON_HERE("ipi wait"), &smp->cpu[cpu], BATON_WAIT, &free_wait);
		}
	}
}

void smp_interrupts(int cpu, unsigned int times, void (*handler)(void *arg), void *arg)
{
	BUG_ON(cpu < 0 || cpu >= (int)smp->nr_cpus || times > UINT8_MAX);
	smp->cpu[cpu].interrupts = (uint8_t)times;
	handlers[cpu].run = handler;
	handlers[cpu].arg = arg;
}

static void interrupt(struct smp_cpu *line)
{
	line->interrupts--;
	line->in_interrupt = true;
	baton_note("a device's");
	handlers[line_index(line)].run(handlers[line_index(line)].arg);
	POINT("irq/exit");
	baton_access(BATON_HERE("irq exit"), line, BATON_WRITE);
	line->in_interrupt = false;
}

void smp_irq(void *cpu_index)
{
	struct smp_cpu *line = &smp->cpu[(intptr_t)cpu_index];

	for (;;) {
		POINT("ipi/taken");
		baton_idle(BATON_HERE("ipi"), line, &taken_wait);
		if (line->func)
			answer(line);
		else
			interrupt(line);
	}
}
