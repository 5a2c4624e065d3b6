/* SPDX-License-Identifier: MIT */
#include "conform/live.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "conform/live_watch.h"

#define ANSWER_MS 20000 /* an operation takes microseconds; a machine that is simulated, longer */
#define OPEN_MS 60000   /* a swap area is made */

struct live {
	struct live_shared *shared;
	int host;                       /* the channel of D */
	int alive;                      /* see live_watch() */
	int channel[CONFORM_PROCESSES]; /* -1: no such process */
};

/* In the order of enum live_need. */
static const char *const need_names[LIVE_NEEDS] = {
	"swap",     "files",       "O_DIRECT", "io_uring", "process_vm", "forced /proc/self/mem",
	"vmsplice", "userfaultfd", "FUSE",
};

/* What is the matter with the host. */
static const char *why(int error)
{
	return error == -EPIPE ? "the process that has to do it was killed" : strerror(-error);
}

/* Return: 0 or -errno of the host. */
static int ask_host(struct live *live, enum live_verb verb, int passed, struct live_reply *reply)
{
	const struct live_call call = { .verb = verb };
	int error = live_call_send(live->host, &call, passed);

	if (!error)
		error = live_call_wait(live->host, reply,
				       verb == LIVE_OPEN || verb == LIVE_CLOSE ? OPEN_MS :
										 ANSWER_MS);
	return error;
}

static int start_host(struct live *live, const struct live_options *options)
{
	int ends[2], error = live_call_pair(ends);
	pid_t child;

	if (error)
		return error;
	child = fork();
	if (child < 0) {
		error = -errno;
		close(ends[0]);
		close(ends[1]);
		return error;
	}
	if (!child) {
		const struct live_handles handles = { .channel = ends[1], .alive = live->alive };

		close(ends[0]);
		live_host_run(&handles, live->shared, options);
	}
	close(ends[1]);
	live->host = ends[0];
	live->shared->host = child;
	return 0;
}

static struct live *live_new(void)
{
	struct live *live = xcalloc(1, sizeof(*live));
	void *shared = mmap(NULL, sizeof(*live->shared), PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (shared == MAP_FAILED) {
		free(live);
		return NULL;
	}
	live->shared = shared;
	live_made_init(&live->shared->made);
	live->host = -1;
	live->alive = -1;
	for (unsigned int i = 0; i < CONFORM_PROCESSES; i++)
		live->channel[i] = -1;
	return live;
}

struct live *live_open(const struct live_options *options, struct err *err)
{
	struct live *live = live_new();
	struct live_reply reply = { 0 };
	int error;

	if (!live) {
		err_add(err, "cannot map shared memory: %s", strerror(errno));
		return NULL;
	}
	error = live_watch(live->shared, &live->alive);
	/* If the host is killed, its descendants become this process's. */
	prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	if (!error)
		error = start_host(live, options);
	if (!error)
		error = ask_host(live, LIVE_OPEN, -1, &reply);
	if (!error && !reply.result)
		return live;
	if (error)
		err_add(err, "cannot make what scripts need: %s", why(error));
	else
		err_add(err, "%s", live->shared->reason[0]);
	(void)live_close(live, err);
	return NULL;
}

/* The first of the needs that is missing; LIVE_NEEDS: none is. */
static unsigned int find_missing(const struct live *live, unsigned int needs)
{
	unsigned int i = 0;

	while (i < LIVE_NEEDS && !((needs >> i & 1) && live->shared->reason[i][0]))
		i++;
	return i;
}

const char *live_missing(const struct live *live, const struct conform_op *op)
{
	unsigned int missing = find_missing(live, live_needs(op));

	return missing < LIVE_NEEDS ? live->shared->reason[missing] : NULL;
}

static unsigned int stall_needs(const struct stall *stall)
{
	const struct stall_meanwhile *meanwhile = &stall_meanwhiles[stall->meanwhile];
	unsigned int needs = LIVE_NEED_FAULTS | live_kinds[stall->call].needs;

	if (stall->kind != 'U')
		needs = stall->kind == 'M' ? LIVE_NEED_FUSE | LIVE_NEED_FILE : LIVE_NEED_FUSE;
	if (meanwhile->steps & STALL_SWAPPED)
		needs |= LIVE_NEED_SWAP;
	for (unsigned int i = 0; i < meanwhile->count; i++)
		needs |= live_needs(&meanwhile->ops[i]);
	return needs;
}

const char *live_stall_missing(const struct live *live, const struct stall *stall)
{
	unsigned int missing = find_missing(live, stall_needs(stall));

	if (stall_meanwhiles[stall->meanwhile].steps & STALL_UNKNOWN)
		return "to know its operations: they were not recorded";
	return missing < LIVE_NEEDS ? need_names[missing] : NULL;
}

void live_tell_missing(const struct live *live, struct text *text)
{
	for (unsigned int i = 0; i < LIVE_NEEDS; i++)
		if (live->shared->reason[i][0])
			text_addf(text, "%s: %s\n", need_names[i], live->shared->reason[i]);
}

void live_tell_swap(const struct live *live, struct text *text)
{
	const struct live_made *made = &live->shared->made;

	if (made->swap[0])
		text_addf(text, "%s (%s)", live_swap_names[made->kind], made->swap);
	else
		text_add(text, "none");
}

bool live_swap_in_memory(const struct live *live)
{
	const struct live_made *made = &live->shared->made;

	return !made->swap[0] || made->kind == LIVE_SWAP_ZRAM;
}

static void close_channel(struct live *live, unsigned int process)
{
	if (live->channel[process] >= 0)
		close(live->channel[process]);
	live->channel[process] = -1;
}

/* A new process's channel: one end here, the other one to be passed on. Return: 0 or -errno. */
static int open_channel(struct live *live, unsigned int process, int *other)
{
	int ends[2], error = live_call_pair(ends);

	if (error)
		return error;
	close_channel(live, process);
	live->channel[process] = ends[0];
	*other = ends[1];
	return 0;
}

static int begin(struct live *live)
{
	struct live_reply reply = { 0 };
	int other, error = open_channel(live, 0, &other);

	if (error)
		return error;
	error = ask_host(live, LIVE_BEGIN, other, &reply);
	close(other);
	return error ? error : (int)reply.result;
}

static int do_op(struct live *live, const struct conform_op *op, struct live_reply *reply)
{
	const struct live_call call = { .verb = LIVE_DO, .op = *op };
	int to = op->process == CONFORM_DRIVER ? live->host : live->channel[op->process];
	int other = -1, error = 0;

	if (to < 0)
		return -ESRCH;
	if (op->what == CONFORM_FORK)
		error = open_channel(live, op->arg[0], &other);
	if (!error)
		error = live_call_send(to, &call, other);
	if (other >= 0)
		close(other);
	if (!error)
		error = live_call_wait(to, reply, ANSWER_MS);
	if (error || op->what != CONFORM_EXIT)
		return error;
	/* Its files are closed after its memory is unmapped: when the channel is, it is gone. */
	if (live_call_wait(to, &(struct live_reply){ 0 }, ANSWER_MS) != -EPIPE)
		return -ETIMEDOUT;
	close_channel(live, op->process);
	return 0;
}

static int fail(const struct conform_script *script, size_t at, int error, struct err *err)
{
	struct text op = TEXT_INIT;

	conform_op_print(&script->ops.items[at], &op);
	if (error == -EPIPE)
		err_add(err, "'%s': at '%s', process %c was killed", script->name, op.bytes,
			'A' + script->ops.items[at].process);
	else
		err_add(err, "'%s': at '%s', process %c does not answer: %s", script->name,
			op.bytes, 'A' + script->ops.items[at].process, strerror(-error));
	text_release(&op);
	return -1;
}

static int run_ops(struct live *live, const struct conform_script *script,
		   struct live_answer *answers, struct err *err)
{
	struct live_reply reply;
	int error;

	for (size_t i = 0; i < script->ops.count; i++) {
		error = do_op(live, &script->ops.items[i], &reply);
		if (error)
			return fail(script, i, error, err);
		answers[i].result = reply.result;
		memcpy(answers[i].text, reply.text, sizeof(reply.text));
	}
	return 0;
}

/* All processes of the script end. Return: 0, or -1 with an error, if there is none yet. */
static int end(struct live *live, const char *name, int result, struct err *err)
{
	struct live_reply reply;
	int error;

	for (unsigned int i = 0; i < CONFORM_PROCESSES; i++)
		close_channel(live, i);
	error = ask_host(live, LIVE_END, -1, &reply);
	if (error && !result)
		return err_add(err, "'%s': its processes cannot be ended: %s", name, why(error));
	return result;
}

/* A does it all, but what B looks at. Return: 0, -errno of a channel, or of the reply. */
static int do_stall(struct live *live, const struct stall *stall, struct live_reply *reply)
{
	const struct live_call call = { .verb = LIVE_STALL,
					.op = { .what = (uint8_t)stall->call },
					.meanwhile = stall->meanwhile };
	int other = -1, error = 0;

	if (stall_forks(stall))
		error = open_channel(live, 1, &other);
	if (!error)
		error = live_call_send(live->channel[0], &call, other);
	if (other >= 0)
		close(other);
	if (!error)
		error = live_call_wait(live->channel[0], reply, ANSWER_MS);
	return error ? error : (int)reply->result;
}

int live_stall_run(struct live *live, const struct stall *stall, struct text *seen, struct err *err)
{
	const struct conform_op load = { .what = CONFORM_R, .process = 1 };
	struct live_reply reply = { 0 };
	int error = begin(live);

	if (!error)
		error = do_stall(live, stall, &reply);
	text_add(seen, reply.text);
	if (!error && stall_forks(stall) &&
	    (stall->kind == 'F' || strncmp(reply.text, "stalled", 7) == 0)) {
		error = do_op(live, &load, &reply);
		text_addf(seen, " child B=%ld", reply.result);
	}
	if (error)
		err_add(err, "'%s': %s; seen so far: %s", stall->name,
			error == -EPIPE ? "a process of it was killed" : strerror(-error),
			seen->length ? seen->bytes : "nothing");
	return end(live, stall->name, error ? -1 : 0, err);
}

int live_run(struct live *live, const struct conform_script *script, struct live_answer *answers,
	     struct err *err)
{
	int error = begin(live);

	if (error)
		return err_add(err, "'%s': cannot start process A: %s", script->name, why(error));
	return end(live, script->name, run_ops(live, script, answers, err), err);
}

/* The host is gone: do what it could not do any more. */
static int undo_for_host(struct live *live, struct live_reply *reply)
{
	struct text trouble = TEXT_INIT;
	int result;

	live_reap_all(live->shared);
	result = live_undo(&live->shared->made, &trouble);
	(void)strncat(reply->text, trouble.bytes, sizeof(reply->text) - 1);
	text_release(&trouble);
	return result;
}

int live_close(struct live *live, struct err *err)
{
	struct live_reply reply = { 0 };
	int result = 0, error;

	for (unsigned int i = 0; i < CONFORM_PROCESSES; i++)
		close_channel(live, i);
	if (live->shared->host) {
		error = ask_host(live, LIVE_CLOSE, -1, &reply);
		if (error == -EPIPE)
			result = undo_for_host(live, &reply);
		else if (error)
			result = err_add(err, "the process that undoes everything does not answer");
		else
			result = (int)reply.result;
		close(live->host);
		while ((!error || error == -EPIPE) && waitpid(live->shared->host, NULL, 0) < 0 &&
		       errno == EINTR)
			;
	}
	if (live->alive >= 0)
		close(live->alive);
	prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0);
	munmap(live->shared, sizeof(*live->shared));
	free(live);
	if (reply.text[0])
		err_add(err, "left behind: %s", reply.text);
	return result;
}
