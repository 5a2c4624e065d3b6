/* SPDX-License-Identifier: MIT */
/*
 * replay.h - runs the one execution that a schedule describes, or says where it cannot.
 *
 * Strict: each choice must be of the recorded kind and the recorded option must be
 * open; if points are given, the CPU must be at that point; and the schedule must
 * end when the execution ends.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_REPLAY_H
#define EXPLORE_REPLAY_H

#include "base/text.h"
#include "engine/schedule.h"
#include "engine/strategy.h"

struct replay {
	struct strategy strategy;
	const struct schedule *schedule;
	const struct baton_program *program;
	/* Name of the point of each entry of the schedule (NULL: not checked), or NULL. */
	char *const *points;
	size_t next; /* entry */
	bool diverged;
	unsigned int step; /* at which it diverged, from 1 */
	struct text why;   /* "the schedule has dio, which waits for ..." */
};

void replay_init(struct replay *replay, const struct schedule *schedule,
		 const struct baton_program *program, char *const *points);
void replay_release(struct replay *replay);

/**
 * replay_finish() - after the execution: was the schedule used up?
 *
 * Return: true if the execution followed the schedule to its end; else diverged,
 *         step and why say how it did not.
 */
bool replay_finish(struct replay *replay);

#endif
