/* SPDX-License-Identifier: MIT */
/*
 * threads.h - found in place of the system's <threads.h>: that one, and what stands in for it.
 *
 * Layer: public. May include: baton/threads.h.
 */
#ifndef BATON_DROPIN_THREADS_H
#define BATON_DROPIN_THREADS_H

/* For #include_next. */
#pragma GCC system_header

#include_next <threads.h>

#include "baton/threads.h"

#endif
