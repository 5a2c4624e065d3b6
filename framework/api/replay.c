/* SPDX-License-Identifier: MIT */
#include "api/session.h"

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
		status = session_replay(&session, &session.schedule, &text, &err);
	session_close(&session);
	session_give(&text, &err, report);
	return status;
}
