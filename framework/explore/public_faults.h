/* SPDX-License-Identifier: MIT */
/*
 * public_faults.h - the rules of a struct baton_search as a plan, and the points that were passed.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_PUBLIC_FAULTS_H
#define EXPLORE_PUBLIC_FAULTS_H

#include "base/vec.h"
#include "baton/explore.h"
#include "engine/fault.h"
#include "explore/gather.h"

/* Passes of one point at one place, in all executions. */
struct passed_site {
	char *point;
	unsigned long caller; /* address that the call returns to */
	uint64_t cpus;        /* bit i: the one that answers i to baton_cpu() */
	uint64_t passes;
};

struct public_faults {
	struct gatherer gatherer;
	struct fault_rule rules[FAULT_RULES_MAX];
	struct fault_plan plan;
	VEC(struct passed_site) sites;
};

/**
 * public_faults_begin() - check the rules, make them the plan, and count passes from now on.
 * @faults: stays where it is until public_faults_end(), also after an error
 * @search: may be NULL
 *
 * Without rules the plan is left as it is.
 *
 * Return: 0, or -1 if a rule cannot be meant.
 */
int public_faults_begin(struct public_faults *faults, const struct baton_program *program,
			const struct baton_search *search, struct err *err);

/* Add the passes of the execution that ran last. */
void public_faults_note(struct public_faults *faults);

/* Is each rule about a point that was passed? Return: 0, or -1. */
int public_faults_check(const struct public_faults *faults, struct err *err);

/* No plan any more. Return: the points that were passed, for struct baton_result; free() it. */
char *public_faults_end(struct public_faults *faults);

#endif
