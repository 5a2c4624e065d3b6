/* SPDX-License-Identifier: MIT */
/*
 * trial.h - asks a subject: of the executions that obey these conditions, which fail?
 *
 * Layer: explain. May include: explore, engine, base.
 */
#ifndef EXPLAIN_TRIAL_H
#define EXPLAIN_TRIAL_H

#include "explain/hold.h"
#include "explain/sched_cost.h"
#include "explain/subject.h"

struct trial {
	const struct subject *subject;
	struct hold hold; /* what executions are to obey */
	uint64_t runs;    /* executions that were asked for anything, all searches together */
};

/* Who sees the executions of a search; false ends it. */
struct trial_eye {
	bool (*see)(void *arg, enum subject_verdict verdict);
	void *arg; /* see may be NULL: nobody */
};

struct trial_count {
	uint64_t executions, fails, passes, differs;
	enum strength strength; /* STRENGTH_CUT: ended by its limit, or by who saw it */
	char bounds[192];
	bool ended; /* by who saw it */
};

/* The simulation of @subject is open while the trial is used. */
void trial_init(struct trial *trial, const struct subject *subject);
void trial_release(struct trial *trial);

/**
 * trial_search() - run executions that obey what is held, each trace or state once.
 * @search: its bounds and limits; the subject's, or narrower ones
 *
 * Return: 0, or -1 on a BUG.
 */
int trial_search(struct trial *trial, const struct explore_search *search,
		 const struct trial_eye *eye, struct trial_count *count, struct err *err);

/**
 * trial_replay() - run the execution of a schedule, whatever is held.
 * @verdict: what it shows
 *
 * Its watched conditions can be asked afterwards.
 *
 * Return: 0; 1 if it diverged, and then @err says where.
 */
int trial_replay(struct trial *trial, const struct schedule *schedule,
		 enum subject_verdict *verdict, struct err *err);

/**
 * trial_follow() - run the one execution that @strategy makes, within what is held.
 *
 * Return: what it shows; SUBJECT_OPEN if it was stopped, as nobody could go on.
 */
enum subject_verdict trial_follow(struct trial *trial, struct strategy *strategy);

/* Append "exhaustive", "bounded: preemptions<=3" or "cut after 100000 executions". */
void trial_format_strength(const struct trial_count *count, struct text *text);

#endif
