/* SPDX-License-Identifier: MIT */
/*
 * session.h - a program of the library's user in an open simulation, to look at one execution.
 *
 * Layer: api. May include: reports, explain, explore, engine, base.
 */
#ifndef API_SESSION_H
#define API_SESSION_H

#include "baton/explain.h"
#include "explore/contain.h"
#include "explore/public.h"
#include "explore/public_faults.h"
#include "reports/report.h"

struct session {
	const struct baton_program *program;
	struct explore_search search;
	struct public_faults faults;
	struct schedule schedule;
	struct report_options shown;
	bool stacks; /* are shown */
	bool open;
};

/**
 * session_open() - check what was handed over, read the schedule, and open the simulation.
 * @session: filled; session_close() it also after an error
 *
 * Return: 0, or -1.
 */
int session_open(struct session *session, const struct baton_program *program,
		 const struct baton_search *search, const char *schedule, struct err *err);
void session_close(struct session *session);

/**
 * session_call() - call what makes executions; in a process of its own, if the search was in some.
 * @call, @reply: as in contain_call()
 *
 * A program that ends the process is a finding there, and can be looked at as any other.
 *
 * Return: what @call has returned; -1 if the process died.
 */
int session_call(const struct session *session, contain_fn call, void *arg, struct text *reply,
		 struct err *err);

/* How its reports look. @view: NULL: as they do. Return: 0, or -1 if it cannot be meant. */
int session_view(struct session *session, const struct baton_view *view, struct err *err);

/**
 * session_record() - make the execution of @schedule.
 * @trace: gets it
 *
 * Return: an enum baton_replayed; where it diverged is in @err.
 */
int session_record(const struct session *session, const struct schedule *schedule,
		   struct trace *trace, struct err *err);

/* The same, and append it as a report. @text: NULL: nobody reads it */
int session_replay(const struct session *session, const struct schedule *schedule,
		   struct text *text, struct err *err);

/* Hand over what was appended, or what is wrong; both are empty afterwards. @report: may be NULL */
void session_give(struct text *text, struct err *err, char **report);

#endif
