/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "api/failure.h"
#include "base/pack.h"
#include "engine/scout.h"
#include "explain/core.h"
#include "explain/story.h"

struct explaining {
	struct session session;
	struct failure failure;
	struct core core;
};

static int find(struct explaining *explaining, struct err *err)
{
	const struct core_limits limits = { .obeying = explaining->session.search.executions_max };

	if (failure_find(&explaining->failure, &explaining->session, err))
		return -1;
	return core_find(&explaining->failure.subject, &explaining->failure.shrunk.schedule,
			 &limits, &explaining->core, err);
}

static void tell_smallest(const struct explaining *explaining, struct text *text, char **smallest)
{
	const struct shrunk *shrunk = &explaining->failure.shrunk;
	struct text line = TEXT_INIT;

	schedule_format(&shrunk->schedule, explaining->session.program, &line);
	text_addf(text, "%s: %s\n  smallest:   %s: ", explaining->session.program->name,
		  explaining->failure.name, line.bytes);
	sched_cost_format(&shrunk->cost, text);
	text_addf(text, "\n  %s %s\n\n",
		  shrunk->proved ? "proved:    " : "not proved:", shrunk->because.bytes);
	*smallest = text_detach(&line);
}

static int tell(const struct explaining *explaining, struct text *text, char **smallest,
		struct err *err)
{
	const struct schedule *schedule = &explaining->failure.shrunk.schedule;

	tell_smallest(explaining, text, smallest);
	if (story_write(&explaining->failure.subject, schedule, &explaining->core, text, err))
		return -1;
	text_add_char(text, '\n');
	if (session_replay(&explaining->session, schedule, text, err) != BATON_REPLAY_FAILED)
		return -1;
	return !explaining->core.explained;
}

/* The report, and the smallest schedule. */
static int explain(void *arg, struct text *reply, struct err *err)
{
	struct explaining *explaining = arg;
	struct text text = TEXT_INIT;
	char *smallest = NULL;
	int status;

	scout_begin_all();
	status = find(explaining, err);
	if (!status)
		status = tell(explaining, &text, &smallest, err);
	pack_text(reply, &text);
	pack_string(reply, smallest);
	text_release(&text);
	free(smallest);
	core_release(&explaining->core);
	failure_release(&explaining->failure);
	return status;
}

static int give(const struct text *reply, struct text *text, char **smallest, struct err *err)
{
	struct unpack from;

	unpack_init(&from, reply);
	if (!unpack_text(&from, text) || !unpack_string(&from, smallest))
		return err_add(err, "an explanation came back in part only");
	return 0;
}

int baton_explain(const struct baton_program *program, const struct baton_search *search,
		  const char *schedule, const struct baton_view *view,
		  struct baton_explanation *explanation)
{
	struct explaining explaining = { .core = { .explained = false } };
	struct text text = TEXT_INIT, reply = TEXT_INIT;
	struct err err = ERR_INIT;
	int status;

	*explanation = (struct baton_explanation){ 0 };
	status = session_open(&explaining.session, program, search, schedule, &err);
	if (!status)
		status = session_view(&explaining.session, view, &err);
	if (!status)
		status = session_call(&explaining.session, explain, &explaining, &reply, &err);
	if (status >= 0 && give(&reply, &text, &explanation->smallest, &err))
		status = -1;
	session_close(&explaining.session);
	text_release(&reply);
	session_give(&text, &err, &explanation->report);
	return status;
}

void baton_explanation_release(struct baton_explanation *explanation)
{
	free(explanation->report);
	free(explanation->smallest);
	*explanation = (struct baton_explanation){ 0 };
}
