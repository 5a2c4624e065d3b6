/* SPDX-License-Identifier: MIT */
/*
 * cmd_bisect.c - "baton bisect": where in an ordered list of variants something changed.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/apart.h"
#include "cli/bisect.h"
#include "cli/bisect_args.h"
#include "cli/cli.h"
#include "cli/progress.h"

/* Bytes; no list of variants is that long. */
#define LIST_SIZE_MAX (1u << 20)

/* ---- The states -------------------------------------------------------------------------- */

static int read_list(const char *path, struct text *text, struct err *err)
{
	int error = file_read(path, LIST_SIZE_MAX, text);

	if (error == EFBIG)
		return err_add(err, "'%s': more than 1 MiB: this is no list of variants", path);
	return error ? err_add(err, "cannot read '%s': %s", path, strerror(error)) : 0;
}

static int make_series(struct series *series, const struct bisect_args *args, struct err *err)
{
	struct text list = TEXT_INIT;
	int status;

	if (args->mode == BISECT_PATCHES)
		return series_patches(series, &args->way, err);
	if (!args->list)
		return series_variants(series, err);
	status = read_list(args->list, &list, err);
	if (!status)
		status = series_list(series, args->list, list.bytes, err);
	text_release(&list);
	return status;
}

/* ---- What is judged ---------------------------------------------------------------------- */

static enum bisect_answer answer_of(const struct bisect_found *found, const struct probe *probe,
				    const char *name)
{
	return probe_answer(probe, found->series.scenario, name);
}

/* Names that are good in @from and bad in @to, each once. */
static void add_names(const struct bisect_found *found, const struct probe *from,
		      const struct probe *to, struct text *names)
{
	const struct probe *both[] = { from, to };

	for (size_t side = 0; side < ARRAY_SIZE(both); side++)
		for (size_t i = 0; i < both[side]->seen.count; i++) {
			const char *name = both[side]->seen.items[i].name;

			if (answer_of(found, from, name) != BISECT_GOOD ||
			    answer_of(found, to, name) != BISECT_BAD ||
			    (side && probe_knows(from, name)))
				continue;
			text_addf(names, "%s%s", names->length ? ", " : "", name);
		}
}

/* What changes between the ends: from good to bad, then the other way. */
static void find_names(const struct bisect_found *found, struct text *names)
{
	const struct probe *first = &found->prober.probes.items[0];
	const struct probe *last = &found->prober.probes.items[found->bisect.count - 1];

	add_names(found, first, last, names);
	add_names(found, last, first, names);
}

/* What changes anywhere in a list that is short enough to be searched whole. */
static int find_inside(struct bisect_found *found, struct text *names, struct err *err)
{
	const struct probe *probe;

	if (found->bisect.count > BISECT_WHOLE_MAX)
		return 0;
	for (size_t i = 0; i < found->bisect.count; i++)
		if (prober_look(&found->prober, i, &probe, err))
			return -1;
	for (size_t i = 1; i < found->bisect.count && !names->length; i++) {
		add_names(found, &found->prober.probes.items[0], &found->prober.probes.items[i],
			  names);
		add_names(found, &found->prober.probes.items[i], &found->prober.probes.items[0],
			  names);
	}
	return 0;
}

static bool is_weak(const struct probe *probe)
{
	return probe->strength == STRENGTH_CUT || probe->strength == STRENGTH_SAMPLED;
}

static enum code refuse(const struct bisect_found *found, struct err *err)
{
	size_t last = found->bisect.count - 1;
	bool weak = is_weak(&found->prober.probes.items[0]) ||
		    is_weak(&found->prober.probes.items[last]);

	err_add(err, "%s and %s show the same: there is nothing to bisect%s",
		series_label(&found->series, 0), series_label(&found->series, last),
		weak ? ", or the searches were too weak" : "");
	return weak ? CODE_INCONCLUSIVE : CODE_ERROR;
}

/* The first name that changes between the ends is judged; or else one that changes inside. */
static enum code choose_name(struct bisect_found *found, struct text *names, struct err *err)
{
	const struct probe *probe;

	found->bisect.count = found->series.scenario->variants.count;
	if (prober_look(&found->prober, found->bisect.count - 1, &probe, err) ||
	    prober_look(&found->prober, 0, &probe, err))
		return CODE_ERROR;
	find_names(found, names);
	if (!names->length && find_inside(found, names, err))
		return CODE_ERROR;
	return names->length ? CODE_OK : refuse(found, err);
}

static int ask(void *arg, size_t state, enum bisect_answer *answer, struct err *err)
{
	struct bisect_found *found = arg;
	const struct probe *probe;

	if (prober_look(&found->prober, state, &probe, err))
		return -1;
	*answer = answer_of(found, probe, found->name);
	return 0;
}

static void begins(const struct prober *prober, const char *what)
{
	progress_show(prober->series->given->name.text, what, "");
}

static void show(const struct bisect_found *found, const struct bisect_args *args)
{
	const struct report_options shown = output_options(&args->output);

	if (args->json)
		bisect_json(found, found->told);
	else
		bisect_text(found, &shown, found->told);
}

/* A part that can be bisected, if there is one: where it changes last. */
static void tell_inner(const struct bisect_found *found, struct err *err)
{
	const enum bisect_answer *answers = found->bisect.answers;

	for (size_t i = found->bisect.count; --i > 0;)
		if (answers[i] != answers[i - 1] && answers[i] != BISECT_UNKNOWN &&
		    answers[i - 1] != BISECT_UNKNOWN) {
			text_addf(&err->text,
				  "(it changes last between %s and %s: write these in "
				  "FILE, a line each)\n",
				  series_label(&found->series, i - 1),
				  series_label(&found->series, i));
			return;
		}
}

/* Both ends are alike: what is between them can still be seen. */
static enum code refuse_same(struct bisect_found *found, const struct bisect_args *args,
			     struct err *err)
{
	size_t last = found->bisect.count - 1;

	for (size_t i = 1; i < last && last < BISECT_WHOLE_MAX; i++)
		if (ask(found, i, &found->bisect.answers[i], err))
			return CODE_ERROR;
	show(found, args);
	err_add(err, "%s is %s at %s and at %s: there is nothing to bisect; %s", found->name,
		found->bisect.answers[0] == BISECT_BAD ? "bad" : "good",
		series_label(&found->series, 0), series_label(&found->series, last),
		args->mode == BISECT_PATCHES ? "choose other ends" : "--list FILE takes a part");
	if (args->mode != BISECT_PATCHES)
		tell_inner(found, err);
	return CODE_ERROR;
}

static enum code refuse_end(const struct bisect_found *found, struct err *err)
{
	err_add(err, "the search of an end was too weak to say whether %s is shown", found->name);
	return CODE_INCONCLUSIVE;
}

/* What is shown is true, and not all that was asked for. */
static enum code fail_cores(const struct bisect_found *found, struct err *err)
{
	err_add(err, "which orders it needs is not known: %s", found->cores.why.bytes);
	return CODE_ERROR;
}

static enum code search(struct bisect_found *found, const struct bisect_args *args, struct err *err)
{
	enum bisect_end end;

	found->bisect.count = found->series.scenario->variants.count;
	found->bisect.ask = ask;
	found->bisect.arg = found;
	found->blame.prober = &found->prober;
	found->blame.name = found->name;
	if (bisect_run(&found->bisect, &end, err))
		return CODE_ERROR;
	if (end == BISECT_NOT_IT)
		return refuse_end(found, err);
	if (end == BISECT_SAME)
		return refuse_same(found, args, err);
	found->first_fixed = found->bisect.answers[0] == BISECT_BAD;
	cores_find(&found->cores, &found->prober,
		   found->first_fixed ? found->bisect.before : found->bisect.after,
		   found->first_fixed ? found->bisect.after : found->bisect.before, found->name);
	if (blame_run(&found->blame, found->bisect.before, found->bisect.after, err))
		return CODE_ERROR;
	show(found, args);
	if (found->cores.failed)
		return fail_cores(found, err);
	return found->bisect.after == found->bisect.before + 1 ? CODE_OK : CODE_INCONCLUSIVE;
}

static enum code bisect_scenario(struct bisect_found *found, const struct bisect_args *args,
				 struct err *err)
{
	struct text names = TEXT_INIT;
	char *name = NULL;
	enum code code = CODE_OK;

	prober_init(&found->prober, &found->series, args->cell, &args->options);
	found->prober.begins = begins;
	found->others = "";
	found->name = args->predicate;
	if (!args->predicate)
		code = choose_name(found, &names, err);
	if (!args->predicate && code == CODE_OK) {
		name = xstrdup(names.bytes);
		name[strcspn(name, ",")] = '\0';
		found->name = name;
		found->others = names.bytes + strlen(name);
		found->others += strspn(found->others, ", ");
	}
	if (code == CODE_OK)
		code = search(found, args, err);
	cores_release(&found->cores);
	blame_release(&found->blame);
	bisect_release(&found->bisect);
	prober_release(&found->prober);
	free(name);
	text_release(&names);
	return code;
}

static int check_args(const struct bisect_args *args, const struct series *series, struct err *err)
{
	const struct scenario *scenario = series->given;

	if (args->cell >= scenario_cell_count(scenario))
		return err_add(err, "the matrix of scenario '%s' has %u cells, from 0",
			       scenario->name.text, scenario_cell_count(scenario));
	if (args->predicate)
		return series_check_name(series, args->predicate, err);
	return 0;
}

static int work(void *arg, struct text *text, struct err *err)
{
	const struct bisect_args *args = arg;
	struct bisect_found found = { .cores = { .orders = TEXT_INIT, .why = TEXT_INIT },
				      .told = text };
	struct scenario *scenario = scenario_load(args->words[1], cli_models, err);
	enum code code = CODE_ERROR;

	found.series.given = scenario;
	found.series.models = cli_models;
	if (scenario && !check_args(args, &found.series, err) &&
	    !make_series(&found.series, args, err))
		code = bisect_scenario(&found, args, err);
	series_release(&found.series);
	scenario_free(scenario);
	return err->bug ? CODE_BUG : (int)code;
}

enum code cmd_bisect(int argc, char **argv)
{
	struct bisect_args args;

	if (argc > 1 && !strcmp(argv[1], "git"))
		return bisect_git(argc - 1, argv + 1);
	bisect_args_parse(&args, argc, argv);
	progress_init(args.output.quiet || (args.json && isatty(STDOUT_FILENO)));
	args.options.listener = progress_listener();
	return apart_run(work, &args, false);
}
