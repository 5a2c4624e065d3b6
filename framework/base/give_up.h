/* SPDX-License-Identifier: MIT */
/*
 * give_up.h - the machine refuses what baton cannot do without.
 *
 * Layer: base. May include: nothing.
 */
#ifndef BASE_GIVE_UP_H
#define BASE_GIVE_UP_H

/* Say @why, "out of memory", and end the process with exit code 2. */
_Noreturn void give_up(const char *why);

/* In a process of baton's whose end is told by another one: call @listener instead of saying so. */
void give_up_listen(void (*listener)(const char *why));

#endif
