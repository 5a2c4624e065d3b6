/* SPDX-License-Identifier: MIT */
/*
 * live_worker.h - one process of a script, and what it can do: a function per operation.
 *
 * The memory that scripts are about is at a fixed address, the same in all processes. An
 * operation answers as struct conform_op's seen does. What a process has open here it has
 * from its parent by fork(), except the ring and the channel: these are its own.
 *
 * Layer: conform. May include: conform, base.
 */
#ifndef CONFORM_LIVE_WORKER_H
#define CONFORM_LIVE_WORKER_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "conform/live_call.h"

#define LIVE_PAGE_SIZE 4096UL

/* Answers that are no value and no error of the kernel. */
#define LIVE_MIXED (-1000) /* the bytes of a page differ */
#define LIVE_SIGNAL(number) (-2000 - (number))
#define LIVE_SHORT (-3000) /* less than a page was moved */

/* What scripts need of the machine, beside memory. */
enum live_need {
	LIVE_NEED_SWAP = 1 << 0,
	LIVE_NEED_FILE = 1 << 1,   /* on a file system that writes back */
	LIVE_NEED_DIRECT = 1 << 2, /* O_DIRECT */
	LIVE_NEED_RING = 1 << 3,   /* io_uring */
	LIVE_NEED_PEER = 1 << 4,   /* memory of another process */
	LIVE_NEED_FORCE = 1 << 5,  /* /proc/self/mem writes where the mapping is read-only */
	LIVE_NEED_SPLICE = 1 << 6, /* vmsplice() */
	LIVE_NEED_FAULTS = 1 << 7, /* userfaultfd, also of faults inside of system calls */
	LIVE_NEED_FUSE = 1 << 8,   /* a FUSE server of one's own */
};
#define LIVE_NEEDS 9

/* In memory that all processes share. */
struct live_shared;

/* Descriptors; -1 where there is none. */
struct live_files {
	int data;   /* what file mappings map */
	int disk;   /* opened with O_DIRECT: blocks */
	int device; /* what fixed buffers are written to and read from */
	int pipe[CONFORM_PIPES][2];
};

/* An io_uring with at most one fixed buffer. */
struct live_ring {
	int fd; /* -1: not open yet */
	unsigned int page;
	char *sq, *cq;
	size_t size, entries_size; /* bytes */
	struct io_uring_sqe *entries;
	unsigned int sq_tail, sq_mask, sq_array, cq_head, cq_mask, cq_entries; /* offsets */
};

struct live_worker {
	unsigned int self; /* 0 is A */
	int channel;
	int alive; /* the host's, for live_watch.h; -1 in A, B, C */
	const struct live_files *files;
	struct live_shared *shared;
	struct live_ring ring;
};

typedef long (*live_fn)(struct live_worker *worker, const struct conform_op *op);

/* By enum conform_what; a function that is NULL is not for A, B and C. */
extern const struct live_kind {
	live_fn run;
	unsigned int needs; /* bits of enum live_need */
} live_kinds[CONFORM_WHATS];

/* What the operation needs, also of its arguments. */
unsigned int live_needs(const struct conform_op *op);

/* Do what the channel says, until it is closed; then the process ends. */
_Noreturn void live_worker_run(struct live_worker *worker);

/* ---- Helpers of the operations. */

/* The address of a page. */
char *live_page(unsigned int page);

/* 0, or -errno where @failed. */
long live_result(int failed);

/* The value that fills the page at @at; LIVE_MIXED. */
long live_value(const char *at);

/* A value out of, or an error of, a call that moved @moved bytes from or to @at. */
long live_moved(ssize_t moved, const char *at);

/* From now on a fault is an answer of the accesses below. */
void live_faults_catch(void);

/* Store @value to the first @size bytes. Return: 0, or LIVE_SIGNAL. */
long live_store(char *at, int value, size_t size);

/* Return: live_value(), or LIVE_SIGNAL. */
long live_load(const char *at);

/*
 * Put pages where they belong that wait in lists of this CPU to be added to an LRU, or moved to
 * another: such a list holds a reference, and a store then copies what it could take over.
 */
void live_drain_lru(void);

/* ---- The operations, by file. */

/* live_memory.c: the process's own memory */
long live_map(struct live_worker *worker, const struct conform_op *op);
long live_w(struct live_worker *worker, const struct conform_op *op);
long live_wb(struct live_worker *worker, const struct conform_op *op);
long live_r(struct live_worker *worker, const struct conform_op *op);
long live_advise(struct live_worker *worker, const struct conform_op *op);
long live_unmap(struct live_worker *worker, const struct conform_op *op);
long live_ro(struct live_worker *worker, const struct conform_op *op);
long live_rw(struct live_worker *worker, const struct conform_op *op);
long live_mlock(struct live_worker *worker, const struct conform_op *op);

/* live_file.c: the file, and mappings of it */
long live_msync(struct live_worker *worker, const struct conform_op *op);
long live_fsync(struct live_worker *worker, const struct conform_op *op);
long live_rfp(struct live_worker *worker, const struct conform_op *op);
long live_fr(struct live_worker *worker, const struct conform_op *op);
long live_fw(struct live_worker *worker, const struct conform_op *op);

/* live_copy.c: the kernel takes references itself, for as long as a call */
long live_splice(struct live_worker *worker, const struct conform_op *op);
long live_odr(struct live_worker *worker, const struct conform_op *op);
long live_odw(struct live_worker *worker, const struct conform_op *op);
long live_pvr(struct live_worker *worker, const struct conform_op *op);
long live_pvw(struct live_worker *worker, const struct conform_op *op);
long live_mem(struct live_worker *worker, const struct conform_op *op);

/* live_ring.c: fixed buffers of io_uring */
long live_reg(struct live_worker *worker, const struct conform_op *op);
long live_unreg(struct live_worker *worker, const struct conform_op *op);
long live_wfix(struct live_worker *worker, const struct conform_op *op);
long live_rfix(struct live_worker *worker, const struct conform_op *op);

/* Open the ring, if it is not. Return: 0 or -errno. */
int live_ring_open(struct live_ring *ring);
/* Close it; also what a child has of it. */
void live_ring_close(struct live_ring *ring);

/* live_state.c: what /proc says of a page */
long live_st(struct live_worker *worker, const struct conform_op *op);

/* Into LIVE_TEXT_SIZE bytes: what is mapped at the page, of this process. */
void live_state(unsigned int page, char *text);
/* The same in short: P present, S swapped out, X mapped once; '-' for what is not. */
void live_flags(unsigned int page, char *text);
/* "P dirty file": is it mapped, is the page dirty, is it a file's? */
void live_file_flags(unsigned int page, char *text);
bool live_is_swapped(const char *at);
/* The number of the page frame that is mapped there; 0: none, or not for this process to know. */
uint64_t live_frame(const char *at);
/* Wait until the frame is not under writeback. Return: is it in the swap cache still? */
bool live_await_writeback(uint64_t frame);

/* live_stall.c: a system call that is held */

/**
 * live_stall() - hold a call in its second page, run other operations, release it, look.
 * @passed: the channel of B, if one of them makes it
 * @text: LIVE_TEXT_SIZE bytes: the outcome, in the words of struct stall's seen
 *
 * Context: in A, which has not done anything, and ends soon. Return: 0, or -errno of what should
 * not fail, or LIVE_SIGNAL.
 */
long live_stall(struct live_worker *worker, const struct live_call *call, int passed, char *text);

/* live_held.c: the same for a direct read that a FUSE server does not answer, of kinds F and M. */
long live_held(struct live_worker *worker, const struct live_call *call, int passed, char *text);

/* A userfaultfd that keeps the second page, which is mapped. Return: it, or -errno. */
int live_faults_open(void);

/* live_worker.c: any operation; @passed: what came with it */
long live_do(struct live_worker *worker, const struct conform_op *op, int passed);
/* Processes; @channel is the child's. */
long live_fork(struct live_worker *worker, int channel, const struct conform_op *op);
long live_reap(struct live_worker *worker, const struct conform_op *op);

#endif
