/* SPDX-License-Identifier: MIT */
/*
 * script.h - the scripts of conformance: what several processes do, one system call
 * after the other, and what a kernel was seen to answer.
 *
 * A line is "NAME : OP OP ...", an operation "P.name[:arg[:arg]][=EXPECTED][->SEEN[(!!)]]". P is
 * A (the first process), B, C, or D, which is none of them: it looks at pipes and the file from
 * outside. EXPECTED is what an ideal kernel answers, "1|2" if either will do; SEEN is what one
 * did; (!!) stands where SEEN is not among EXPECTED. An operation without SEEN and EXPECTED
 * returned 0. An answer is a value that fills a page, 0, -errno, -2000 - a signal, or -1000 for a
 * page whose bytes differ.
 *
 * Layer: conform. May include: base.
 */
#ifndef CONFORM_SCRIPT_H
#define CONFORM_SCRIPT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "base/vec.h"

#define CONFORM_PROCESSES 3 /* A, B, C */
#define CONFORM_DRIVER CONFORM_PROCESSES
#define CONFORM_PAGES 4
#define CONFORM_PIPES 4
#define CONFORM_BLOCKS 16
#define CONFORM_ARGS 2
#define CONFORM_EXPECTED_MAX 8

/* What a page holds before anybody stored to it. */
#define CONFORM_FILE_VALUE(page) (16 + (page))
#define CONFORM_BLOCK_VALUE(block) (64 + (block))

/* The operations; docs/conformance.md says what each one does. */
enum conform_what {
	CONFORM_MAP,
	CONFORM_W,
	CONFORM_WB,
	CONFORM_R,
	CONFORM_FORK,
	CONFORM_EXIT,
	CONFORM_REAP,
	CONFORM_SPLICE,
	CONFORM_PIPE,
	CONFORM_REG,
	CONFORM_UNREG,
	CONFORM_WFIX,
	CONFORM_RFIX,
	CONFORM_ODR,
	CONFORM_ODW,
	CONFORM_PVR,
	CONFORM_PVW,
	CONFORM_MEM,
	CONFORM_PAGEOUT,
	CONFORM_WILLNEED,
	CONFORM_DONTNEED,
	CONFORM_FREE,
	CONFORM_DONTFORK,
	CONFORM_UNMAP,
	CONFORM_RO,
	CONFORM_RW,
	CONFORM_MLOCK,
	CONFORM_MSYNC,
	CONFORM_FSYNC,
	CONFORM_RFP,
	CONFORM_FR,
	CONFORM_FW,
	CONFORM_ST, /* looks at the state of a page; answers 0 */
	CONFORM_WHATS,
};

/* What an argument stands for: how it is written and how large it may be. */
enum conform_arg {
	CONFORM_ARG_NONE,
	CONFORM_ARG_PAGE,
	CONFORM_ARG_VALUE,
	CONFORM_ARG_PIPE,
	CONFORM_ARG_BLOCK,
	CONFORM_ARG_PROCESS, /* written as a letter */
	CONFORM_ARG_BACKING, /* of a mapping: enum conform_backing */
};

enum conform_backing {
	CONFORM_ANON_PRIVATE,
	CONFORM_ANON_SHARED,
	CONFORM_FILE_PRIVATE,
	CONFORM_FILE_SHARED,
};

struct conform_kind {
	const char *name;
	enum conform_arg args[CONFORM_ARGS];
	uint8_t needed; /* arguments that must be written; others are 0 */
	bool driver;    /* D can do it */
	bool process;   /* a process can do it */
	bool value;     /* answers what a page holds */
};

/* By enum conform_what. */
extern const struct conform_kind conform_kinds[CONFORM_WHATS];

/* One operation of a script. */
struct conform_op {
	uint8_t what;       /* enum conform_what */
	uint8_t process;    /* who does it: 0 is A; CONFORM_DRIVER */
	uint8_t args;       /* arguments that were written */
	uint8_t expected_n; /* 0: nothing is said, so 0 is expected */
	uint8_t arg[CONFORM_ARGS];
	bool has_seen;
	int16_t seen;
	int16_t expected[CONFORM_EXPECTED_MAX];
};

struct conform_script {
	char *name;
	unsigned int line; /* in its file, from 1 */
	VEC(struct conform_op) ops;
};

/**
 * conform_script_parse() - one line.
 * @script: all zero; filled. Release it in any case.
 * @path, @line: where the line stands, for messages
 * @text: the line; its end is a 0 or a line end
 * @err: all mistakes, as "path:line:column: error: ..."
 *
 * Processes are looked at, too: each is forked once before it does anything, and does
 * nothing after its exit.
 *
 * Return: 0, or -1 if there were mistakes.
 */
int conform_script_parse(struct conform_script *script, const char *path, unsigned int line,
			 const char *text, struct err *err);

void conform_script_release(struct conform_script *script);

/* Append the line, without a line end: for a line that was parsed, the same again. */
void conform_script_print(const struct conform_script *script, struct text *text);

/* Append one operation: "A.r:1=2->2". */
void conform_op_print(const struct conform_op *op, struct text *text);

/* Is @answer among what is expected of the operation? 0 is where nothing is said. */
bool conform_op_expects(const struct conform_op *op, long answer);

struct conform_scripts {
	VEC(struct conform_script) list;
};

/**
 * conform_scripts_parse() - all lines of a text; empty ones and those that begin with # are
 * not scripts.
 * @scripts: all zero; filled with those without mistakes. Release it in any case.
 *
 * Return: 0, or -1 if there were mistakes, or no scripts.
 */
int conform_scripts_parse(struct conform_scripts *scripts, const char *path, const char *text,
			  struct err *err);

void conform_scripts_release(struct conform_scripts *scripts);

#endif
