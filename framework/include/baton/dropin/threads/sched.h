/* SPDX-License-Identifier: MIT */
/*
 * sched.h - found in place of the system's <sched.h>: that one, and what stands in for it.
 *
 * Layer: public. May include: baton/pthread.h.
 */
#ifndef BATON_DROPIN_SCHED_H
#define BATON_DROPIN_SCHED_H

/* For #include_next. */
#pragma GCC system_header

#include_next <sched.h>

/* The system's pthread.h includes this file, and what stands in for it must come later. */
#ifndef BATON_DROPIN_PTHREAD_H
#include "baton/pthread.h"
#endif

#endif
