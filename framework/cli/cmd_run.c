/* SPDX-License-Identifier: MIT */
/*
 * cmd_run.c - "baton run": explore each variant in each cell, and say what it showed.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/interrupt.h"
#include "cli/keep.h"
#include "cli/paths.h"
#include "cli/prepare.h"
#include "cli/progress.h"
#include "cli/require.h"
#include "cli/run.h"
#include "cli/run_faults.h"
#include "cli/run_verify.h"
#include "cli/save.h"
#include "cli/select.h"
#include "injectors/fiu.h"

struct session {
	const struct run_args *args;
	struct report report; /* on stdout */
	struct outputs outputs;
	struct report_totals totals;
	struct err err;
	enum code code;
	struct run_options options; /* of args, with the checkpoint */
	struct checkpoint *checkpoint;
	struct prepared prepared;       /* with -j */
	struct run_faults_lines faults; /* of the options */
	bool cut;                       /* something was not run, or not to its end */
	bool stop;                      /* --fail-fast, and something has failed; or interrupted */
	bool interrupted;               /* by a signal */
};

/* One scenario file of a session. */
struct file_run {
	struct session *session;
	const struct scenario *scenario;
	struct run_coverage coverage;
	bool whole; /* everything was run, and no search was cut */
};

static enum code code_of(enum outcome outcome)
{
	static const enum code codes[] = {
		[OUTCOME_OK] = CODE_OK,
		[OUTCOME_FAIL] = CODE_FAIL,
		[OUTCOME_INCONCLUSIVE] = CODE_INCONCLUSIVE,
		[OUTCOME_NONE] = CODE_NONE,
	};

	return codes[outcome];
}

/* A BUG of baton's that nobody expects: what it says cannot be trusted. */
static bool has_bug(const struct variant_result *result)
{
	for (size_t i = 0; i < result->verdicts.count; i++)
		if (result->verdicts.items[i].outcome == OUTCOME_FAIL &&
		    !strcmp(result->verdicts.items[i].predicate, "bug"))
			return true;
	return false;
}

static void add_code(struct session *session, enum code code)
{
	session->code = code_worse(session->code, code);
	session->totals.errors += code == CODE_ERROR || code == CODE_BUG;
}

static void count(struct report_totals *totals, enum outcome outcome)
{
	totals->ok += outcome == OUTCOME_OK;
	totals->fail += outcome == OUTCOME_FAIL;
	totals->inconclusive += outcome == OUTCOME_INCONCLUSIVE;
	totals->none += outcome == OUTCOME_NONE;
}

static void tell(struct session *session, const struct variant_result *result,
		 const struct scenario *scenario)
{
	bool ok = result->outcome == OUTCOME_OK;

	count(&session->totals, result->outcome);
	add_code(session, code_of(result->outcome));
	if (has_bug(result)) /* it is a FAIL, and no error besides */
		session->code = code_worse(session->code, CODE_BUG);
	session->stop |= session->args->fail_fast && result->outcome == OUTCOME_FAIL;
	outputs_variant(&session->outputs, result);
	if (!ok || outputs_stdout(&session->args->outputs) || !session->args->output.quiet)
		session->report.variant(&session->report, result);
	output_text(&session->report.out);
	if (session->args->save &&
	    save_result(result, scenario, session->args->save, &session->err))
		add_code(session, CODE_ERROR);
}

/* Nothing can be judged: a shard is through, or the run was interrupted. */
static void tell_part(struct session *session, const struct variant_result *result)
{
	session->interrupted = !frontier_is_over(session->checkpoint->last);
	session->stop |= session->interrupted;
	if (!session->interrupted) {
		keep_tell_shard(session->checkpoint, result, &session->report.out);
		session->totals.ok++;
	}
	output_text(&session->report.out);
}

static void tell_error(struct session *session)
{
	add_code(session, session->err.bug ? CODE_BUG : CODE_ERROR);
}

static void run_cell(struct file_run *run, const struct run_case *which)
{
	struct session *session = run->session;
	struct text cell = TEXT_INIT;
	struct variant_result result;
	int status;

	variant_result_init(&result);
	scenario_cell_name(run->scenario, which->cell, &cell);
	progress_show(run->scenario->name.text, run->scenario->variants.items[which->variant].title,
		      cell.bytes);
	status = prepare_wait(&session->prepared, which, &session->err);
	if (!status)
		status = run_variant(which, &session->options, &run->coverage, &result,
				     &session->err);
	progress_erase();
	if (status) {
		run->whole = false;
		session->cut = true;
		if (status < 0)
			tell_error(session);
		else
			tell_part(session, &result);
	} else {
		require_strength(&result, session->args->require);
		session->cut |= result.strength == STRENGTH_CUT;
		run->whole &= result.strength != STRENGTH_CUT &&
			      !(session->args->options.first && result.outcome == OUTCOME_FAIL);
		tell(session, &result, run->scenario);
	}
	if (keep_write(session->checkpoint, &session->err))
		add_code(session, CODE_ERROR);
	output_err(&session->err);
	variant_result_release(&result);
	text_release(&cell);
}

/* --verify or --estimate. */
static void look_at_cell(struct file_run *run, const struct run_case *which)
{
	struct session *session = run->session;
	enum code code;

	if (session->args->verify)
		code = run_verify(session->args, which, &session->report.out, &session->err);
	else
		code = run_estimate(session->args, which, &session->report.out, &session->err);
	session->totals.ok += code == CODE_OK;
	session->totals.inconclusive += code == CODE_INCONCLUSIVE;
	add_code(session, code);
	run->whole = false;
	session->cut = true;
	output_text(&session->report.out);
	output_err(&session->err);
}

static void run_one(struct file_run *run, const struct run_case *which)
{
	if (run->session->args->verify || run->session->args->estimate)
		look_at_cell(run, which);
	else
		run_cell(run, which);
}

static void run_cells(struct file_run *run, unsigned int variant)
{
	unsigned int count_of_cells = scenario_cell_count(run->scenario);
	int only = run->session->args->cell;

	for (unsigned int cell = 0; cell < count_of_cells && !run->session->stop; cell++)
		if (only == SELECT_ALL_CELLS || cell == (unsigned int)only)
			run_one(run, &(struct run_case){ run->scenario, variant, cell });
}

/* A cut search cannot say "never", and neither can a part of the variants. */
static void check_coverage(struct file_run *run)
{
	struct session *session = run->session;

	if (run->whole && !session->stop &&
	    run_coverage_check(&run->coverage, run->scenario, &session->err))
		add_code(session, CODE_ERROR);
}

static void run_scenario(struct session *session, const struct scenario *scenario)
{
	const struct run_args *args = session->args;
	struct file_run run = { .session = session, .scenario = scenario };

	run.whole = !args->variant && args->cell == SELECT_ALL_CELLS &&
		    !args->options.permutations_only;
	for (unsigned int i = 0; i < scenario->variants.count && !session->stop; i++)
		if (select_matches(&scenario->variants.items[i], args->variant))
			run_cells(&run, i);
	check_coverage(&run);
	run_faults_note(&session->faults, scenario, &run.coverage);
	run_coverage_release(&run.coverage);
}

static void run_file(struct session *session, const char *path)
{
	struct scenario *scenario = scenario_load(path, cli_models, &session->err);

	output_err(&session->err);
	if (scenario && !run_faults_apply(session->args, scenario, &session->err) &&
	    !checkpoint_check(session->options.checkpoint, scenario, &session->err))
		run_scenario(session, scenario);
	else
		add_code(session, CODE_ERROR);
	output_err(&session->err);
	scenario_free(scenario);
}

static void run_files(struct session *session, const struct paths *paths)
{
	const struct report_totals *totals = &session->totals;

	for (size_t i = 0; i < paths->list.count && !session->stop; i++)
		run_file(session, paths->list.items[i]);
	if (!session->stop && !session->cut && !session->args->options.permutations_only &&
	    run_faults_check(&session->faults, &session->err))
		add_code(session, CODE_ERROR);
	if (totals->ok || totals->fail || totals->inconclusive || totals->none ||
	    session->interrupted)
		return;
	if (session->code == CODE_OK)
		err_add(&session->err,
			"nothing ran: no variant and cell is what --variant and "
			"--cell ask for ('%s list' shows them)",
			cli_command);
	add_code(session, CODE_NONE);
}

static void session_init(struct session *session, const struct run_args *args)
{
	const struct report_format *format = outputs_stdout(&args->outputs);

	*session = (struct session){ .args = args, .err = ERR_INIT, .options = args->options };
	(format ? format->init : report_text_init)(&session->report);
	session->report.options = output_options(&args->output);
	/* A document that is read on a terminal is left alone. */
	progress_init(args->output.quiet || (format && isatty(STDOUT_FILENO)));
}

static void run_session(struct session *session)
{
	struct paths paths = { 0 };
	bool over;

	add_code(session, paths_expand(&paths, &session->args->paths, &session->err));
	output_err(&session->err);
	outputs_begin(&session->outputs, &session->args->outputs, &session->args->output);
	session->report.begin(&session->report);
	output_text(&session->report.out);
	if (prepare_pays(session->args) && !session->checkpoint->joined &&
	    prepare_begin(&session->prepared, &paths, session->args, &session->options,
			  &session->err))
		tell_error(session);
	else
		run_files(session, &paths);
	prepare_release(&session->prepared);
	over = !session->args->estimate && !session->interrupted && !session->args->shard.count;
	if (outputs_end(&session->outputs, over ? &session->totals : NULL, &session->err))
		add_code(session, CODE_ERROR);
	if (over)
		session->report.summary(&session->report, &session->totals);
	output_text(&session->report.out);
	if (session->interrupted)
		keep_tell(session->checkpoint, session->args, &session->err.text);
	output_err(&session->err);
	paths_release(&paths);
}

static int begin(struct session *session, const struct checkpoint *joined)
{
	const struct run_args *args = session->args;

	session->options.listener = progress_listener();
	if (inject_fiu_init(&session->err) ||
	    (!joined && keep_begin(session->checkpoint, args, &session->err)))
		return -1;
	if (joined || args->checkpoint || args->resume || prepare_pays(args))
		session->options.checkpoint = session->checkpoint;
	return 0;
}

enum code run_scenarios(const struct run_args *args, struct checkpoint *joined)
{
	struct checkpoint own;
	struct session session;

	checkpoint_init(&own);
	session_init(&session, args);
	session.checkpoint = joined ? joined : &own;
	if (begin(&session, joined)) {
		add_code(&session, CODE_ERROR);
		output_err(&session.err);
	} else {
		run_session(&session);
	}
	report_release(&session.report);
	run_faults_release(&session.faults);
	err_release(&session.err);
	checkpoint_release(&own);
	if (session.interrupted)
		interrupt_pass_on();
	return session.code;
}

enum code cmd_run(int argc, char **argv)
{
	struct run_args args;
	enum code code;

	run_args_parse(&args, argc, argv);
	code = run_scenarios(&args, NULL);
	run_args_release(&args);
	return code;
}
