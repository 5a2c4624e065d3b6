/* SPDX-License-Identifier: MIT */
#include "api/session.h"

#include <stdlib.h>
#include <string.h>

int session_view(struct session *session, const struct baton_view *view, struct err *err)
{
	if (!view)
		return 0;
	if (view->size && view->size < sizeof(*view))
		return err_add(err, "view.size is %zu: it is sizeof(struct baton_view), %zu",
			       view->size, sizeof(*view));
	if (view->width && (view->width < 60 || view->width > 200))
		return err_add(err, "view.width is %u: it is 60 to 200 columns", view->width);
	session->shown.width = view->width;
	session->shown.color = view->color;
	session->shown.unicode = view->unicode;
	session->stacks = view->stacks;
	return 0;
}

int session_open(struct session *session, const struct baton_program *program,
		 const struct baton_search *search, const char *schedule, struct err *err)
{
	/* Steps without a name are those of the user's code: all are shown. */
	*session = (struct session){ .program = program, .shown = { .verbose = 1 } };
	public_begin();
	if (public_faults_begin(&session->faults, program, search, err) ||
	    public_check(program, search, err))
		return -1;
	session->search = public_search(search);
	if (!schedule)
		return err_add(err,
			       "there is no schedule: is it one of a search without a finding?");
	if (sim_init(program, err))
		return -1;
	session->open = true;
	return schedule_parse(&session->schedule, program, schedule, err);
}

void session_close(struct session *session)
{
	if (session->open)
		sim_release();
	free(public_faults_end(&session->faults));
	schedule_release(&session->schedule);
}

int session_call(const struct session *session, contain_fn call, void *arg, struct text *reply,
		 struct err *err)
{
	if (session->search.contained)
		return contain_call(call, arg, reply, err);
	return call(arg, reply, err);
}

/* Lines of a table that are shown, at either end. */
#define TABLE_LINES_MAX 100u

/* The table; of one that nobody reads, as a livelock has, the beginning and the end. */
static void put_table(const struct trace *trace, const struct report_options *options,
		      struct text *out)
{
	struct text table = TEXT_INIT;
	unsigned int count = 0, number = 0;

	report_table(trace, options, &table);
	for (const char *at = table.bytes; *at; at++)
		count += *at == '\n';
	for (const char *at = table.bytes; *at; at += strcspn(at, "\n") + 1, number++) {
		if (number == TABLE_LINES_MAX && count > 2 * TABLE_LINES_MAX)
			text_addf(out, "  ... %u lines ...\n", count - 2 * TABLE_LINES_MAX);
		if (number < TABLE_LINES_MAX || number + TABLE_LINES_MAX >= count)
			text_add_bytes(out, at, strcspn(at, "\n") + 1);
	}
	text_release(&table);
}

static void put(const struct session *session, const struct trace *trace, struct text *text)
{
	report_finding(trace, &session->shown, text);
	text_add(text, "  ");
	report_counts(trace, text);
	text_add(text, "\n\n");
	put_table(trace, &session->shown, text);
	if (session->stacks) {
		text_add_char(text, '\n');
		report_stacks(trace, &session->shown, text);
	}
}

int session_record(const struct session *session, const struct schedule *schedule,
		   struct trace *trace, struct err *err)
{
	const struct explore_replay replay = { .schedule = schedule,
					       .steps_max = session->search.steps_max,
					       .steps_bound = session->search.steps_bound };
	struct text diverged = TEXT_INIT;
	int status = explore_record(&replay, trace, &diverged, err);

	if (!status) {
		status = trace->finding.kind == FINDING_NONE ? BATON_REPLAY_PASSED :
							       BATON_REPLAY_FAILED;
	} else if (status > 0) {
		err_add(err, "the schedule diverged at %s", diverged.bytes);
		status = BATON_REPLAY_DIVERGED;
	}
	text_release(&diverged);
	return status;
}

int session_replay(const struct session *session, const struct schedule *schedule,
		   struct text *text, struct err *err)
{
	struct trace trace;
	int status;

	trace_init(&trace, session->program);
	status = session_record(session, schedule, &trace, err);
	if (text && (status == BATON_REPLAY_PASSED || status == BATON_REPLAY_FAILED))
		put(session, &trace, text);
	trace_release(&trace);
	return status;
}

void session_give(struct text *text, struct err *err, char **report)
{
	struct text *given = err->text.length ? &err->text : text;

	if (report)
		*report = text_detach(given);
	text_release(text);
	err_release(err);
}
