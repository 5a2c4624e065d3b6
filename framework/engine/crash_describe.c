/* SPDX-License-Identifier: MIT */
/*
 * crash_describe.c - crashes in words.
 */
#include <signal.h>
#include <stdint.h>

#include "engine/crash.h"

/* An address below this is a member of NULL: Linux maps nothing there. */
#define NULL_BYTES (64u * 1024)

static const char *describe_fault(const struct crash_report *report)
{
	/* Without an address (SI_KERNEL) it was one that no process can have. */
	bool null = report->code != SI_KERNEL && (uintptr_t)report->address < NULL_BYTES;

	if (report->jump)
		return null ? "SIGSEGV: call through a null pointer" :
			      "SIGSEGV: call through a wild pointer";
	return null ? "SIGSEGV: read or write through a null pointer" :
		      "SIGSEGV: read or write through a wild pointer";
}

static const char *describe_signal(const struct crash_report *report)
{
	switch (report->signal) {
	case SIGSEGV:
		return describe_fault(report);
	case SIGBUS:
		return report->jump ? "SIGBUS: call through a wild pointer" :
				      "SIGBUS: access to memory that is misaligned or not there";
	case SIGFPE:
		return report->code == FPE_INTDIV ? "SIGFPE: integer division by zero" :
						    "SIGFPE: arithmetic exception";
	case SIGILL:
		return "SIGILL: illegal instruction, as __builtin_trap() makes";
	case SIGABRT:
		return "SIGABRT: abort() was called";
	case SIGTRAP:
		return "SIGTRAP: breakpoint or trap instruction";
	default:
		return "unexpected signal";
	}
}

void crash_describe(const struct crash_report *report, struct text *text)
{
	if (report->overflow)
		text_addf(text, "stack overflow: a CPU has %u KiB", FIBER_STACK_BYTES / 1024);
	else if (report->loop)
		text_add(text, "runs without reaching a point");
	else
		text_add(text, describe_signal(report));
}
