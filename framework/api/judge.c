/* SPDX-License-Identifier: MIT */
/*
 * judge.c - baton/report.h: a search, and in words what it showed.
 */
#include "baton/report.h"

#include <string.h>

#include "api/command_line.h"
#include "api/failure.h"
#include "api/output.h"
#include "engine/scout.h"

/* Executions of each of the searches for a smaller schedule, where the caller has no number. */
#define SMALLER_LIMIT 20000u

/* A search, and what is said of it. */
struct judgement {
	const struct baton_program *program;
	const struct baton_search *search;
	const char *arguments;
	struct baton_result result;
	struct text out;
};

/*
 * What is said of a program that ends the process must not be nothing, with its exit code: so the
 * search is contained. @own: storage of the search that is. One of another version of the struct
 * cannot be copied.
 */
static const struct baton_search *contain(const struct baton_search *search,
					  struct baton_search *own)
{
	if (search && search->size && search->size != sizeof(*search))
		return search;
	*own = search ? *search : baton_search_all();
	own->contained = true;
	return own;
}

/* ---- Questions of the environment ---------------------------------------------------------- */

/* Return: 0: it passed; 1: it has a finding; 2: it could not be run. */
typedef int (*answer_fn)(const struct judgement *judgement, const char *schedule, char **report);

static const struct baton_view with_stacks = { .stacks = true };

static int answer_replay(const struct judgement *judgement, const char *schedule, char **report)
{
	int status =
		baton_replay(judgement->program, judgement->search, schedule, &with_stacks, report);

	return status == BATON_REPLAY_PASSED || status == BATON_REPLAY_FAILED ? status : 2;
}

static int answer_explain(const struct judgement *judgement, const char *schedule, char **report)
{
	struct baton_explanation explanation;
	int status =
		baton_explain(judgement->program, judgement->search, schedule, NULL, &explanation);

	free(explanation.smallest);
	*report = explanation.report;
	return status < 0 ? 2 : 1;
}

/* What a command asks by a variable: "bank:m5t1". */
static const struct question {
	const char *variable, *heading;
	answer_fn answer;
} questions[] = {
	{ "BATON_REPLAY", "replay:", answer_replay },
	{ "BATON_EXPLAIN", "explain:", answer_explain },
};

#define QUESTIONS (sizeof(questions) / sizeof(*questions))

/* "BATON_REPLAY='bank:m5t1' ./bank ARGUMENTS" */
static void put_command(const struct judgement *judgement, const char *variable,
			const struct schedule *schedule, struct text *out)
{
	const struct command_line line = { variable, judgement->program, judgement->arguments };

	command_line(&line, schedule, out);
}

/* What to type next. */
static void put_commands(const struct judgement *judgement, const struct schedule *schedule,
			 struct text *out)
{
	for (size_t i = 0; i < QUESTIONS; i++) {
		text_addf(out, "  %-8s ", questions[i].heading);
		put_command(judgement, questions[i].variable, schedule, out);
		text_add_char(out, '\n');
	}
	text_add(out, "  html:    ");
	command_page(judgement->program, out);
	put_command(judgement, questions[0].variable, schedule, out);
	text_add_char(out, '\n');
}

/* ---- Files ---------------------------------------------------------------------------------- */

/* The execution of @schedule, if a file is asked for. */
static int write_output(const struct judgement *judgement, const struct session *session,
			const struct schedule *schedule, struct text *out, struct err *err)
{
	struct text replay = TEXT_INIT, explain = TEXT_INIT;
	struct output_commands commands;
	struct output output;
	int wanted = output_wanted(&output, err), status = wanted < 0 ? -1 : 0;

	put_command(judgement, questions[0].variable, schedule, &replay);
	put_command(judgement, questions[1].variable, schedule, &explain);
	commands = (struct output_commands){ replay.bytes, explain.bytes };
	if (wanted > 0)
		status = output_write(&output, session, schedule, &commands, err);
	if (wanted > 0 && !status)
		text_addf(out, "  written: %s\n", output.path);
	text_release(&replay);
	text_release(&explain);
	return status;
}

struct telling {
	const struct judgement *judgement;
	struct session *session;
};

static int put_written(void *arg, struct text *out, struct err *err)
{
	const struct telling *telling = arg;

	return write_output(telling->judgement, telling->session, &telling->session->schedule, out,
			    err);
}

/* Behind what @report says of an execution that was asked for. Return: @code: 2: it was not run */
static int append_output(const struct judgement *judgement, const char *schedule, int code,
			 char **report)
{
	struct session session;
	struct telling telling = { judgement, &session };
	struct text out = TEXT_INIT;
	struct err err = ERR_INIT;

	if (code == 2 || !getenv("BATON_OUTPUT"))
		return code;
	text_add(&out, *report);
	free(*report);
	if (!session_open(&session, judgement->program, judgement->search, schedule, &err))
		session_call(&session, put_written, &telling, &out, &err);
	session_close(&session);
	text_add(&out, err.text.bytes);
	err_release(&err);
	*report = text_detach(&out);
	return code;
}

/* Is something asked about the program? Then no search is made. Return: the answer's, or -1. */
static int answer(const struct judgement *judgement, char **report)
{
	const char *name = judgement->program->name;
	size_t length = strlen(name);

	for (size_t i = 0; i < QUESTIONS; i++) {
		const char *asked = getenv(questions[i].variable);

		if (!asked || strncmp(asked, name, length) != 0 || asked[length] != ':')
			continue;
		asked += length + 1;
		return append_output(judgement, asked,
				     questions[i].answer(judgement, asked, report), report);
	}
	return -1;
}

/* ---- The execution that shows it ----------------------------------------------------------- */

/* Of the smallest schedule that can be found. */
static int put_smallest(void *arg, struct text *out, struct err *err)
{
	const struct telling *telling = arg;
	const struct judgement *judgement = telling->judgement;
	struct session *session = telling->session;
	struct failure failure;
	int status;

	scout_begin_all();
	if (!session->search.executions_max)
		session->search.executions_max = SMALLER_LIMIT;
	status = failure_find(&failure, session, err);
	if (!status && session_replay(session, &failure.shrunk.schedule, out, err) < 0)
		status = -1;
	if (!status) {
		text_add_char(out, '\n');
		put_commands(judgement, &failure.shrunk.schedule, out);
		status = write_output(judgement, session, &failure.shrunk.schedule, out, err);
	}
	failure_release(&failure);
	return status;
}

/* Other findings than the first, a line each. */
static void put_others(const struct baton_result *result, struct text *out)
{
	for (unsigned int i = 1; i < result->kind_count; i++) {
		const struct baton_finding *kind = &result->kinds[i];

		text_addf(out, "%s  also %s: %s (", i == 1 ? "\n" : "", kind->name, kind->text);
		text_add_counted(out, kind->executions, "execution", "executions");
		text_addf(out, ", the first %s)\n", kind->schedule);
	}
}

static void put_finding(struct judgement *judgement)
{
	struct session session;
	struct telling telling = { judgement, &session };
	struct err err = ERR_INIT;

	if (!session_open(&session, judgement->program, judgement->search,
			  judgement->result.schedule, &err))
		session_call(&session, put_smallest, &telling, &judgement->out, &err);
	session_close(&session);
	put_others(&judgement->result, &judgement->out);
	text_add(&judgement->out, err.text.bytes);
	err_release(&err);
}

/* ---- Verdicts ----------------------------------------------------------------------------- */

/* "exhaustive, 4 executions" */
static void put_strength(const struct baton_result *result, struct text *out)
{
	text_addf(out, "%s, ",
		  result->exhaustive ? "exhaustive" :
		  result->cut        ? "ended by a limit" :
				       "bounded");
	text_add_counted(out, result->executions, "execution", "executions");
}

static void put_counts(struct judgement *judgement)
{
	text_add(&judgement->out, " (");
	text_add_counted(&judgement->out, judgement->result.findings, "finding", "findings");
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
	struct baton_search own;
	struct judgement judgement = { .program = program,
				       .search = contain(search, &own),
				       .arguments = arguments,
				       .out = TEXT_INIT };
	char *report;

	if (answer(&judgement, &report) >= 0)
		return report;
	if (baton_explore(program, judgement.search, &judgement.result))
		text_addf(&judgement.out, "%s: %s", program->name, judgement.result.finding);
	else if (!is_expected(&judgement.result, verdict, text))
		put_unexpected(&judgement, verdict, text);
	baton_result_release(&judgement.result);
	return judgement.out.length ? text_detach(&judgement.out) : NULL;
}

char *baton_judge_schedule(const struct baton_program *program, const struct baton_search *search,
			   const char *schedule, enum baton_verdict verdict, const char *text)
{
	struct baton_search own;
	struct judgement judgement = { program, contain(search, &own), "", { 0 }, TEXT_INIT };
	char *report;
	int code = answer_replay(&judgement, schedule, &report);

	if (code == (verdict != BATON_NEVER) && (!code || !text || strstr(report, text))) {
		free(report);
		return NULL;
	}
	append_output(&judgement, schedule, code, &report);
	return report;
}

static int report_code(const struct baton_result *result)
{
	return result->findings ? 1 : result->cut ? 3 : 0;
}

/* Who has points fail wants to know which ones there are. */
static void put_fault_points(const struct judgement *judgement, struct text *out)
{
	const struct baton_search *search = judgement->search;

	if (!search || !search->fault_count || !judgement->result.fault_points)
		return;
	text_add(out, judgement->result.findings ? "\nfault points:\n" : "fault points:\n");
	for (const char *at = judgement->result.fault_points; *at;) {
		size_t length = strcspn(at, "\n") + 1;

		text_add(out, "  ");
		text_add_bytes(out, at, length);
		at += length;
	}
}

/* That is seldom what was meant: what nobody announces is no step. */
static void put_doubt(const struct judgement *judgement, struct text *out)
{
	if (judgement->result.executions == 1 && judgement->program->cpu_count > 1)
		text_add(out,
			 "note: there is one order only: no steps of two CPUs depend on each "
			 "other. Plain variables and\n      operators of atomic ones are "
			 "seen with -fsanitize=thread: pkg-config baton-tsan.\n      Locks and "
			 "threads are seen in files that are compiled with baton's headers.\n");
}

/* "error: " is said once. */
static const char *without_heading(const char *finding)
{
	static const char heading[] = "error: ";

	return strncmp(finding, heading, sizeof(heading) - 1) ? finding :
								finding + sizeof(heading) - 1;
}

static int search_report(struct judgement *judgement)
{
	struct baton_result *result = &judgement->result;

	if (baton_explore(judgement->program, judgement->search, result)) {
		text_addf(&judgement->out, "error: %s: %s", judgement->program->name,
			  without_heading(result->finding));
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
		put_doubt(judgement, &judgement->out);
	}
	put_fault_points(judgement, &judgement->out);
	if (result->warnings)
		text_addf(&judgement->out, "warning: %s", result->warnings);
	return report_code(result);
}

int baton_report(const struct baton_program *program, const struct baton_search *search,
		 char **report)
{
	struct baton_search own;
	struct judgement judgement = { program, contain(search, &own), "", { 0 }, TEXT_INIT };
	int code = answer(&judgement, report);

	if (code >= 0)
		return code;
	code = search_report(&judgement);
	*report = text_detach(&judgement.out);
	baton_result_release(&judgement.result);
	return code;
}
