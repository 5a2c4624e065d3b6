/* SPDX-License-Identifier: MIT */
/*
 * wait.c - sleeping until something happens.
 *
 * A wake-up says that something may have happened, to somebody on the queue: it may come too
 * late, be meant for another, or be for an earlier event of the same kind.
 *
 * Layer: kernel. May include: engine.
 */
#include "baton/kernel.h"

void wait_woken_at(const struct baton_point *here, const void *object,
		   const struct baton_wait *wait)
{
	if (!baton_fault("kernel/spurious_wakeup")) {
		baton_block(here, object, BATON_WAIT, wait);
		return;
	}
	baton_access(here, object, BATON_READ);
	baton_note(wait->ready(object) ? "woken" : "woken for nothing");
}

void wait_event_at(const struct baton_point *here, const void *object,
		   const struct baton_wait *wait)
{
	do {
		wait_woken_at(here, object, wait);
	} while (!wait->ready(object));
}
