/* SPDX-License-Identifier: MIT */
/*
 * public_faults.c - saved as "fault_sites 1" and for each site "fault_site ADDRESS CPUS PASSES
 * POINT". Addresses mean the same in all processes of a search: each is a fork of the first.
 */
#include "explore/public_faults.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "baton/injector.h"
#include "engine/fault_site.h"
#include "engine/symbol.h"

_Static_assert(BATON_FAULT_RULES_MAX == FAULT_RULES_MAX, "each rule is one of the plan");

/* ---- Rules -------------------------------------------------------------------------------- */

static int check_rule(const struct baton_fault_rule *rule, unsigned int index, int cpus,
		      struct err *err)
{
	const char *star = rule->point ? strchr(rule->point, '*') : NULL;

	if (!rule->point || !*rule->point)
		return err_add(err, "faults[%u].point is empty: it names a fault point", index);
	if (star && star[1])
		return err_add(err, "faults[%u].point is '%s': '*' stands at the end only", index,
			       rule->point);
	if (rule->last && rule->last < rule->first)
		return err_add(err, "faults[%u]: last is %u, and first is %u: no pass is both",
			       index, rule->last, rule->first);
	if (rule->error < 0)
		return err_add(err, "faults[%u].error is %d: an errno is positive", index,
			       rule->error);
	if (rule->cpu < -1 || rule->cpu >= cpus)
		return err_add(err, "faults[%u].cpu is %d: the program has CPUs 0 to %d; -1: any",
			       index, rule->cpu, cpus - 1);
	return 0;
}

static int cpu_count(const struct baton_program *program)
{
	int count = 0;

	for (unsigned int i = 0; i < program->cpu_count; i++)
		count += program->cpus[i].host < 0;
	return count;
}

static int plan_rules(struct public_faults *faults, const struct baton_program *program,
		      const struct baton_search *search, struct err *err)
{
	if (search->fault_count > FAULT_RULES_MAX)
		return err_add(err, "fault_count is %u: at most %u", search->fault_count,
			       FAULT_RULES_MAX);
	for (unsigned int i = 0; i < search->fault_count; i++) {
		const struct baton_fault_rule *rule = &search->faults[i];

		if (check_rule(rule, i, cpu_count(program), err))
			return -1;
		faults->rules[i] = (struct fault_rule){ .point = rule->point,
							.first = rule->first,
							.last = rule->last,
							.times = rule->times,
							.error = rule->error,
							.cpu = rule->cpu };
	}
	faults->plan = (struct fault_plan){ .rules = faults->rules,
					    .count = search->fault_count,
					    .budget = UINT_MAX };
	if (faults->plan.count)
		fault_set_plan(&faults->plan);
	return 0;
}

int public_faults_check(const struct public_faults *faults, struct err *err)
{
	int status = 0;

	for (unsigned int i = 0; i < faults->plan.count; i++) {
		const struct fault_rule *rule = &faults->rules[i];
		uint64_t cpus = 0;

		for (size_t j = 0; j < faults->sites.count; j++)
			if (fault_matches(rule->point, faults->sites.items[j].point))
				cpus |= faults->sites.items[j].cpus;
		if (!cpus)
			status = err_add(err,
					 "faults[%u], '%s': no such point was passed; was the code "
					 "compiled with -DFIU_ENABLE, and the program linked "
					 "with baton-fiu?",
					 i, rule->point);
		else if (rule->cpu >= 0 && !(cpus >> rule->cpu & 1))
			status = err_add(err, "faults[%u], '%s': passed, but not by CPU %d", i,
					 rule->point, rule->cpu);
	}
	return status;
}

/* ---- Sites -------------------------------------------------------------------------------- */

/* @site: its point is used, not copied, until it is new. */
static void add_site(struct public_faults *faults, const struct passed_site *site)
{
	struct passed_site *known = faults->sites.items;
	size_t i = 0;

	while (i < faults->sites.count &&
	       (known[i].caller != site->caller || strcmp(known[i].point, site->point) != 0))
		i++;
	if (i == faults->sites.count)
		vec_push(&faults->sites, ((struct passed_site){ .point = xstrdup(site->point),
								.caller = site->caller }));
	faults->sites.items[i].cpus |= site->cpus;
	faults->sites.items[i].passes += site->passes;
}

void public_faults_note(struct public_faults *faults)
{
	for (unsigned int i = 0; i < fault_site_count(); i++) {
		const struct fault_site *site = fault_site(i);

		if (site->execution == baton_execution())
			add_site(faults,
				 &(struct passed_site){ site->point, (unsigned long)site->caller,
							site->cpus, site->passes });
	}
}

static void restart(struct gatherer *gatherer)
{
	struct public_faults *faults = (struct public_faults *)gatherer;

	for (size_t i = 0; i < faults->sites.count; i++)
		free(faults->sites.items[i].point);
	faults->sites.count = 0;
}

static void save(const struct gatherer *gatherer, struct text *text)
{
	const struct public_faults *faults = (const struct public_faults *)gatherer;

	text_addf(text, "fault_sites %zu\n", faults->sites.count);
	for (size_t i = 0; i < faults->sites.count; i++) {
		const struct passed_site *site = &faults->sites.items[i];

		text_addf(text, "fault_site %lu %llu %llu ", site->caller,
			  (unsigned long long)site->cpus, (unsigned long long)site->passes);
		fields_add(text, site->point);
		text_add_char(text, '\n');
	}
}

static int read_site(struct public_faults *faults, struct fields *fields, struct err *err)
{
	uint64_t caller = 0, cpus = 0, passes = 0;
	struct text point = TEXT_INIT;
	int status = -1;

	if (!fields_expect(fields, "fault_site", err) &&
	    !fields_number(fields, ULONG_MAX, &caller, err) &&
	    !fields_number(fields, UINT64_MAX, &cpus, err) &&
	    !fields_number(fields, UINT64_MAX / 2, &passes, err) &&
	    !fields_rest(fields, &point, err)) {
		add_site(faults, &(struct passed_site){ point.bytes, caller, cpus, passes });
		status = 0;
	}
	text_release(&point);
	return status;
}

static int merge(struct gatherer *gatherer, struct fields *fields, struct err *err)
{
	uint64_t count = 0;
	int status;

	status = fields_expect(fields, "fault_sites", err) ||
				 fields_number(fields, UINT_MAX, &count, err) ||
				 fields_end(fields, err) ?
			 -1 :
			 0;
	for (uint64_t i = 0; !status && i < count; i++)
		status = read_site((struct public_faults *)gatherer, fields, err);
	return status;
}

/* ---- The list ----------------------------------------------------------------------------- */

static const struct symbol_frame *place_of(const struct passed_site *site)
{
	return &symbol_find(site->caller - 1)->frames.items[0];
}

static int compare(const void *a, const void *b)
{
	const struct symbol_frame *first = place_of(a), *second = place_of(b);
	int order = strcmp(((const struct passed_site *)a)->point,
			   ((const struct passed_site *)b)->point);

	if (!order)
		order = strcmp(first->file ? first->file : "", second->file ? second->file : "");
	return order ? order : (first->line > second->line) - (first->line < second->line);
}

/* A call that the compiler has written down several times is one place. */
static void merge_places(struct public_faults *faults)
{
	size_t kept = 0;

	for (size_t i = 1; i < faults->sites.count; i++) {
		struct passed_site *site = &faults->sites.items[i];

		if (!compare(&faults->sites.items[kept], site)) {
			faults->sites.items[kept].passes += site->passes;
			free(site->point);
		} else {
			faults->sites.items[++kept] = *site;
		}
	}
	faults->sites.count = kept + 1;
}

static char *list(struct public_faults *faults)
{
	struct text text = TEXT_INIT;

	if (!faults->sites.count)
		return NULL;
	qsort(faults->sites.items, faults->sites.count, sizeof(*faults->sites.items), compare);
	merge_places(faults);
	for (size_t i = 0; i < faults->sites.count; i++) {
		const struct passed_site *site = &faults->sites.items[i];
		const struct symbol_frame *place = place_of(site);

		text_addf(&text, "%s %llu pass%s, in %s", site->point,
			  (unsigned long long)site->passes, site->passes == 1 ? "" : "es",
			  place->function);
		if (place->file)
			text_addf(&text, " at %s:%u", place->file, place->line);
		text_add_char(&text, '\n');
	}
	return text_detach(&text);
}

int public_faults_begin(struct public_faults *faults, const struct baton_program *program,
			const struct baton_search *search, struct err *err)
{
	*faults = (struct public_faults){ .gatherer = { restart, save, merge, NULL } };
	fault_sites_watch(true);
	return search ? plan_rules(faults, program, search, err) : 0;
}

char *public_faults_end(struct public_faults *faults)
{
	char *text = list(faults);

	fault_sites_watch(false);
	if (faults->plan.count)
		fault_set_plan(NULL);
	restart(&faults->gatherer);
	vec_release(&faults->sites);
	return text;
}
