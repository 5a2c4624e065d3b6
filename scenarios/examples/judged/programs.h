/* SPDX-License-Identifier: MIT */
/*
 * programs.h - small programs with and without a finding, for the tests of baton/report.h.
 *
 * Layer: scenarios. May include: explore.
 */
#ifndef EXAMPLES_JUDGED_PROGRAMS_H
#define EXAMPLES_JUDGED_PROGRAMS_H

#include "baton/explore.h"

/* Two deposits that are one, sometimes. Executions: 4, of them 2 wrong. */
const struct baton_program *bank_program(void);
/* The same by atomic_fetch_add(): 2 executions. */
const struct baton_program *safe_bank_program(void);
/* One thread takes a mutex twice. */
const struct baton_program *stuck_program(void);

#endif
