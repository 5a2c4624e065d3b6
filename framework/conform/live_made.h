/* SPDX-License-Identifier: MIT */
/*
 * live_made.h - what scripts need on this machine: made, and undone.
 *
 * Invariant: what is made is noted in struct live_made before it exists (the number of a zram
 * device, which the kernel chooses: right after), and forgotten after it is gone. So whoever has
 * the notes can undo all of it at any moment, and a second time without harm. They are in
 * shared memory: two processes have them.
 *
 * Nothing that was there before is used for it: no swap area, no device, no folder of others.
 *
 * Layer: conform. May include: conform, base.
 */
#ifndef CONFORM_LIVE_MADE_H
#define CONFORM_LIVE_MADE_H

#include "conform/live_worker.h"

#define LIVE_PATH_SIZE 256
#define LIVE_REASON_SIZE 512

enum live_swap {
	LIVE_SWAP_ANY,  /* the first of these that can be had */
	LIVE_SWAP_ZRAM, /* a device of its own */
	LIVE_SWAP_FILE, /* in the folder */
	LIVE_SWAP_LOOP, /* the same, where the file system cannot do it alone */
	LIVE_SWAP_NONE,
};

/* By enum live_swap, as they are written; ends with NULL. */
extern const char *const live_swap_names[];

struct live_made {
	char folder[LIVE_PATH_SIZE]; /* "": none */
	int zram;                    /* number of the device; -1: none */
	char swap[LIVE_PATH_SIZE];   /* the swap area; "": none */
	enum live_swap kind;         /* of that */
};

struct live_shared {
	pid_t host;
	pid_t pid[CONFORM_PROCESSES]; /* 0: none, or reaped */
	bool disk_written;            /* since live_files_reset() */
	struct live_made made;
	char reason[LIVE_NEEDS][LIVE_REASON_SIZE]; /* by bit of enum live_need; "": it is there */
};

/* Nothing is made yet. */
void live_made_init(struct live_made *made);

/**
 * live_folder_make() - the folder, and the files in it.
 * @parent: where the folder is made
 * @files: opened; the files have no names any more
 * @reason: why one of them, or the folder, could not be made; else untouched
 *
 * Return: 0 or -1.
 */
int live_folder_make(struct live_made *made, const char *parent, struct live_files *files,
		     struct text *reason);

/* Give all pages of the file, and blocks of the disk, their first values. Return: 0 or -errno. */
int live_files_reset(const struct live_files *files, struct live_shared *shared);

/**
 * live_swap_make() - a swap area of one of the kinds.
 * @reason: why each one that was tried could not be had; also in case of success
 *
 * Return: 0 or -1.
 */
int live_swap_make(struct live_made *made, enum live_swap kind, struct text *reason);

/**
 * live_undo() - undo all of it.
 * @trouble: what could not be undone, and why
 *
 * Return: 0 or -1.
 */
int live_undo(struct live_made *made, struct text *trouble);

/* Undo the part with the swap area. Return: 0 or -1. */
int live_swap_undo(struct live_made *made, struct text *trouble);

/* What this machine cannot do, as shared->reason; the files are open, the swap area is on. */
void live_probe(struct live_shared *shared, const struct live_files *files);

#endif
