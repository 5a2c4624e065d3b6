/* SPDX-License-Identifier: MIT */
/*
 * machine.h - what a script runs on: the model, and around it what it has no use for
 * itself: pipes, rings of io_uring, a disk.
 *
 * Layer: conform, private to it. May include: mm.
 */
#ifndef CONFORM_MACHINE_H
#define CONFORM_MACHINE_H

#include "conform/script.h"
#include "mm/mm.h"

/* Answers that are no errno: a signal; a page whose bytes differ. */
#define CONFORM_SIGNAL(signal) (-2000 - (signal))
#define CONFORM_MIXED (-1000)

#define PIPE_BUFFERS 4 /* as many as the ghost can keep apart */

struct conform_pipe {
	long handle[PIPE_BUFFERS]; /* of dma.h; the oldest first */
	unsigned int count;
};

struct conform_process {
	struct mm *mm; /* NULL: not yet */
	uint8_t parent;
	bool ended, reaped;
	bool ring;   /* it has used io_uring */
	long buffer; /* its fixed one; 0: none */
};

struct conform_machine {
	struct conform_process processes[CONFORM_PROCESSES];
	struct conform_pipe pipes[CONFORM_PIPES];
	long disk[CONFORM_BLOCKS][NR_CELLS];
	unsigned int pages; /* that the script speaks of */
	unsigned int file;  /* of the model; 0: not yet */
};

/**
 * conform_machine_init() - the world is as new; A has nothing mapped.
 * @script: what will be run
 *
 * Context: on a CPU.
 */
void conform_machine_init(struct conform_machine *machine, const struct conform_script *script);

/**
 * conform_call() - one operation, from its beginning to its end.
 *
 * Context: on a CPU. Return: what it answers.
 */
long conform_call(struct conform_machine *machine, const struct conform_op *op);

/* Functions behind operations: a table by enum conform_what. @process: who calls. */
struct conform_call {
	struct conform_machine *machine;
	struct conform_process *process;
	struct mm *mm;
	const struct conform_op *op;
};

typedef long (*conform_function)(const struct conform_call *call);

/* NULL where another file has it. */
extern const conform_function conform_memory_calls[CONFORM_WHATS];
extern const conform_function conform_device_calls[CONFORM_WHATS];
extern const conform_function conform_file_calls[CONFORM_WHATS];

/* The file that all processes have open; made at the first call. Context: on a CPU. */
unsigned int conform_file(struct conform_machine *machine);

/* The cells of a page that is filled with @value. */
static inline void conform_fill(long *cells, long value)
{
	for (int i = 0; i < NR_CELLS; i++)
		cells[i] = value;
}

/* What the page is filled with. */
static inline long conform_uniform(const long *cells)
{
	for (int i = 1; i < NR_CELLS; i++)
		if (cells[i] != cells[0])
			return CONFORM_MIXED;
	return cells[0];
}

#endif
