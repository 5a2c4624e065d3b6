/* SPDX-License-Identifier: MIT */
#include "bisect/probe.h"

#include <string.h>

void prober_init(struct prober *prober, struct series *series, unsigned int cell,
		 const struct run_options *options)
{
	*prober = (struct prober){ .series = series, .cell = cell, .options = options };
}

static void probe_release(struct probe *probe)
{
	for (size_t i = 0; i < probe->seen.count; i++) {
		free(probe->seen.items[i].name);
		free(probe->seen.items[i].schedule);
	}
	vec_release(&probe->seen);
	free(probe->bounds);
}

void prober_release(struct prober *prober)
{
	for (size_t i = 0; i < prober->probes.count; i++)
		probe_release(&prober->probes.items[i]);
	vec_release(&prober->probes);
}

static char *schedule_of(const struct verdict *verdict)
{
	struct text text = TEXT_INIT;

	if (!verdict->trace)
		return NULL;
	schedule_format(&verdict->schedule, verdict->trace->program, &text);
	return text_detach(&text);
}

static void note_verdicts(struct probe *probe, const struct variant_result *result)
{
	for (size_t i = 0; i < result->verdicts.count; i++) {
		const struct verdict *verdict = &result->verdicts.items[i];
		const struct probe_seen seen = { xstrdup(verdict->predicate), verdict->holds,
						 verdict->fails, schedule_of(verdict) };

		vec_push(&probe->seen, seen);
	}
	probe->strength = result->strength;
	probe->executions = result->executions;
	probe->bounds = result->bounds ? xstrdup(result->bounds) : NULL;
	probe->asked = true;
}

static int search(struct prober *prober, size_t state, struct probe *probe, struct err *err)
{
	const struct run_case which = { prober->series->scenario, (unsigned int)state,
					prober->cell };
	struct run_coverage coverage = { 0 };
	struct variant_result result;
	int status;

	if (prober->begins)
		prober->begins(prober, series_label(prober->series, state));
	variant_result_init(&result);
	status = run_variant(&which, prober->options, &coverage, &result, err);
	if (!status)
		note_verdicts(probe, &result);
	prober->searches++;
	variant_result_release(&result);
	run_coverage_release(&coverage);
	return status;
}

/* A state that was searched and has the same rules in force; NULL: none. */
static const struct probe *find_same(const struct prober *prober, const struct probe *probe)
{
	for (size_t i = 0; i < prober->probes.count; i++)
		if (prober->probes.items[i].asked &&
		    !memcmp(prober->probes.items[i].rules, probe->rules, sizeof(probe->rules)))
			return &prober->probes.items[i];
	return NULL;
}

static void copy(struct probe *to, const struct probe *from)
{
	*to = *from;
	to->bounds = from->bounds ? xstrdup(from->bounds) : NULL;
	memset(&to->seen, 0, sizeof(to->seen));
	for (size_t i = 0; i < from->seen.count; i++) {
		struct probe_seen seen = from->seen.items[i];

		seen.name = xstrdup(seen.name);
		seen.schedule = seen.schedule ? xstrdup(seen.schedule) : NULL;
		vec_push(&to->seen, seen);
	}
}

int prober_look(struct prober *prober, size_t state, const struct probe **probe, struct err *err)
{
	const struct probe none = { 0 };
	const struct probe *same;
	struct probe *own;

	while (prober->probes.count <= state)
		vec_push(&prober->probes, none);
	own = &prober->probes.items[state];
	*probe = own;
	if (own->asked)
		return 0;
	if (scenario_rules(prober->series->scenario, (unsigned int)state, prober->cell, own->rules,
			   err))
		return -1;
	same = find_same(prober, own);
	if (!same)
		return search(prober, state, own, err);
	copy(own, same);
	return 0;
}

static const struct probe_seen *find(const struct probe *probe, const char *name)
{
	for (size_t i = 0; i < probe->seen.count; i++)
		if (!strcmp(probe->seen.items[i].name, name))
			return &probe->seen.items[i];
	return NULL;
}

bool probe_knows(const struct probe *probe, const char *name)
{
	return find(probe, name) != NULL;
}

const char *probe_schedule(const struct probe *probe, const char *name)
{
	const struct probe_seen *seen = find(probe, name);

	return seen ? seen->schedule : NULL;
}

enum bisect_answer probe_answer(const struct probe *probe, const struct scenario *scenario,
				const char *name)
{
	const struct probe_seen *seen = find(probe, name);
	bool wanted = series_wants(scenario, name);

	if (seen && (wanted ? seen->fails : seen->holds))
		return BISECT_BAD;
	return probe->strength == STRENGTH_CUT || probe->strength == STRENGTH_SAMPLED ?
		       BISECT_UNKNOWN :
		       BISECT_GOOD;
}

static void add_sometimes(const struct probe_seen *seen, struct text *text)
{
	text_add(text, "sometimes (");
	text_add_count(text, seen->holds);
	text_add(text, " of ");
	text_add_count(text, seen->holds + seen->fails);
	text_add_char(text, ')');
}

void probe_text(const struct probe *probe, const char *name, struct text *text)
{
	const struct probe_seen *seen = find(probe, name);

	if (!seen || !seen->holds)
		text_add(text, "never");
	else if (!seen->fails)
		text_add(text, "always");
	else
		add_sometimes(seen, text);
	text_addf(text, " (%s%s%s, ", strength_name(probe->strength), probe->bounds ? ": " : "",
		  probe->bounds ? probe->bounds : "");
	text_add_count(text, probe->executions);
	text_addf(text, " execution%s)", probe->executions == 1 ? "" : "s");
}
