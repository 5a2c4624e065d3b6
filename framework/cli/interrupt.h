/* SPDX-License-Identifier: MIT */
/*
 * interrupt.h - SIGINT and SIGTERM end a run that can be gone on with, in good order.
 *
 * Layer: cli. May include: nothing.
 */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <signal.h>

/* Catch them from now on. Return: not 0 when one has come; its number. */
const volatile sig_atomic_t *interrupt_catch(void);

/* End the process as the signal that has come would have. Returns if none has. */
void interrupt_pass_on(void);

#endif
