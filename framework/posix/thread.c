/* SPDX-License-Identifier: MIT */
/*
 * thread.c - threads of a program: CPUs that are idle until pthread_create() names them.
 *
 *	creator                          thread
 *	1 RMW the table: a number
 *	2 WRITE the thread: started
 *	                                 3 WAIT the thread: runs
 *	                                 4 UNLOCK the thread: ended
 *	5 WAIT the thread: joined
 *
 * Layer: posix. May include: engine.
 */
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "engine/tls.h"
#include "posix/posix.h"

struct thread {
	struct posix_body body;
	void *result;
	bool started, ended, detached, joined;
	jmp_buf exit;
};

/* Thread @i is CPU i + 1: "main" is CPU 0. */
static struct {
	struct baton_threads *program; /* the one that runs ... */
	unsigned long execution;       /* ... in this execution */
	unsigned int count;            /* that have been started */
	struct thread threads[BATON_THREADS_MAX];
	jmp_buf main_exit;
} table;

static char names[BATON_THREADS_MAX][4];

static bool thread_started(const void *object)
{
	const struct thread *thread = object;

	return thread->started;
}

static bool thread_ended(const void *object)
{
	const struct thread *thread = object;

	return thread->ended;
}

static int thread_cpu(const void *object)
{
	return (int)((const struct thread *)object - table.threads) + 1;
}

static const struct baton_wait start_wait = { thread_started, NULL, NULL };
static const struct baton_wait end_wait = { thread_ended, thread_cpu, NULL };

static void thread_end(struct thread *thread, void *result)
{
	tls_end_thread();
	posix_keys_end();
	baton_access(BATON_OWN("thread/end"), thread, BATON_UNLOCK);
	thread->result = result;
	thread->ended = true;
}

/* What the CPU of a thread runs. */
static void run_thread(void *arg)
{
	struct thread *thread = arg;

	baton_idle(BATON_OWN("thread/start"), thread, &start_wait);
	if (!setjmp(thread->exit))
		thread_end(thread, posix_run(&thread->body));
}

/* "main" is the first to run in an execution: no thread has looked at the table. */
static void run_main(void *arg)
{
	struct baton_threads *program = arg;

	memset(&table, 0, sizeof(table));
	table.program = program;
	table.execution = baton_execution();
	if (!setjmp(table.main_exit))
		program->run(program->arg);
}

struct baton_program *baton_threads_init(struct baton_threads *threads, const char *name,
					 void (*run)(void *arg), void *arg, unsigned int count)
{
	BUG_ON(count < 1 || count > BATON_THREADS_MAX);
	*threads = (struct baton_threads){ .run = run, .arg = arg };
	threads->cpus[0] = (struct baton_cpu_program){ "main", run_main, threads, -1 };
	for (unsigned int i = 0; i < count; i++) {
		snprintf(names[i], sizeof(names[i]), "t%u", (i + 1) % 100);
		threads->cpus[i + 1] =
			(struct baton_cpu_program){ names[i], run_thread, &table.threads[i], -1 };
	}
	threads->program = (struct baton_program){ .name = name,
						   .cpus = threads->cpus,
						   .cpu_count = count + 1 };
	return &threads->program;
}

/* Is this an execution of a program with threads? */
static bool has_threads(void)
{
	return table.program && table.execution == baton_execution();
}

/* The next one that has not been started: one RMW. */
static unsigned int next_thread(baton_place here)
{
	baton_access(here, &table, BATON_RMW);
	if (!has_threads() || table.count + 1 == table.program->program.cpu_count)
		baton_fail("threads",
			   "there is no CPU for another thread: baton_threads_init() is to be told "
			   "more than %u",
			   has_threads() ? table.count : 0);
	return table.count++;
}

void posix_thread_start(baton_place here, pthread_t *thread, const pthread_attr_t *attr,
			const struct posix_body *body)
{
	int detached = PTHREAD_CREATE_JOINABLE;
	unsigned int number = next_thread(here);
	struct thread *next = &table.threads[number];

	baton_note("is %s", names[number]);
	if (attr)
		pthread_attr_getdetachstate(attr, &detached);
	*thread = number + 2;
	baton_access(here, next, BATON_WRITE);
	next->body = *body;
	next->detached = detached == PTHREAD_CREATE_DETACHED;
	next->started = true;
	baton_note("starts %s", names[number]);
}

int baton_thread_create(baton_place here, pthread_t *thread, const pthread_attr_t *attr,
			void *(*start)(void *arg), void *arg)
{
	const struct posix_body body = { .start = start, .arg = arg };

	if (posix_outside())
		return (pthread_create)(thread, attr, start, arg);
	if (baton_fault_at("pthread/create", POSIX_CALLER))
		return EAGAIN;
	posix_thread_start(here, thread, attr, &body);
	return 0;
}

/* As baton_thread_self() has them. NULL: there is none. */
static struct thread *find(pthread_t thread)
{
	return has_threads() && thread >= 2 && thread < table.count + 2 ?
		       &table.threads[thread - 2] :
		       NULL;
}

static void finish_join(struct thread *joined, void **result)
{
	if (joined->detached || joined->joined)
		baton_fail("join", "%s is joined, but it has been %s before",
			   baton_cpu_name(thread_cpu(joined)),
			   joined->joined ? "joined" : "detached");
	joined->joined = true;
	if (result)
		*result = joined->result;
}

int baton_thread_join(baton_place here, pthread_t thread, void **result)
{
	struct thread *joined;

	if (posix_outside())
		return (pthread_join)(thread, result);
	joined = find(thread);
	if (!joined)
		return ESRCH;
	if (thread == baton_thread_self())
		return EDEADLK;
	baton_block(here, joined, BATON_WAIT, &end_wait);
	finish_join(joined, result);
	return 0;
}

/* One RMW. @early: what is answered if it has not ended */
static int try_join(baton_place here, pthread_t thread, void **result, int early)
{
	struct thread *joined = find(thread);

	if (!joined)
		return ESRCH;
	if (thread == baton_thread_self())
		return EDEADLK;
	baton_atomic(here, joined, BATON_RMW);
	if (!joined->ended)
		return early;
	baton_changed();
	finish_join(joined, result);
	return 0;
}

int baton_thread_tryjoin(baton_place here, pthread_t thread, void **result)
{
	return posix_outside() ? pthread_tryjoin_np(thread, result) :
				 try_join(here, thread, result, EBUSY);
}

int baton_thread_timedjoin(baton_place here, pthread_t thread, void **result,
			   const struct timespec *end)
{
	if (posix_outside())
		return pthread_timedjoin_np(thread, result, end);
	if (posix_times_out(POSIX_CALLER))
		return try_join(here, thread, result, ETIMEDOUT);
	return baton_thread_join(here, thread, result);
}

int baton_thread_detach(pthread_t thread)
{
	struct thread *detached;

	if (posix_outside())
		return (pthread_detach)(thread);
	detached = find(thread);
	if (!detached)
		return ESRCH;
	detached->detached = true;
	return 0;
}

void baton_thread_exit(void *result)
{
	struct thread *thread;

	if (posix_outside())
		(pthread_exit)(result);
	posix_cleanup_all();
	if (baton_cpu() == 0 && has_threads())
		longjmp(table.main_exit, 1);
	thread = find(baton_thread_self());
	if (!thread)
		baton_fail("threads",
			   "pthread_exit() on a CPU that pthread_create() did not start");
	thread_end(thread, result);
	longjmp(thread->exit, 1);
}

pthread_t baton_thread_self(void)
{
	return posix_outside() ? (pthread_self)() : (pthread_t)posix_self();
}

int baton_thread_yield(baton_place here)
{
	if (posix_outside())
		return (sched_yield)();
	baton_retry(here);
	return 0;
}
