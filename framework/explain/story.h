/* SPDX-License-Identifier: MIT */
/*
 * story.h - a core in words.
 *
 * Layer: explain. May include: explore, engine, base.
 */
#ifndef EXPLAIN_STORY_H
#define EXPLAIN_STORY_H

#include "explain/core.h"

/* Append "  dio:a/b before user:c/d;\n" for each condition of the core, indented by @indent. */
void story_orders(const struct core *core, const struct baton_program *program, const char *indent,
		  struct text *text);

/**
 * story_write() - append why it fails.
 * @failing: the execution that @core is of
 *
 * Executions that pass are run again, and recorded, to tell what is different in them.
 *
 * Context: the simulation of @subject is open.
 * Return: 0, or -1 on a BUG.
 */
int story_write(const struct subject *subject, const struct schedule *failing,
		const struct core *core, struct text *text, struct err *err);

/* Append what there is instead where @candidate of its core is broken: a line for each thing
 * that is different, and one that says how often that passes. As story_write(). */
int story_otherwise(const struct subject *subject, const struct schedule *failing,
		    const struct core_candidate *candidate, struct text *text, struct err *err);

#endif
