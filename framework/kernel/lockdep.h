/* SPDX-License-Identifier: MIT */
/*
 * lockdep.h - what locks and interrupts tell the checker of baton/lockdep.h.
 *
 * None of it is an access, or switches.
 *
 * Layer: kernel, private to it.
 */
#ifndef KERNEL_LOCKDEP_H
#define KERNEL_LOCKDEP_H

#include "baton/lockdep.h"

/* This CPU is about to wait for @lock. */
void lockdep_waits(const struct baton_point *here, const struct lockdep_map *lock,
		   unsigned int subclass);

/* It has @lock, waited for or not. Finding: model_limit, when it holds too many. */
void lockdep_holds(const struct baton_point *here, const struct lockdep_map *lock,
		   unsigned int subclass);

/**
 * lockdep_gives_up() - @lock is unlocked.
 * @held: may this CPU do that? Otherwise it is reported.
 *
 * Return: @held.
 */
bool lockdep_gives_up(const struct baton_point *here, const struct lockdep_map *lock, bool held);

/* This CPU is about to interrupt others and to wait for them. */
void lockdep_calls(const struct baton_point *here);

/* The class of lock bits and semaphores that have no other. */
extern const struct lock_class lockdep_sleeping_class;

#endif
