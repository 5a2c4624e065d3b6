/* SPDX-License-Identifier: MIT */
/*
 * fuzz.h - what reads input from outside, and must stand whatever is in it.
 *
 * A target is one fuzz(). It is linked with libFuzzer (libfuzzer.c, preset "fuzz"), which
 * looks for inputs that reach new code, and in all other builds with driver.c, which runs the
 * corpus and a number of mutants of it. A FUZZ_CHECK() that fails, a BUG, or what a
 * sanitizer says, is a find.
 *
 * Layer: fuzz. May include: all layers.
 */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stddef.h>

#include "base/bug.h"

/* What must hold for any input. */
#define FUZZ_CHECK(condition) BUG_ON(!(condition))

/* The target. @bytes: @length of them, any; a 0 behind them. */
void fuzz(const char *bytes, size_t length);

#endif
