/* SPDX-License-Identifier: MIT */
/*
 * mismatch.h - where the same choices led to something else than the last time.
 *
 * Then the program is not a function of its choices, and no result of a search is worth
 * anything. A strategy that comes back to a choice notes what it was before.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_MISMATCH_H
#define EXPLORE_MISMATCH_H

#include "base/err.h"
#include "engine/strategy.h"

struct mismatch {
	bool found;
	struct text why; /* "step 4: a, b could go on here before, and now only b; ..." */
};

#define MISMATCH_INIT            \
	{                        \
		false, TEXT_INIT \
	}

void mismatch_release(struct mismatch *mismatch);

/**
 * mismatch_options() - note a choice between other options than before.
 * @before: its options before
 *
 * Context: in a strategy's pick. The first note counts.
 */
void mismatch_options(struct mismatch *mismatch, const struct choice *choice, uint64_t before);

/* Note that the execution has ended where it went on before. Context: after it. */
void mismatch_end(struct mismatch *mismatch);

/* Add the BUG that it is to @err. Return: -1. */
int mismatch_tell(const struct mismatch *mismatch, struct err *err);

/**
 * mismatch_bug() - add the BUG, with advice, for whoever finds out in another way.
 * @format: what was not the same, after "the program is not a function of its choices: "
 *
 * Return: -1.
 */
int mismatch_bug(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
