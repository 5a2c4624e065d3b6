/* SPDX-License-Identifier: MIT */
/*
 * pthread.h - found in place of the system's <pthread.h>: that one, and what stands in for it.
 *
 * Layer: public. May include: baton/pthread.h.
 */
#ifndef BATON_DROPIN_PTHREAD_H
#define BATON_DROPIN_PTHREAD_H

/* For #include_next. */
#pragma GCC system_header

#include_next <pthread.h>

#include "baton/pthread.h"

#endif
