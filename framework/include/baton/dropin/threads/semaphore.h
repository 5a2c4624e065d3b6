/* SPDX-License-Identifier: MIT */
/*
 * semaphore.h - found in place of the system's <semaphore.h>: that one, and what stands in for it.
 *
 * Layer: public. May include: baton/pthread.h.
 */
#ifndef BATON_DROPIN_SEMAPHORE_H
#define BATON_DROPIN_SEMAPHORE_H

/* For #include_next. */
#pragma GCC system_header

#include_next <semaphore.h>

#include "baton/pthread.h"

#endif
