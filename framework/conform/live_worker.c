/* SPDX-License-Identifier: MIT */
/* live_worker.c - a process of a script: what it can do as a table, and its life. */
#include "conform/live_worker.h"

#include <errno.h>
#include <linux/io_uring.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/bug.h"
#include "conform/live_made.h"

/* Fork and exit are done where the channel is known: no function here. */
const struct live_kind live_kinds[CONFORM_WHATS] = {
	[CONFORM_MAP] = { live_map, 0 },
	[CONFORM_W] = { live_w, 0 },
	[CONFORM_WB] = { live_wb, 0 },
	[CONFORM_R] = { live_r, 0 },
	[CONFORM_REAP] = { live_reap, 0 },
	[CONFORM_SPLICE] = { live_splice, LIVE_NEED_SPLICE },
	[CONFORM_PIPE] = { NULL, LIVE_NEED_SPLICE },
	[CONFORM_REG] = { live_reg, LIVE_NEED_RING },
	[CONFORM_UNREG] = { live_unreg, LIVE_NEED_RING },
	[CONFORM_WFIX] = { live_wfix, LIVE_NEED_RING },
	[CONFORM_RFIX] = { live_rfix, LIVE_NEED_RING },
	[CONFORM_ODR] = { live_odr, LIVE_NEED_DIRECT },
	[CONFORM_ODW] = { live_odw, LIVE_NEED_DIRECT },
	[CONFORM_PVR] = { live_pvr, LIVE_NEED_PEER },
	[CONFORM_PVW] = { live_pvw, LIVE_NEED_PEER },
	[CONFORM_MEM] = { live_mem, LIVE_NEED_FORCE },
	[CONFORM_PAGEOUT] = { live_advise, LIVE_NEED_SWAP },
	[CONFORM_WILLNEED] = { live_advise, 0 },
	[CONFORM_DONTNEED] = { live_advise, 0 },
	[CONFORM_FREE] = { live_advise, 0 },
	[CONFORM_DONTFORK] = { live_advise, 0 },
	[CONFORM_UNMAP] = { live_unmap, 0 },
	[CONFORM_RO] = { live_ro, 0 },
	[CONFORM_RW] = { live_rw, 0 },
	[CONFORM_MLOCK] = { live_mlock, 0 },
	[CONFORM_MSYNC] = { live_msync, 0 },
	[CONFORM_FSYNC] = { live_fsync, LIVE_NEED_FILE },
	[CONFORM_RFP] = { live_rfp, 0 },
	[CONFORM_FR] = { live_fr, LIVE_NEED_FILE },
	[CONFORM_FW] = { live_fw, LIVE_NEED_FILE },
	[CONFORM_ST] = { live_st, 0 },
};

unsigned int live_needs(const struct conform_op *op)
{
	unsigned int needs = live_kinds[op->what].needs;

	if (op->what == CONFORM_MAP && op->arg[0] >= CONFORM_FILE_PRIVATE)
		needs |= LIVE_NEED_FILE;
	return needs;
}

/* The child goes on in live_worker_run() of its own. */
long live_fork(struct live_worker *worker, int channel, const struct conform_op *op)
{
	pid_t child = fork();

	if (child < 0)
		return -errno;
	if (child) {
		worker->shared->pid[op->arg[0]] = child;
		return 0;
	}
	close(worker->channel);
	if (worker->alive >= 0)
		close(worker->alive);
	worker->alive = -1;
	live_ring_close(&worker->ring);
	worker->self = op->arg[0];
	worker->channel = channel;
	live_worker_run(worker);
}

/* The number may be another process's from now on. */
long live_reap(struct live_worker *worker, const struct conform_op *op)
{
	pid_t *pid = &worker->shared->pid[op->arg[0]];

	while (waitpid(*pid, NULL, 0) < 0)
		if (errno != EINTR)
			return -errno;
	*pid = 0;
	return 0;
}

long live_do(struct live_worker *worker, const struct conform_op *op, int passed)
{
	if (op->what == CONFORM_FORK)
		return passed < 0 ? -EBADF : live_fork(worker, passed, op);
	if (op->what == CONFORM_EXIT) {
		/* The kernel would do it, too, but after the exit, at a time of its own. */
		if (worker->ring.fd >= 0)
			live_unreg(worker, op);
		return 0;
	}
	if (!live_kinds[op->what].run)
		return -ENOSYS;
	return live_kinds[op->what].run(worker, op);
}

static long stall(struct live_worker *worker, const struct live_call *call, int passed, char *text)
{
	if (stall_meanwhiles[call->meanwhile].kind == 'U')
		return live_stall(worker, call, passed, text);
	return live_held(worker, call, passed, text);
}

_Noreturn void live_worker_run(struct live_worker *worker)
{
	struct live_call call;
	struct live_reply reply;
	int passed;

	live_faults_catch();
	/* Also where only a parent may look into a process, its siblings may into this one. */
	prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0);
	while (live_call_receive(worker->channel, &call, &passed) == 0) {
		reply = (struct live_reply){ 0 };
		BUG_ON((call.verb != LIVE_DO && call.verb != LIVE_STALL) ||
		       call.op.what >= CONFORM_WHATS);
		if (call.verb == LIVE_STALL)
			reply.result = stall(worker, &call, passed, reply.text);
		else
			reply.result = live_do(worker, &call.op, passed);
		live_drain_lru();
		if (call.op.what == CONFORM_ST)
			live_state(call.op.arg[0], reply.text);
		if (passed >= 0)
			close(passed);
		if (live_call_reply(worker->channel, &reply) || call.op.what == CONFORM_EXIT)
			break;
	}
	_exit(0);
}
