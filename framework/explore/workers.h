/* SPDX-License-Identifier: MIT */
/*
 * workers.h - processes that answer requests, one at a time each.
 *
 * Each is a fork() of this one, so it has all that was set up before, and shares nothing
 * that is changed later: what it has to say is in its answer. A worker ends when this
 * process does, however that ends.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_WORKERS_H
#define EXPLORE_WORKERS_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"
#include "base/vec.h"
#include "explore/explore.h"
#include "explore/stuck.h"

#define WORKERS_MAX EXPLORE_JOBS_MAX

/* Runs in the worker: append the answer to @request to @reply; nothing: a scout has answered. */
typedef void (*workers_fn)(void *arg, const char *request, struct text *reply);

struct journal;

struct worker {
	pid_t process;
	int socket;
	struct journal *journal; /* see engine/death.h */
	struct stuck stuck;      /* of the one at work; if it is, it was ended for that */
	void *task; /* what it works at, for the caller; NULL: it waits for a request */
	struct text received;
};

struct workers {
	workers_fn answer;
	void *arg;
	bool quiet; /* what they write to stderr is not wanted */
	VEC(struct worker) list;
};

/**
 * workers_start() - start @count workers.
 * @workers: .answer and .arg are set
 *
 * Context: not on a CPU. A simulation that is open is open in them, too.
 * Return: 0, or -1 with none started.
 */
int workers_start(struct workers *workers, unsigned int count, struct err *err);

/* End all of them at once, whatever they do, and wait for that. */
void workers_stop(struct workers *workers);

/* One that waits for a request; NULL: there is none. */
struct worker *workers_idle(struct workers *workers);

/**
 * workers_ask() - have an idle worker work at @task.
 *
 * If the worker has died, workers_wait() says so.
 */
void workers_ask(struct worker *worker, const char *request, void *task);

struct workers_answer {
	struct text reply; /* empty if the worker died */
	struct text death; /* "was killed by signal 9"; a new one has taken its place */
	bool learned;      /* where it died is known now, and will be a finding */
	bool full;         /* it is not, as more cannot be: DEATHS_MAX */
	uint64_t survived; /* executions that it had made before */
	bool gave_up;      /* and its death is why: give_up.h */
	bool exited;       /* of a BUG, which code that writes anywhere may cause */
	void *task;        /* what it worked at */
};

/* Executions of what they work at now, as far as they have come. */
uint64_t workers_executions(const struct workers *workers);

/**
 * workers_wait() - wait until one has answered or died.
 * @milliseconds: not longer than this
 * @answer: its texts are initialised; overwritten
 *
 * Return: 1; 0 if the time is over or a signal came; -1 on error: no new one can be started.
 */
int workers_wait(struct workers *workers, int milliseconds, struct workers_answer *answer,
		 struct err *err);

#endif
