/* SPDX-License-Identifier: MIT */
/*
 * symbol.h - from an address of code to function, file and line.
 *
 * Looks into the DWARF information of the running program itself. Slow the first
 * time (a millisecond to open it, then 20 us per address); answers are kept.
 *
 * Layer: engine. May include: base.
 */
#ifndef ENGINE_SYMBOL_H
#define ENGINE_SYMBOL_H

#include "base/vec.h"

struct symbol_frame {
	char *function; /* never NULL: "[libc.so.6]" outside the program, "?" where unknown */
	char *file;     /* as the compiler was told, relative if that was; NULL where unknown */
	unsigned int line;
};

/* All functions that are inlined at an address, innermost first, and the one they are in. */
struct symbol {
	unsigned long pc;
	VEC(struct symbol_frame) frames; /* at least one */
};

/**
 * symbol_find() - what there is at @pc.
 * @pc: an address inside an instruction: of a return address, subtract 1
 *
 * Context: not on a CPU (needs a large stack).
 * Return: kept by symbol.c for the life of the process.
 */
const struct symbol *symbol_find(unsigned long pc);

/* libdw's view of the program as it is now; NULL if there is none. Context: as symbol_find(). */
struct Dwfl *symbol_dwfl(void);

/* The program or shared library that has @address; NULL: none, or loaded since libdw was asked
 * first. Context: as symbol_find(). */
struct Dwfl_Module *symbol_module(unsigned long address);

/* Before the first look at the DWARF information of @module. Context: as symbol_find(). */
void symbol_dwarf(struct Dwfl_Module *module);

#endif
