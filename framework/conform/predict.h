/* SPDX-License-Identifier: MIT */
/*
 * predict.h - what the model answers to a script.
 *
 * Each operation runs to its end before the next begins, on a CPU of its own: as with
 * system calls of processes that wait for each other.
 *
 * Layer: conform. May include: mm.
 */
#ifndef CONFORM_PREDICT_H
#define CONFORM_PREDICT_H

#include "conform/script.h"
#include "engine/model.h"

/* What it answers when the model itself failed: conform_prediction.finding says how. */
#define CONFORM_NO_ANSWER INT32_MIN

struct conform_prediction {
	VEC(long) answers;   /* one per operation */
	struct text finding; /* the model could not go on; empty if it could */
};

#define CONFORM_PREDICTION_INIT           \
	{                                 \
		{ NULL, 0, 0 }, TEXT_INIT \
	}

/**
 * conform_open() - get ready to predict; no simulation may be open.
 * @rules: see conform_kernel_rules()
 * @swap_in_memory: is the swap area zram or a RAM disk? Faults may leave out its swap cache.
 *
 * Return: 0, or -1.
 */
int conform_open(const unsigned int *rules, bool swap_in_memory, struct err *err);
void conform_close(void);

/**
 * conform_predict() - run a script on the model, from an empty world.
 * @prediction: filled; what it had is dropped
 *
 * Context: between conform_open() and conform_close().
 */
void conform_predict(const struct conform_script *script, struct conform_prediction *prediction);

void conform_prediction_release(struct conform_prediction *prediction);

/**
 * conform_state() - what the model looks like behind operation @index of @script.
 *
 * Runs it up to there, and appends lines of text. Context: as conform_predict().
 */
void conform_state(const struct conform_script *script, size_t index, struct text *text);

#endif
