/* SPDX-License-Identifier: MIT */
/*
 * failure.h - the finding that an execution ends with, and others that end with it.
 *
 * Layer: api. May include: reports, explain, explore, engine, base.
 */
#ifndef API_FAILURE_H
#define API_FAILURE_H

#include "api/session.h"
#include "explain/shrink.h"

struct failure {
	struct subject subject;
	char *name, *text;    /* of the finding */
	struct shrunk shrunk; /* the smallest schedule that ends with it */
};

/**
 * failure_begin() - what is looked for: executions that end with @finding.
 * @failure: filled; stays where it is until failure_release()
 */
void failure_begin(struct failure *failure, const struct session *session,
		   const struct finding *finding);

/**
 * failure_find() - run the schedule of @session, and look for the smallest that fails as it does.
 * @failure: filled; stays where it is until failure_release(), also after an error
 *
 * Return: 0; -1 if it diverges or has no finding, or on a BUG.
 */
int failure_find(struct failure *failure, const struct session *session, struct err *err);
void failure_release(struct failure *failure);

#endif
