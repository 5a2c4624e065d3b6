/* SPDX-License-Identifier: MIT */
/*
 * trace_class.h - a number for the part of a trace that an execution has made so far.
 *
 * Two beginnings of executions that differ only in the order of independent steps have
 * the same number: the sum over their steps of a hash of the step and of the steps that
 * it depends on. Independent steps commute, so they lead to the same state: the number
 * stands for a state and for the trace that led to it.
 *
 * Dependence is that of dpor_step.h, except that a finding needs no care here: nothing
 * follows it. A step costs O(1): all that it depends on is in the hash of the last step
 * of its core and in a record of its object.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_TRACE_CLASS_H
#define EXPLORE_TRACE_CLASS_H

#include "base/vec.h"
#include "engine/sim.h"
#include "explore/dpor_object.h"

struct class_hash {
	uint64_t low, high;
};

/* How steps on one object follow each other: those of a group commute. */
enum class_group {
	GROUP_NONE, /* the last step was exclusive, or there was none */
	GROUP_READS,
	GROUP_ADDS,
};

struct class_object {
	struct class_hash before; /* the steps that every step of the group depends on */
	struct class_hash group;  /* sum of the steps of the group */
	enum class_group kind;
};

/* A step, and what it changed: it can be taken back. */
struct class_step {
	uint32_t object; /* 0: none */
	uint8_t cpu;
	uint8_t kind;     /* enum baton_access_kind */
	bool complete;    /* its hash is in the sum: no more answers come */
	uint64_t answers; /* hash of the choices in it */
	struct class_hash sum_before, core_before;
	struct class_object object_before;
};

struct trace_class {
	const struct baton_program *program;
	struct dpor_objects numbers; /* of objects: an address must not get into a hash */
	VEC(struct class_object) objects;
	VEC(struct class_step) steps;
	struct class_hash cores[BATON_CPUS_MAX]; /* last step of each core */
	struct class_hash sum;
	uint64_t root; /* hash of the choices before the first step */
};

/* @program: of the open simulation */
void trace_class_init(struct trace_class *class, const struct baton_program *program);
void trace_class_release(struct trace_class *class);

/* Forget the steps from index @count on; with 0 the choices before the first step too. */
void trace_class_cut(struct trace_class *class, size_t count);

/* CPU @cpu makes the step that it has announced. Context: in pick. */
void trace_class_step(struct trace_class *class, uint32_t cpu);

/* The last step, or the time before the first one, had @choice answered with @answer. */
void trace_class_answer(struct trace_class *class, const struct choice *choice, uint32_t answer);

/**
 * trace_class_value() - the number, once the last step is over.
 *
 * It also holds what a step callback has seen (sim_seen()): that is no access, and yet
 * counts to the end.
 *
 * Context: in pick for a CPU, or after the execution.
 */
struct class_hash trace_class_value(struct trace_class *class);

/**
 * trace_class_peek() - the number after a step of CPU @cpu that makes no choice.
 *
 * Where the step does make choices, it is the number of nothing that there is.
 *
 * Context: as of trace_class_value(), which was called before.
 */
struct class_hash trace_class_peek(struct trace_class *class, uint32_t cpu);

#endif
