/* SPDX-License-Identifier: MIT */
/*
 * unistd.h - found in place of the system's <unistd.h>: that one, and what stands in for it.
 *
 * Layer: public. May include: baton/sleep.h.
 */
#ifndef BATON_DROPIN_UNISTD_H
#define BATON_DROPIN_UNISTD_H

/* For #include_next. */
#pragma GCC system_header

#include_next <unistd.h>

#include "baton/sleep.h"

#endif
