/* SPDX-License-Identifier: MIT */
/*
 * progress.h - what runs now and how far it has come, for somebody who watches.
 *
 * One line on stderr that is erased again; nothing unless stderr is a terminal, TERM
 * is not dumb and CI is not set.
 *
 * Layer: cli. May include: scenario.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>

#include "scenario/lookout.h"

/* Columns of the line: a longer one would wrap, and only its last part be erased. */
#define PROGRESS_WIDTH 79

/* @quiet: show nothing in any case */
void progress_init(bool quiet);
/* @cell: "tlb=ipi", empty without a matrix */
void progress_show(const char *scenario, const char *variant, const char *cell);
/* Does anybody watch? For who shows it by other means. */
bool progress_is_shown(void);
void progress_erase(void);

/* Who shows news beside what progress_show() said; NULL if nobody watches. */
struct lookout_listener *progress_listener(void);

/**
 * progress_line() - append what is shown of @news, at most PROGRESS_WIDTH columns.
 * @title: what runs; cut if there is no room for all
 */
void progress_line(const char *title, const struct lookout_news *news, struct text *line);

#endif
