/* SPDX-License-Identifier: MIT */
/*
 * resident.h - how much memory this process occupies, for what may depend on it: when to stop
 * a search. No execution and no finding does.
 *
 * Layer: base. May include: nothing.
 */
#ifndef BASE_RESIDENT_H
#define BASE_RESIDENT_H

#include <stdint.h>

/**
 * resident_bytes() - the memory of this process that is in RAM, in bytes.
 *
 * What it shares with others counts in full. Where the system does not tell what it is now, what
 * it was at most. Takes some microseconds.
 */
uint64_t resident_bytes(void);

#endif
