/* SPDX-License-Identifier: MIT */
#include "api/failure.h"

#include <stdlib.h>
#include <string.h>

/* What an assertion says is what it is; what the code itself says may name values. */
static bool is_failure(const struct failure *failure, const struct finding *finding)
{
	return !strcmp(finding->name, failure->name) &&
	       (strcmp(finding->name, "assert") != 0 ||
		!strcmp(finding->text.bytes, failure->text));
}

/* Of the execution that has just ended. */
static enum subject_verdict judge(void *arg, enum sim_end end)
{
	if (end == SIM_FINDING)
		return is_failure(arg, sim_finding()) ? SUBJECT_FAILS : SUBJECT_DIFFERS;
	return end == SIM_CUT ? SUBJECT_OPEN : SUBJECT_PASSES;
}

static void describe(void *arg, struct text *text)
{
	(void)arg;
	if (sim_finding()->kind != FINDING_NONE)
		text_add(text, sim_finding()->text.bytes);
}

static struct subject subject_of(struct failure *failure, const struct session *session)
{
	struct subject subject = { .program = session->program,
				   .failure = failure->name,
				   .search = session->search,
				   .judge = judge,
				   .describe = describe,
				   .arg = failure };

	subject.search.strategy = EXPLORE_DPOR;
	subject.search.executions_max = 0;
	subject.search.jobs = 0;
	subject.search.contained = false;
	return subject;
}

int failure_find(struct failure *failure, const struct session *session, struct err *err)
{
	uint64_t limit = session->search.executions_max;
	int status = session_replay(session, &session->schedule, NULL, err);

	*failure = (struct failure){ .name = NULL };
	if (status == BATON_REPLAY_PASSED)
		err_add(err, "the execution ends without a finding: there is nothing to explain");
	if (status != BATON_REPLAY_FAILED)
		return -1;
	failure->name = xstrdup(sim_finding()->name);
	failure->text = xstrdup(sim_finding()->text.bytes);
	failure->subject = subject_of(failure, session);
	return shrink(&failure->subject, &session->schedule, limit ? limit : SHRINK_LIMIT_DEFAULT,
		      &failure->shrunk, err);
}

void failure_release(struct failure *failure)
{
	shrink_release(&failure->shrunk);
	free(failure->name);
	free(failure->text);
}
