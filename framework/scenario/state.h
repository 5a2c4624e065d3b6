/* SPDX-License-Identifier: MIT */
/*
 * state.h - what an execution of a scenario left behind, as a number.
 *
 * Of its end state what can be observed: the finding, or the rules that were violated, the
 * scenario's variables, and all observables of its addresses.
 *
 * Layer: scenario. May include: explore, engine, base.
 */
#ifndef SCENARIO_STATE_H
#define SCENARIO_STATE_H

#include "engine/sim.h"
#include "scenario/runner.h"

/**
 * state_hash() - of the execution that has just ended.
 * @end: how
 *
 * Equal states have equal numbers, within one process. An execution that a finding cut
 * short has no end state: then it is the finding alone.
 *
 * Context: a simulation of @runner is open, not on a CPU.
 */
uint64_t state_hash(const struct runner *runner, enum sim_end end);

#endif
