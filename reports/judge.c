/* SPDX-License-Identifier: MIT */
/*
 * judge.c - baton/report.h: a search, and in words what it showed.
 */
#include "baton/report.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "explain/shrink.h"
#include "explore/public.h"
#include "explore/public_faults.h"
#include "reports/format.h"

/* Executions of each of the searches for a smaller schedule. */
#define SMALLER_LIMIT 20000u

/* A search, and what is said of it. */
struct judgement {
	const struct baton_program *program;
	const struct baton_search *search;
	const char *arguments;
	struct baton_result result;
	struct text out;
};

/* One execution that is looked at: the simulation is open while it is. */
struct look {
	const struct baton_program *program;
	struct explore_search search;
	struct public_faults faults;
	struct schedule schedule;
	struct trace trace;
	const char *finding; /* "assert: bank.c:28: ..." */
	struct err err;
};

static bool look_begin(struct look *look, const struct baton_program *program,
		       const struct baton_search *search, const char *line)
{
	*look = (struct look){ .program = program,
			       .search = public_search(search),
			       .err = ERR_INIT };
	trace_init(&look->trace, program);
	return !public_faults_begin(&look->faults, program, search, &look->err) &&
	       !sim_init(program, &look->err) &&
	       !schedule_parse(&look->schedule, program, line, &look->err);
}

static void look_end(struct look *look)
{
	trace_release(&look->trace);
	schedule_release(&look->schedule);
	sim_release();
	free(public_faults_end(&look->faults));
	err_release(&look->err);
}

/* ---- The smallest schedule with the same finding ------------------------------------------ */

static bool is_finding(const char *text)
{
	const struct finding *finding = sim_finding();
	size_t name = strcspn(text, ":");

	return strlen(finding->name) == name && !strncmp(finding->name, text, name) &&
	       !strcmp(finding->text.bytes, text + name + strlen(": "));
}

static enum subject_verdict judge(void *arg, enum sim_end end)
{
	const struct look *look = arg;

	if (end == SIM_FINDING)
		return is_finding(look->finding) ? SUBJECT_FAILS : SUBJECT_DIFFERS;
	return end == SIM_CUT ? SUBJECT_OPEN : SUBJECT_PASSES;
}

/* Where it cannot be had, the schedule stays what it is. */
static void shrink_schedule(struct look *look)
{
	const struct subject subject = { .program = look->program,
					 .failure = look->finding,
					 .search = look->search,
					 .judge = judge,
					 .arg = look };
	struct err err = ERR_INIT;
	struct shrunk shrunk;

	if (!shrink(&subject, &look->schedule, SMALLER_LIMIT, &shrunk, &err))
		schedule_copy(&look->schedule, &shrunk.schedule);
	shrink_release(&shrunk);
	err_release(&err);
}

/* ---- One execution ------------------------------------------------------------------------ */

/* Append the finding, the steps, and with @stacks where the CPUs were. Return: is it run? */
static bool put_execution(struct look *look, bool stacks, struct text *out)
{
	const struct explore_replay replay = { .schedule = &look->schedule,
					       .steps_max = look->search.steps_max,
					       .steps_bound = look->search.steps_bound };
	const struct report_options options = { .width = 100 },
				    all = { .width = 100, .verbose = 1 };
	const struct trace *trace = &look->trace;
	struct text diverged = TEXT_INIT;
	int status = explore_record(&replay, &look->trace, &diverged, &look->err);

	if (status > 0)
		err_add(&look->err, "the schedule does not fit: %s", diverged.bytes);
	text_release(&diverged);
	if (status)
		return false;
	report_finding(trace, &options, out);
	text_addf(out, "  %u steps, %u preemption%s, %u fault%s\n\n", trace->steps,
		  trace->preemptions, trace->preemptions == 1 ? "" : "s", trace->faults,
		  trace->faults == 1 ? "" : "s");
	report_table(trace, &all, out);
	if (stacks) {
		text_add_char(out, '\n');
		report_stacks(trace, &all, out);
	}
	return true;
}

/* Append how this program is called. Criterion's processes have a name that cannot be called. */
static void put_program(struct text *out)
{
	char path[4096];
	ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);

	path[length < 0 ? 0 : length] = 0;
	text_add_shell(out, access(program_invocation_name, X_OK) && length > 0 ?
				    path :
				    program_invocation_name);
}

/* "  replay: BATON_REPLAY='bank:m5t1' ./bank ARGUMENTS" */
static void put_command(const struct judgement *judgement, const struct schedule *schedule,
			struct text *out)
{
	struct text value = TEXT_INIT;

	text_addf(&value, "%s:", judgement->program->name);
	schedule_format(schedule, judgement->program, &value);
	text_add(out, "\n  replay: BATON_REPLAY=");
	text_add_shell(out, value.bytes);
	text_add_char(out, ' ');
	put_program(out);
	text_addf(out, "%s%s\n", *judgement->arguments ? " " : "", judgement->arguments);
	text_release(&value);
}

/* A process that the program ends cannot look at it. */
static bool is_death(const struct judgement *judgement)
{
	return !strncmp(judgement->result.finding, "death:", strlen("death:"));
}

static void put_finding(struct judgement *judgement)
{
	struct look look;
	bool run = look_begin(&look, judgement->program, judgement->search,
			      judgement->result.schedule);

	look.finding = judgement->result.finding;
	if (run && is_death(judgement)) {
		text_addf(&judgement->out, "  %s\n", look.finding);
	} else if (run) {
		shrink_schedule(&look);
		run = put_execution(&look, false, &judgement->out);
	}
	if (run)
		put_command(judgement, &look.schedule, &judgement->out);
	text_addf(&judgement->out, "%s", look.err.text.bytes);
	look_end(&look);
}

/* ---- Replay ------------------------------------------------------------------------------- */

/* The schedule that BATON_REPLAY asks for, if it is of this program. */
static const char *wanted_schedule(const struct baton_program *program)
{
	const char *wanted = getenv("BATON_REPLAY");
	size_t length = strlen(program->name);

	if (!wanted || strncmp(wanted, program->name, length) != 0 || wanted[length] != ':')
		return NULL;
	return wanted + length + 1;
}

/* Return: 0: no finding; 1: there is one; 2: it could not be run. @out: what it is, and why */
static int look_at(const struct baton_program *program, const struct baton_search *search,
		   const char *line, struct text *out)
{
	struct look look;
	int code = 2;

	if (look_begin(&look, program, search, line) && put_execution(&look, true, out))
		code = look.trace.finding.kind != FINDING_NONE;
	text_add(out, look.err.text.bytes);
	look_end(&look);
	return code;
}

/* ---- Verdicts ----------------------------------------------------------------------------- */

/* "exhaustive, 4 executions" */
static void put_strength(const struct baton_result *result, struct text *out)
{
	text_addf(out, "%s, ",
		  result->exhaustive ? "exhaustive" :
		  result->cut        ? "ended by a limit" :
				       "bounded");
	format_counted(result->executions, "execution", "executions", out);
}

static void put_counts(struct judgement *judgement)
{
	text_add(&judgement->out, " (");
	format_counted(judgement->result.findings, "finding", "findings", &judgement->out);
	text_add(&judgement->out, "; ");
	put_strength(&judgement->result, &judgement->out);
	text_add(&judgement->out, ")\n");
}

static bool is_expected(const struct baton_result *result, enum baton_verdict verdict,
			const char *text)
{
	if (verdict == BATON_NEVER)
		return !result->findings && !result->cut;
	if (!result->findings || (text && !strstr(result->finding, text)))
		return false;
	return verdict == BATON_SOMETIMES ||
	       (result->findings == result->executions && !result->cut);
}

static void put_unexpected(struct judgement *judgement, enum baton_verdict verdict,
			   const char *text)
{
	text_addf(&judgement->out, "%s: expected %s %s", judgement->program->name,
		  baton_verdict_name(verdict), text ? text : "a finding");
	put_counts(judgement);
	if (judgement->result.findings)
		put_finding(judgement);
}

char *baton_judge(const struct baton_program *program, const struct baton_search *search,
		  enum baton_verdict verdict, const char *text, const char *arguments)
{
	struct judgement judgement = { program, search, arguments, { 0 }, TEXT_INIT };
	const char *schedule = wanted_schedule(program);

	if (schedule)
		look_at(program, search, schedule, &judgement.out);
	else if (baton_explore(program, search, &judgement.result))
		text_addf(&judgement.out, "%s: %s", program->name, judgement.result.finding);
	else if (!is_expected(&judgement.result, verdict, text))
		put_unexpected(&judgement, verdict, text);
	baton_result_release(&judgement.result);
	return judgement.out.length ? text_detach(&judgement.out) : NULL;
}

char *baton_judge_schedule(const struct baton_program *program, const struct baton_search *search,
			   const char *schedule, enum baton_verdict verdict, const char *text)
{
	struct text out = TEXT_INIT;
	int code = look_at(program, search, schedule, &out);

	if (code == (verdict != BATON_NEVER) && (!code || !text || strstr(out.bytes, text)))
		text_clear(&out);
	return out.length ? text_detach(&out) : NULL;
}

static int report_code(const struct baton_result *result)
{
	return result->findings ? 1 : result->cut ? 3 : 0;
}

static int search_report(struct judgement *judgement)
{
	struct baton_result *result = &judgement->result;

	if (baton_explore(judgement->program, judgement->search, result)) {
		text_addf(&judgement->out, "error: %s: %s", judgement->program->name,
			  result->finding);
		return 2;
	}
	text_addf(&judgement->out, "%s %s: ", result->findings ? "FAIL " : "ok   ",
		  judgement->program->name);
	if (result->findings) {
		text_add(&judgement->out, result->finding);
		put_counts(judgement);
		text_add_char(&judgement->out, '\n');
		put_finding(judgement);
	} else {
		text_add(&judgement->out, "never a finding (");
		put_strength(result, &judgement->out);
		text_add(&judgement->out, ")\n");
	}
	if (result->warnings)
		text_addf(&judgement->out, "warning: %s", result->warnings);
	return report_code(result);
}

int baton_report(const struct baton_program *program, const struct baton_search *search,
		 char **report)
{
	struct judgement judgement = { program, search, "", { 0 }, TEXT_INIT };
	const char *schedule = wanted_schedule(program);
	int code = schedule ? look_at(program, search, schedule, &judgement.out) :
			      search_report(&judgement);

	*report = text_detach(&judgement.out);
	baton_result_release(&judgement.result);
	return code;
}
