/* SPDX-License-Identifier: MIT */
#include "scenario/check.h"

#include <string.h>

#include "scenario/build.h"

unsigned int check_line(const struct check *check, struct span at)
{
	return diagnostics_line(check->diagnostics, at);
}

void check_unknown(struct check *check, enum defined what, struct name name, struct names *names)
{
	static const char *const words[] = { [DEFINED_CPU] = "cpu",
					     [DEFINED_LABEL] = "label",
					     [DEFINED_VARIABLE] = "variable",
					     [DEFINED_PREDICATE] = "predicate" };

	if (check->incomplete && tokens_define(check->tokens, what, name.text))
		names_release(names);
	else
		names_unknown(check->diagnostics, words[what], name, names);
}

bool check_identifier(struct check *check, const char *what, struct name name)
{
	if (name_is_identifier(name.text))
		return true;
	diagnostics_error(check->diagnostics, name.at,
			  "the name of a %s is letters, digits and '_', and begins with no digit",
			  what);
	return false;
}

size_t check_limit(struct check *check, size_t count, size_t max, struct span at, const char *what)
{
	if (count <= max)
		return count;
	diagnostics_error(check->diagnostics, at, "%zu %s, at most %zu: a scenario is one screen",
			  count, what, max);
	return max;
}

int check_find_cpu(const struct check *check, const char *name)
{
	for (size_t i = 0; i < check->scenario->cpus.count; i++)
		if (!strcmp(check->scenario->cpus.items[i].name.text, name))
			return (int)i;
	return -1;
}

int check_cpu(struct check *check, struct name name)
{
	struct names names = { 0 };
	int cpu = check_find_cpu(check, name.text);

	if (cpu >= 0)
		return cpu;
	for (size_t i = 0; i < check->scenario->cpus.count; i++)
		names_add(&names, check->scenario->cpus.items[i].name.text);
	check_unknown(check, DEFINED_CPU, name, &names);
	return -1;
}

bool check_not_irq(struct check *check, unsigned int cpu, struct span at)
{
	const struct cpu *irq = &check->scenario->cpus.items[cpu];

	if (irq->irq)
		diagnostics_error(check->diagnostics, at,
				  "'%s' is an irq, which comes at any moment; name the CPU that it "
				  "interrupts: '%s'",
				  irq->name.text, irq->in.text ? irq->in.text : "CPU");
	return !irq->irq;
}

int check_running_cpu(struct check *check, struct name name)
{
	int cpu = check_cpu(check, name);

	return cpu >= 0 && check_not_irq(check, (unsigned int)cpu, name.at) ? cpu : -1;
}

static void check_model(struct check *check, const struct model *const *models)
{
	struct name name = check->scenario->model_name;
	struct names names = { 0 };

	if (!name.text) {
		if (!check->incomplete)
			diagnostics_error(check->diagnostics, check->scenario->name.at,
					  "no 'use NAME;': which model is this about?");
		return;
	}
	for (size_t i = 0; models[i]; i++) {
		names_add(&names, models[i]->name);
		if (!strcmp(models[i]->name, name.text))
			check->model = models[i];
	}
	if (check->model)
		names_release(&names);
	else
		names_unknown(check->diagnostics, "model", name, &names);
	check->scenario->model = check->model;
}

/* One interrupt context per CPU, so one irq. */
static void check_host(struct check *check, struct cpu *irq)
{
	struct scenario *scenario = check->scenario;

	irq->host = check_running_cpu(check, irq->in);
	for (const struct cpu *other = scenario->cpus.items; irq->host >= 0 && other < irq; other++)
		if (other->irq && other->host == irq->host)
			diagnostics_error(check->diagnostics, irq->in.at,
					  "'%s' has an irq already: '%s' on line %u", irq->in.text,
					  other->name.text, check_line(check, other->name.at));
}

static void check_irq(struct check *check, struct cpu *irq)
{
	long times = irq->times.text ? build_number(check->diagnostics, irq->times) : 1;

	if (check->model && !check->model->interrupts)
		diagnostics_error(check->diagnostics, irq->name.at,
				  "model '%s' has no interrupts; make it a 'cpu'",
				  check->model->name);
	if (times < 1 || times > UINT8_MAX)
		diagnostics_error(check->diagnostics, irq->times.at, "an irq comes 1 to %d times",
				  UINT8_MAX);
	irq->count = (unsigned int)times;
	if (irq->in.text)
		check_host(check, irq);
	else
		diagnostics_error(check->diagnostics, irq->name.at,
				  "'irq %s' needs the CPU that it interrupts: 'irq %s in CPU'",
				  irq->name.text, irq->name.text);
}

/* CPUs first, then irqs, each in the order of the file. */
static void sort_cpus(struct scenario *scenario)
{
	size_t cpus = 0;

	for (size_t i = 0; i < scenario->cpus.count; i++) {
		struct cpu cpu = scenario->cpus.items[i];

		if (cpu.irq)
			continue;
		for (size_t j = i; j > cpus; j--)
			scenario->cpus.items[j] = scenario->cpus.items[j - 1];
		scenario->cpus.items[cpus++] = cpu;
	}
	scenario->irq_count = scenario->cpus.count - cpus;
}

static void check_cpus(struct check *check)
{
	struct scenario *scenario = check->scenario;

	if (!scenario->cpus.count && !check->incomplete)
		diagnostics_error(check->diagnostics, scenario->name.at,
				  "no 'cpu NAME { ... }': there is nothing to run");
	if (scenario->cpus.count)
		scenario->cpus.count =
			check_limit(check, scenario->cpus.count, SCENARIO_CPUS_MAX,
				    scenario->cpus.items[scenario->cpus.count - 1].name.at, "CPUs");
	sort_cpus(scenario);
	for (size_t i = 0; i < scenario->cpus.count; i++) {
		struct cpu *cpu = &scenario->cpus.items[i];
		int first = check_find_cpu(check, cpu->name.text);

		check_identifier(check, "cpu", cpu->name);
		if ((size_t)first != i)
			diagnostics_error(check->diagnostics, cpu->name.at,
					  "cpu '%s' is already defined on line %u", cpu->name.text,
					  check_line(check, scenario->cpus.items[first].name.at));
		if (cpu->irq)
			check_irq(check, cpu);
	}
}

void check_all(struct check *check, const struct model *const *models)
{
	check_model(check, models);
	check_cpus(check);
	check_blocks(check);
	check_predicates(check);
	check_order(check);
	check_permutations(check);
	check_faults(check);
	check_variants(check);
	check_matrix(check);
	check_verdicts(check);
	check_search(check);
	check->scenario->cpus.count -= check->scenario->irq_count;
}
