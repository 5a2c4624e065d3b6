/* SPDX-License-Identifier: MIT */
/*
 * live_ring.c - an io_uring with one fixed buffer: a long-term pin of a page, and a device
 * that reads and writes it.
 *
 * The system calls themselves: three of them do, and no library is needed for that.
 */
#include <errno.h>
#include <linux/io_uring.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "conform/live_worker.h"

#define RING_ENTRIES 4

static unsigned int *word(char *ring, unsigned int offset)
{
	return (unsigned int *)(void *)(ring + offset);
}

/* A child must not keep the ring, and the pin with it, when this process ends. */
static void *map(const struct live_ring *ring, size_t size, off_t what)
{
	void *mapped =
		mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring->fd, what);

	if (mapped == MAP_FAILED)
		return NULL;
	if (madvise(mapped, size, MADV_DONTFORK) == 0)
		return mapped;
	munmap(mapped, size);
	return NULL;
}

static void find(struct live_ring *ring, const struct io_uring_params *params)
{
	size_t sq_size = params->sq_off.array + params->sq_entries * sizeof(unsigned int);
	size_t cq_size = params->cq_off.cqes + params->cq_entries * sizeof(struct io_uring_cqe);

	ring->size = sq_size > cq_size ? sq_size : cq_size;
	ring->entries_size = params->sq_entries * sizeof(struct io_uring_sqe);
	ring->sq_tail = params->sq_off.tail;
	ring->sq_mask = params->sq_off.ring_mask;
	ring->sq_array = params->sq_off.array;
	ring->cq_head = params->cq_off.head;
	ring->cq_mask = params->cq_off.ring_mask;
	ring->cq_entries = params->cq_off.cqes;
}

int live_ring_open(struct live_ring *ring)
{
	struct io_uring_params params = { 0 };

	if (ring->fd >= 0)
		return 0;
	ring->fd = (int)syscall(SYS_io_uring_setup, RING_ENTRIES, &params);
	if (ring->fd < 0)
		return -errno;
	find(ring, &params);
	ring->sq = map(ring, ring->size, IORING_OFF_SQ_RING);
	ring->cq = ring->sq;
	if (!(params.features & IORING_FEAT_SINGLE_MMAP))
		ring->cq = map(ring, ring->size, IORING_OFF_CQ_RING);
	ring->entries = map(ring, ring->entries_size, IORING_OFF_SQES);
	if (ring->sq && ring->cq && ring->entries)
		return 0;
	live_ring_close(ring);
	return -ENOMEM;
}

void live_ring_close(struct live_ring *ring)
{
	if (ring->fd >= 0)
		close(ring->fd);
	*ring = (struct live_ring){ .fd = -1 };
}

/* Move the page between the fixed buffer and the device. */
static long move(struct live_worker *worker, uint8_t opcode)
{
	struct live_ring *ring = &worker->ring;
	unsigned int *tail, *head, at;
	const struct io_uring_cqe *done;
	long result;

	if (live_ring_open(ring))
		return -errno;
	tail = word(ring->sq, ring->sq_tail);
	at = *tail & *word(ring->sq, ring->sq_mask);
	ring->entries[at] = (struct io_uring_sqe){
		.opcode = opcode,
		.fd = worker->files->device,
		.addr = (uintptr_t)live_page(ring->page),
		.len = LIVE_PAGE_SIZE,
	};
	word(ring->sq, ring->sq_array)[at] = at;
	__atomic_store_n(tail, *tail + 1, __ATOMIC_RELEASE);
	if (syscall(SYS_io_uring_enter, ring->fd, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0) < 0)
		return -errno;
	head = word(ring->cq, ring->cq_head);
	done = (const struct io_uring_cqe *)(const void *)(ring->cq + ring->cq_entries);
	result = done[*head & *word(ring->cq, ring->cq_mask)].res;
	__atomic_store_n(head, *head + 1, __ATOMIC_RELEASE);
	if (result < 0)
		return result;
	return result == (long)LIVE_PAGE_SIZE ? 0 : LIVE_SHORT;
}

static long set_device(const struct live_worker *worker, int value)
{
	char page[LIVE_PAGE_SIZE];

	memset(page, value, sizeof(page));
	return live_moved(pwrite(worker->files->device, page, sizeof(page), 0), NULL);
}

long live_reg(struct live_worker *worker, const struct conform_op *op)
{
	struct live_ring *ring = &worker->ring;
	struct iovec page = { live_page(op->arg[0]), LIVE_PAGE_SIZE };
	int error = live_ring_open(ring);

	if (error)
		return error;
	ring->page = op->arg[0];
	return live_result(
		syscall(SYS_io_uring_register, ring->fd, IORING_REGISTER_BUFFERS, &page, 1) < 0);
}

long live_unreg(struct live_worker *worker, const struct conform_op *op)
{
	int error = live_ring_open(&worker->ring);

	(void)op;
	if (error)
		return error;
	return live_result(syscall(SYS_io_uring_register, worker->ring.fd,
				   IORING_UNREGISTER_BUFFERS, NULL, 0) < 0);
}

long live_wfix(struct live_worker *worker, const struct conform_op *op)
{
	char page[LIVE_PAGE_SIZE];
	long error = set_device(worker, 0);

	(void)op;
	if (!error)
		error = move(worker, IORING_OP_WRITE_FIXED);
	if (error)
		return error;
	return live_moved(pread(worker->files->device, page, sizeof(page), 0), page);
}

long live_rfix(struct live_worker *worker, const struct conform_op *op)
{
	long error = set_device(worker, op->arg[0]);

	return error ? error : move(worker, IORING_OP_READ_FIXED);
}
