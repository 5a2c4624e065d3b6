/* SPDX-License-Identifier: MIT */
/*
 * live_fuse.h - a file whose reads are answered when its server likes.
 *
 * Its file system is mounted nowhere: there is a descriptor for it, and with the last process that
 * has one, or has the file open, it is gone. When the last process is gone that has the device
 * open, all that waits for an answer fails.
 *
 * Layer: conform. May include: conform, base.
 */
#ifndef CONFORM_LIVE_FUSE_H
#define CONFORM_LIVE_FUSE_H

#include <stdbool.h>
#include <stdint.h>

struct live_fuse {
	int device; /* where the server reads requests */
	int mount;
	bool reading;  /* a read waits for its answer: */
	uint64_t read; /* its number */
};

/* Nothing is open. */
#define LIVE_FUSE_INIT                    \
	{                                 \
		.device = -1, .mount = -1 \
	}

/* Make the file system; live_fuse_close() in any case. Return: 0 or -errno. */
long live_fuse_open(struct live_fuse *fuse);
void live_fuse_close(struct live_fuse *fuse);

/*
 * Open the file for direct reads. Context: not in the server, which has to answer. Return: a
 * descriptor or -errno.
 */
int live_fuse_file(const struct live_fuse *fuse);

/* Answer the next request, or note that it is a read. Waits for one. Return: 0 or -errno. */
long live_fuse_serve(struct live_fuse *fuse);

/* Answer the read that waits: a page that is full of @value. Return: 0 or -errno. */
long live_fuse_answer(struct live_fuse *fuse, int value);

#endif
