/* SPDX-License-Identifier: MIT */
/*
 * state.h - the state of a machine, for who must understand a difference.
 *
 * Layer: conform, private to it. May include: mm.
 */
#ifndef CONFORM_STATE_H
#define CONFORM_STATE_H

#include "conform/machine.h"

/* Append lines: what each process has at each page, then pipes, fixed buffers, swap slots. Not a
 * step. */
void conform_machine_state(const struct conform_machine *machine, struct text *text);

#endif
