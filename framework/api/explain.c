/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "api/session.h"
#include "explain/core.h"
#include "explain/shrink.h"
#include "explain/story.h"

struct explaining {
	struct session session;
	struct subject subject;
	char *failure; /* the name of what is explained */
	struct shrunk shrunk;
	struct core core;
};

/* Of the execution that has just ended. */
static enum subject_verdict judge(void *arg, enum sim_end end)
{
	const struct explaining *explaining = arg;

	if (end == SIM_FINDING)
		return strcmp(sim_finding()->name, explaining->failure) != 0 ? SUBJECT_DIFFERS :
									       SUBJECT_FAILS;
	return end == SIM_CUT ? SUBJECT_OPEN : SUBJECT_PASSES;
}

static void describe(void *arg, struct text *text)
{
	(void)arg;
	if (sim_finding()->kind != FINDING_NONE)
		text_add(text, sim_finding()->text.bytes);
}

/* What does the execution show? */
static int find_failure(struct explaining *explaining, struct err *err)
{
	struct text unused = TEXT_INIT;
	int status =
		session_replay(&explaining->session, &explaining->session.schedule, &unused, err);

	text_release(&unused);
	if (status == BATON_REPLAY_PASSED)
		err_add(err, "the execution ends without a finding: there is nothing to explain");
	if (status != BATON_REPLAY_FAILED)
		return -1;
	explaining->failure = xstrdup(sim_finding()->name);
	explaining->subject = (struct subject){ .program = explaining->session.program,
						.failure = explaining->failure,
						.search = explaining->session.search,
						.judge = judge,
						.describe = describe,
						.arg = explaining };
	explaining->subject.search.strategy = EXPLORE_DPOR;
	explaining->subject.search.jobs = 0;
	explaining->subject.search.contained = false;
	return 0;
}

static int find(struct explaining *explaining, struct err *err)
{
	uint64_t limit = explaining->session.search.executions_max;
	const struct core_limits limits = { .obeying = limit };

	if (find_failure(explaining, err))
		return -1;
	explaining->subject.search.executions_max = 0;
	if (shrink(&explaining->subject, &explaining->session.schedule,
		   limit ? limit : SHRINK_LIMIT_DEFAULT, &explaining->shrunk, err))
		return -1;
	return core_find(&explaining->subject, &explaining->shrunk.schedule, &limits,
			 &explaining->core, err);
}

static int tell(const struct explaining *explaining, struct text *text, char **smallest,
		struct err *err)
{
	const struct shrunk *shrunk = &explaining->shrunk;
	struct text line = TEXT_INIT;

	schedule_format(&shrunk->schedule, explaining->session.program, &line);
	text_addf(text, "%s: %s\n  smallest:   %s: ", explaining->session.program->name,
		  explaining->failure, line.bytes);
	sched_cost_format(&shrunk->cost, text);
	text_addf(text, "\n  %s %s\n\n",
		  shrunk->proved ? "proved:    " : "not proved:", shrunk->because.bytes);
	if (smallest)
		*smallest = text_detach(&line);
	text_release(&line);
	if (story_write(&explaining->subject, &shrunk->schedule, &explaining->core, text, err))
		return -1;
	text_add_char(text, '\n');
	return session_replay(&explaining->session, &shrunk->schedule, text, err) ==
			       BATON_REPLAY_FAILED ?
		       !explaining->core.explained :
		       -1;
}

int baton_explain(const struct baton_program *program, const struct baton_search *search,
		  const char *schedule, const struct baton_view *view, char **report,
		  char **smallest)
{
	struct explaining explaining = { .failure = NULL };
	struct text text = TEXT_INIT;
	struct err err = ERR_INIT;
	int status;

	if (smallest)
		*smallest = NULL;
	status = session_open(&explaining.session, program, search, schedule, view, &err);
	if (!status)
		status = find(&explaining, &err);
	if (!status)
		status = tell(&explaining, &text, smallest, &err);
	core_release(&explaining.core);
	shrink_release(&explaining.shrunk);
	session_close(&explaining.session);
	free(explaining.failure);
	if (status < 0 && smallest) {
		free(*smallest);
		*smallest = NULL;
	}
	session_give(&text, &err, report);
	return status;
}
