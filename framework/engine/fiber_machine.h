/* SPDX-License-Identifier: MIT */
/*
 * fiber_machine.h - what each way to switch provides to fiber.c.
 *
 * Implemented by fiber_x86_64.[cS], fiber_aarch64.[cS] and fiber_ucontext.c, of
 * which exactly one is built; they also define fiber_swap() and fiber_registers().
 *
 * Layer: engine, private to fiber.c. May include: base.
 */
#ifndef ENGINE_FIBER_MACHINE_H
#define ENGINE_FIBER_MACHINE_H

#include "engine/fiber.h"

/* Kept free at the upper end of every stack: struct fiber_start (fiber.c) lies there. */
#define FIBER_TOP_BYTES 16

/* A new fiber, of a stack or of the OS thread: whatever is needed beside the stack. */
void fiber_machine_init(struct fiber *fiber);
void fiber_machine_release(struct fiber *fiber);

/* fiber_prepare() after the sanitizer was told. */
void fiber_machine_prepare(struct fiber *fiber, void (*entry)(void *arg), void *arg);

/* fiber_resume_from_signal() after the sanitizer was told. */
void fiber_machine_resume(struct fiber *to, void *ucontext);

#endif
