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

void failure_begin(struct failure *failure, const struct session *session,
		   const struct finding *finding)
{
	*failure = (struct failure){ .name = xstrdup(finding->name),
				     .text = xstrdup(finding->text.bytes),
				     .subject = { .program = session->program,
						  .search = session->search,
						  .judge = judge,
						  .describe = describe,
						  .arg = failure } };
	failure->subject.failure = failure->name;
	failure->subject.search.strategy = EXPLORE_DPOR;
	failure->subject.search.executions_max = 0;
	failure->subject.search.jobs = 0;
	failure->subject.search.contained = false;
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
	failure_begin(failure, session, sim_finding());
	return shrink(&failure->subject, &session->schedule, limit ? limit : SHRINK_LIMIT_DEFAULT,
		      &failure->shrunk, err);
}

void failure_release(struct failure *failure)
{
	shrink_release(&failure->shrunk);
	free(failure->name);
	free(failure->text);
}
