/* SPDX-License-Identifier: MIT */
#include "api/session.h"

static int replay(void *arg, struct text *reply, struct err *err)
{
	const struct session *session = arg;

	return session_replay(session, &session->schedule, reply, err);
}

int baton_replay(const struct baton_program *program, const struct baton_search *search,
		 const char *schedule, const struct baton_view *view, char **report)
{
	struct session session;
	struct text text = TEXT_INIT;
	struct err err = ERR_INIT;
	int status = session_open(&session, program, search, schedule, &err);

	if (!status)
		status = session_view(&session, view, &err);
	if (!status)
		status = session_call(&session, replay, &session, &text, &err);
	session_close(&session);
	session_give(&text, &err, report);
	return status;
}
