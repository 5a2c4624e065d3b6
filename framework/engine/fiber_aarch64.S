/* SPDX-License-Identifier: MIT */
/*
 * fiber_aarch64.S - the switch itself, for aarch64 (AAPCS64).
 *
 * A switched-out stack ends in a struct fiber_frame (fiber_aarch64.c):
 *
 *	  0 x19 .. x28    80 x29    88 x30, the return address
 *	 96 d8 .. d15    160 fpcr  168 unused
 *
 * The ways out end in br and not in ret: a ret would miss the return predictor
 * every time, for it was never called from the stack it returns on.
 */
	.text

/* Restore the frame at sp and go where it says; fpcr was dealt with. */
	.macro	RESUME_FRAME
	ldp	x19, x20, [sp, #0]
	ldp	x21, x22, [sp, #16]
	ldp	x23, x24, [sp, #32]
	ldp	x25, x26, [sp, #48]
	ldp	x27, x28, [sp, #64]
	ldp	x29, x30, [sp, #80]
	ldp	d8, d9, [sp, #96]
	ldp	d10, d11, [sp, #112]
	ldp	d12, d13, [sp, #128]
	ldp	d14, d15, [sp, #144]
	add	sp, sp, #176
	.cfi_def_cfa_offset 0
	br	x30
	.endm

/*
 * void fiber_swap(struct fiber *from, struct fiber *to); sp is the first member of both.
 * fpcr is slow to write, so it is written only if it changes.
 */
	.globl	fiber_swap
	.hidden	fiber_swap
	.type	fiber_swap, %function
	.p2align 4
fiber_swap:
	.cfi_startproc
	sub	sp, sp, #176
	.cfi_def_cfa_offset 176
	mrs	x9, fpcr
	stp	x19, x20, [sp, #0]
	stp	x21, x22, [sp, #16]
	stp	x23, x24, [sp, #32]
	stp	x25, x26, [sp, #48]
	stp	x27, x28, [sp, #64]
	stp	x29, x30, [sp, #80]
	stp	d8, d9, [sp, #96]
	stp	d10, d11, [sp, #112]
	stp	d12, d13, [sp, #128]
	stp	d14, d15, [sp, #144]
	str	x9, [sp, #160]
	mov	x10, sp
	str	x10, [x0]
	ldr	x10, [x1]
	mov	sp, x10
	ldr	x11, [sp, #160]
	cmp	x9, x11
	b.eq	1f
	msr	fpcr, x11
1:
	RESUME_FRAME
	.cfi_endproc
	.size	fiber_swap, . - fiber_swap

/* Where a signal handler sends a CPU whose fiber is abandoned: sp is the frame to resume. */
	.globl	fiber_resume
	.hidden	fiber_resume
	.type	fiber_resume, %function
	.p2align 4
fiber_resume:
	.cfi_startproc
	.cfi_def_cfa sp, 176
	.cfi_offset x30, -88
	ldr	x11, [sp, #160]
	msr	fpcr, x11
	RESUME_FRAME
	.cfi_endproc
	.size	fiber_resume, . - fiber_resume

/*
 * The first frame of every fiber: x19 is its function, x20 the argument. Unwinders
 * stop here, because there is no return address. They look one byte before an
 * address that they take for a return address: the nop makes that this function
 * also while the fiber has not started.
 */
	.type	fiber_first, %function
	.p2align 4
fiber_first:
	.cfi_startproc
	.cfi_undefined x30
	.cfi_undefined x29
	nop
	.globl	fiber_entry
	.hidden	fiber_entry
fiber_entry:
	mov	x0, x20
	blr	x19
	brk	#1
	.cfi_endproc
	.size	fiber_first, . - fiber_first

/*
 * void baton_atomic(here, object, kind): note what the caller has in registers that calls
 * leave alone, for spin.c, and go on there.
 */
	.hidden	spin_caller
	.hidden	spin_atomic
	.globl	baton_atomic
	.type	baton_atomic, %function
	.p2align 4
baton_atomic:
	.cfi_startproc
	adrp	x9, spin_caller
	add	x9, x9, :lo12:spin_caller
	mov	x10, sp
	str	x10, [x9]
	stp	x19, x20, [x9, #8]
	stp	x21, x22, [x9, #24]
	stp	x23, x24, [x9, #40]
	stp	x25, x26, [x9, #56]
	stp	x27, x28, [x9, #72]
	stp	x29, x30, [x9, #88]
	stp	d8, d9, [x9, #104]
	stp	d10, d11, [x9, #120]
	stp	d12, d13, [x9, #136]
	stp	d14, d15, [x9, #152]
	b	spin_atomic
	.cfi_endproc
	.size	baton_atomic, . - baton_atomic

	.section .note.GNU-stack, "", %progbits
