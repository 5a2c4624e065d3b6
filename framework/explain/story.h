/* SPDX-License-Identifier: MIT */
/*
 * story.h - a core in words.
 *
 * Layer: explain. May include: explore, engine, base.
 */
#ifndef EXPLAIN_STORY_H
#define EXPLAIN_STORY_H

#include "explain/core.h"
#include "explain/shrink.h"

/* Append "  dio:a/b before user:c/d;\n" for each condition of the core, indented by @indent. */
void story_orders(const struct core *core, const struct baton_program *program, const char *indent,
		  struct text *text);

/**
 * story_write() - append why it fails.
 * @shrunk, @core: of @subject
 *
 * Executions that pass are run again, and recorded, to tell what is different in them.
 *
 * Context: the simulation of @subject is open.
 * Return: 0, or -1 on a BUG.
 */
int story_write(const struct subject *subject, const struct shrunk *shrunk, const struct core *core,
		struct text *text, struct err *err);

#endif
