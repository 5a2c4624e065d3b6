/* SPDX-License-Identifier: MIT */
/*
 * fiu.h - fault points through libfiu.
 *
 * Every program that links this has its calls of fiu_fail() wrapped by the linker:
 * a point of libfiu in unchanged code becomes a choice of the scheduler. libfiu
 * holds a lock while it asks whether a point fails, so the decision is made before
 * it is entered, and its callback only reads it. fiu.c needs public headers of baton only: it is
 * also the library baton_fiu of others.
 *
 * Layer: injectors. May include: engine, base.
 */
#ifndef INJECTORS_FIU_H
#define INJECTORS_FIU_H

#include "base/err.h"
#include "baton/decl.h"

/**
 * inject_fiu_start() - start libfiu and route all fault points through it.
 *
 * The first point of libfiu that a CPU passes does it too; a second call does nothing.
 *
 * Context: anywhere.
 * Return: NULL, or why libfiu cannot be started; static storage.
 */
const char *inject_fiu_start(void);

/* The same for the command. Return: 0, or -1. */
int inject_fiu_init(struct err *err);

BATON_BEGIN

/* The wrapper of fiu_fail(): see ld --wrap. On a CPU it asks baton_fault_decide(). */
int __wrap_fiu_fail(const char *name);

/* The wrapper of fiu_failinfo(): on a CPU, of its own last failure in this execution, or NULL. */
void *__wrap_fiu_failinfo(void);

BATON_END

#endif
