/* SPDX-License-Identifier: MIT */
/*
 * live_held.c - a direct read that its FUSE server does not answer: a device that holds a page.
 *
 *     A                                    the caller, in A's memory
 *                                          reads from the FUSE file into A's page,
 *                                          which the kernel holds from now on
 *     hears of the request
 *     does the other operations
 *     answers with a page of 7
 *                                          goes on; ends
 *     looks
 *
 * Kind F has private memory, kind M a page of the file, and looks at what is written of it.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "conform/live_caller.h"
#include "conform/live_fuse.h"

#define FILL 1   /* before */
#define STORED 2 /* meanwhile */
#define DATA 7   /* what the device writes */
#define HALF (LIVE_PAGE_SIZE / 2)

struct held {
	struct live_worker *worker;
	const struct stall_meanwhile *meanwhile;
	int passed; /* the channel of B, if it is made */
	struct live_fuse fuse;
	struct live_caller caller;
	struct text text; /* the outcome */
};

static void say(struct held *held, const char *what, long value)
{
	text_addf(&held->text, "%s%s%ld", held->text.length ? " " : "", what, value);
}

static bool has(const struct held *held, enum stall_step step)
{
	return (held->meanwhile->steps & step) != 0;
}

/* ---- The caller. */

static long read_held(void *arg)
{
	const struct held *held = arg;
	int file = live_fuse_file(&held->fuse);
	ssize_t got;

	if (file < 0)
		return file;
	got = read(file, live_page(0), LIVE_PAGE_SIZE);
	return got < 0 ? -errno : got;
}

/* Serve until a read waits for its answer, or, if @ends, the caller has ended. */
static long serve_until(struct held *held, bool ends)
{
	struct pollfd pollers[] = { { .fd = held->caller.end },
				    { .fd = held->fuse.device, .events = POLLIN } };
	long error = 0;

	while (!error && (ends || !held->fuse.reading)) {
		if (poll(pollers, 2, LIVE_CALLER_MS) <= 0)
			return -ETIMEDOUT;
		if (pollers[1].revents & POLLIN)
			error = live_fuse_serve(&held->fuse);
		else if (pollers[0].revents)
			return ends ? 0 : held->caller.result ? held->caller.result : -EPROTO;
	}
	return error;
}

static long start(struct held *held)
{
	long error = live_fuse_open(&held->fuse);

	if (error)
		return error;
	held->caller = (struct live_caller){ .call = read_held,
					     .arg = held,
					     .held_by = held->fuse.device,
					     .end = -1 };
	error = live_caller_start(&held->caller, held->worker);
	return error ? error : serve_until(held, false);
}

static long answer(struct held *held, const char *name)
{
	long error = live_fuse_answer(&held->fuse, DATA);

	if (!error)
		error = serve_until(held, true);
	if (!error)
		say(held, name, held->caller.result);
	return error;
}

/* ---- Kind F: private memory. */

/* The other half: what the device writes can be told from what is copied. */
static long do_op(struct held *held, const struct conform_op *op)
{
	if (op->what == CONFORM_W)
		return live_store(live_page(0) + HALF, STORED, HALF);
	return live_do(held->worker, op, held->passed);
}

static long page_out(struct held *held)
{
	const struct conform_op op = { .what = CONFORM_PAGEOUT };

	return live_do(held->worker, &op, -1);
}

static long do_ops(struct held *held)
{
	char flags[LIVE_TEXT_SIZE];
	long error = 0;

	for (unsigned int i = 0; i < held->meanwhile->count && !error; i++)
		error = do_op(held, &held->meanwhile->ops[i]);
	if (error || held->meanwhile->ops[0].what != CONFORM_PAGEOUT)
		return error;
	live_flags(0, flags);
	text_addf(&held->text, "after-pageout{%s}", flags);
	return 0;
}

static long run_private(struct held *held)
{
	const struct conform_op map = { .what = CONFORM_MAP, .arg = { CONFORM_ANON_PRIVATE } };
	long error = live_map(held->worker, &map);

	if (!error)
		error = live_store(live_page(0), FILL, LIVE_PAGE_SIZE);
	if (!error && has(held, STALL_SWAPPED))
		error = page_out(held);
	if (!error)
		error = start(held);
	if (!error)
		error = do_ops(held);
	if (!error)
		error = answer(held, "ret=");
	if (!error)
		say(held, "parent B=", *(volatile char *)live_page(0));
	return error;
}

/* ---- Kind M: a page of the file. */

static void say_flags(struct held *held, const char *name)
{
	char flags[LIVE_TEXT_SIZE];

	live_file_flags(0, flags);
	text_addf(&held->text, "%s%s{%s}", held->text.length ? " " : "", name, flags);
}

/* What is on disk, past the page cache. The file has no name. */
static long on_disk(const struct held *held)
{
	static _Alignas(LIVE_PAGE_SIZE) char page[LIVE_PAGE_SIZE];
	char path[32];
	int file;
	ssize_t got;

	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", held->worker->files->data);
	file = open(path, O_RDONLY | O_DIRECT | O_CLOEXEC);
	if (file < 0)
		return -errno;
	got = pread(file, page, sizeof(page), 0);
	close(file);
	return live_moved(got, page);
}

static long cut_and_extend(const struct held *held)
{
	int data = held->worker->files->data;

	return live_result(ftruncate(data, 0) ||
			   ftruncate(data, (off_t)(CONFORM_PAGES * LIVE_PAGE_SIZE)));
}

static long sync_page(struct held *held)
{
	long error = live_result(msync(live_page(0), LIVE_PAGE_SIZE, MS_SYNC));

	if (!error) {
		say_flags(held, "msync: ");
		say(held, "disk=", on_disk(held));
	}
	return error;
}

/* Drops what drop_caches drops, but of this file only. */
static long drop(const struct held *held)
{
	return -posix_fadvise(held->worker->files->data, 0, (off_t)LIVE_PAGE_SIZE,
			      POSIX_FADV_DONTNEED);
}

static long do_steps(struct held *held)
{
	long error = 0;

	if (has(held, STALL_STORE))
		error = live_store(live_page(0), STORED, LIVE_PAGE_SIZE);
	if (!error && has(held, STALL_MSYNC))
		error = sync_page(held);
	if (!error && has(held, STALL_UNMAP))
		error = live_result(munmap(live_page(0), LIVE_PAGE_SIZE));
	if (!error && has(held, STALL_DROP))
		error = drop(held);
	if (!error && has(held, STALL_TRUNCATE)) {
		error = cut_and_extend(held);
		say_flags(held, "trunc: ");
	}
	return error;
}

static long look_at_file(struct held *held)
{
	char page[LIVE_PAGE_SIZE];
	long error;

	if (!has(held, STALL_UNMAP)) {
		say(held, "B=", live_load(live_page(0)));
		say_flags(held, "");
	}
	say(held,
	    "file=", live_moved(pread(held->worker->files->data, page, sizeof(page), 0), page));
	error = live_result(fsync(held->worker->files->data));
	if (!error)
		say(held, "disk-after-fsync=", on_disk(held));
	return error;
}

static long run_file(struct held *held)
{
	const struct conform_op map = { .what = CONFORM_MAP, .arg = { CONFORM_FILE_SHARED } };
	long error = live_map(held->worker, &map);

	if (!error)
		error = live_store(live_page(0), FILL, LIVE_PAGE_SIZE);
	if (!error)
		error = start(held);
	if (error)
		return error;
	say_flags(held, "pinned: ");
	error = do_steps(held);
	if (!error)
		error = answer(held, "devwrite ret=");
	return error ? error : look_at_file(held);
}

long live_held(struct live_worker *worker, const struct live_call *call, int passed, char *text)
{
	static struct held held; /* the caller goes on when this has failed, too */
	long error;

	held = (struct held){ .worker = worker,
			      .meanwhile = &stall_meanwhiles[call->meanwhile],
			      .passed = passed,
			      .fuse = LIVE_FUSE_INIT,
			      .caller = { .end = -1 } };
	text_init(&held.text);
	error = held.meanwhile->kind == 'F' ? run_private(&held) : run_file(&held);
	(void)snprintf(text, LIVE_TEXT_SIZE, "%s", held.text.length ? held.text.bytes : "");
	text_release(&held.text);
	live_fuse_close(&held.fuse);
	live_caller_release(&held.caller);
	return error;
}
