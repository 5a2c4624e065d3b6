/* SPDX-License-Identifier: MIT */
/*
 * schedule.h - the choices of one execution, as a list and as one line of text.
 *
 * The list is the whole of an execution: every step is an entry, also where only
 * one CPU could run. As text, runs of steps of one CPU are its shortest unique
 * prefix and the number of steps ("k2d3k2u2d2"); a ':' separates a prefix that
 * ends in a digit from its number ("cpu0:3"), and a prefix that a digit follows
 * in some CPU's name; an interrupt context is its host's prefix and '^' ("d^1"),
 * the second one of that host is '^^'. Other choices stand in brackets, at the
 * place where they were made: a fault's answer ("k2[1]k3"), another value with a
 * '=' ("[=2]"), and equal ones in a row are counted ("[0x5]": five times 0).
 *
 * Layer: engine. May include: base.
 */
#ifndef ENGINE_SCHEDULE_H
#define ENGINE_SCHEDULE_H

#include <stdint.h>

#include "base/err.h"
#include "base/vec.h"
#include "baton/program.h"

/* More entries than this in one line or file are a mistake, not a schedule. */
#define SCHEDULE_ENTRIES_MAX 10000000

struct schedule_entry {
	uint8_t kind;  /* enum baton_choice_kind */
	uint8_t value; /* CPU index, or the option picked */
};

struct schedule {
	VEC(struct schedule_entry) entries;
};

void schedule_release(struct schedule *schedule);
void schedule_copy(struct schedule *to, const struct schedule *from);
/* Steps only, without the other choices. */
size_t schedule_steps(const struct schedule *schedule);
/* Steps whose CPU is not the CPU of the step before. */
size_t schedule_switches(const struct schedule *schedule);

/* The CPU whose name stands for @cpu: itself, or the one that it interrupts. */
unsigned int schedule_host(const struct baton_program *program, unsigned int cpu);
/* Number of '^' behind that name: 0, or the place of @cpu among its host's contexts, from 1. */
unsigned int schedule_carets(const struct baton_program *program, unsigned int cpu);

/**
 * schedule_format() - append the one-line form to @text.
 * @program: names the CPUs; every CPU of @schedule is one of it
 */
void schedule_format(const struct schedule *schedule, const struct baton_program *program,
		     struct text *text);

/**
 * schedule_parse() - read the one-line form.
 * @schedule: gets the entries; what it held before is released
 * @program: names the CPUs
 * @line: any unique prefix is understood, not only the shortest, and blanks
 *	  between the runs
 * @err: says the column, what was expected, and the CPUs there are
 *
 * Return: 0, or -1 with @schedule empty.
 */
int schedule_parse(struct schedule *schedule, const struct baton_program *program, const char *line,
		   struct err *err);

#endif
