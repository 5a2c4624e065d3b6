/* SPDX-License-Identifier: MIT */
/*
 * word_model.h - a model whose numbers of interleavings are known, for tests.
 *
 * "use toy;": word() makes one of two words; read(W), write(W, v), lock() and unlock()
 * are one access each; pick() is 0, 1 or 2, as toy/pick is; forget() is 1 in the first
 * execution only. The oracle "negative"
 * is violated while the first word is below 0; writes pass the fault point
 * toy/write_fails.
 *
 * Layer: scenario, tests only.
 */
#ifndef SCENARIO_WORD_MODEL_H
#define SCENARIO_WORD_MODEL_H

#include "engine/model.h"

extern const struct model word_model;

#endif
