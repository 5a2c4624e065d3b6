/* SPDX-License-Identifier: MIT */
/*
 * error_path.c - an error path that frees what others can see, found by libfiu's faults.
 *
 * A session is entered in the table, and then gets its buffer. Where there is no memory for that,
 * it is freed again:
 *
 *	t1 opens                        t2 looks
 *	1  the session is in the table
 *	                                2  finds the session
 *	3  no memory for the buffer (session/buffer fails)
 *	4  frees the session
 *	                                5  reads its state
 *
 * It takes a failure and an order. The points are libfiu's, in the code as it is: without
 * -DFIU_ENABLE they are nothing. The fix enters a session when nothing can fail any more.
 */
#include <assert.h>
#include <errno.h>
#include <fiu.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

#include "baton/malloc.h"
#include "baton/pthread.h"
#include "baton/report.h"

struct session {
	atomic_int state;
	void *buffer;
};

static _Atomic(struct session *) table;

static void *allocate_buffer(void)
{
	fiu_return_on("session/buffer", NULL);
	return malloc(16);
}

static void session_free(struct session *session)
{
	free(session->buffer);
	free(session);
}

static int session_open(void)
{
	struct session *session = malloc(sizeof(*session));

	if (!session)
		return ENOMEM;
	atomic_store(&session->state, 1);
	session->buffer = NULL;
#ifdef BUG
	atomic_store(&table, session);
#endif
	session->buffer = allocate_buffer();
	if (!session->buffer) {
#ifdef BUG
		atomic_store(&table, NULL);
#endif
		session_free(session);
		return ENOMEM;
	}
#ifndef BUG
	atomic_store(&table, session);
#endif
	return 0;
}

static void *opener(void *arg)
{
	int error = session_open();

	assert(!error || error == ENOMEM);
	return arg;
}

static void *looker(void *arg)
{
	struct session *session = atomic_load(&table);

	if (session)
		assert(atomic_load(&session->state) == 1);
	return arg;
}

static void run(void *arg)
{
	pthread_t threads[2];
	struct session *session;

	(void)arg;
	atomic_store(&table, NULL);
	pthread_create(&threads[0], NULL, opener, NULL);
	pthread_create(&threads[1], NULL, looker, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	session = atomic_load(&table);
	if (session)
		session_free(session);
}

int main(void)
{
	static struct baton_threads threads;
	const struct baton_fault_rule rule = { .point = "session/*", .error = ENOMEM, .cpu = -1 };
	struct baton_search search = baton_search_all();

	search.faults = &rule;
	search.fault_count = 1;
	return baton_main(baton_threads_init(&threads, "error_path", run, NULL, 2), &search);
}
