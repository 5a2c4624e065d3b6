/* SPDX-License-Identifier: MIT */
/* ideal_ops.c - what each operation does to an ideal kernel, and answers. */
#include <errno.h>
#include <signal.h>

#include "conform/ideal.h"

#define SEGV ((int16_t)(-2000 - SIGSEGV))

/* An operation, by whom, on which page. */
struct call {
	struct ideal *ideal;
	struct conform_op *op;
	struct ideal_process *process; /* who calls */
	struct ideal_page *page;       /* its page that the operation names; NULL: none */
	uint8_t who, at;               /* their numbers */
};

static void expect(const struct call *call, int answer)
{
	call->op->expected[call->op->expected_n++] = (int16_t)answer;
}

static void expect_value(const struct call *call, int16_t value, bool lazy)
{
	expect(call, value);
	if (lazy && value)
		expect(call, 0);
}

/* What a call that only needs the mapping answers without one. */
static bool is_mapped(const struct call *call, int otherwise)
{
	if (call->page->state != IDEAL_UNMAPPED)
		return true;
	expect(call, otherwise);
	return false;
}

static bool is_writable(const struct call *call, int otherwise)
{
	if (!call->page->read_only || call->page->state == IDEAL_UNMAPPED)
		return is_mapped(call, otherwise);
	expect(call, otherwise);
	return false;
}

static void do_map(const struct call *call)
{
	uint8_t backing = call->op->arg[0], object = 0;

	if (backing == CONFORM_ANON_SHARED) {
		object = (uint8_t)call->ideal->object_count++;
		for (int i = 0; i < CONFORM_PAGES; i++)
			call->ideal->objects[object][i] = 0;
	}
	for (uint8_t i = 0; i < CONFORM_PAGES; i++) {
		ideal_drop(call->ideal, call->who, i);
		call->process->pages[i] = (struct ideal_page){
			.state = backing == CONFORM_ANON_PRIVATE ? IDEAL_OWN : IDEAL_OBJECT,
			.object = object,
			.pgoff = i,
			.shared = backing == CONFORM_ANON_SHARED || backing == CONFORM_FILE_SHARED,
			.anonymous = backing == CONFORM_ANON_PRIVATE,
		};
	}
}

static void do_w(const struct call *call)
{
	if (is_writable(call, SEGV))
		ideal_store(call->ideal, call->who, call->at, call->op->arg[0]);
}

static void do_wb(const struct call *call)
{
	int16_t before = ideal_value(call->ideal, call->page), value = call->op->arg[0];

	if (is_writable(call, SEGV))
		ideal_store(call->ideal, call->who, call->at,
			    before == value && !call->page->lazy ? value : IDEAL_MIXED);
}

static void do_r(const struct call *call)
{
	if (is_mapped(call, SEGV))
		expect_value(call, ideal_value(call->ideal, call->page), call->page->lazy);
}

static void do_fork(const struct call *call)
{
	struct ideal_process *child = &call->ideal->processes[call->op->arg[0]];

	*child = *call->process;
	child->parent = call->who;
	child->buffer = (struct ideal_ref){ 0 };
	for (int i = 0; i < CONFORM_PAGES; i++) {
		child->pages[i].locked = false;
		if (child->pages[i].dontfork)
			child->pages[i] = (struct ideal_page){ .state = IDEAL_UNMAPPED };
	}
}

static void do_exit(const struct call *call)
{
	for (uint8_t i = 0; i < CONFORM_PAGES; i++)
		ideal_drop(call->ideal, call->who, i);
	call->process->buffer.held = false;
	call->process->ended = true;
}

static void do_reap(const struct call *call)
{
	call->ideal->processes[call->op->arg[0]].reaped = true;
}

static void do_splice(const struct call *call)
{
	if (is_mapped(call, -EFAULT))
		ideal_fill_pipe(call->ideal, call->who, call->op->arg[0], call->at);
}

static void do_pipe(const struct call *call)
{
	struct ideal_pipe *pipe = &call->ideal->pipes[call->op->arg[0]];

	for (unsigned int i = 0; i < pipe->count; i++)
		expect(call, pipe->values[i]);
	pipe->ref.held = false;
}

static void do_reg(const struct call *call)
{
	if (!is_writable(call, -EFAULT))
		return;
	ideal_break(call->ideal, call->who, call->at);
	call->process->buffer = ideal_get(call->ideal, call->who, call->at);
}

static void do_unreg(const struct call *call)
{
	call->process->buffer.held = false;
}

static void do_wfix(const struct call *call)
{
	const struct ideal_ref *ref = &call->process->buffer;
	bool lazy = ref->lazy;

	if (!ref->gone && ref->own)
		lazy = call->ideal->processes[ref->who].pages[ref->page].lazy;
	expect_value(call, ideal_ref_value(call->ideal, ref), lazy);
}

static void do_rfix(const struct call *call)
{
	ideal_store_ref(call->ideal, call->who, call->op->arg[0]);
}

static void do_odr(const struct call *call)
{
	if (is_writable(call, -EFAULT))
		ideal_store(call->ideal, call->who, call->at,
			    call->ideal->blocks[call->op->arg[0]]);
}

static void do_odw(const struct call *call)
{
	if (is_mapped(call, -EFAULT))
		call->ideal->blocks[call->op->arg[0]] = ideal_value(call->ideal, call->page);
}

static void do_pvr(const struct call *call)
{
	const struct ideal_page *page =
		&call->ideal->processes[call->op->arg[0]].pages[call->op->arg[1]];

	if (page->state == IDEAL_UNMAPPED)
		expect(call, -EFAULT);
	else
		expect_value(call, ideal_value(call->ideal, page), page->lazy);
}

static void do_pvw(const struct call *call)
{
	const struct ideal_page *page = &call->ideal->processes[call->op->arg[0]].pages[0];

	if (page->state == IDEAL_UNMAPPED || page->read_only)
		expect(call, -EFAULT);
	else
		ideal_store(call->ideal, call->op->arg[0], 0, call->op->arg[1]);
}

/* Writes where the process itself may not, but not into what is shared. */
static void do_mem(const struct call *call)
{
	if (!is_mapped(call, -EIO))
		return;
	if (call->page->shared && call->page->read_only)
		expect(call, -EIO);
	else
		ideal_store(call->ideal, call->who, call->at, call->op->arg[0]);
}

static bool is_unlocked(const struct call *call)
{
	if (!is_mapped(call, -ENOMEM))
		return false;
	if (call->page->locked)
		expect(call, -EINVAL);
	return !call->page->locked;
}

static void do_pageout(const struct call *call)
{
	is_unlocked(call);
}

static void do_advice(const struct call *call)
{
	is_mapped(call, -ENOMEM);
}

static void do_dontneed(const struct call *call)
{
	if (!is_unlocked(call) || call->page->state != IDEAL_OWN)
		return;
	ideal_drop(call->ideal, call->who, call->at);
	call->page->state = call->page->anonymous ? IDEAL_OWN : IDEAL_OBJECT;
	call->page->value = 0;
	call->page->lazy = false;
}

static void do_free(const struct call *call)
{
	if (is_unlocked(call) && !call->page->anonymous)
		expect(call, -EINVAL);
	else if (!call->op->expected_n)
		call->page->lazy = true;
}

static void do_dontfork(const struct call *call)
{
	if (is_mapped(call, -ENOMEM))
		call->page->dontfork = true;
}

static void do_unmap(const struct call *call)
{
	ideal_drop(call->ideal, call->who, call->at);
	*call->page = (struct ideal_page){ .state = IDEAL_UNMAPPED };
}

static void do_ro(const struct call *call)
{
	if (is_mapped(call, -ENOMEM))
		call->page->read_only = true;
}

static void do_rw(const struct call *call)
{
	if (is_mapped(call, -ENOMEM))
		call->page->read_only = false;
}

/* Pages are brought in, and where they can be stored to as if they were. */
static void do_mlock(const struct call *call)
{
	if (!is_mapped(call, -ENOMEM))
		return;
	call->page->locked = true;
	if (!call->page->read_only)
		ideal_break(call->ideal, call->who, call->at);
}

static void do_rfp(const struct call *call)
{
	if (call->page->state != IDEAL_OBJECT || !call->page->shared) {
		expect(call, -EINVAL);
		return;
	}
	call->page->pgoff = call->op->arg[1];
	call->page->dontfork = false;
}

static void do_nothing(const struct call *call)
{
	(void)call;
}

static void do_fr(const struct call *call)
{
	expect(call, call->ideal->objects[0][call->op->arg[0]]);
}

static void do_fw(const struct call *call)
{
	ideal_store_object(call->ideal, 0, call->op->arg[1], call->op->arg[0]);
}

static void (*const functions[CONFORM_WHATS])(const struct call *) = {
	[CONFORM_MAP] = do_map,
	[CONFORM_W] = do_w,
	[CONFORM_WB] = do_wb,
	[CONFORM_R] = do_r,
	[CONFORM_FORK] = do_fork,
	[CONFORM_EXIT] = do_exit,
	[CONFORM_REAP] = do_reap,
	[CONFORM_SPLICE] = do_splice,
	[CONFORM_PIPE] = do_pipe,
	[CONFORM_REG] = do_reg,
	[CONFORM_UNREG] = do_unreg,
	[CONFORM_WFIX] = do_wfix,
	[CONFORM_RFIX] = do_rfix,
	[CONFORM_ODR] = do_odr,
	[CONFORM_ODW] = do_odw,
	[CONFORM_PVR] = do_pvr,
	[CONFORM_PVW] = do_pvw,
	[CONFORM_MEM] = do_mem,
	[CONFORM_PAGEOUT] = do_pageout,
	[CONFORM_WILLNEED] = do_advice,
	[CONFORM_DONTNEED] = do_dontneed,
	[CONFORM_FREE] = do_free,
	[CONFORM_DONTFORK] = do_dontfork,
	[CONFORM_UNMAP] = do_unmap,
	[CONFORM_RO] = do_ro,
	[CONFORM_RW] = do_rw,
	[CONFORM_MLOCK] = do_mlock,
	[CONFORM_MSYNC] = do_advice,
	[CONFORM_FSYNC] = do_nothing,
	[CONFORM_RFP] = do_rfp,
	[CONFORM_FR] = do_fr,
	[CONFORM_FW] = do_fw,
	[CONFORM_ST] = do_nothing,
};

void ideal_do(struct ideal *ideal, struct conform_op *op)
{
	unsigned int at = ideal_page_arg(op);
	struct call call = { .ideal = ideal, .op = op, .who = op->process };

	if (op->process != CONFORM_DRIVER)
		call.process = &ideal->processes[op->process];
	if (at < CONFORM_ARGS && call.process) {
		call.at = op->arg[at];
		call.page = &call.process->pages[call.at];
	}
	op->expected_n = 0;
	functions[op->what](&call);
}
