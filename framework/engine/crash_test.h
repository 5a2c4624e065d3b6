/* SPDX-License-Identifier: MIT */
/*
 * crash_test.h - a fiber that crashes, for tests.
 *
 * Layer: engine.
 */
#ifndef ENGINE_CRASH_TEST_H
#define ENGINE_CRASH_TEST_H

#include "engine/crash.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdint.h>

static struct fiber scheduler;
static struct fiber fiber;
static struct fiber *running;
static volatile unsigned long progress;
static struct crash_report report;

static const struct crash_target target = { &running, &scheduler, &progress, &report };

static void init(void)
{
	struct err err = ERR_INIT;

	fiber_init_thread(&scheduler);
	cr_assert_eq(fiber_init(&fiber), 0);
	cr_assert_eq(crash_init(&target, &err), 0, "%s", err.text.bytes);
}

/* Run @entry in the fiber until it crashes or leaves. */
static void run(void (*entry)(void *arg))
{
	report.signal = 0;
	fiber_prepare(&fiber, entry, NULL);
	running = &fiber;
	fiber_switch(&scheduler, &fiber);
}

static inline void leave(void)
{
	running = NULL;
	fiber_switch(&fiber, &scheduler);
}

/* It crashes every time, always in the same words, and the scheduler goes on. */
static void expect_crashes(void (*entry)(void *arg), int count, int signal, const char *words)
{
	for (int i = 0; i < count; i++) {
		struct text text = TEXT_INIT;

		run(entry);
		crash_describe(&report, &text);
		cr_assert_eq(report.signal, signal, "round %d: signal %d", i, report.signal);
		cr_assert_str_eq(text.bytes, words, "round %d: %s", i, text.bytes);
		cr_assert_null(running);
		text_release(&text);
	}
}

/* What is done wrong here, is done on purpose. */
#define WRONG __attribute__((no_sanitize("undefined")))

static volatile uintptr_t wild;
static volatile int zero;

#endif
