/* SPDX-License-Identifier: MIT */
/* calls_device.c - references to pages: pipes, direct I/O, io_uring, other processes. */
#include <errno.h>
#include <string.h>

#include "conform/machine.h"
#include "mm/dma.h"

static long read_page(long handle)
{
	long cells[NR_CELLS];

	for (int i = 0; i < NR_CELLS; i++)
		cells[i] = dma_read(handle, i);
	return conform_uniform(cells);
}

static void write_page_of(long handle, const long *cells)
{
	for (int i = 0; i < NR_CELLS; i++)
		dma_write(handle, i, cells[i]);
}

static long call_splice(const struct conform_call *call)
{
	struct conform_pipe *pipe = &call->machine->pipes[call->op->arg[0]];

	if (pipe->count == PIPE_BUFFERS)
		baton_fail("model_limit", "a pipe has %d pages", PIPE_BUFFERS);
	pipe->handle[pipe->count] = vmsplice_to_pipe(call->mm, call->op->arg[1]);
	if (!pipe->handle[pipe->count])
		return -EFAULT;
	pipe->count++;
	return 0;
}

static long call_pipe(const struct conform_call *call)
{
	struct conform_pipe *pipe = &call->machine->pipes[call->op->arg[0]];
	long value;

	if (!pipe->count)
		return -EAGAIN;
	value = read_page(pipe->handle[0]);
	pipe_buf_release(pipe->handle[0]);
	pipe->count--;
	memmove(pipe->handle, pipe->handle + 1, pipe->count * sizeof(*pipe->handle));
	return value;
}

static long call_reg(const struct conform_call *call)
{
	call->process->ring = true;
	if (call->process->buffer)
		return -EBUSY;
	return io_sqe_buffer_register(call->mm, call->op->arg[0], 1, &call->process->buffer);
}

static long call_unreg(const struct conform_call *call)
{
	if (!call->process->ring)
		return -EBADF;
	if (!call->process->buffer)
		return -ENXIO;
	io_buffer_unmap(call->mm, call->process->buffer);
	call->process->buffer = 0;
	return 0;
}

static long call_wfix(const struct conform_call *call)
{
	return call->process->buffer ? read_page(call->process->buffer) : -EFAULT;
}

static long call_rfix(const struct conform_call *call)
{
	long cells[NR_CELLS];

	if (!call->process->buffer)
		return -EFAULT;
	conform_fill(cells, call->op->arg[0]);
	write_page_of(call->process->buffer, cells);
	return 0;
}

static long call_odr(const struct conform_call *call)
{
	long handle = bio_get_page(call->mm, call->op->arg[1], true);

	if (!handle)
		return -EFAULT;
	write_page_of(handle, call->machine->disk[call->op->arg[0]]);
	bio_put_page(call->mm, handle);
	return 0;
}

static long call_odw(const struct conform_call *call)
{
	long *block = call->machine->disk[call->op->arg[0]];
	long handle = bio_get_page(call->mm, call->op->arg[1], false);

	if (!handle)
		return -EFAULT;
	for (int i = 0; i < NR_CELLS; i++)
		block[i] = dma_read(handle, i);
	bio_put_page(call->mm, handle);
	return 0;
}

static struct mm *other_mm(const struct conform_call *call)
{
	const struct conform_process *other = &call->machine->processes[call->op->arg[0]];

	return other->ended ? NULL : other->mm;
}

static long call_pvr(const struct conform_call *call)
{
	struct mm *mm = other_mm(call);
	long cells[NR_CELLS], error;

	if (!mm)
		return -ESRCH;
	error = process_vm_rw(mm, call->op->arg[1], cells, false);
	return error ? error : conform_uniform(cells);
}

static long call_pvw(const struct conform_call *call)
{
	struct mm *mm = other_mm(call);
	long cells[NR_CELLS];

	if (!mm)
		return -ESRCH;
	conform_fill(cells, call->op->arg[1]);
	return process_vm_rw(mm, 0, cells, true);
}

static long call_mem(const struct conform_call *call)
{
	long cells[NR_CELLS];

	conform_fill(cells, call->op->arg[0]);
	return mem_write(call->mm, call->op->arg[1], cells);
}

const conform_function conform_device_calls[CONFORM_WHATS] = {
	[CONFORM_SPLICE] = call_splice, [CONFORM_PIPE] = call_pipe, [CONFORM_REG] = call_reg,
	[CONFORM_UNREG] = call_unreg,   [CONFORM_WFIX] = call_wfix, [CONFORM_RFIX] = call_rfix,
	[CONFORM_ODR] = call_odr,       [CONFORM_ODW] = call_odw,   [CONFORM_PVR] = call_pvr,
	[CONFORM_PVW] = call_pvw,       [CONFORM_MEM] = call_mem,
};
