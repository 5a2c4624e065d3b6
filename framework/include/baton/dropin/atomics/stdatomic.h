/* SPDX-License-Identifier: MIT */
/*
 * stdatomic.h - found in place of the system's <stdatomic.h>: that one, and what stands in for it.
 *
 * Layer: public. May include: baton/stdatomic.h.
 */
#ifndef BATON_DROPIN_STDATOMIC_H
#define BATON_DROPIN_STDATOMIC_H

/* For #include_next. */
#pragma GCC system_header

#include_next <stdatomic.h>

#include "baton/stdatomic.h"

#endif
