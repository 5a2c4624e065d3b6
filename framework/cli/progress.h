/* SPDX-License-Identifier: MIT */
/*
 * progress.h - what runs now, for somebody who watches.
 *
 * One line on stderr that is erased again; nothing unless stderr is a terminal, TERM
 * is not dumb and CI is not set. Nothing happens per execution.
 *
 * Layer: cli. May include: nothing.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>

/* @quiet: show nothing in any case */
void progress_init(bool quiet);
/* @cell: "tlb=ipi", empty without a matrix */
void progress_show(const char *scenario, const char *variant, const char *cell);
void progress_erase(void);

#endif
