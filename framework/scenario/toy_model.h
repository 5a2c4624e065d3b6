/* SPDX-License-Identifier: MIT */
/*
 * toy_model.h - a model for the tests of the language: all kinds of entries, and
 * nothing that runs. Its points are toy/checked, toy/cleared and fork/read.
 *
 * Layer: scenario, tests only. May include: engine.
 */
#ifndef SCENARIO_TOY_MODEL_H
#define SCENARIO_TOY_MODEL_H

#include "scenario/scenario.h"

extern const struct model toy_model;
extern const struct model *const toy_models[]; /* it alone */

/* A scenario without mistakes that uses every part of the language that can be run. */
extern const char toy_scenario[];

#endif
