/* SPDX-License-Identifier: MIT */
/*
 * fiber_x86_64.S - the switch itself, for x86-64 (System V calling convention).
 *
 * A switched-out stack ends in a struct fiber_frame (fiber_x86_64.c):
 *
 *	 0 mxcsr   4 x87 control word   6 unused
 *	 8 r15    16 r14    24 r13    32 r12    40 rbx    48 rbp
 *	56 return address
 *
 * Both ways out end in a jump through a register: a ret would miss the return
 * predictor every time, for it was never called from the stack it returns on.
 */
	.text

/*
 * void fiber_swap(struct fiber *from, struct fiber *to); sp is the first member of both.
 *
 * Loading mxcsr takes ten times as long as all the rest when its value changes, and
 * its low six bits, the exceptions so far, change with any arithmetic. They belong
 * to nobody across a call, so the control words are loaded only if they differ in
 * the other bits.
 */
	.globl	fiber_swap
	.hidden	fiber_swap
	.type	fiber_swap, @function
	.p2align 4
fiber_swap:
	.cfi_startproc
	leaq	-56(%rsp), %rsp
	.cfi_adjust_cfa_offset 56
	stmxcsr	(%rsp)
	fnstcw	4(%rsp)
	movq	%r15, 8(%rsp)
	movq	%r14, 16(%rsp)
	movq	%r13, 24(%rsp)
	movq	%r12, 32(%rsp)
	movq	%rbx, 40(%rsp)
	movq	%rbp, 48(%rsp)
	movl	(%rsp), %eax
	movzwl	4(%rsp), %edx
	movq	%rsp, (%rdi)
	movq	(%rsi), %rsp
	xorl	(%rsp), %eax
	xorw	4(%rsp), %dx
	testl	$~0x3f, %eax
	jnz	.Lload_mxcsr
	testw	%dx, %dx
	jnz	.Lload_x87
.Lregisters:
	movq	8(%rsp), %r15
	movq	16(%rsp), %r14
	movq	24(%rsp), %r13
	movq	32(%rsp), %r12
	movq	40(%rsp), %rbx
	movq	48(%rsp), %rbp
	movq	56(%rsp), %rcx
	leaq	64(%rsp), %rsp
	.cfi_def_cfa_offset 0
	.cfi_register rip, rcx
	jmpq	*%rcx
	.cfi_def_cfa_offset 64
	.cfi_offset rip, -8
.Lload_mxcsr:
	ldmxcsr	(%rsp)
.Lload_x87:
	fldcw	4(%rsp)
	jmp	.Lregisters
	.cfi_endproc
	.size	fiber_swap, . - fiber_swap

/*
 * Where a signal handler sends a CPU whose fiber is abandoned: rsp is the frame to
 * resume. The interrupted code may have left the x87 stack and the direction flag
 * in any state, which a switch by call never does.
 */
	.globl	fiber_resume
	.hidden	fiber_resume
	.type	fiber_resume, @function
	.p2align 4
fiber_resume:
	.cfi_startproc
	.cfi_def_cfa rsp, 64
	.cfi_offset rip, -8
	cld
	fninit
	ldmxcsr	(%rsp)
	fldcw	4(%rsp)
	movq	8(%rsp), %r15
	movq	16(%rsp), %r14
	movq	24(%rsp), %r13
	movq	32(%rsp), %r12
	movq	40(%rsp), %rbx
	movq	48(%rsp), %rbp
	movq	56(%rsp), %rcx
	leaq	64(%rsp), %rsp
	.cfi_def_cfa_offset 0
	.cfi_register rip, rcx
	jmpq	*%rcx
	.cfi_endproc
	.size	fiber_resume, . - fiber_resume

/*
 * The first frame of every fiber: r12 is its function, r13 the argument. Unwinders
 * stop here, because there is no return address. They look one byte before an
 * address that they take for a return address: the nop makes that this function
 * also while the fiber has not started.
 */
	.type	fiber_first, @function
	.p2align 4
fiber_first:
	.cfi_startproc
	.cfi_undefined rip
	.cfi_undefined rbp
	nop
	.globl	fiber_entry
	.hidden	fiber_entry
fiber_entry:
	movq	%r13, %rdi
	callq	*%r12
	ud2
	.cfi_endproc
	.size	fiber_first, . - fiber_first

/*
 * void baton_atomic(here, object, kind): note what the caller has in registers that calls
 * leave alone, for spin.c, and go on there.
 */
	.hidden	spin_caller
	.hidden	spin_atomic
	.globl	baton_atomic
	.type	baton_atomic, @function
	.p2align 4
baton_atomic:
	.cfi_startproc
	leaq	spin_caller(%rip), %rax
	movq	%rsp, (%rax)
	movq	%rbx, 8(%rax)
	movq	%rbp, 16(%rax)
	movq	%r12, 24(%rax)
	movq	%r13, 32(%rax)
	movq	%r14, 40(%rax)
	movq	%r15, 48(%rax)
	jmp	spin_atomic
	.cfi_endproc
	.size	baton_atomic, . - baton_atomic

	.section .note.GNU-stack, "", @progbits
