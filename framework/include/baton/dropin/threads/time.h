/* SPDX-License-Identifier: MIT */
/*
 * time.h - found in place of the system's <time.h>: that one, and what stands in for it.
 *
 * Layer: public. May include: baton/sleep.h.
 */
#ifndef BATON_DROPIN_TIME_H
#define BATON_DROPIN_TIME_H

/* For #include_next. */
#pragma GCC system_header

#include_next <time.h>

#include "baton/sleep.h"

#endif
