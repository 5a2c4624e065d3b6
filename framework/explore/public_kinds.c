/* SPDX-License-Identifier: MIT */
/*
 * public_kinds.c - saved as "findings 2", the number of names, and for each name "finding
 * EXECUTIONS STEPS SCHEDULE", "name NAME" and "text TEXT".
 */
#include "explore/public_kinds.h"

#include <limits.h>
#include <string.h>

#include "engine/schedule.h"
#include "engine/sim.h"

static struct public_kind *find(struct public_kinds *kinds, const char *name)
{
	for (size_t i = 0; i < kinds->list.count; i++)
		if (!strcmp(kinds->list.items[i].finding.name, name))
			return &kinds->list.items[i];
	return NULL;
}

void public_kinds_note(struct public_kinds *kinds)
{
	struct public_kind *kind = find(kinds, sim_finding()->name);
	struct text schedule = TEXT_INIT;

	kinds->executions++;
	if (kind) {
		kind->finding.executions++;
		return;
	}
	schedule_format(sim_schedule(), kinds->program, &schedule);
	vec_push(&kinds->list, ((struct public_kind){
				       .finding = { xstrdup(sim_finding()->name),
						    xstrdup(sim_finding()->text.bytes),
						    text_detach(&schedule), 1 },
				       .steps = sim_finding()->step,
			       }));
}

void public_finding_release(struct baton_finding *finding)
{
	free(finding->name);
	free(finding->text);
	free(finding->schedule);
}

static void restart(struct gatherer *gatherer)
{
	struct public_kinds *kinds = (struct public_kinds *)gatherer;

	for (size_t i = 0; i < kinds->list.count; i++)
		public_finding_release(&kinds->list.items[i].finding);
	kinds->list.count = 0;
	kinds->executions = 0;
}

static void save(const struct gatherer *gatherer, struct text *text)
{
	const struct public_kinds *kinds = (const struct public_kinds *)gatherer;

	text_addf(text, "findings %zu\n", kinds->list.count);
	for (size_t i = 0; i < kinds->list.count; i++) {
		const struct public_kind *kind = &kinds->list.items[i];

		text_addf(text, "finding %llu %u %s\nname ",
			  (unsigned long long)kind->finding.executions, kind->steps,
			  kind->finding.schedule);
		fields_add(text, kind->finding.name);
		text_add(text, "\ntext ");
		fields_add(text, kind->finding.text);
		text_add_char(text, '\n');
	}
}

/* It is the list's from now on. */
static void add(struct public_kinds *kinds, struct public_kind *kind)
{
	struct public_kind *known = find(kinds, kind->finding.name);

	kinds->executions += kind->finding.executions;
	if (known) {
		known->finding.executions += kind->finding.executions;
		public_finding_release(&kind->finding);
	} else {
		vec_push(&kinds->list, *kind);
	}
}

static int read_kind(struct public_kinds *kinds, struct fields *fields, struct err *err)
{
	struct text schedule = TEXT_INIT, name = TEXT_INIT, text = TEXT_INIT;
	struct public_kind kind = { .steps = 0 };
	uint64_t steps = 0;

	if (fields_expect(fields, "finding", err) ||
	    fields_number(fields, UINT64_MAX / 2, &kind.finding.executions, err) ||
	    fields_number(fields, UINT_MAX, &steps, err) || fields_rest(fields, &schedule, err) ||
	    fields_expect(fields, "name", err) || fields_rest(fields, &name, err) ||
	    fields_expect(fields, "text", err) || fields_rest(fields, &text, err)) {
		text_release(&schedule);
		text_release(&name);
		text_release(&text);
		return -1;
	}
	kind.steps = (unsigned int)steps;
	kind.finding.schedule = text_detach(&schedule);
	kind.finding.name = text_detach(&name);
	kind.finding.text = text_detach(&text);
	add(kinds, &kind);
	return 0;
}

static int merge(struct gatherer *gatherer, struct fields *fields, struct err *err)
{
	uint64_t count = 0;
	int status = 0;

	if (fields_expect(fields, "findings", err) ||
	    fields_number(fields, UINT_MAX, &count, err) || fields_end(fields, err))
		return -1;
	for (uint64_t i = 0; !status && i < count; i++)
		status = read_kind((struct public_kinds *)gatherer, fields, err);
	return status;
}

void public_kinds_init(struct public_kinds *kinds, const struct baton_program *program,
		       struct gatherer *next)
{
	*kinds = (struct public_kinds){ .gatherer = { restart, save, merge, next },
					.program = program };
}

void public_kinds_release(struct public_kinds *kinds)
{
	restart(&kinds->gatherer);
	vec_release(&kinds->list);
}

static char *sentence(const struct baton_finding *finding)
{
	struct text text = TEXT_INIT;

	text_addf(&text, "%s: %s", finding->name, finding->text);
	return text_detach(&text);
}

void public_kinds_give(struct public_kinds *kinds, struct baton_result *result)
{
	size_t count = kinds->list.count;

	result->findings = kinds->executions;
	if (!count)
		return;
	result->kinds = xcalloc(count, sizeof(*result->kinds));
	result->kind_count = (unsigned int)count;
	for (size_t i = 0; i < count; i++)
		result->kinds[i] = kinds->list.items[i].finding;
	result->finding = sentence(&result->kinds[0]);
	result->schedule = xstrdup(result->kinds[0].schedule);
	kinds->list.count = 0;
}
