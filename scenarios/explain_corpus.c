/* SPDX-License-Identifier: MIT */
/*
 * explain_corpus.c - are the smallest schedules the smallest, and the cores cores?
 *
 * explain_corpus [LIMIT] FILE...: each variant of each scenario that shows a failure is shrunk
 * and explained, and both are compared with what dfs enumerates, which knows nothing of either:
 *
 *	smallest    of all interleavings with as few faults and preemptions, none that fails in the
 *	            same way costs less
 *	sufficient  each interleaving that obeys the core fails
 *	necessary   for each of its conditions, one that obeys the others and breaks it does not
 *
 * Where dfs has more than LIMIT executions (100,000), the core's scenario file is run with dfs
 * instead, whole and without each of its orders. What is larger than that too is not checked.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "explain/core.h"
#include "explain/shrink.h"
#include "explain/story.h"
#include "injectors/fiu.h"
#include "mm/model.h"
#include "scenario/core_scn.h"
#include "scenario/failing.h"
#include "scenario/run.h"
#include "scenarios/explain_enumerate.h"
#include "selfcheck/model.h"

#define LIMIT_DEFAULT 100000u

static const struct model *const models[] = { &mm_model, &selfcheck_model, NULL };

struct summary {
	unsigned int failures, files;
	unsigned int proved, agreed;         /* smallest: by shrink; also by dfs */
	unsigned int explained, cores;       /* cores: checked by dfs */
	unsigned int unordered, unexplained; /* no order matters; no core */
	unsigned int wrong;
	VEC(uint64_t) milliseconds;
};

static struct summary summary;
static uint64_t limit = LIMIT_DEFAULT;
/* dfs of the present variant; and with fewer faults: another failure of it need not try. */
static bool too_large, too_large_unfailed;

/* ---- The checks ----------------------------------------------------------------------------- */

static void wrong(const char *title, const char *what)
{
	printf("WRONG %s: %s\n", title, what);
	summary.wrong++;
}

/* With fewer faults nothing is to fail, whatever else it takes. Return: could that be seen? */
static bool check_faults(const struct failing *failing, const struct shrunk *shrunk,
			 const char *title)
{
	struct enumeration all = { .subject = &failing->subject, .signature = &shrunk->signature };
	struct explore_search search = failing->subject.search;

	search.faults_max = (int)shrunk->cost.faults - 1;
	search.preemptions_max = -1;
	too_large_unfailed = too_large_unfailed || !enumerate(&all, &search, limit);
	if (too_large_unfailed)
		return false;
	if (all.any)
		wrong(title, "dfs has a failing schedule with fewer faults");
	return true;
}

static bool check_smallest(const struct failing *failing, const struct shrunk *shrunk,
			   const char *title)
{
	struct enumeration all = { .subject = &failing->subject, .signature = &shrunk->signature };
	struct explore_search search = failing->subject.search;

	if (shrunk->cost.faults && !check_faults(failing, shrunk, title))
		return false;
	search.faults_max = (int)shrunk->cost.faults;
	search.preemptions_max = (int)shrunk->cost.preemptions;
	if (!enumerate(&all, &search, limit))
		return false;
	if (!all.any || sched_cost_compare(&all.smallest, &shrunk->cost))
		wrong(title, "dfs has a smaller failing schedule, or none");
	else
		summary.agreed++;
	if (!shrunk->proved)
		wrong(title, "dfs can prove that it is minimal, shrink did not");
	return true;
}

/* The bounds that core_find() searched within. */
static struct explore_search bounds_of(const struct failing *failing, const struct shrunk *shrunk)
{
	struct explore_search search = failing->subject.search;

	if (search.preemptions_max >= 0 &&
	    (unsigned int)search.preemptions_max < shrunk->cost.preemptions)
		search.preemptions_max = (int)shrunk->cost.preemptions;
	return search;
}

/*
 * Who waits for an order is not preempted: with a bound on preemptions, an execution that obeys
 * the others and breaks condition @index may be found only where the others are held.
 */
static bool is_needed(const struct failing *failing, const struct enumeration *found,
		      const struct explore_search *search, size_t index)
{
	struct enumeration *all = xcalloc(1, sizeof(*all));
	struct hold hold;
	bool needed;

	hold_init(&hold, &failing->subject);
	for (size_t i = 0; i < found->count; i++) {
		all->seen[i].condition = found->seen[i].condition;
		hold_watch(&hold, found->seen[i].condition);
		hold_enforce(&hold, i, i != index);
	}
	all->subject = &failing->subject;
	all->signature = found->signature;
	all->count = found->count;
	all->filter = &hold.filter;
	enumerate(all, search, limit);
	needed = all->needed[index];
	hold_release(&hold);
	free(all);
	return needed;
}

/* Return: whether all interleavings could be enumerated. */
static bool check_by_enumeration(const struct failing *failing, const struct shrunk *shrunk,
				 const struct core *core, const char *title)
{
	struct enumeration *all = xcalloc(1, sizeof(*all));
	struct explore_search search = bounds_of(failing, shrunk);
	bool through;

	all->subject = &failing->subject;
	all->signature = &shrunk->signature;
	for (size_t i = 0; i < core->candidates.count; i++)
		if (core->candidates.items[i].role == CORE_NEEDED)
			all->seen[all->count++].condition = &core->candidates.items[i].condition;
	through = enumerate(all, &search, limit);
	if (through && (!all->obeying || all->obeying != all->obeying_fail))
		wrong(title, "an interleaving that obeys the core does not fail");
	for (size_t i = 0; through && i < all->count; i++)
		if (!all->needed[i] && !is_needed(failing, all, &search, i))
			wrong(title, "a condition of the core is not needed");
	free(all);
	return through;
}

/* Return: whether its scenario file could be enumerated. */
static bool check_by_file(const struct failing *failing, const struct core *core, const char *title)
{
	const struct core_scn wanted = { .failing = failing,
					 .core = core,
					 .models = models,
					 .limit = limit };
	/* An invariant that is broken does not hold. */
	bool always = failing->always || failing->inverted;
	struct text text = TEXT_INIT, why = TEXT_INIT;
	struct err err = ERR_INIT;
	int all = -1, status = core_scn_write(&wanted, &text, &why, &err);
	unsigned int members = hitting_count(&core->members);

	if (status < 0)
		wrong(title, err.text.bytes);
	if (!status)
		all = enumerate_file(text.bytes, models, failing->name, always, limit);
	if (!all)
		wrong(title, "an interleaving that obeys the core's file does not fail");
	for (unsigned int i = 0; all > 0 && i < members; i++) {
		struct text less = TEXT_INIT;

		enumerate_leave_out(text.bytes, i, &less);
		if (members == 1) {
			char *empty = strstr(less.bytes, "\norder {\n}\n");

			if (empty)
				memset(empty + 1, ' ', strlen("order {\n}"));
		}
		all = enumerate_file(less.bytes, models, failing->name, always, limit);
		if (all > 0)
			wrong(title, "an order of the core's file is not needed");
		all = all >= 0;
		text_release(&less);
	}
	text_release(&text);
	text_release(&why);
	err_release(&err);
	return all > 0;
}

/* ---- One failure ---------------------------------------------------------------------------- */

static const char *check_core(struct failing *failing, const struct shrunk *shrunk,
			      const struct core *core, const char *title)
{
	if (!core->explained) {
		summary.unexplained++;
		return "no core";
	}
	summary.explained++;
	summary.unordered += !core_depth(core);
	too_large = too_large || !check_by_enumeration(failing, shrunk, core, title);
	if (!too_large) {
		summary.cores++;
		return "core checked";
	}
	failing_close(failing);
	if (check_by_file(failing, core, title)) {
		summary.cores++;
		return "core checked in its file";
	}
	return "core not checked: too large";
}

static uint64_t explain(struct failing *failing, struct shrunk *shrunk, struct core *core,
			struct err *err)
{
	const struct core_limits limits = { .all = 0 };
	clock_t begun = clock();
	struct text story = TEXT_INIT;

	if (shrink(&failing->subject, &failing->schedule, SHRINK_LIMIT_DEFAULT, shrunk, err) ||
	    core_find(&failing->subject, &shrunk->schedule, &limits, core, err) ||
	    story_write(&failing->subject, &shrunk->schedule, core, &story, err))
		summary.wrong++;
	text_release(&story);
	return (uint64_t)(clock() - begun) / (CLOCKS_PER_SEC / 1000);
}

static void check_failure(struct failing *failing, const char *title)
{
	struct shrunk shrunk;
	struct core core = { .explained = false };
	struct err err = ERR_INIT;
	uint64_t milliseconds = explain(failing, &shrunk, &core, &err);
	bool compared = !err.count && check_smallest(failing, &shrunk, title);
	const char *said = err.count ? "error" : check_core(failing, &shrunk, &core, title);

	vec_push(&summary.milliseconds, milliseconds);
	summary.proved += shrunk.proved;
	printf("%s: %s%s; depth %u of %zu, %s (%llu fail, %llu others); %llu ms %s", title,
	       shrunk.proved ? "proved" : "local", compared ? ", dfs agrees" : "",
	       core_depth(&core), core.candidates.count, said,
	       (unsigned long long)core.obeying.fails, (unsigned long long)core.failing_others,
	       (unsigned long long)milliseconds, err.count ? err.text.bytes : "\n");
	fflush(stdout);
	core_release(&core);
	shrink_release(&shrunk);
	err_release(&err);
}

static void check_verdict(const struct run_case *which, const struct verdict *verdict,
			  const char *line, const char *title)
{
	const struct rerun_source source = { .line = line };
	struct text name = TEXT_INIT;
	struct err err = ERR_INIT;
	struct failing failing;

	text_addf(&name, "%s %s", title, verdict->predicate);
	summary.failures++;
	if (failing_open(&failing, which, &source, verdict->predicate, &err))
		wrong(name.bytes, err.text.bytes);
	else
		check_failure(&failing, name.bytes);
	failing_release(&failing);
	text_release(&name);
	err_release(&err);
}

static void check_case(const struct run_case *which)
{
	const struct run_options options = { .preemptions_max = -1, .command = "baton" };
	struct run_coverage coverage = { .refs = { 0 } };
	struct variant_result result;
	struct err err = ERR_INIT;
	struct text title = TEXT_INIT;

	too_large = too_large_unfailed = false;
	variant_result_init(&result);
	text_addf(&title, "%s %s", which->scenario->name.text,
		  which->scenario->variants.items[which->variant].title);
	scenario_cell_name(which->scenario, which->cell, &title);
	if (run_variant(which, &options, &coverage, &result, &err))
		wrong(title.bytes, err.text.bytes);
	for (size_t i = 0; i < result.verdicts.count; i++) {
		const struct verdict *verdict = &result.verdicts.items[i];
		struct text line = TEXT_INIT;

		if (!verdict->trace)
			continue;
		schedule_format(&verdict->schedule, verdict->trace->program, &line);
		check_verdict(which, verdict, line.bytes, title.bytes);
		text_release(&line);
	}
	text_release(&title);
	variant_result_release(&result);
	run_coverage_release(&coverage);
	err_release(&err);
}

static void check_file(const char *path)
{
	struct err err = ERR_INIT;
	struct scenario *scenario = scenario_load(path, models, &err);

	if (!scenario)
		wrong(path, err.text.bytes);
	summary.files++;
	for (unsigned int i = 0; scenario && i < scenario->variants.count; i++)
		for (unsigned int cell = 0; cell < scenario_cell_count(scenario); cell++)
			check_case(&(struct run_case){ scenario, i, cell });
	scenario_free(scenario);
	err_release(&err);
}

static int by_size(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	struct err err = ERR_INIT;
	size_t count;

	if (inject_fiu_init(&err))
		return EXIT_FAILURE;
	for (int i = 1; i < argc; i++) {
		if (i == 1 && strspn(argv[i], "0123456789") == strlen(argv[i]))
			limit = strtoull(argv[i], NULL, 10);
		else
			check_file(argv[i]);
	}
	count = summary.milliseconds.count;
	qsort(summary.milliseconds.items, count, sizeof(uint64_t), by_size);
	printf("%u failures in %u files: %u proved minimal, %u of these or others by dfs too; %u "
	       "explained (%u without any order), %u of these checked by dfs, %u without a core; "
	       "median %llu ms, nine of ten at most %llu ms, all at most %llu ms; %u WRONG\n",
	       summary.failures, summary.files, summary.proved, summary.agreed, summary.explained,
	       summary.unordered, summary.cores, summary.unexplained,
	       count ? (unsigned long long)summary.milliseconds.items[count / 2] : 0,
	       count ? (unsigned long long)summary.milliseconds.items[count * 9 / 10] : 0,
	       count ? (unsigned long long)summary.milliseconds.items[count - 1] : 0,
	       summary.wrong);
	vec_release(&summary.milliseconds);
	return summary.wrong || !summary.failures ? EXIT_FAILURE : EXIT_SUCCESS;
}
