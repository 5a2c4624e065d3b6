/* SPDX-License-Identifier: MIT */
#include "conform/live_host.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct host {
	struct live_worker worker; /* what it is itself, and A begins as */
	struct live_files files;
	struct live_shared *shared;
	const struct live_options *options;
};

/* A number is that of a process of the script if it is a child: it cannot be another's then. */
static void kill_children(const struct live_shared *shared)
{
	siginfo_t info;

	for (unsigned int i = 0; i < CONFORM_PROCESSES; i++)
		if (shared->pid[i] > 0 &&
		    waitid(P_PID, (id_t)shared->pid[i], &info, WEXITED | WNOHANG | WNOWAIT) == 0)
			kill(shared->pid[i], SIGKILL);
}

/* The children of one that ends become children of this process. */
void live_reap_all(struct live_shared *shared)
{
	do
		kill_children(shared);
	while (waitpid(-1, NULL, 0) > 0 || errno == EINTR);
	memset(shared->pid, 0, sizeof(shared->pid));
}

static void close_pipes(struct live_files *files)
{
	for (unsigned int i = 0; i < CONFORM_PIPES; i++) {
		for (unsigned int end = 0; end < 2; end++) {
			if (files->pipe[i][end] >= 0)
				close(files->pipe[i][end]);
			files->pipe[i][end] = -1;
		}
	}
}

static void no_files(struct live_files *files)
{
	*files = (struct live_files){ .data = -1, .disk = -1, .device = -1 };
	memset(files->pipe, -1, sizeof(files->pipe));
}

static void set_reason(struct live_shared *shared, enum live_need need, struct text *reason)
{
	unsigned int i = 0;

	while (!(need >> i & 1))
		i++;
	(void)snprintf(shared->reason[i], LIVE_REASON_SIZE, "%s", reason->bytes);
	text_clear(reason);
}

/* Lists of pages that wait to be added to the LRU are per CPU: one CPU makes them one. */
static void stay_on_one_cpu(void)
{
	cpu_set_t cpus;
	size_t cpu = 0;

	if (sched_getaffinity(0, sizeof(cpus), &cpus))
		return;
	while (cpu < CPU_SETSIZE - 1 && !CPU_ISSET(cpu, &cpus))
		cpu++;
	CPU_ZERO(&cpus);
	CPU_SET(cpu, &cpus);
	(void)sched_setaffinity(0, sizeof(cpus), &cpus);
}

static long host_open(struct host *host)
{
	struct live_made *made = &host->shared->made;
	const char *folder = host->options->folder;
	struct text reason = TEXT_INIT;

	if (!folder || !*folder)
		folder = getenv("TMPDIR");
	if (!folder || !*folder)
		folder = "/var/tmp";
	if (live_folder_make(made, folder, &host->files, &reason)) {
		(void)snprintf(host->shared->reason[0], LIVE_REASON_SIZE, "%s", reason.bytes);
		text_release(&reason);
		return -1;
	}
	if (live_swap_make(made, host->options->swap, &reason))
		set_reason(host->shared, LIVE_NEED_SWAP, &reason);
	live_probe(host->shared, &host->files);
	text_release(&reason);
	return 0;
}

static long host_begin(struct host *host, int channel)
{
	const struct conform_op first = { .what = CONFORM_FORK, .arg = { 0 } };
	long error = channel < 0 ? -EBADF : live_files_reset(&host->files, host->shared);

	for (unsigned int i = 0; i < CONFORM_PIPES && !error; i++)
		if (pipe2(host->files.pipe[i], O_CLOEXEC | O_NONBLOCK))
			error = -errno;
	return error ? error : live_fork(&host->worker, channel, &first);
}

static long host_pipe(const struct host *host, const struct conform_op *op)
{
	char page[LIVE_PAGE_SIZE];

	return live_moved(read(host->files.pipe[op->arg[0]][0], page, sizeof(page)), page);
}

static long host_do(struct host *host, const struct conform_op *op)
{
	if (op->what == CONFORM_PIPE)
		return host_pipe(host, op);
	return op->what == CONFORM_FR ? live_fr(&host->worker, op) : -ENOSYS;
}

static long host_answer(struct host *host, const struct live_call *call, int passed)
{
	switch (call->verb) {
	case LIVE_OPEN:
		return host_open(host);
	case LIVE_BEGIN:
		return host_begin(host, passed);
	case LIVE_DO:
		return host_do(host, &call->op);
	case LIVE_STALL:
		return -ENOSYS; /* D has no memory that scripts are about */
	case LIVE_END:
	case LIVE_CLOSE:
	default:
		live_reap_all(host->shared);
		close_pipes(&host->files);
		return 0;
	}
}

static void host_init(struct host *host)
{
	no_files(&host->files);
	host->worker.files = &host->files;
	host->worker.shared = host->shared;
	host->worker.ring.fd = -1;
	(void)setsid();
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	stay_on_one_cpu();
}

_Noreturn void live_host_run(const struct live_handles *handles, struct live_shared *shared,
			     const struct live_options *options)
{
	struct host host = { .worker = { .channel = handles->channel, .alive = handles->alive },
			     .shared = shared,
			     .options = options };
	struct live_reply reply = { 0 };
	struct text trouble = TEXT_INIT;
	struct live_call call;
	int passed;

	host_init(&host);
	while (live_call_receive(handles->channel, &call, &passed) == 0) {
		reply.result = host_answer(&host, &call, passed);
		if (passed >= 0)
			close(passed);
		if (call.verb == LIVE_CLOSE || live_call_reply(handles->channel, &reply))
			break;
	}
	live_reap_all(shared);
	reply.result = live_undo(&shared->made, &trouble);
	(void)snprintf(reply.text, sizeof(reply.text), "%s", trouble.bytes);
	text_release(&trouble);
	(void)live_call_reply(handles->channel, &reply);
	_exit(0);
}
