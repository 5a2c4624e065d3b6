/* SPDX-License-Identifier: MIT */
#include "explore/contain.h"

#include <stdio.h>
#include <string.h>

#include "engine/death.h"
#include "explore/workers.h"

#define WAIT_MILLISECONDS 200

#define FIRST "run"
#define AGAIN "run again"

struct contained {
	contain_fn call;
	void *arg;
};

/* What stands before the reply. */
struct head {
	int status;
	struct err err; /* without its text */
};

/* In the process: has another one died over it? */
static bool died;

static void answer(void *arg, const char *request, struct text *reply)
{
	const struct contained *contained = arg;
	struct head head = { .err = ERR_INIT };
	struct text own = TEXT_INIT;

	died = !strcmp(request, AGAIN);
	death_careful(true);
	death_scan(!died);
	head.status = contained->call(contained->arg, &own, &head.err);
	death_check();
	(void)fflush(NULL);
	pack_bytes(reply, &head, sizeof(head));
	pack_text(reply, &head.err.text);
	pack_text(reply, &own);
	err_release(&head.err);
	text_release(&own);
}

static int read_answer(const struct text *answered, struct text *reply, struct err *err)
{
	struct head head = { .status = -1, .err = ERR_INIT };
	struct unpack from;

	unpack_init(&from, answered);
	if (!unpack_bytes(&from, &head, sizeof(head)) || !unpack_text(&from, &err->text) ||
	    !unpack_text(&from, reply))
		return err_add(err, "the answer of a process is cut short");
	err->count += head.err.count;
	err->bug |= head.err.bug;
	return head.status;
}

static int tell_death(const struct workers_answer *answered, struct err *err)
{
	if (answered->gave_up)
		return err_add(err, "%s", answered->death.bytes);
	err->bug |= answered->exited;
	if (answered->full)
		return err_add(err, "the process %s, at one place more than %u",
			       answered->death.bytes, death_max(0));
	return err_add(err, "the process %s, and it is not known where", answered->death.bytes);
}

/* Ask, as long as whoever dies over it leaves something to be learned. */
static int ask(struct workers *workers, struct workers_answer *answered, struct err *err)
{
	static int task;
	bool again = false;
	int status;

	workers_ask(workers_idle(workers), FIRST, &task);
	for (;;) {
		status = workers_wait(workers, WAIT_MILLISECONDS, answered, err);
		if (status < 0 || answered->reply.length)
			return status < 0 ? -1 : 0;
		if (status && again && !answered->learned)
			return tell_death(answered, err);
		if (status)
			workers_ask(workers_idle(workers), AGAIN, &task);
		again |= status != 0;
	}
}

void contain_relax(void)
{
	if (!died)
		death_careful(false);
}

int contain_call(contain_fn call, void *arg, struct text *reply, struct err *err)
{
	struct contained contained = { call, arg };
	struct workers workers = { .answer = answer, .arg = &contained };
	struct workers_answer answered = { .reply = TEXT_INIT, .death = TEXT_INIT };
	int status;

	(void)fflush(NULL);
	if (workers_start(&workers, 1, err))
		return -1;
	status = ask(&workers, &answered, err);
	if (!status)
		status = read_answer(&answered.reply, reply, err);
	workers_stop(&workers);
	text_release(&answered.reply);
	text_release(&answered.death);
	return status;
}
