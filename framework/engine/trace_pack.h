/* SPDX-License-Identifier: MIT */
/*
 * trace_pack.h - a recording made by one process, read by another: base/pack.h.
 *
 * Points, and names of findings, are in memory that both have at the same address.
 *
 * Layer: engine. May include: base.
 */
#ifndef ENGINE_TRACE_PACK_H
#define ENGINE_TRACE_PACK_H

#include "base/pack.h"
#include "engine/trace.h"

void trace_pack(const struct trace *trace, struct text *to);

/**
 * trace_unpack() - what trace_pack() has written.
 * @trace: initialised, with the same program; filled
 *
 * Return: false if it is cut short; @trace can be released all the same.
 */
bool trace_unpack(struct trace *trace, struct unpack *from);

#endif
